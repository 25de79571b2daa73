"""Colours in OKLab, where mixing and lightening look even to the eye."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple


class Colour(NamedTuple):
    """Lightness from 0 to 1 and two opponent axes."""

    l: float  # noqa: E741
    a: float
    b: float

    @property
    def chroma(self) -> float:
        return math.hypot(self.a, self.b)

    @property
    def hue(self) -> float:
        return math.atan2(self.b, self.a)

    def mix(self, other: Colour, share: float) -> Colour:
        """`share` of `other` in it."""
        return Colour(*(mine + (its - mine) * share for mine, its in zip(self, other, strict=True)))

    def at(self, lightness: float) -> Colour:
        return Colour(min(max(lightness, 0.0), 1.0), self.a, self.b)

    def lighter(self, by: float) -> Colour:
        return self.at(self.l + by)

    def vivid(self, factor: float) -> Colour:
        return Colour(self.l, self.a * factor, self.b * factor)

    def with_hue(self, hue: float) -> Colour:
        return Colour(self.l, self.chroma * math.cos(hue), self.chroma * math.sin(hue))

    def pulled(self, other: Colour, share: float) -> Colour:
        """The same lightness, the hue turned towards that of `other` on the shorter way."""
        if other.chroma < 0.02:
            return self.vivid(1 - share / 2)
        turn = math.remainder(other.hue - self.hue, math.tau)
        return self.with_hue(self.hue + turn * share)

    def shown_on(self, ground: Colour, share: float) -> Colour:
        """A quieter form of the colour that lies between it and a ground in lightness, and keeps its own hue."""
        return self.vivid(0.5 + 0.5 * share).at(ground.l + (self.l - ground.l) * share)

    def rgb(self) -> tuple[int, int, int]:
        return _rgb(self)

    def argb(self, alpha: float = 1.0) -> int:
        red, green, blue = _rgb(self)
        return (round(255 * min(max(alpha, 0.0), 1.0)) << 24) | (red << 16) | (green << 8) | blue

    @property
    def luminance(self) -> float:
        """Relative luminance as WCAG has it."""
        red, green, blue = (_linear(channel / 255) for channel in _rgb(self))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(self, other: Colour) -> float:
        low, high = sorted((self.luminance, other.luminance))
        return (high + 0.05) / (low + 0.05)


WHITE = Colour(1.0, 0.0, 0.0)
BLACK = Colour(0.0, 0.0, 0.0)


@lru_cache(maxsize=4096)
def parse(text: str) -> Colour:
    """From "#rrggbb"."""
    red, green, blue = (_linear(int(text[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return Colour(
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def legible(ink: Colour, ground: Colour, ratio: float = 4.5) -> Colour:
    """`ink`, moved in lightness away from `ground` until it can be read there."""
    if ink.contrast(ground) >= ratio:
        return ink
    up = ground.luminance < 0.18
    for step in range(1, 41):
        tried = ink.lighter((0.025 if up else -0.025) * step)
        if tried.contrast(ground) >= ratio:
            return tried
    return WHITE if up else BLACK


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(channel: float) -> int:
    channel = min(max(channel, 0.0), 1.0)
    return round(255 * (channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055))


@lru_cache(maxsize=16384)
def _rgb(colour: Colour) -> tuple[int, int, int]:
    light, a, b = colour
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _encoded(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _encoded(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _encoded(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )
