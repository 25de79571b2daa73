"""How a page of captions looks: clean, boxed, karaoke and pop.

A page's letters are drawn once. Karaoke lays one small picture, the spoken word on its mark, over them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from typing import Any

import numpy as np
import regex

from pipeline.render.captions.pages import Page, Token, TokenLine, text_of
from pipeline.render.layout import CAPTION_LEADING, Box
from pipeline.render.packs import Canvas
from pipeline.render.sprites import Sprite
from pipeline.render.text.contrast import AIM, opacity_for, outline_for, text_on
from pipeline.render.text.drawing import PLAIN, Art, Effects, paint_panel, paint_pixels, paint_text, paint_together
from pipeline.render.text.paragraphs import Block, Type, is_mixed, measure, paint_runs
from presets.colours import readable

POP_SCALES = (0.74, 1.07, 1.03)
BOX_OPACITY = 0.78
DESCENT = 0.3
"""Room below the last line for what hangs out of it, in ems."""
_LETTERS = regex.compile(r"[\p{L}\p{N}]")


Drawing = Callable[["Style", Page, int, int], tuple[Sprite, ...]]
"""Style, page, frames since the page began, frame."""


@dataclass(frozen=True)
class Style:
    """A style bound to a canvas. Side is what it needs beside a line of text, in pixels."""

    type: Type
    band: Box
    effects: Effects
    side: int
    draw: Drawing
    canvas: Canvas

    def sprites(self, page: Page, since: int, frame: int) -> tuple[Sprite, ...]:
        return self.draw(self, page, since, frame)


@dataclass(frozen=True)
class Placed:
    """A page's lines and the box around them in the frame."""

    block: Block
    pad: int
    x: int
    y: int

    @property
    def width(self) -> int:
        return ceil(self.block.width) + 2 * self.pad

    @property
    def height(self) -> int:
        return ceil(self.block.height) + 2 * self.pad


def style_of(canvas: Canvas) -> Style:
    match canvas.captions:
        case "boxed":
            return _style(canvas, boxed, _type(canvas), PLAIN, side=0.5)
        case "karaoke":
            type_ = replace(_type(canvas, weight=700), word_gap=0.07)
            return _style(canvas, karaoke, type_, _outlined(type_, 0.06), side=0.2)
        case "pop":
            type_ = _pop_type(canvas)
            return _style(canvas, pop, type_, _outlined(type_, 0.085), side=0.2)
    type_ = _type(canvas)
    return _style(canvas, clean, type_, _outlined(type_, 0.05), side=0.1)


def clean(style: Style, page: Page, since: int, frame: int) -> tuple[Sprite, ...]:
    """Letters with an outline and a soft shadow."""
    placed = _placed(page, style)
    return (Sprite(_letters(placed, style.effects).picture(), placed.x, placed.y),)


def boxed(style: Style, page: Page, since: int, frame: int) -> tuple[Sprite, ...]:
    """Letters on a box that hugs each line."""
    placed, ground = _placed(page, style), style.canvas.look.background
    opacity = opacity_for(style.type.colour, ground, BOX_OPACITY)
    key = ("boxed", placed.block, ground, opacity)

    def painter(surface: Any) -> None:
        _paint_boxes(surface, placed, ground, opacity)
        paint_text(surface, placed.block, placed.pad, placed.pad)

    return (Sprite(Art(key, placed.width, placed.height, painter).picture(), placed.x, placed.y),)


def karaoke(style: Style, page: Page, since: int, frame: int) -> tuple[Sprite, ...]:
    """Clean, with the spoken word on a mark in the accent colour."""
    base = clean(style, page, since, frame)
    spoken = spoken_token(page, frame, style.canvas.fps)
    if spoken is None:
        return base
    return (*base, _mark(style, page, spoken))


