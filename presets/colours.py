"""Colours as #rrggbb: how well they can be told apart, and how they are moved without losing their character.

Lightness, chroma and hue are those of OKLCH, where equal steps look equal.
"""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field, model_validator

from presets.records import Record

Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$", description="#rrggbb, lower case")]

TEXT_CONTRAST = 4.5
SHAPE_CONTRAST = 2.0

Lch = tuple[float, float, float]


class Palette(Record):
    """Colours that stay readable together."""

    background: Colour
    surface: Colour = Field(description="of cards and panels on the background")
    text: Colour
    accents: tuple[Colour, ...] = Field(min_length=3, max_length=6, description="the first one may carry text")

    @model_validator(mode="after")
    def _reads_well(self) -> Palette:
        for fault in self._faults():
            raise ValueError(fault)
        return self

    def _faults(self) -> list[str]:
        pairs = [("text", self.text, "background", self.background, TEXT_CONTRAST)]
        pairs.append(("text", self.text, "surface", self.surface, TEXT_CONTRAST))
        pairs.append(("accents.0", self.accents[0], "background", self.background, TEXT_CONTRAST))
        for index, accent in enumerate(self.accents[1:], 1):
            pairs.append((f"accents.{index}", accent, "background", self.background, SHAPE_CONTRAST))
        return [
            f"{name} {colour} on {ground} {below} has a contrast of {contrast(colour, below):.2f}, below {least}"
            for name, colour, ground, below, least in pairs
            if contrast(colour, below) < least
        ]

    @property
    def colours(self) -> tuple[str, ...]:
        """Background, surface, text, accents."""
        return (self.background, self.surface, self.text, *self.accents)

    @property
    def is_dark(self) -> bool:
        return luminance(self.background) < luminance(self.text)


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(one: str, other: str, amount: float) -> str:
    """From `one` at 0 to `other` at 1, in equal-looking steps."""
    first, second = _lab(one), _lab(other)
    a, b, c = (x + (y - x) * amount for x, y in zip(first, second, strict=True))
    return _hex(_from_lab((a, b, c)))


def distance(one: str, other: str) -> float:
    """How different two colours look: about 0.02 is just visible, black and white are 1 apart."""
    return math.dist(_lab(one), _lab(other))


def to_lch(colour: str) -> Lch:
    lightness, a, b = _lab(colour)
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def from_lch(lch: Lch) -> str:
    """The nearest colour that a screen shows: chroma gives way, lightness and hue stay."""
    lightness, chroma, hue = min(max(lch[0], 0.0), 1.0), max(lch[1], 0.0), math.radians(lch[2])
    for step in range(21):
        kept = chroma * (1 - step / 20)
        linear = _from_lab((lightness, kept * math.cos(hue), kept * math.sin(hue)))
        if all(-0.001 <= part <= 1.001 for part in linear):
            break
    return _hex(linear)


def readable(colour: str, grounds: tuple[str, ...], least: float) -> str:
    """`colour`, moved lighter or darker just far enough to stand out from all `grounds`."""
    lightness, chroma, hue = to_lch(colour)
    for step in range(51):
        for sign in (1, -1):
            moved = from_lch((lightness + sign * step / 50, chroma, hue))
            if all(contrast(moved, ground) >= least for ground in grounds):
                return colour if step == 0 else moved
    return max(("#000000", "#ffffff"), key=lambda end: min(contrast(end, ground) for ground in grounds))


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return _to_linear(red), _to_linear(green), _to_linear(blue)


def _to_linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _from_linear(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return part * 12.92 if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


def _hex(linear: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * _from_linear(part)):02x}" for part in linear)


def _lab(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_lab(lab: tuple[float, float, float]) -> tuple[float, float, float]:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
