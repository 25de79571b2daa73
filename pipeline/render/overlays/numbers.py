"""Section numbers: a figure that slams onto the stage with every fact, then stays as a badge in the corner."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from math import ceil
from typing import Any

from pipeline.render.overlays import TRAVEL_UNITS
from pipeline.render.overlays.motion import Animated, Part, Span
from pipeline.render.overlays.parts import Scene, dim, ground_of, left_of, line_parts, soft_shadow
from pipeline.render.overlays.schedule import (
    has_chapter_marker,
    number_slam,
    section_number,
    shown,
    stage_box,
)
from pipeline.render.packs import Canvas
from pipeline.render.sprites import Layer
from pipeline.render.text.contrast import text_on
from pipeline.render.text.drawing import Art, paint_panel, paint_text
from pipeline.render.text.paragraphs import Block, fit
from pipeline.timeline.models import Timeline
from pipeline.timeline.schedule import visual_slots


def layers(timeline: Timeline, index: int, canvas: Canvas) -> tuple[Layer, ...]:
    """The figure with the section's title, then the badge until the section ends."""
    slam, number = number_slam(timeline, index, canvas), section_number(timeline, index)
    if slam is None or number is None:
        return ()
    scene, travel = Scene(timeline, index, canvas), canvas.format.px(TRAVEL_UNITS)
    figure = Animated(partial(_figure, number, slam, scene), slam, canvas.fps, travel, "pop", "fade")
    rest = Span(slam.end, visual_slots(timeline, index)[-1].end)
    if has_chapter_marker(timeline, index, canvas) or rest.frames <= 0:
        return (figure,)
    return figure, Animated(partial(_badge, number, canvas), rest, canvas.fps, travel, "pop", "none")


def key(timeline: Timeline, index: int, canvas: Canvas) -> object:
    """What the numbers depend on, besides the canvas."""
    slam = number_slam(timeline, index, canvas)
    return {
        "number": section_number(timeline, index),
        "title": timeline.segments[index].title,
        "slam": asdict(slam) if slam else None,
        "captions": bool(timeline.segments[index].captions),
        "badge": not has_chapter_marker(timeline, index, canvas),
        "frames": visual_slots(timeline, index)[-1].end,
        "lower_thirds": [asdict(s.span) for s in shown(timeline, index, canvas) if s.overlay.kind == "lower_third"],
    }


layers.key = key  # type: ignore[attr-defined]


def _figure(number: int, slam: Span, scene: Scene) -> tuple[Part, ...]:
    canvas, ground = scene.canvas, ground_of(scene.canvas)
    stage = stage_box(scene.timeline, scene.index, canvas, slam)
    px, scale = canvas.format.px, canvas.format.scale
    art = tile(number, px(scale.number * 1.05), canvas)
    title = scene.timeline.segments[scene.index].title or ""
    block = fit(title, canvas.heading(scale.headline, ground.text), stage.width, lines=3, align="centre")
    gap = px(44) if block.lines else 0
    top = stage.centre_y - (art.height + gap + ceil(block.height)) // 2
    words = line_parts(
        block,
        left_of(block, stage),
        top + art.height + gap,
        effects=soft_shadow(block.type),
        delay_ms=160,
        enter="rise",
    )
    return (dim(canvas, ground), Part(art, stage.centre_x - art.width // 2, top), *words)


def _badge(number: int, canvas: Canvas) -> tuple[Part, ...]:
    safe = canvas.format.safe
    return (Part(tile(number, canvas.format.px(84), canvas), safe.left, safe.top),)


def tile(number: int, side: int, canvas: Canvas) -> Art:
    """A figure on a rounded square of the accent colour, with a hard shadow."""
    accent, drop = canvas.look.accent, max(1, round(side * 0.05))
    ink = text_on(accent, canvas.look.background)
    type_ = replace(canvas.heading(1, ink, leading=1.0), size=side * 0.62, weight=800)
    block = Block((str(number),), type_)
    if block.width > side * 0.8:
        block = Block(block.lines, replace(type_, size=type_.size * side * 0.8 / block.width))

    def painter(surface: Any) -> None:
        paint_panel(surface, drop, drop, side, side, canvas.look.background, 0.9, 0.2 * side)
        paint_panel(surface, 0, 0, side, side, accent, radius=0.2 * side)
        paint_text(surface, block, (side - block.width) / 2, (side - block.height) / 2)

    return Art(("tile", block, accent, canvas.look.background), side + drop, side + drop, painter)