def pop(style: Style, page: Page, since: int, frame: int) -> tuple[Sprite, ...]:
    """Few large words that jump in, the spoken one in the accent colour."""
    placed, scale = _placed(page, style), POP_SCALES[since] if since < len(POP_SCALES) else 1.0
    spoken = spoken_token(page, frame, style.canvas.fps)
    words = (_letters(placed, style.effects), 0, 0)
    pieces = [words] if spoken is None else [words, _coloured(placed, page, spoken, style)]
    return tuple(_scaled_about_middle(art, x, y, placed, scale) for art, x, y in pieces)


def _letters(placed: Placed, effects: Effects) -> Art:
    def painter(surface: Any) -> None:
        paint_text(surface, placed.block, placed.pad, placed.pad, effects)

    return Art(("caption", placed.block, effects), placed.width, placed.height, painter)


def _coloured(placed: Placed, page: Page, spoken: tuple[int, int], style: Style) -> tuple[Art, int, int]:
    """The spoken word alone, over itself: its outline too, so that no edge of the other colour is left."""
    number, place = spoken
    line, type_ = page.lines[number], page.type
    outline = style.effects.outline_colour
    accent = readable(style.canvas.look.accent, (outline,), AIM)
    left, width = token_box(line, place, type_)
    pad = placed.pad
    x, y = placed.pad + placed.block.line_left(number) + left - pad, number * type_.line_height
    part = (pad + x - int(x), pad + y - int(y))

    def painter(surface: Any) -> None:
        paint_runs(surface, ((line[place].text, outline),), type_, *part, stroke=style.effects.outline)
        paint_runs(surface, ((line[place].text, accent),), type_, *part)

    size = ceil(width) + 2 * pad + 1, ceil(type_.line_height) + 2 * pad + 1
    return Art(("spoken", line[place].text, type_, style.effects, part, accent), *size, painter), int(x), int(y)


def _scaled_about_middle(art: Art, x: int, y: int, placed: Placed, scale: float) -> Sprite:
    """A piece of the page at its place when the whole page is scaled about its middle."""
    left = placed.x + placed.width / 2 + (x - placed.width / 2) * scale
    top = placed.y + placed.height / 2 + (y - placed.height / 2) * scale
    return Sprite(art.resampled(scale).picture(), round(left), round(top))


def spoken_token(page: Page, frame: int, fps: int) -> tuple[int, int] | None:
    """Line and number of the word that is being spoken; the last one spoken stays marked through a short pause."""
    now, found = frame * 1000 / fps + 500 / fps, None
    for number, line in enumerate(page.lines):
        for place, token in enumerate(line):
            if token.start_ms <= now and _LETTERS.search(token.text):
                found = (number, place) if now < token.end_ms + PAUSE_MS else None
    return found


PAUSE_MS = 350


def token_box(line: TokenLine, place: int, type_: Type) -> tuple[float, float]:
    """Left edge, from the line's, and width of a word where it stands in its shaped line."""
    text = text_of(line)
    if is_mixed(text):
        return _ink_box(line, place, type_)
    width = measure(line[place].text, type_)
    left = measure(text_of(line[: place + 1]), type_) - width
    return (measure(text, type_) - left - width, width) if type_.turns(text) else (left, width)


@lru_cache(maxsize=512)
def _ink_box(line: TokenLine, place: int, type_: Type) -> tuple[float, float]:
    width, height = ceil(measure(text_of(line), type_)) + 8, ceil(type_.line_height)
    runs = _runs(line, place, "#ffffff")
    inked = np.flatnonzero(paint_pixels(width, height, lambda c: paint_runs(c, runs, type_, 0, 0))[..., 3].any(axis=0))
    return (float(inked[0]), float(inked[-1] + 1 - inked[0])) if len(inked) else (0.0, 0.0)


def _runs(line: TokenLine, place: int, colour: str) -> tuple[tuple[str, str | None], ...]:
    """The line with all but one word invisible: shaped as a whole, so that the word stands where it stands."""
    gaps = [" " if token.spaced and index else "" for index, token in enumerate(line)]
    before = "".join(gap + token.text for gap, token in zip(gaps[:place], line[:place], strict=True)) + gaps[place]
    after = "".join(gap + token.text for gap, token in zip(gaps[place + 1 :], line[place + 1 :], strict=True))
    runs: tuple[tuple[str, str | None], ...] = ((before, None), (line[place].text, colour), (after, None))
    return tuple(run for run in runs if run[0])


