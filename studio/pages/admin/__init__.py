"""Admin: what the owner of the studio sees of its films, people, logs and figures, and the few things they do."""

from __future__ import annotations

import gradio as gr

from studio.desk import Desk
from studio.pages.admin.answers import Answers
from studio.pages.markup import runs
from studio.pages.shell import heading

__all__ = ["build"]

_EMPTY = (
    '<div class="ad"><p class="visually-hidden" role="status" aria-live="polite" data-said></p>'
    '<div data-view class="ad-view"><p class="cc-quiet">One moment.</p></div></div>'
)


def build(desk: Desk) -> None:
    heading("Admin")
    gr.HTML(
        _EMPTY,
        padding=False,
        apply_default_css=False,
        elem_classes="ad-host",
        js_on_load=runs("canvascastAdmin"),
        server_functions=Answers(desk).functions(),
    )
