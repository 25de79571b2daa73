"""Space, depths, data, and the plain grounds on which an object is shown."""

from __future__ import annotations

import math

import skia

from pipeline.pictures.canvas import shapes, textures
from pipeline.pictures.canvas.colour import Colour
from pipeline.pictures.canvas.motifs import sky
from pipeline.pictures.canvas.scenery.view import Layers, View


def space(view: View) -> Layers:
    """Stars, clouds of gas, a planet's limb."""
    palette = view.pen.palette
    view.wall(palette.deep.at(0.13), palette.deep.mix(palette.glow, 0.2).at(0.24))
    for i, ink in enumerate(("accent1", "accent2", "accent3")):
        view.pen.glow(
            view.x(view.pen.within(0.1, 0.9)),
            view.y(view.pen.within(0.1, 0.8)),
            view.y(0.75),
            view.pen.colour(ink).at(0.5),
            0.34 - 0.06 * i,
        )
    if view.pen.medium.blooms:
        gas = textures.mask("bloom", palette.glow.at(0.6).argb(), 3.6 * view.unit, view.pen.frame.seed % 3, 25)
        view.pen.canvas.drawPaint(skia.Paint(Shader=gas, Alphaf=0.1, BlendMode=skia.BlendMode.kScreen))
    view.stars(300, 0, 1)
    x = view.x(view.pen.rng.choice((0.12, 0.88)))
    sky.planet(view.pen.at(x, view.y(0.36), view.pen.within(0.9, 1.7) * view.unit).far(0.4))
    _limb(view)
    yield
    view.motes(26, 0, 1, "pale")


def _limb(view: View) -> None:
    """The curve of a world below."""
    radius, y = view.width * 1.1, view.y(0.86)
    view.pen.glow(view.x(0.5), y + radius, radius * 1.09, "glow", 0.0)
    for grow, alpha in ((26, 0.18), (12, 0.3), (5, 0.5)):
        view.pen.disc(view.x(0.5), y + radius, radius + grow * view.unit, "glow", "flat", alpha)
    view.pen.disc(view.x(0.5), y + radius, radius, view.pen.palette.deep.at(0.2), "land")


def alien_world(view: View) -> Layers:
    """The ground of another planet: mesas, two moons, dust."""
    h = view.horizon
    view.air()
    view.stars(120, 0, 0.5)
    view.orb(38)
    sky.planet(view.pen.at(view.x(0.8 if view.light[0] < view.x(0.5) else 0.2), view.y(0.42), 2.6 * view.unit).far(0.5))
    for depth, base, height in ((0.85, 0.02, 0.2), (0.55, 0.08, 0.16), (0.28, 0.17, 0.1)):
        view.range(depth, h + view.y(base), view.y(height), 0.42)
        view.mist(h + view.y(base), view.y(0.07), 0.6)
    view.hills(0.1, h + view.y(0.26), view.y(0.05))
    yield
    view.boulders(view.y(1.0), 6, 100)
    view.motes(24)


def cavern(view: View) -> Layers:
    """Underground: rock frames a light ahead."""
    palette, rng = view.pen.palette, view.pen.rng
    view.wall(palette.deep.mix(palette.glow, 0.35).at(0.36), palette.deep.at(0.2))
    view.pen.glow(view.x(0.5), view.y(0.5), view.y(0.8), "glow", 0.85)
    for i, depth in enumerate((0.75, 0.5, 0.25, 0.0)):
        hole = 0.16 + 0.1 * i
        points = [
            (
                view.x(0.5) + math.cos(a) * view.x(hole) * rng.uniform(0.85, 1.15),
                view.y(0.5) + math.sin(a) * view.y(hole * 1.35) * rng.uniform(0.85, 1.15),
            )
            for a in (math.tau * k / 15 for k in range(15))
        ]
        rock = shapes.without(shapes.rectangle(-40, -40, view.width + 80, view.height + 80), shapes.smooth(points))
        view.pen.path(rock, palette.ground(depth * 0.8).mix(palette.glow, 0.12 * depth), "form")
    view.pen.rect(-20, view.y(0.86), view.width + 40, view.y(0.2), palette.ground(0).lighter(-0.03), 0, "land")
    yield
    view.motes(40)


