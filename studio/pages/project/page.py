"""The places of the Project page, and what happens at each of its events. All it knows is its address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from studio.callers import ANYONE
from studio.desk import Desk
from studio.pages.project.answers import Answers
from studio.pages.project.board import Board
from studio.pages.project.feed import Region
from studio.pages.project.panel import scene_panel, whole_film

_POLL_S = 2
_QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
_TAKE = "(feed) => { (window.canvascastProject ??= []).push(['take', feed]); return []; }"


def build(desk: Desk) -> None:
    board = _board(desk)
    answers = Answers(desk, board)
    _listen(board, answers)


def _board(desk: Desk) -> Board:
    head = _region("head", "pj-top", '<p class="cc-quiet">Opening your film\u2026</p>')
    gr.HTML(
        '<div data-region="say" class="visually-hidden" role="status" aria-live="polite"></div>'
        '<div class="pj-problem cc-notice bad" data-region="problem" role="alert" hidden></div>',
        padding=False,
    )
    _region("live")
    _region("film")
    with gr.Column(visible=False, elem_classes="pj-editor") as editor:
        gr.HTML(
            '<h2 id="scenes">Change it, scene by scene</h2><p class="cc-lead">Only what you change is made again. '
            "The film as it is stays until you return to it or make another.</p>",
            padding=False,
        )
        with gr.Row(elem_classes="pj-bench"):
            with gr.Column(scale=4, min_width=280):
                _region("strip")
            with gr.Column(scale=7, min_width=300, elem_id="pj-panel", elem_classes="pj-panel"):
                panel = scene_panel()
        with gr.Accordion("For the whole film: captions, music, look", open=False, elem_classes="pj-whole"):
            whole = whole_film(desk.choices.presets(ANYONE))
    _region("bar", "pj-sticky")
    feed = gr.Textbox(visible="hidden", show_label=False)
    return Board(head, feed, gr.Timer(_POLL_S, active=False), editor, panel, whole)


def _region(name: Region, classes: str = "", meanwhile: str = "") -> gr.HTML:
    return gr.HTML(
        f'<div data-region="{name}">{meanwhile}</div>',
        elem_classes=f"pj {classes}".strip(),
        padding=False,
        apply_default_css=False,
        js_on_load="(window.canvascastProject ??= []).push(['attach', element, trigger])",
    )


def _listen(board: Board, answers: Answers) -> None:
    panel, whole = board.panel, board.whole
    gr.on(fn=answers.opened, inputs=None, outputs=board.all, **_QUIET)
    board.timer.tick(answers.polled, None, board.feed, **_QUIET)
    board.head.click(answers.asked, panel.written, board.all, trigger_mode="multiple", **_QUIET)
    board.feed.change(None, board.feed, None, js=_TAKE, queue=False)
    written = [panel.narration.blur, panel.visual.blur, panel.on_screen.blur, panel.motion.input, panel.save.click]
    gr.on(written, answers.saved, panel.written, [board.feed], trigger_mode="always_last", **_QUIET)
    for button, answer in _buttons(board, answers):
        button.click(answer, panel.written, board.all, **_QUIET)
    panel.upload.upload(answers.uploaded, [panel.upload, *panel.written], board.all, **_QUIET)
    gr.on(
        [part.input for part in whole.parts], answers.styled, whole.parts, [board.feed], trigger_mode="always_last",
        **_QUIET,
    )  # fmt: skip


def _buttons(board: Board, answers: Answers) -> list[tuple[gr.Button, Callable[..., Any]]]:
    panel = board.panel
    return [
        (panel.again, answers.another_picture),
        (panel.voice_again, answers.another_voice),
        (panel.painted, answers.painted),
        (panel.earlier, answers.earlier),
        (panel.later, answers.later),
        (panel.duplicate, answers.duplicated),
        (panel.add, answers.added),
        (panel.delete, answers.deleted),
    ]
