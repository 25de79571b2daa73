"""Between a page's events and the desk: who asks, and which failures have a sentence for them."""

from __future__ import annotations

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
