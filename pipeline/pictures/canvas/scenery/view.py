"""What every setting is built from: the view, and its skies, ridges, hills, trees, clouds, stars and mist."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import skia

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.motifs import nature, sky
from pipeline.pictures.canvas.pen import Ink, Pen

Layers = Generator[None]
"""A setting draws what lies behind its subjects, yields, and draws what lies before them."""


@dataclass(frozen=True)
class View:
    """A picture's space in pixels: a pen at the top left corner, its size, where earth meets sky."""

    pen: Pen
    width: float
    height: float
    horizon: float
    tall: bool
    focus: float = 0.5
    """Where, across, the subject of a showcase stands."""

    @property
    def unit(self) -> float:
        return self.pen.frame.unit

    @property
    def light(self) -> tuple[float, float]:
        return self.pen.frame.light

    def x(self, share: float) -> float:
        return self.width * share

    def y(self, share: float) -> float:
        return self.height * share

    # -- air ----------------------------------------------------------------------------------------------------

    def air(self) -> None:
        """The sky, down to the horizon and below it."""
        self.pen.medium.sky(self.pen.canvas, *self.pen.palette.sky, self.horizon * 1.04)

    def wall(self, top: Ink, low: Ink) -> None:
        """An indoor or abstract ground instead of a sky."""
        first, last = self.pen.colour(top), self.pen.colour(low)
        self.pen.medium.sky(self.pen.canvas, first, first.mix(last, 0.5), last, self.height)

    def orb(self, size: float = 60) -> None:
        """The sun or moon where the light is."""
        x, y = self.light
        radius = size * self.unit
        self.pen.glow(x, y, radius * 9, "glow", 0.55)
        self.pen.glow(x, y, radius * 3.2, "glow", 0.6)
        night = self.pen.palette.hour == "night"
        ink = (
            self.pen.colour("moon").mix(self.pen.colour("glow"), 0.25).at(0.92)
            if night
            else self.pen.colour("glow").at(0.93)
        )
        self.pen.disc(x, y, radius, ink, "light")

    def stars(self, count: int, low: float = 0.0, high: float = 0.7) -> None:
        rng, unit = self.pen.rng, self.unit
        for _ in range(count):
            x, y = rng.uniform(0, self.width), rng.uniform(low, high) * self.height
            size = rng.choice((0.8, 1.0, 1.3, 2.0)) * unit
            self.pen.disc(x, y, size, "pale", "light", rng.uniform(0.35, 1) * (1 - y / self.height * 0.7))
        for _ in range(count // 40):
            x, y = rng.uniform(0.05, 0.95) * self.width, rng.uniform(low, high * 0.8) * self.height
            self.pen.path(shapes.star(x, y, rng.uniform(5, 10) * unit, 4, 0.16, 0), "pale", "light", 0.9)

    def clouds(self, count: int, low: float = 0.1, high: float = 0.45) -> None:
        rng = self.pen.rng
        _, middle, pale = self.pen.palette.sky
        ink = self.pen.colour("cloud") if self.pen.palette.hour == "day" else middle.mix(pale, 0.42).lighter(0.03)
        for share in sorted(self.pen.scattered(count, low, high)):
            x, size = rng.uniform(0.02, 0.98) * self.width, rng.uniform(1.1, 2.6) * self.unit
            body = self.pen.at(x, share * self.height, 1).stretched(size * 2.1, size * rng.uniform(0.5, 0.75))
            body.path(sky.cloud_outline(body), ink.mix(middle, 0.5 * (1 - share)), "form", 0.9)

    def mist(self, y: float, thickness: float, strength: float = 0.6) -> None:
        """A band of haze lying at y."""
        haze = self.pen.palette.haze
        if not self.pen.medium.blooms:
            return
        colours = [haze.argb(0), haze.argb(strength * (0.4 + 0.6 * self.pen.medium.look.light.mist)), haze.argb(0)]
        shader = skia.GradientShader.MakeLinear([(0, y - thickness), (0, y + thickness)], colours)
        box = skia.Rect.MakeLTRB(0, y - thickness, self.width, y + thickness)
        self.pen.canvas.drawRect(box, skia.Paint(Shader=shader, Dither=True))

    def motes(self, count: int, low: float = 0.2, high: float = 0.95, ink: Ink = "glow") -> None:
        """Dust, pollen, sparks, bubbles in the light."""
        rng = self.pen.rng
        for _ in range(count):
            size = rng.choice((1.2, 1.8, 2.6, 4.2)) * self.unit
            x, y = rng.uniform(0, 1) * self.width, rng.uniform(low, high) * self.height
            self.pen.disc(x, y, size, ink, "light", rng.uniform(0.2, 0.65))

    # -- earth --------------------------------------------------------------------------------------------------

    def range(self, depth: float, base: float, height: float, roughness: float = 0.5, ink: Ink | None = None) -> None:
        """A chain of mountains from edge to edge."""
        crest = shapes.ridge(self.pen.rng, -0.05 * self.width, 1.05 * self.width, base, height, roughness)
        self._land(crest, depth, ink)

    def hills(self, depth: float, base: float, height: float, ink: Ink | None = None) -> list[shapes.Point]:
        crest = shapes.hills(self.pen.rng, -0.05 * self.width, 1.05 * self.width, base, height)
        self._land(crest, depth, ink)
        return crest

    def _land(self, crest: list[shapes.Point], depth: float, ink: Ink | None) -> None:
        colour = self.pen.palette.ground(depth) if ink is None else ink
        haze = 0.0 if ink is None else depth
        self.pen.far(haze).path(shapes.down_to(crest, self.height + 40 * self.unit), colour, "land")

    def plain(self, y: float, ink: Ink, depth: float = 0.0) -> None:
        """Flat ground from y down."""
        crest = [(-0.05 * self.width, y), (1.05 * self.width, y)]
        self.pen.far(depth).path(shapes.down_to(crest, self.height + 40 * self.unit), ink, "land")

    def tree_line(
        self, crest: list[shapes.Point], count: int, size: float, depth: float, conifers: bool = True
    ) -> None:
        """Trees along a crest, as one silhouette in the ground's own tone."""
        rng, tone = self.pen.rng, self.pen.palette.ground(depth)
        for share in self.pen.scattered(count, 0, len(crest) - 1.001):
            x, y = crest[int(share)]
            scale = size * rng.uniform(0.6, 1.25) * self.unit / 100
            plant = self.pen.at(x, y + 3 * self.unit, scale)
            if conifers:
                _spruce(plant, tone)
            else:
                for dx, dy, r in ((-13, -46, 20), (13, -48, 19), (0, -66, 23)):
                    plant.disc(dx, dy, r, tone, "flat")
                plant.rect(-3, -40, 6, 40, tone, 0, "flat")

    def water(self, y: float, ink: Ink = "water", depth: float = 0.25) -> None:
        """A lake or sea from y down, with the light's path on it."""
        deep = self.pen.colour(ink).mix(self.pen.palette.deep.at(0.25), 0.35 if self.pen.palette.hour != "day" else 0.1)
        self.pen.far(depth).path(shapes.rectangle(-10, y, self.width + 20, self.height - y + 20), deep, "land")
        rng = self.pen.rng
        x = self.light[0]
        for i in range(34):
            share = (i / 34) ** 1.6
            at = y + 5 * self.unit + share * (self.height - y)
            spread = (26 + 210 * share) * self.unit
            for _ in range(2):
                length, middle = rng.uniform(14, 60) * self.unit * (0.5 + 1.6 * share), x + rng.gauss(0, 1) * spread
                thickness = (1.2 + 4 * share) * self.unit
                self.pen.rect(
                    middle - length / 2, at, length, thickness, "glow", thickness / 2, "light", 0.55 - 0.3 * share
                )
        for _ in range(26):
            share = rng.random() ** 1.4
            at, length = y + share * (self.height - y), rng.uniform(40, 170) * self.unit * (0.4 + share)
            left = rng.uniform(-0.05, 1) * self.width
            self.pen.rect(left, at, length, (1 + 2.6 * share) * self.unit, "foam", 1, "flat", 0.16 + 0.1 * share)

    def grass(self, y: float, height: float, ink: Ink | None = None) -> None:
        """Blades and stems before everything, dark against the light."""
        rng, tone = self.pen.rng, self.pen.palette.ground(0).lighter(-0.05) if ink is None else self.pen.colour(ink)
        path = skia.Path()
        for x in self.pen.scattered(90, -20, self.width + 20):
            tall, lean, half = rng.uniform(0.35, 1) * height, rng.uniform(-0.35, 0.35) * height, 2.6 * self.unit
            path.moveTo(x - half, y + height)
            path.quadTo(x + lean * 0.2, y - tall * 0.3, x + lean, y - tall)
            path.quadTo(x + lean * 0.4, y - tall * 0.2, x + half, y + height)
            path.close()
        self.pen.path(path, tone, "flat")
        self.pen.rect(-10, y + height * 0.5, self.width + 20, self.height, tone, 0, "flat")

    def boulders(self, y: float, count: int, size: float) -> None:
        for x in self.pen.scattered(count, 0, self.width):
            nature.rocks(
                self.pen.at(x, y, size * self.pen.within(0.5, 1.1) * self.unit / 100, flip=self.pen.rng.random() < 0.5)
            )


def _spruce(pen: Pen, tone: Ink) -> None:
    points: list[shapes.Point] = [(-3, 0), (-3, -10)]
    for low, width, top in ((-10, 23, -40), (-34, 18, -62), (-56, 12, -82)):
        points += [(-width, low), (-width * 0.32, top * 0.86)]
    points += [(0, -100)]
    points += [(-x, y) for x, y in reversed(points[:-1])]
    pen.poly(points, tone, "flat")
