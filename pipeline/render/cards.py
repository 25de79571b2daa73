"""Intro and outro: full-frame cards with a slow light in the background, the title, a line below and the logo."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property, partial
from math import ceil
from typing import Literal

from pipeline.render.layout import Box
from pipeline.render.overlays import TRAVEL_UNITS
from pipeline.render.overlays.edges import logo_art
from pipeline.render.overlays.motion import Animated, Animation, Part, Span
from pipeline.render.overlays.parts import Ground, label, left_of, line_parts, rule, word_parts
from pipeline.render.packs import Canvas
from pipeline.render.sprites import Layer, Sprite
from pipeline.render.text.contrast import is_light, text_on
from pipeline.render.text.drawing import Art, glow, gradient, panel, ring
from pipeline.render.text.paragraphs import Block, fit
from pipeline.timeline.models import Card, Timeline
from presets.colours import from_lch, mix, to_lch

Place = Literal["intro", "outro"]
BOLD_PAD = 36
SLOWEST_SECONDS = 26.0
"""In which a light goes once round its path."""


def intro(timeline: Timeline, canvas: Canvas) -> tuple[Layer, ...]:
    """The card before the first segment."""
    return _layers(timeline.intro, timeline.intro_frames, canvas, "intro")


def outro(timeline: Timeline, canvas: Canvas) -> tuple[Layer, ...]:
    """The card after the last segment."""
    return _layers(timeline.outro, timeline.outro_frames, canvas, "outro")


def _layers(card: Card | None, frames: int, canvas: Canvas, place: Place) -> tuple[Layer, ...]:
    if card is None:
        return ()
    words = partial(_words, card, canvas, place)
    leave: Animation = "fade" if place == "intro" else "none"  # the film's last picture is not an empty one
    travel = canvas.format.px(TRAVEL_UNITS)
    return Background(canvas, place), Animated(words, Span(0, frames), canvas.fps, travel, "rise", leave)


@dataclass
class Background:
    """The ground colour with two lights that wander slowly, and a fine shade towards the edges."""

    canvas: Canvas
    place: Place

    @cached_property
    def still(self) -> tuple[Sprite, ...]:
        frame, colour = self.canvas.format.frame, self.canvas.look.background
        return (Sprite(panel(frame.width, frame.height, colour).picture(), 0, 0),)

    @cached_property
    def lights(self) -> tuple[Art, Art]:
        """The accent colour, and its neighbour on the colour wheel."""
        look, frame = self.canvas.look, self.canvas.format.frame
        lightness, chroma, hue = to_lch(look.accent)
        strength = 0.24 if is_light(look.background) else 0.4
        neighbour = from_lch((lightness * 0.8, chroma, hue + (110 if self.place == "intro" else -110)))
        large = round(0.95 * max(frame.width, frame.height))
        return glow(large, mix(look.accent, look.background, 0.25), strength), glow(large, neighbour, strength)

    @cached_property
    def rings(self) -> tuple[Art, Art]:
        """Two thin circles about the upper right corner."""
        side, px = min(self.canvas.format.width, self.canvas.format.height), self.canvas.format.px
        colour = self.canvas.look.accent
        return ring(round(0.62 * side), px(3), colour), ring(round(0.98 * side), px(2), colour)

    @cached_property
    def shade(self) -> Art:
        frame, colour = self.canvas.format.frame, mix(self.canvas.look.background, "#000000", 0.6)
        height = round(frame.height * 0.4)
        return gradient(frame.width, height, colour, ((0.0, 0.0), (0.6, 0.3), (1.0, 0.6)), across=False)

    def __call__(self, frame: int) -> tuple[Sprite, ...]:
        turn = 2 * math.pi * frame / (self.canvas.fps * SLOWEST_SECONDS)
        one, other = self.lights
        lights = (self._light(one, 0.84, 0.12, turn), self._light(other, 0.12, 0.92, turn + 2.4))
        bottom = self.canvas.format.height - self.shade.height
        rings = (self._ring(0, turn), self._ring(1, turn))
        return (*self.still, *lights, Sprite(self.shade.picture(), 0, bottom), *rings)

    def _ring(self, number: int, turn: float) -> Sprite:
        """Rings breathe and never move: a thin line that moves by whole pixels would tremble."""
        frame, art = self.canvas.format.frame, self.rings[number]
        x = frame.width * (0.98 - 0.1 * number) - art.width / 2
        y = frame.height * (0.1 + 0.06 * number) - art.height / 2
        strength = (0.5 - 0.2 * number) * (0.8 + 0.2 * math.sin(3 * turn + 2 * number))
        return Sprite(art.picture(), round(x), round(y), strength)

    def _light(self, art: Art, across: float, down: float, turn: float) -> Sprite:
        """A light about a point given as shares of the frame, on a slow ellipse.

        Its place is even, so that its colour planes need no second version; it is too soft for anyone to see.
        """
        frame = self.canvas.format.frame
        x = frame.width * (across + 0.1 * math.cos(turn)) - art.width / 2
        y = frame.height * (down + 0.12 * math.sin(turn)) - art.height / 2
        return Sprite(art.picture(), 2 * round(x / 2), 2 * round(y / 2))


def _words(card: Card, canvas: Canvas, place: Place) -> tuple[Part, ...]:
    """Title and subtitle in the middle of the safe area, under the logo."""
    ground = _ground(canvas)
    box, centred = _column(canvas), _is_centred(canvas, place)
    px, scale = canvas.format.px, canvas.format.scale
    align: Literal["left", "centre"] = "centre" if centred else "left"
    bold = canvas.pack.headline.style == "marker"
    width = box.width - (2 * px(BOLD_PAD) if bold else 0)
    title = fit(card.title, canvas.heading(scale.display, ground.text, leading=1.06), width, lines=4, align=align)
    subtitle = fit(card.subtitle, canvas.body(scale.body, ground.text), box.width, lines=2, align=align)
    title_height = _bold_height(title, canvas) if bold else ceil(title.height)
    gap = px(64)
    top = box.centre_y - (title_height + gap + ceil(subtitle.height)) // 2
    left = left_of(title, box)
    parts = list(_bold_title(title, box, top, canvas) if bold else word_parts(title, left, top, delay_ms=120))
    if not bold:
        start = box.centre_x - px(60) if centred else left_of(replace(title, align="left"), box)
        parts.append(rule(start, top + title_height + gap // 2 - px(3), px(120), px(6), ground.accent, 420))
    parts += line_parts(subtitle, left_of(subtitle, box), top + title_height + gap, delay_ms=560)
    return (*_logo(canvas, box, top, centred=centred), *parts)


def _bold_height(title: Block, canvas: Canvas) -> int:
    return sum(ceil(title.type.line_height) + canvas.format.px(32) for _ in title.lines)


def _bold_title(title: Block, box: Box, top: int, canvas: Canvas) -> tuple[Part, ...]:
    """Every line on a stroke of its own."""
    px, accent = canvas.format.px, canvas.look.accent
    parts = []
    for number, text in enumerate(title.lines):
        colour, ink = (accent, text_on(accent, canvas.look.background)) if number % 2 == 0 else ("#ffffff", "#000000")
        type_ = replace(title.type, colour=ink)
        art = label(Block((text,), type_), colour, px(BOLD_PAD), px(14), radius=px(12))
        x = box.centre_x - art.width // 2 if title.align == "centre" else box.left
        parts.append(Part(art, x, top, 120 + 130 * number, enter="pop"))
        top += art.height + px(4)
    return tuple(parts)


def _logo(canvas: Canvas, box: Box, top: int, *, centred: bool) -> tuple[Part, ...]:
    if canvas.look.logo is None:
        return ()
    px = canvas.format.px
    art = logo_art(canvas.look.logo, px(320), px(110), where="theme.logoPath")
    x = box.centre_x - art.width // 2 if centred else box.left
    return (Part(art, x, max(canvas.format.safe.top, top - art.height - px(56)), 0, enter="fade"),)


def _ground(canvas: Canvas) -> Ground:
    """The card's own ground is opaque, but lit: text must read on the brightest of it."""
    look = canvas.look
    lit = mix(look.background, look.accent, 0.3)
    return Ground(look.background, 1.0, text_on(lit, look.text), text_on(lit, look.accent))


def _column(canvas: Canvas) -> Box:
    safe = canvas.format.safe
    if canvas.format.aspect != "wide":
        return safe
    side = round(safe.width * 0.06)
    return Box(safe.left + side, safe.top, safe.right - side, safe.bottom)


def _is_centred(canvas: Canvas, place: Place) -> bool:
    """An outro looks back from the middle; narrow and bold cards stand there too."""
    return place == "outro" or canvas.format.aspect != "wide" or canvas.pack.headline.style == "marker"
