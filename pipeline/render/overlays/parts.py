"""The pieces that overlays are composed of: grounds that keep text readable, lines of text, rules and marks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.render.layout import Box
from pipeline.render.overlays.motion import Animation, Part
from pipeline.render.packs import Canvas
from pipeline.render.text.contrast import opacity_for, outline_for, text_on
from pipeline.render.text.drawing import PLAIN, Art, Effects, paint_panel, paint_text, panel, text_art
from pipeline.render.text.paragraphs import Block, Type, is_mixed, measure
from pipeline.timeline.models import Timeline

DIM = 0.6
DENSEST = 0.8
"""A ground grows denser for the accent colour's sake only up to here; then the accent gives way."""
STAGGER_MS = 90
WORD_STAGGER_MS = 65
LONGEST_STAGGER_MS = 800
"""From the first word to the last, however many there are."""


@dataclass(frozen=True)
class Scene:
    """What is being laid over: one segment of a film on a canvas."""

    timeline: Timeline
    index: int
    canvas: Canvas


@dataclass(frozen=True)
class Ground:
    """What text stands on: a colour dense enough for text and accent to read over any picture."""

    colour: str
    opacity: float
    text: str
    accent: str


def ground_of(canvas: Canvas, least: float = DIM, *, accent_text: bool = True) -> Ground:
    """For text, and for text in the accent colour too unless that only draws shapes."""
    colour = canvas.look.background
    text = text_on(colour, canvas.look.text)
    for_accent = min(opacity_for(canvas.look.accent, colour, least), DENSEST)
    if not accent_text:
        return Ground(colour, opacity_for(text, colour, least), text, canvas.look.accent)
    opacity = max(opacity_for(text, colour, least), for_accent)
    return Ground(colour, opacity, text, text_on(colour, canvas.look.accent, opacity=opacity))


def dim(canvas: Canvas, ground: Ground) -> Part:
    """The whole picture, taken back."""
    frame = canvas.format.frame
    art = panel(frame.width, frame.height, ground.colour, opacity=ground.opacity)
    return Part(art, 0, 0, enter="fade", leave="fade")


def soft_shadow(type_: Type) -> Effects:
    """Depth only; the ground gives the contrast. Round dark letters it is a light."""
    size, colour = type_.size, outline_for(type_.colour)
    return Effects(shadow_blur=0.08 * size, shadow_drop=0.03 * size, shadow_opacity=0.45, shadow_colour=colour)


def left_of(block: Block, box: Box) -> int:
    """Where a block begins in a box: at its left, centred, or at its right for right-to-left text."""
    if block.align == "centre":
        return round(box.centre_x - block.width / 2)
    return round(box.right - block.width) if block.turned else box.left


def line_parts(
    block: Block,
    x: float,
    y: float,
    *,
    effects: Effects = PLAIN,
    delay_ms: int = 0,
    stagger_ms: int = STAGGER_MS,
    enter: Animation | None = None,
) -> tuple[Part, ...]:
    """Each line of a block as its own part, one after the other."""
    parts = []
    for number, line in enumerate(block.lines):
        art, pad = text_art(replace(block, lines=(line,)), effects)
        left = round(x + block.line_left(number)) - pad
        top = round(y + number * block.type.line_height) - pad
        parts.append(Part(art, left, top, delay_ms + number * stagger_ms, enter=enter))
    return tuple(parts)


def word_parts(block: Block, x: float, y: float, *, effects: Effects = PLAIN, delay_ms: int = 0) -> tuple[Part, ...]:
    """Each word as its own part, one after the other; whole lines where words do not stand in reading order."""
    if block.turned or any(is_mixed(line) for line in block.lines):
        return line_parts(block, x, y, effects=effects, delay_ms=delay_ms)
    parts: list[Part] = []
    stagger_ms = min(WORD_STAGGER_MS, LONGEST_STAGGER_MS / max(1, sum(len(line.split()) for line in block.lines)))
    for number, line in enumerate(block.lines):
        for word, left in _words(line, block.type):
            art, pad = text_art(replace(block, lines=(word,)), effects)
            at = round(x + block.line_left(number) + left) - pad, round(y + number * block.type.line_height) - pad
            parts.append(Part(art, *at, delay_ms + round(len(parts) * stagger_ms)))
    return tuple(parts)


