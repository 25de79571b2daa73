"""The board that a card is laid out on: safe area, type, panels, icons.

Pictures are drawn at once; text is kept and set last, over the developed picture, where its contrast is checked against
the pixels that lie below it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import numpy as np
import skia
from numpy.typing import NDArray

from pipeline.pictures.canvas import lexicon, shapes
from pipeline.pictures.canvas.colour import Colour, legible, parse
from pipeline.pictures.canvas.composition import Cast
from pipeline.pictures.canvas.lexicon import MotifEntry
from pipeline.pictures.canvas.motifs import drawing
from pipeline.pictures.canvas.pen import Ink, Pen
from pipeline.pictures.canvas.scenery import View
from pipeline.pictures.models import Shot, Style
from pipeline.render.text.paragraphs import Align, Block, Type, fit, paint

Pixels = NDArray[np.uint8]
LEFT, RIGHT, TOP, BOTTOM = 0.115, 0.885, 0.115, 0.785
"""The safe area of the painted picture: inside the title-safe margin of any crop, above the captions."""
TEXT_CONTRAST = 4.5


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    def inset(self, by: float) -> Box:
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    def columns(self, count: int, gap: float) -> list[Box]:
        width = (self.width - gap * (count - 1)) / count
        return [Box(self.x + i * (width + gap), self.y, width, self.height) for i in range(count)]

    def rows(self, count: int, gap: float) -> list[Box]:
        height = (self.height - gap * (count - 1)) / count
        return [Box(self.x, self.y + i * (height + gap), self.width, height) for i in range(count)]


@dataclass(frozen=True)
class Said:
    """Text that has its place."""

    block: Block
    x: float
    y: float
    ink: Colour


@dataclass
class Board:
    pen: Pen
    shot: Shot
    style: Style
    cast: Cast
    said: list[Said] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    @property
    def view(self) -> View:
        frame = self.pen.frame
        return View(self.pen, frame.width, frame.height, frame.height * 0.6, self.tall)

    @property
    def tall(self) -> bool:
        return self.pen.frame.height > self.pen.frame.width * 1.1

    @property
    def square(self) -> bool:
        return not self.tall and self.pen.frame.width < self.pen.frame.height * 1.3

    @property
    def unit(self) -> float:
        return self.pen.frame.unit

    @property
    def safe(self) -> Box:
        frame = self.pen.frame
        return Box(frame.width * LEFT, frame.height * TOP, frame.width * (RIGHT - LEFT), frame.height * (BOTTOM - TOP))

    @property
    def radius(self) -> float:
        return self.pen.medium.look.corner_radius * self.unit

    @property
    def rng(self) -> Random:
        return self.pen.rng

    # -- ground -------------------------------------------------------------------------------------------------

    def ground(self) -> None:
        """A calm ground in the film's background colour, a little light in one corner."""
        palette, frame = self.pen.palette, self.pen.frame
        base = palette.background
        self.pen.medium.calm(self.pen.canvas, base.mix(palette.surface, 0.35), base)
        if self.pen.medium.blooms and palette.dark:
            self.pen.glow(frame.light[0], 0, frame.height * 0.9, palette.accent(0), 0.13)
        self._dots()
        self._foot()

    def _foot(self) -> None:
        """Low rolling forms where captions will lie: they anchor the card and say nothing."""
        palette, frame = self.pen.palette, self.pen.frame
        for share, rise, mix in ((0.9, 0.07, 0.1), (0.96, 0.06, 0.2)):
            crest = shapes.hills(self.rng, -20, frame.width + 20, frame.height * share, frame.height * rise)
            ground = palette.background.mix(palette.accent(1), mix * self.pen.medium.tint_gain)
            self.pen.path(shapes.down_to(crest, frame.height + 40), ground, "flat")

    def _dots(self) -> None:
        """A quiet field of dots in one corner, as on graph paper."""
        path, frame, step = skia.Path(), self.pen.frame, 34 * self.unit
        left = 0.0 if frame.light[0] > frame.width / 2 else frame.width - 9 * step
        for row in range(7):
            for column in range(9):
                path.addCircle(left + (column + 0.5) * step, (row + 0.5) * step, 2.6 * self.unit)
        self.pen.path(path, "accent2", "flat", 0.28)

    # -- forms --------------------------------------------------------------------------------------------------

    def panel(self, box: Box, ink: Ink, alpha: float = 1.0) -> None:
        outline = shapes.rectangle(box.x, box.y, box.width, box.height, self.radius)
        self.pen.path(outline, ink, "glass", alpha)

    def tinted(self, ink: Ink, share: float) -> Colour:
        """The panels' colour with a breath of an accent."""
        share = min(share * self.pen.medium.tint_gain, 0.6)
        return self.pen.palette.surface.mix(self.pen.colour(ink), share)

    def rule(self, x: float, y: float, width: float, ink: Ink = "accent1", thick: float = 7) -> None:
        self.pen.rect(x, y, width, thick * self.unit, ink, thick * self.unit / 2, "flat")

    def disc(self, x: float, y: float, radius: float, ink: Ink, alpha: float = 1.0) -> None:
        self.pen.disc(x, y, radius, ink, "form", alpha)

    def arrow(self, start: tuple[float, float], end: tuple[float, float], ink: Ink = "accent2") -> None:
        width, head = 6 * self.unit, 17 * self.unit
        self.pen.line([start, end], ink, width)
        if abs(end[0] - start[0]) > abs(end[1] - start[1]):
            self.pen.poly(
                [(end[0] + head, end[1]), (end[0] - head * 0.5, end[1] - head), (end[0] - head * 0.5, end[1] + head)],
                ink,
                "flat",
            )
        else:
            self.pen.poly(
                [(end[0], end[1] + head), (end[0] - head, end[1] - head * 0.5), (end[0] + head, end[1] - head * 0.5)],
                ink,
                "flat",
            )

    # -- motifs -------------------------------------------------------------------------------------------------

    def motif_for(self, text: str) -> MotifEntry:
        """What stands beside these words; never the same thing twice on one card."""
        texts = [
            (text, 3.0),
            (" ".join(self.shot.keywords), 0.5),
            (self.shot.instruction, 0.3),
            (self.shot.narration, 0.3),
        ]
        names = [name for name in lexicon.motifs_for(texts) if name not in self.used]
        entry = lexicon.motifs()[names[0]] if names else self._any()
        self.used.add(entry.name)
        return entry

    def _any(self) -> MotifEntry:
        rest = [entry for entry in (self.cast.hero, *self.cast.others) if entry.name not in self.used]
        plain = ("bulb", "gears", "star", "compass", "puzzle", "target", "magnifier", "key")
        return rest[0] if rest else lexicon.motifs()[self.rng.choice([name for name in plain if name not in self.used])]

    def motif(self, entry: MotifEntry, x: float, y: float, height: float) -> None:
        """A motif standing on (x, y)."""
        pen = self.pen.at(x, y, height / 100).seeded(f"{self.shot.seed} {entry.name}")
        if entry.kind in ("thing", "person", "stand"):
            pen.shadow(0, 0.5, 36 if entry.kind != "person" else 15, 3.4, 0.4)
        drawing(entry.draw)(pen)

    def icon(self, entry: MotifEntry, x: float, y: float, radius: float, ink: Ink) -> None:
        """A motif on a disc of colour."""
        palette = self.pen.palette
        self.disc(x, y, radius, self.pen.colour(ink).shown_on(palette.background, 0.55))
        size = radius * _fitted(entry) * 1.24
        self.motif(entry, x, y + size * 0.5, size)

    def figure(self, entry: MotifEntry, box: Box) -> None:
        """A large motif before a disc of light: the illustration of a card."""
        radius = min(box.width, box.height) * 0.49
        x, y = box.x + box.width / 2, box.middle
        palette = self.pen.palette
        self.pen.glow(x, y, radius * 1.8, "glow", 0.4)
        self.disc(x, y, radius * 1.12, "glow", 0.14)
        self.disc(x, y, radius, palette.glow.shown_on(palette.background, 0.68 if palette.dark else 0.55))
        size = radius * 1.5 * _fitted(entry) * 0.92
        self.motif(entry, x, y + size * 0.5, size)

    # -- text ---------------------------------------------------------------------------------------------------

    def type(
        self, size: float, weight: int = 600, *, heading: bool = False, leading: float = 1.16, tracking: float = 0.0
    ) -> Type:
        family = self.style.heading_font if heading else self.style.body_font
        return Type(family, size * self.unit, weight, leading=leading, tracking=tracking)

    def lay(self, text: str, type_: Type, width: float, lines: int, align: Align = "left") -> Block:
        return fit(text, type_, width, lines=lines, align=align)

    def say(self, block: Block, x: float, y: float, ink: Ink = "text") -> float:
        """Keep the block for setting; gives the y below it."""
        self.said.append(Said(block, x, y, self.pen.colour(ink)))
        return y + block.height

    def centred(self, block: Block, x: float, y: float, ink: Ink = "text") -> float:
        return self.say(block, x - block.width / 2, y, ink)

    def kicker(self, x: float, y: float, width: float, align: Align = "left") -> float:
        """The small heading above a card, with its rule."""
        if not self.shot.heading:
            return y
        block = self.lay(self.shot.heading, self.type(40, 700, tracking=0.01), width, 2, align)
        left = x if align == "left" else x + (width - block.width) / 2
        rule = 76 * self.unit
        self.rule(x if align == "left" else x + (width - rule) / 2, y, rule)
        return self.say(block, left, y + 24 * self.unit, "text") + 14 * self.unit

    def set_text(self, pixels: Pixels) -> None:
        """Everything that was said, readable on whatever lies below it."""
        canvas = skia.Surface(pixels).getCanvas()
        for said in self.said:
            ink = self._readable(canvas, pixels, said)
            paint(canvas, said.block, said.x, said.y, colour=_hex(ink))

    def _readable(self, canvas: skia.Canvas, pixels: Pixels, said: Said) -> Colour:
        box = Box(said.x, said.y, said.block.width, said.block.height)
        dark, light = _extremes(pixels, box)
        if min(said.ink.contrast(dark), said.ink.contrast(light)) >= TEXT_CONTRAST:
            return said.ink
        middle = dark.mix(light, 0.5)
        moved = legible(said.ink, middle, TEXT_CONTRAST * 1.15)
        if min(moved.contrast(dark), moved.contrast(light)) >= TEXT_CONTRAST:
            return moved
        ground = self.pen.palette.background
        pad = 14 * self.unit
        scrim = skia.Paint(Color=ground.argb(0.93), AntiAlias=True)
        area = skia.Rect.MakeXYWH(box.x - pad, box.y - pad / 2, box.width + 2 * pad, box.height + pad)
        canvas.drawRoundRect(area, pad, pad, scrim)
        return legible(said.ink, ground, TEXT_CONTRAST * 1.1)


def _fitted(entry: MotifEntry) -> float:
    """Wide motifs are drawn smaller so that they keep inside a disc."""
    return {"place": 0.62, "swim": 0.8, "stand": 0.86, "person": 1.08, "space": 0.86, "fly": 0.86, "thing": 0.92}[
        entry.kind
    ]


def _extremes(pixels: Pixels, box: Box) -> tuple[Colour, Colour]:
    """The darkest and the lightest that lie below, without a few stray pixels."""
    height, width = pixels.shape[:2]
    top, bottom = (min(max(round(y), 0), height - 1) for y in (box.y, box.bottom))
    left, right = (min(max(round(x), 0), width - 1) for x in (box.x, box.right))
    below = pixels[top : bottom + 1 : 3, left : right + 1 : 3, :3].reshape(-1, 3)
    grey = below @ np.array([0.2126, 0.7152, 0.0722])
    order = np.argsort(grey)
    ends = (order[round(0.02 * (len(order) - 1))], order[round(0.98 * (len(order) - 1))])
    low, high = (parse("#{:02x}{:02x}{:02x}".format(*below[i])) for i in ends)
    return low, high


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour.rgb())
