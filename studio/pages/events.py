"""Between a page's events and the desk: who asks, and what they are told when it cannot be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import gradio as gr

from pipeline.errors import PipelineError
from presets.errors import PresetsError
from studio.callers import Caller
from studio.desk import Desk
from studio.errors import StudioError
from voices.errors import VoicesError

EXPECTED = (StudioError, PipelineError, PresetsError, VoicesError)
"""Failures with a sentence for the creator."""


def caller_of(desk: Desk, request: gr.Request) -> Caller:
    """Whoever the request's credentials made them; a page cannot say who it is."""
    caller = Caller.read(request.username)
    return caller.at(desk.installation.callers.address_of(request.request)) if request.request else caller


@contextmanager
def told() -> Iterator[None]:
    """What goes wrong is said on the page, in its own words, instead of a traceback."""
    try:
        yield
    except EXPECTED as error:
        raise gr.Error(escape(str(error)), duration=12, print_exception=False) from error