def _mark(style: Style, page: Page, spoken: tuple[int, int]) -> Sprite:
    number, place = spoken
    token: Token = page.lines[number][place]
    placed, size = _placed(page, style), page.type.size
    left, width = token_box(page.lines[number], place, page.type)
    side, height = (0.15 if _stands_alone(page.lines[number], place) else 0.02) * size, 1.16 * size
    line_top = number * page.type.line_height + (page.type.line_height - height) / 2
    x = placed.x + placed.pad + placed.block.line_left(number) + left - side
    y = placed.y + placed.pad + line_top
    look = style.canvas.look
    accent, ink = look.accent, text_on(look.accent, look.background)
    box_width, box_height = ceil(width + 2 * side) + 1, ceil(height) + 1
    part = (x - int(x), y - int(y))

    def painter(surface: Any) -> None:
        paint_panel(surface, part[0], part[1], width + 2 * side, height, accent, radius=0.2 * size)
        top = part[1] + (height - page.type.line_height) / 2
        paint_runs(surface, ((token.text, ink),), page.type, part[0] + side, top)

    key = ("mark", token.text, page.type, width, part, accent, ink)
    return Sprite(Art(key, box_width, box_height, painter).picture(), int(x), int(y))


def _stands_alone(line: TokenLine, place: int) -> bool:
    """Whether spaces part a word from its neighbours."""
    before, after = place == 0 or line[place].spaced, place + 1 == len(line) or line[place + 1].spaced
    return before and after


def _paint_boxes(surface: Any, placed: Placed, ground: str, opacity: float) -> None:
    type_ = placed.block.type
    side, over = 0.42 * type_.size, 0.1 * type_.size

    def shape() -> None:
        for number, line in enumerate(placed.block.lines):
            x = placed.pad + placed.block.line_left(number) - side
            y = placed.pad + number * type_.line_height - over
            width, height = measure(line, type_) + 2 * side, type_.line_height + 2 * over
            paint_panel(surface, x, y, width, height, ground, radius=0.2 * type_.size)

    paint_together(surface, opacity, shape)


def _placed(page: Page, style: Style) -> Placed:
    block = Block(tuple(text_of(line) for line in page.lines), page.type, "centre")
    pad = max(round(page.type.size * 0.3) + style.effects.reach, round(0.5 * page.type.size))
    bottom = style.band.bottom - ceil(DESCENT * page.type.size)
    x = round(style.band.centre_x - block.width / 2) - pad
    return Placed(block, pad, x, bottom - ceil(block.height) - pad)


def _style(
    canvas: Canvas,
    draw: Drawing,
    type_: Type,
    effects: Effects,
    *,
    side: float,
) -> Style:
    return Style(type_, canvas.caption_band, effects, ceil(side * type_.size), draw, canvas)


def _type(canvas: Canvas, *, weight: int = 0) -> Type:
    colour = canvas.look.text
    if canvas.captions == "boxed":
        colour = text_on(canvas.look.background, colour, opacity=BOX_OPACITY)
    return canvas.body(canvas.format.scale.caption, colour, leading=CAPTION_LEADING, weight=weight)


def _pop_type(canvas: Canvas) -> Type:
    type_ = canvas.body(canvas.format.scale.pop, leading=1.12, weight=800)
    return replace(type_, tracking=-0.01, capitals=True)


def _outlined(type_: Type, share: float) -> Effects:
    return Effects(
        outline=max(1.6, share * type_.size),
        outline_colour=outline_for(type_.colour),
        shadow_colour=outline_for(type_.colour),
        shadow_blur=0.14 * type_.size,
        shadow_drop=0.03 * type_.size,
        shadow_opacity=0.8,
    )