def _words(line: str, type_: Type) -> list[tuple[str, float]]:
    """The words of a line, each with its left edge."""
    words = line.split(" ")
    ends = [measure(" ".join(words[: count + 1]), type_) for count in range(len(words))]
    return [(word, end - measure(word, type_)) for word, end in zip(words, ends, strict=True) if word]


def rule(x: int, y: int, width: int, height: int, colour: str, delay_ms: int = 0) -> Part:
    """A line that is drawn from left to right."""
    art = panel(width, height, colour, radius=height / 2)
    return Part(art, x, y, delay_ms, enter="wipe", leave="fade")


def label(block: Block, colour: str, pad_x: int, pad_y: int, *, opacity: float = 1.0, radius: float = 0.0) -> Art:
    """One block on a box of its own."""
    width, height = ceil(block.width) + 2 * pad_x, ceil(block.height) + 2 * pad_y

    def painter(surface: Any) -> None:
        paint_panel(surface, 0, 0, width, height, colour, opacity, radius)
        paint_text(surface, block, pad_x, pad_y)

    return Art(("label", block, colour, pad_x, pad_y, opacity, radius), width, height, painter)


def marker_strokes(canvas: Canvas) -> tuple[tuple[str, str], tuple[str, str]]:
    """Colour of a stroke and of the letters on it, for odd and even lines: the film's colours, and turned round."""
    look = canvas.look
    return (look.accent, text_on(look.accent, look.background)), (look.background, text_on(look.background, look.text))


def soft_scrim(box: Box, dense: Box, ground: Ground) -> Part:
    """A soft patch of shade: dense inside one box, easing to nothing towards the borders of the other.

    Where the dense box touches or passes the patch's border, the patch ends there at full strength.
    """

    def painter(surface: Any) -> None:
        import skia

        pixels = np.empty((box.height, box.width, 4), np.uint8)
        pixels[..., :3] = [int(ground.colour[start : start + 2], 16) for start in (1, 3, 5)]
        pixels[..., 3] = _dithered(255 * ground.opacity * _falloff(box, dense))
        surface.drawImage(skia.Image.fromarray(pixels, colorType=skia.kRGBA_8888_ColorType), 0, 0)

    return Part(
        Art(("scrim", ground, box, dense), box.width, box.height, painter), box.left, box.top, 0, "fade", "fade"
    )


def _falloff(box: Box, dense: Box) -> NDArray[np.float32]:
    """1 inside the dense box, 0 at the outer border, on ellipses between."""
    across = _beyond(box.left, box.right, dense.left, dense.right)[None, :]
    down = _beyond(box.top, box.bottom, dense.top, dense.bottom)[:, None]
    near = 1 - np.minimum(across**2 + down**2, 1)
    return near * near


def _beyond(begin: int, end: int, dense_begin: int, dense_end: int) -> NDArray[np.float32]:
    """How far each pixel lies beyond the dense stretch, as a share of the way to the border."""
    at = np.arange(begin, end, dtype=np.float32) + 0.5
    before = (dense_begin - at) / max(1, dense_begin - begin)
    after = (at - dense_end) / max(1, end - dense_end)
    return np.maximum(np.maximum(before, after), 0)


def _dithered(levels: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Rounded with an ordered pattern, so that a wide slope shows no bands."""
    tile = (np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) + 0.5) / 16
    rows, columns = levels.shape
    pattern = np.tile(tile, (rows // 4 + 1, columns // 4 + 1))[:rows, :columns]
    return np.minimum(levels + pattern, 255).astype(np.uint8)
