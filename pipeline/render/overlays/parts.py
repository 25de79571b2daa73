"""The pieces that overlays are composed of: grounds that keep text readable, lines of text, rules and marks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from pipeline.render.layout import Box
from pipeline.render.overlays.motion import Animation, Part
from pipeline.render.packs import Canvas
from pipeline.render.text.contrast import opacity_for, text_on
from pipeline.render.text.drawing import PLAIN, Art, Effects, gradient, panel, text_art
from pipeline.render.text.paragraphs import Block, is_right_to_left
from pipeline.timeline.models import Timeline

DIM = 0.6
STAGGER_MS = 90


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


def ground_of(canvas: Canvas, least: float = DIM) -> Ground:
    colour = canvas.look.background
    text = text_on(colour, canvas.look.text)
    opacity = opacity_for(text, colour, least)
    return Ground(colour, opacity, text, text_on(colour, canvas.look.accent, opacity=opacity))


def dim(canvas: Canvas, ground: Ground) -> Part:
    """The whole picture, taken back."""
    frame = canvas.format.frame
    art = panel(frame.width, frame.height, ground.colour, opacity=ground.opacity)
    return Part(art, 0, 0, enter="fade", leave="fade")


def soft_shadow(size: float) -> Effects:
    """Depth only; the ground gives the contrast."""
    return Effects(shadow_blur=0.08 * size, shadow_drop=0.03 * size, shadow_opacity=0.45)


def left_of(block: Block, box: Box) -> int:
    """Where a block begins in a box: at its left, centred, or at its right for right-to-left text."""
    if block.align == "centre":
        return round(box.centre_x - block.width / 2)
    turned = bool(block.lines) and is_right_to_left(block.lines[0])
    return round(box.right - block.width) if turned else box.left


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


def rule(x: int, y: int, width: int, height: int, colour: str, delay_ms: int = 0) -> Part:
    """A line that is drawn from left to right."""
    art = panel(width, height, colour, radius=height / 2)
    return Part(art, x, y, delay_ms, enter="wipe", leave="fade")


def label(block: Block, colour: str, pad_x: int, pad_y: int, *, opacity: float = 1.0, radius: float = 0.0) -> Art:
    """One block on a box of its own."""
    from pipeline.render.text.drawing import paint_panel, paint_text

    width, height = ceil(block.width) + 2 * pad_x, ceil(block.height) + 2 * pad_y

    def painter(surface: Any) -> None:
        paint_panel(surface, 0, 0, width, height, colour, opacity, radius)
        paint_text(surface, block, pad_x, pad_y)

    return Art(("label", block, colour, pad_x, pad_y, opacity, radius), width, height, painter)


def corner_scrim(box: Box, text: Box, ground: Ground, *, turned: bool) -> Part:
    """A soft dark patch round a text at the frame's edge, dense where the text is; mirrored if `turned`."""
    top, bottom = (text.top - box.top) / box.height, (text.bottom - box.top) / box.height
    near, far = (text.left - box.left) / box.width, (text.right - box.left) / box.width
    down = _feathered(top, bottom, ground.opacity)
    across = _feathered(near, 1.0, 1.0) if turned else _feathered(0.0, far, 1.0)
    upright = gradient(box.width, box.height, ground.colour, down, across=False)
    level = gradient(box.width, box.height, ground.colour, across, across=True)

    def painter(surface: Any) -> None:
        import skia

        upright.painter(surface)
        surface.saveLayer(None, skia.Paint(BlendMode=skia.BlendMode.kDstIn))
        level.painter(surface)
        surface.restore()

    art = Art(("scrim", ground.colour, down, across), box.width, box.height, painter)
    return Part(art, box.left, box.top, enter="fade", leave="fade")


def _feathered(begin: float, end: float, opacity: float) -> tuple[tuple[float, float], ...]:
    """Full from begin to end, easing to nothing at both borders; a side at the border itself stays full."""
    stops: list[tuple[float, float]] = []
    if begin > 0:
        stops += [(0.0, 0.0), (begin * 0.3, opacity * 0.1), (begin * 0.7, opacity * 0.72)]
    stops += [(max(begin, 0.0), opacity), (min(end, 1.0), opacity)]
    if end < 1:
        rest = 1 - end
        stops += [(end + rest * 0.3, opacity * 0.72), (end + rest * 0.7, opacity * 0.1), (1.0, 0.0)]
    return tuple(stops)