def digital(view: View) -> Layers:
    """A plane of lines running to a bright horizon, and data above it."""
    h, palette = view.horizon, view.pen.palette
    view.wall(palette.deep.at(0.15), palette.deep.mix(palette.glow, 0.3).at(0.3))
    view.pen.glow(view.x(0.5), h, view.y(0.8), "glow", 0.6)
    lines = skia.Path()
    for i in range(-26, 27):
        lines.moveTo(view.x(0.5) + i * view.x(0.012), h)
        lines.lineTo(view.x(0.5) + i * view.x(0.16), view.height)
    for i in range(1, 15):
        y = h + (view.height - h) * (i / 14) ** 2.1
        lines.moveTo(0, y)
        lines.lineTo(view.width, y)
    view.pen.outline(lines, "accent2", 1.6 * view.unit, 0.45)
    rng = view.pen.rng
    for _ in range(44):
        x, y, size = rng.uniform(0, 1) * view.width, rng.uniform(0.05, 0.6) * h / 0.6, rng.uniform(4, 15) * view.unit
        view.pen.rect(
            x,
            y,
            size * rng.uniform(1, 5),
            size * 0.42,
            rng.choice(("accent1", "accent2", "accent3")),
            size * 0.2,
            "flat",
            rng.uniform(0.12, 0.5),
        )
    view.stars(60, 0, 0.5)
    yield
    view.motes(30, 0.1, 0.9, "accent2")


def clouds_above(view: View) -> Layers:
    """High in the air."""
    view.air()
    view.orb(72)
    view.clouds(6, 0.15, 0.55)
    view.mist(view.y(0.6), view.y(0.2), 0.4)
    for depth, y, size in ((0.5, 0.78, 2.6), (0.25, 0.9, 3.6)):
        _bank(view, depth, y, size)
    yield
    _bank(view, 0.0, 1.06, 4.6)


def _bank(view: View, depth: float, y: float, size: float) -> None:
    ink = view.pen.colour("cloud").mix(view.pen.palette.haze, 0.25 if view.pen.palette.hour == "day" else 0.66)
    parts = [shapes.rectangle(-20, view.y(y), view.width + 40, view.height)]
    for x in view.pen.scattered(13, 0, view.width):
        r = view.pen.within(40, 78) * size / 2.6 * view.unit
        parts.append(shapes.ellipse(x, view.y(y), r * 1.35, r))
    view.pen.far(depth).path(shapes.union(*parts), ink.lighter(-0.04), "land")


def studio(view: View) -> Layers:
    """A disc of light behind an object, a floor under it, a few drifting shapes."""
    _backdrop(view)
    x, y = view.x(view.focus), view.y(0.46)
    radius = min(view.width, view.height) * 0.4
    view.pen.glow(x, y, radius * 2.1, "glow", 0.5)
    view.pen.disc(x, y, radius * 1.16, view.pen.colour("glow"), "flat", 0.12)
    view.pen.disc(x, y, radius, _disc_ink(view), "form")
    _confetti(view, 15)
    _floor(view)
    yield
    view.motes(18)


def window(view: View) -> Layers:
    """A round window on a landscape; the object stands before it."""
    _backdrop(view)
    x, y, radius = view.x(view.focus), view.y(0.45), min(view.width, view.height) * 0.41
    disc = shapes.ellipse(x, y, radius, radius)
    view.pen.glow(x, y, radius * 1.7, "glow", 0.45)
    view.pen.disc(x, y, radius * 1.06, "surface", "form")
    view.pen.path(disc, view.pen.palette.sky[2].mix(view.pen.palette.sky[1], 0.4), "flat")
    view.pen.path(
        shapes.common(disc, shapes.ellipse(x + radius * 0.35, y - radius * 0.2, radius * 0.2, radius * 0.2)),
        view.pen.palette.glow.at(0.93),
        "light",
    )
    for depth, base, height in ((0.9, 0.3, 0.55), (0.62, 0.5, 0.45), (0.35, 0.75, 0.35)):
        crest = shapes.ridge(view.pen.rng, x - radius * 1.1, x + radius * 1.1, y + radius * base, radius * height, 0.48)
        view.pen.path(
            shapes.common(disc, shapes.down_to(crest, y + radius * 1.1)), view.pen.palette.ground(depth), "land"
        )
    _confetti(view, 10)
    _floor(view)
    yield
    view.motes(18)


