"""The on-screen line of a picture as a headline: a statement in the lower corner, or strokes of a marker."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from math import ceil

from pipeline.render.layout import Box
from pipeline.render.overlays import TRAVEL_UNITS
from pipeline.render.overlays.motion import Animated, Part
from pipeline.render.overlays.parts import (
    Ground,
    Scene,
    ground_of,
    label,
    left_of,
    marker_strokes,
    rule,
    soft_scrim,
    soft_shadow,
    word_parts,
)
from pipeline.render.overlays.schedule import HeadlineShown, corner_taken, headlines, lower_thirds, stage_box
from pipeline.render.packs import Canvas
from pipeline.render.sprites import Layer
from pipeline.render.text.paragraphs import Block, fit
from pipeline.timeline.models import Timeline

DESCENT = 0.25
"""Room below the last line for what hangs out of it, in ems."""


def layers(timeline: Timeline, index: int, canvas: Canvas) -> tuple[Layer, ...]:
    """One layer for each picture that has a line."""
    scene, show = Scene(timeline, index, canvas), canvas.pack.headline
    compose = marker if show.style == "marker" else statement
    travel = canvas.format.px(TRAVEL_UNITS)
    return tuple(
        Animated(partial(compose, line, scene), line.span, canvas.fps, travel, show.enter, show.leave)
        for line in headlines(timeline, index, canvas)
    )


def key(timeline: Timeline, index: int, canvas: Canvas) -> object:
    """What the headlines depend on, besides the canvas."""
    return {
        "lines": [asdict(line) for line in headlines(timeline, index, canvas)],
        "lower_thirds": [asdict(span) for span in lower_thirds(timeline, index, canvas)],
        "captions": bool(timeline.segments[index].captions),
        "corner": corner_taken(timeline, index, canvas),
    }


layers.key = key  # type: ignore[attr-defined]


def statement(line: HeadlineShown, scene: Scene) -> tuple[Part, ...]:
    """Large lines in the lower corner, under a rule, on a soft patch of shade."""
    canvas, ground = scene.canvas, ground_of(scene.canvas, accent_text=False)
    stage = stage_box(scene.timeline, scene.index, canvas, line.span)
    px, wide = canvas.format.px, canvas.format.aspect == "wide"
    type_ = canvas.heading(canvas.format.scale.headline, ground.text, leading=1.1)
    block = fit(line.text, type_, stage.width * (0.6 if wide else 1), lines=3)
    x, y = left_of(block, stage), stage.bottom - ceil(block.height + DESCENT * block.type.size)
    text = Box(x, y - px(40), x + ceil(block.width), y + ceil(block.height))
    thick, length = px(6), px(84)
    mark = rule(text.right - length if block.turned else x, y - px(34), length, thick, ground.accent)
    shade = _shade(text, canvas, ground, turned=block.turned)
    words = word_parts(block, x, y, effects=soft_shadow(type_), delay_ms=120)
    return (shade, mark, *words)


def marker(line: HeadlineShown, scene: Scene) -> tuple[Part, ...]:
    """Each line on its own stroke of colour, one after the other."""
    canvas = scene.canvas
    stage = stage_box(scene.timeline, scene.index, canvas, line.span)
    px, wide = canvas.format.px, canvas.format.aspect == "wide"
    strokes = marker_strokes(canvas)
    pad_x, pad_y = px(30), px(12)
    type_ = canvas.heading(canvas.format.scale.headline, leading=1.12)
    block = fit(line.text, type_, stage.width * (0.6 if wide else 1) - 2 * pad_x, lines=3)
    top = stage.top + px(24)
    parts = []
    for number, text in enumerate(block.lines):
        colour, ink = strokes[number % 2]
        one = Block((text,), replace(block.type, colour=ink))
        art = label(one, colour, pad_x, pad_y, radius=px(10))
        x = stage.right - art.width if one.turned else stage.left
        x = x if wide else stage.centre_x - art.width // 2
        parts.append(Part(art, x, top, 110 * number))
        top += art.height + px(4)
    return tuple(parts)


def _shade(text: Box, canvas: Canvas, ground: Ground, *, turned: bool) -> Part:
    """Behind the text and down to the frame's bottom if that is near; across the whole of a narrow frame."""
    px, frame = canvas.format.px, canvas.format.frame
    bottom = frame.bottom if frame.bottom - text.bottom < px(420) else text.bottom + px(420)
    box = Box(0, max(0, text.top - px(380)), frame.right, bottom)
    left, right = 0, frame.right
    if canvas.format.aspect == "wide":
        left, right = (text.left, frame.right) if turned else (0, text.right)
        box = Box(max(0, left - px(1000)), box.top, min(frame.right, right + px(1000)), bottom)
    dense_bottom = bottom if bottom == frame.bottom else text.bottom
    return soft_scrim(box, Box(left, text.top, right, dense_bottom), ground)
