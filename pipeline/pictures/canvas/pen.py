"""The hand that draws motifs: shapes in a motif's own units, put where the composition wants them.

A motif stands on y = 0, is about 100 units high (y runs down, so its top is at -100) and is centred on x = 0. Colours
are names of materials or of the palette (see palette.py); the medium decides what a filled shape looks like.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random

import skia

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.colour import Colour
from pipeline.pictures.canvas.media import Fill, Form, Frame, Medium
from pipeline.pictures.canvas.palette import Palette
from pipeline.pictures.canvas.shapes import Point, Points

Ink = str | Colour


@dataclass(frozen=True)
class Pen:
    """Where and how a motif is drawn."""

    canvas: skia.Canvas
    medium: Medium
    palette: Palette
    rng: Random
    matrix: skia.Matrix = field(default_factory=skia.Matrix)
    scale: float = 1.0
    depth: float = 0.0

    @property
    def frame(self) -> Frame:
        return self.medium.frame

    # -- place --------------------------------------------------------------------------------------------------

    def at(self, x: float, y: float, scale: float = 1.0, turn: float = 0.0, flip: bool = False) -> Pen:
        """The same pen with its own origin, size (1 is unchanged), turn in degrees and mirror."""
        placed = skia.Matrix()
        placed.preTranslate(x, y)
        if turn:
            placed.preRotate(turn)
        placed.preScale(-scale if flip else scale, scale)
        return replace(self, matrix=skia.Matrix.Concat(self.matrix, placed), scale=self.scale * scale)

    def stretched(self, across: float, down: float) -> Pen:
        wider = skia.Matrix()
        wider.preScale(across, down)
        return replace(self, matrix=skia.Matrix.Concat(self.matrix, wider), scale=self.scale * math.sqrt(across * down))

    def far(self, depth: float) -> Pen:
        return replace(self, depth=depth)

    def seeded(self, seed: int | str) -> Pen:
        return replace(self, rng=Random(f"{seed}"))

    def point(self, x: float, y: float) -> Point:
        mapped = self.matrix.mapXY(x, y)
        return mapped.fX, mapped.fY

    # -- shapes -------------------------------------------------------------------------------------------------

    def path(self, path: skia.Path, ink: Ink, form: Form = "form", alpha: float = 1.0) -> None:
        placed = skia.Path(path)
        placed.transform(self.matrix)
        self.medium.fill(self.canvas, placed, Fill(self.colour(ink), form, self.depth, alpha))

    def poly(self, points: Points, ink: Ink, form: Form = "form", alpha: float = 1.0) -> None:
        self.path(shapes.polygon(points), ink, form, alpha)

    def blob(self, points: Points, ink: Ink, form: Form = "form", alpha: float = 1.0) -> None:
        self.path(shapes.smooth(points), ink, form, alpha)

    def rect(
        self, x: float, y: float, width: float, height: float, ink: Ink, radius: float = 0, form: Form = "form",
        alpha: float = 1.0,
    ) -> None:  # fmt: skip
        self.path(shapes.rectangle(x, y, width, height, radius), ink, form, alpha)

    def disc(self, x: float, y: float, radius: float, ink: Ink, form: Form = "form", alpha: float = 1.0) -> None:
        self.path(shapes.ellipse(x, y, radius, radius), ink, form, alpha)

    def oval(self, x: float, y: float, rx: float, ry: float, ink: Ink, form: Form = "form", alpha: float = 1.0) -> None:
        self.path(shapes.ellipse(x, y, rx, ry), ink, form, alpha)

    def limb(self, points: Points, widths: Sequence[float], ink: Ink, form: Form = "form") -> None:
        """A jointed limb in one piece."""
        parts = [shapes.capsule(a, b, widths[i], widths[i + 1]) for i, (a, b) in enumerate(pairwise(points))]
        self.path(shapes.union(*parts) if len(parts) > 1 else parts[0], ink, form)

    def line(self, points: Points, ink: Ink, width: float, alpha: float = 1.0) -> None:
        self._stroke(shapes.polygon(points, closed=False), ink, width, alpha)

    def curve(self, points: Points, ink: Ink, width: float, alpha: float = 1.0, closed: bool = False) -> None:
        self._stroke(shapes.smooth(points, closed), ink, width, alpha)

    def ring(self, x: float, y: float, radius: float, ink: Ink, width: float, alpha: float = 1.0) -> None:
        self._stroke(shapes.ellipse(x, y, radius, radius), ink, width, alpha)

    def outline(self, path: skia.Path, ink: Ink, width: float, alpha: float = 1.0) -> None:
        self._stroke(path, ink, width, alpha)

    def _stroke(self, path: skia.Path, ink: Ink, width: float, alpha: float) -> None:
        placed = skia.Path(path)
        placed.transform(self.matrix)
        self.medium.stroke(self.canvas, placed, Fill(self.colour(ink), "flat", self.depth, alpha), width * self.scale)

    # -- light --------------------------------------------------------------------------------------------------

    def glow(self, x: float, y: float, radius: float, ink: Ink = "glow", strength: float = 0.6) -> None:
        px, py = self.point(x, y)
        strength *= 1 - self.depth * 0.5
        self.medium.glow(self.canvas, px, py, radius * self.scale, self.colour(ink), strength)

    def shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 0.4) -> None:
        placed = shapes.ellipse(x, y, rx, ry)
        placed.transform(self.matrix)
        self.medium.shadow(self.canvas, placed, strength * (1 - self.depth * 0.6))

    # -- chance and colour --------------------------------------------------------------------------------------

    def colour(self, ink: Ink) -> Colour:
        return self.palette.colour(ink) if isinstance(ink, str) else ink

    def within(self, low: float, high: float) -> float:
        return self.rng.uniform(low, high)

    def scattered(self, count: int, low: float, high: float) -> Iterator[float]:
        """Evenly spread with some chance, from low to high."""
        step = (high - low) / max(count, 1)
        for i in range(count):
            yield low + step * (i + 0.5 + self.rng.uniform(-0.35, 0.35))