def rays(view: View) -> Layers:
    """Rays from behind the object."""
    _backdrop(view)
    x, y, reach = view.x(view.focus), view.y(0.46), view.width
    fan = skia.Path()
    for i in range(16):
        a, b = math.tau * i / 16, math.tau * (i + 0.5) / 16
        fan.addPoly(
            [
                skia.Point(x, y),
                skia.Point(x + reach * math.cos(a), y + reach * math.sin(a)),
                skia.Point(x + reach * math.cos(b), y + reach * math.sin(b)),
            ],
            True,
        )
    view.pen.path(fan, "glow", "flat", 0.12)
    radius = min(view.width, view.height) * 0.33
    view.pen.glow(x, y, radius * 2.4, "glow", 0.6)
    view.pen.disc(x, y, radius, _disc_ink(view), "form")
    _floor(view)
    yield
    view.motes(18)


def table(view: View) -> Layers:
    """Blocks of colour and a table edge: a still life."""
    _backdrop(view)
    a, b = view.pen.colour("accent2"), view.pen.colour("accent3")
    ground = view.pen.palette.background
    view.pen.path(
        shapes.rectangle(view.x(0.08), view.y(0.08), view.x(0.36), view.y(0.9), 30 * view.unit),
        view.pen.palette.surface.lighter(0.06).mix(a.at(view.pen.palette.surface.l + 0.08), 0.35),
        "form",
    )
    view.pen.disc(view.x(0.7), view.y(0.36), min(view.width, view.height) * 0.27, b.shown_on(ground, 0.7), "form")
    view.pen.path(
        shapes.wedge(view.x(0.5), view.y(0.8), min(view.width, view.height) * 0.3, 180, 180),
        view.pen.palette.glow.shown_on(ground, 0.75),
        "form",
    )
    _floor(view)
    yield
    view.motes(16)


def _backdrop(view: View) -> None:
    palette = view.pen.palette
    view.wall(palette.background.mix(palette.accent(1), 0.16), palette.background.mix(palette.surface, 0.6))


def _disc_ink(view: View) -> Colour:
    palette = view.pen.palette
    return palette.glow.shown_on(palette.background, 0.72 if palette.dark else 0.55)


def _floor(view: View) -> None:
    palette, y = view.pen.palette, view.y(0.8)
    tone = palette.surface.mix(palette.accent(1), 0.12).lighter(-0.03)
    view.pen.path(shapes.rectangle(-20, y, view.width + 40, view.height), tone, "land")
    view.pen.rect(-20, y, view.width + 40, 4 * view.unit, palette.glow, 0, "flat", 0.3)


def _confetti(view: View, count: int) -> None:
    """Small drifting forms in the film's colours."""
    rng = view.pen.rng
    for i in range(count):
        x, y = rng.uniform(0.04, 0.96) * view.width, rng.uniform(0.06, 0.7) * view.height
        if abs(x - view.x(view.focus)) < view.x(0.2):
            continue
        size, ink = rng.uniform(7, 20) * view.unit, f"accent{1 + i % 4}"
        if i % 3 == 0:
            view.pen.ring(x, y, size, ink, 4 * view.unit, 0.55)
        elif i % 3 == 1:
            view.pen.disc(x, y, size * 0.6, ink, "flat", 0.6)
        else:
            view.pen.path(shapes.star(x, y, size * 0.9, 4, 0.3, rng.uniform(0, 90)), ink, "flat", 0.55)
