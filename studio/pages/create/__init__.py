"""Create: niche, notes, voice, length, Generate."""

from __future__ import annotations

import gradio as gr

from studio.callers import ANYONE
from studio.desk import Desk
from studio.pages import markup
from studio.pages.create.answers import Answers
from studio.pages.create.form import page
from studio.pages.shell import heading

__all__ = ["build"]


def build(desk: Desk) -> None:
    heading("Turn your notes into a film", "Pick a niche, drop in notes, pick a voice and a length, press Generate.")
    gr.HTML(
        page(desk.choices.presets(ANYONE), desk.choices.voices(ANYONE)),
        padding=False,
        apply_default_css=False,
        elem_classes="cr-host",
        js_on_load=markup.runs("canvascastCreate", "element, server, upload"),
        server_functions=Answers(desk).functions(),
    )
