"""Gradio's parts of the page, by name, and what of them an answer changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from studio.desk.scenes import SceneView
from studio.pages.markup import length
from studio.pages.project.feed import Feed
from studio.pages.project.panel import Panel, Whole
from studio.pages.project.words import kind_of, motion_of

Update = dict[Any, Any]
_ANOTHER = ("Another picture", "Another picture is on the list")
_ANEW = ("Speak it anew", "Speaking it anew is on the list")


@dataclass(frozen=True)
class Board:
    head: gr.HTML
    feed: gr.Textbox
    timer: gr.Timer
    editor: gr.Column
    panel: Panel
    whole: Whole

    @property
    def all(self) -> list[Any]:
        panel = self.panel
        shown = [panel.title, panel.again, panel.voice_again, panel.painted, panel.earlier, panel.later, panel.delete]
        return [self.feed, self.timer, self.editor, *panel.written, *shown, *self.whole.parts]

    def told(self, feed: Feed) -> Update:
        """The feed, and asking again only while something moves."""
        return {self.feed: feed.text(), self.timer: gr.Timer(active=feed.moving)}

    def shown(self, scene: SceneView, scenes: Sequence[SceneView]) -> Update:
        """The panel of one scene."""
        panel = self.panel
        return {
            panel.scene: str(scene.id),
            panel.narration: scene.narration,
            panel.visual: scene.visual,
            panel.on_screen: scene.on_screen,
            panel.motion: motion_of(scene),
            **self.around(scene, scenes),
        }

    def around(self, scene: SceneView, scenes: Sequence[SceneView]) -> Update:
        """Of the panel what nobody writes in."""
        panel, place = self.panel, scenes.index(scene) + 1
        return {
            panel.title: gr.HTML(_title(scene, place, len(scenes))),
            panel.again: _take(
                _ANOTHER, "picture" in scene.again, possible=bool(scene.end_s) and not scene.own_picture
            ),
            panel.voice_again: _take(_ANEW, "voice" in scene.again, possible=bool(scene.end_s)),
            panel.painted: gr.Button(visible=scene.own_picture),
            panel.earlier: gr.Button(interactive=place > 2),
            panel.later: gr.Button(interactive=1 < place < len(scenes)),
            panel.delete: gr.Button(interactive=place > 1),
        }

    def styled(self, brief: Mapping[str, Any]) -> Update:
        whole = self.whole
        return {
            whole.captions: str(brief.get("captions") or ""),
            whole.music: str(brief.get("music") or ""),
            whole.look: str(brief.get("look") or ""),
        }


def _take(words: tuple[str, str], asked: bool, *, possible: bool) -> gr.Button:
    """Asked for once is enough; it is made with the other changes."""
    return gr.Button(words[asked], interactive=possible and not asked)


def _title(scene: SceneView, place: int, of: int) -> str:
    kind = kind_of(scene.kind)
    times = (
        f'<button type="button" class="pj-seek" data-act="seek" data-at="{scene.start_s}">'
        f"Watch it at {length(scene.start_s)}</button>"
        if scene.end_s
        else ""
    )
    name = f": {escape(scene.title)}" if scene.title else ""
    return f'<div class="pj pj-row"><h3>Scene {place} of {of} <small>{kind}{name}</small></h3>{times}</div>'
