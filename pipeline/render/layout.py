"""Where things may stand in a frame: title-safe areas, the caption band and the type scale of every aspect and size.

All sizes are whole pixels. A unit is a pixel of a frame whose short side is 1080.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

Aspect = Literal["wide", "square", "tall"]
CAPTION_LINES = 2
CAPTION_LEADING = 1.28


@dataclass(frozen=True)
class Box:
    """A rectangle; right and bottom are exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def centre_x(self) -> int:
        return (self.left + self.right) // 2

    @property
    def centre_y(self) -> int:
        return (self.top + self.bottom) // 2


@dataclass(frozen=True)
class TypeScale:
    """Sizes of type in units."""

    caption: float
    pop: float
    display: float
    title: float
    headline: float
    quote: float
    body: float
    small: float
    number: float


@dataclass(frozen=True)
class Margins:
    """Of the title-safe area, as shares of the frame. Tall films keep clear of the buttons that apps lay over them."""

    left: float
    top: float
    right: float
    bottom: float
    captions_side: float
    captions_bottom: float


SCALES: dict[Aspect, TypeScale] = {
    "wide": TypeScale(caption=56, pop=96, display=128, title=104, headline=86, quote=76, body=46, small=32, number=320),
    "square": TypeScale(
        caption=56, pop=92, display=104, title=88, headline=72, quote=62, body=42, small=30, number=250
    ),
    "tall": TypeScale(
        caption=72, pop=120, display=116, title=100, headline=80, quote=66, body=46, small=36, number=320
    ),
}
MARGINS: dict[Aspect, Margins] = {
    "wide": Margins(left=0.05, top=0.05, right=0.05, bottom=0.06, captions_side=0.14, captions_bottom=0.06),
    "square": Margins(left=0.06, top=0.06, right=0.06, bottom=0.07, captions_side=0.08, captions_bottom=0.07),
    "tall": Margins(left=0.08, top=0.1, right=0.12, bottom=0.2, captions_side=0.12, captions_bottom=0.3),
}


@dataclass(frozen=True)
class Format:
    """Everything about a frame that a layer needs to place things in it. Captions stand at the bottom of their box."""

    width: int
    height: int
    aspect: Aspect
    unit: float
    safe: Box
    captions: Box
    scale: TypeScale

    @property
    def frame(self) -> Box:
        return Box(0, 0, self.width, self.height)

    def px(self, units: float) -> int:
        """Units to whole pixels, at least one."""
        return max(1, round(units * self.unit))

    def size(self, units: float) -> float:
        """A size of type in pixels, never too small to draw."""
        return max(6.0, units * self.unit)

    def band(self, units: float) -> Box:
        """Where captions of that type stand: two lines of it, and what surrounds them."""
        height = round(CAPTION_LINES * CAPTION_LEADING * self.size(units)) + self.px(24)
        return Box(self.captions.left, self.captions.bottom - height, self.captions.right, self.captions.bottom)


@cache
def format_of(width: int, height: int) -> Format:
    aspect = _aspect(width, height)
    unit, margins, scale = min(width, height) / 1080, MARGINS[aspect], SCALES[aspect]
    safe = Box(
        round(width * margins.left),
        round(height * margins.top),
        round(width * (1 - margins.right)),
        round(height * (1 - margins.bottom)),
    )
    side, bottom = round(width * margins.captions_side), round(height * (1 - margins.captions_bottom))
    return Format(width, height, aspect, unit, safe, Box(side, safe.top, width - side, bottom), scale)


def _aspect(width: int, height: int) -> Aspect:
    ratio = width / height
    if ratio > 1.2:
        return "wide"
    return "square" if ratio > 0.8 else "tall"
