"""Overlays: what is laid over a segment's pictures, from the timeline and from the pack.

Each kind is one function that composes parts; when it shows is settled by the schedule, how it moves by the motion.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from pipeline.render.overlays import edges, stages
from pipeline.render.overlays.motion import Animated, Part
from pipeline.render.overlays.parts import Scene
from pipeline.render.overlays.schedule import Shown, corner_taken, shown
from pipeline.render.packs import Canvas
from pipeline.render.sprites import Layer
from pipeline.timeline.models import Timeline

Compose = Callable[[Shown, Scene], tuple[Part, ...]]

KINDS: dict[str, Compose] = {
    "title_card": stages.title_card,
    "quote": stages.quote,
    "big_number": stages.big_number,
    "list": stages.item_list,
    "lower_third": edges.lower_third,
    "chapter_marker": edges.chapter_marker,
    "logo": edges.logo,
}
TRAVEL_UNITS = 44
ORDER = ("progress_bar", "logo", "title_card", "quote", "big_number", "list", "chapter_marker", "lower_third")


def layers(timeline: Timeline, index: int, canvas: Canvas) -> tuple[Layer, ...]:
    """The overlays over a segment: the film's, its own and the pack's title card."""
    scene = Scene(timeline, index, canvas)
    found = sorted(shown(timeline, index, canvas), key=lambda item: ORDER.index(item.overlay.kind))
    return tuple(_layer(item, scene) for item in found)


def key(timeline: Timeline, index: int, canvas: Canvas) -> object:
    """What the overlays depend on, besides the canvas."""
    items = shown(timeline, index, canvas)
    return {
        "shown": [_item_key(item, timeline, index, canvas) for item in items],
        "title": timeline.segments[index].title,
        "captions": bool(timeline.segments[index].captions),
        "corner": corner_taken(timeline, index, canvas),
    }


layers.key = key  # type: ignore[attr-defined]


def _layer(item: Shown, scene: Scene) -> Layer:
    if item.overlay.kind == "progress_bar":
        return edges.ProgressBar(item, scene)
    overlay, canvas = item.overlay, scene.canvas
    compose = partial(KINDS[overlay.kind], item, scene)
    travel = canvas.format.px(TRAVEL_UNITS)
    return Animated(compose, item.span, canvas.fps, travel, overlay.animate_in, overlay.animate_out)


def _item_key(item: Shown, timeline: Timeline, index: int, canvas: Canvas) -> object:
    """The film's length and sections only where they are shown."""
    made: dict[str, object] = {"overlay": item.overlay.model_dump(mode="json"), **asdict(item.span)}
    made["number"] = item.number
    if item.overlay.kind == "progress_bar":
        starts = [segment.start_frame for segment in timeline.segments]
        made["film"] = [timeline.frames, starts, index]
    if item.overlay.kind == "logo":
        made["file"] = edges.file_key(edges.logo_path(item, canvas), item.where)
    return made
