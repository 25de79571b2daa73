"""Open country: mountains, woods, deserts, coasts, fields, snow, roads."""

from __future__ import annotations

import skia

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.motifs import animals, buildings, nature, vehicles
from pipeline.pictures.canvas.pen import Pen
from pipeline.pictures.canvas.scenery.view import Layers, View


def landscape(view: View) -> Layers:
    """Ridges behind ridges, hills with trees, grass before them."""
    h = view.horizon
    view.air()
    view.orb()
    view.clouds(4)
    view.range(0.95, h + view.y(0.02), view.y(0.3), 0.55)
    view.mist(h - view.y(0.02), view.y(0.09), 0.5)
    view.range(0.68, h + view.y(0.05), view.y(0.2), 0.5)
    crest = view.hills(0.45, h + view.y(0.07), view.y(0.1))
    view.tree_line(crest, 40, 62, 0.45)
    view.mist(h + view.y(0.06), view.y(0.06), 0.6)
    crest = view.hills(0.22, h + view.y(0.16), view.y(0.1))
    view.tree_line(crest, 16, 118, 0.22)
    animals.birds(view.pen.at(view.x(view.pen.within(0.3, 0.7)), view.y(0.36), 1.5 * view.unit))
    view.hills(0.1, h + view.y(0.27), view.y(0.07))
    yield
    view.grass(view.y(0.94), view.y(0.07))
    view.motes(26)


def mountains(view: View) -> Layers:
    h = view.horizon
    view.air()
    view.stars(70, 0, 0.5) if view.pen.palette.hour == "night" else view.clouds(3, 0.15, 0.4)
    view.orb(54)
    view.range(1.0, h, view.y(0.42), 0.5)
    view.mist(h - view.y(0.06), view.y(0.12), 0.55)
    view.range(0.75, h + view.y(0.06), view.y(0.34), 0.52)
    view.mist(h + view.y(0.04), view.y(0.1), 0.6)
    view.range(0.42, h + view.y(0.15), view.y(0.24), 0.48)
    view.mist(h + view.y(0.13), view.y(0.08), 0.6)
    crest = view.hills(0.2, h + view.y(0.24), view.y(0.08))
    view.tree_line(crest, 46, 84, 0.2)
    view.hills(0.05, h + view.y(0.33), view.y(0.06))
    yield
    view.grass(view.y(0.96), view.y(0.05))
    view.motes(14)


def volcanic(view: View) -> Layers:
    """Black land under a burning sky."""
    h = view.horizon
    view.air()
    view.clouds(6, 0.05, 0.35)
    view.orb(46)
    view.range(0.85, h, view.y(0.2), 0.6)
    view.range(0.55, h + view.y(0.06), view.y(0.14), 0.6)
    view.mist(h + view.y(0.04), view.y(0.1), 0.7)
    view.hills(0.25, h + view.y(0.16), view.y(0.07))
    yield
    for x in (0.2, 0.71):
        _lava_river(view, x)
    view.boulders(view.y(1.0), 7, 110)
    view.motes(60, 0.2, 0.95, "fire")


def _lava_river(view: View, x: float) -> None:
    """Widens towards the viewer."""
    bends = [(i / 4, view.pen.within(-0.03, 0.03) * i) for i in range(5)]
    for ink, share in (("ember", 1.0), ("lava", 0.72), ("flame", 0.28)):
        sides: list[list[shapes.Point]] = [[], []]
        for down, bend in bends:
            y, half = view.y(0.79 + 0.24 * down), (3 + 38 * down**1.7) * share * view.unit
            for side, reach in zip(sides, (-half, half), strict=True):
                side.append((view.x(x + bend) + reach, y))
        view.pen.blob([*sides[0], *reversed(sides[1])], ink, "light")


def forest(view: View) -> Layers:
    """Trunks in depth, light falling between them."""
    h = view.horizon
    view.air()
    view.orb(40)
    for depth, base, size, count in ((0.9, 0.02, 230, 26), (0.66, 0.06, 320, 20), (0.42, 0.12, 420, 13)):
        crest = view.hills(depth, h + view.y(base), view.y(0.03))
        view.tree_line(crest, count, size, depth)
        view.mist(h + view.y(base - 0.02), view.y(0.13), 0.6)
    view.hills(0.16, h + view.y(0.2), view.y(0.05))
    for x in (0.03, 0.2, 0.83, 0.97):
        _trunk(view, x + view.pen.within(-0.02, 0.02), 0.2, 0.62)
    yield
    _trunk(view, view.pen.rng.choice((-0.01, 1.0)), 0.02, 1.3)
    view.grass(view.y(0.93), view.y(0.08))
    view.motes(40)


def _trunk(view: View, x: float, depth: float, size: float) -> None:
    tone = view.pen.palette.ground(depth).lighter(-0.02)
    half, foot = 44 * view.unit * size, view.horizon + view.y(0.3) * (0.6 + size * 0.5)
    px = view.x(x)
    view.pen.blob(
        [
            (px - half * 1.5, foot + 20),
            (px - half * 0.8, foot * 0.8),
            (px - half * 0.62, 0),
            (px - half * 0.6, -60),
            (px + half * 0.6, -60),
            (px + half * 0.6, 0),
            (px + half * 0.75, foot * 0.8),
            (px + half * 1.7, foot + 20),
        ],
        tone,
        "form",
    )
    for share, side in ((0.2, 1), (0.34, -1), (0.1, -1)):
        y = view.y(share)
        view.pen.limb(
            [(px, y + 40 * view.unit), (px + side * half * 4, y - 30 * view.unit)],
            (half * 0.5, half * 0.1),
            tone,
            "flat",
        )


def desert(view: View) -> Layers:
    h = view.horizon
    view.air()
    view.orb(78)
    view.range(0.9, h + view.y(0.01), view.y(0.1), 0.35)
    for depth, base, height, ink in ((0.6, 0.08, 0.09, "sand"), (0.35, 0.17, 0.1, "sand"), (0.12, 0.28, 0.1, "sand-")):
        view.hills(depth, h + view.y(base), view.y(height), ink)
    for x, depth, size in ((0.1, 0.35, 1.3), (0.9, 0.2, 1.8)):
        nature.cactus(view.pen.at(view.x(x), h + view.y(0.2), size * view.unit).far(depth))
    yield
    view.boulders(view.y(1.0), 3, 90)
    view.motes(20)


def arctic(view: View) -> Layers:
    h = view.horizon
    view.air()
    view.orb(44)
    view.range(0.9, h, view.y(0.22), 0.5, "ice")
    view.range(0.55, h + view.y(0.05), view.y(0.14), 0.55, "snow")
    view.water(h + view.y(0.06), "water", 0.4)
    for x, y, size in ((0.14, 0.13, 0.9), (0.84, 0.17, 1.2)):
        floe = view.pen.at(view.x(x), h + view.y(y), size * view.unit).far(0.25)
        floe.poly([(-90, 0), (-70, -18), (-30, -26), (10, -14), (60, -22), (96, 0), (40, 12), (-50, 12)], "ice")
    view.hills(0.05, view.y(0.9), view.y(0.06), "snow-")
    yield
    view.motes(90, 0.05, 0.98, "snow")


def ocean(view: View) -> Layers:
    """The open sea under a wide sky."""
    h = view.horizon
    view.air()
    view.orb(64)
    view.clouds(5, 0.12, 0.45)
    animals.birds(view.pen.at(view.x(view.pen.within(0.25, 0.75)), view.y(0.34), 1.4 * view.unit))
    view.water(h)
    view.mist(h, view.y(0.05), 0.5)
    for depth, base in ((0.2, 0.16), (0.08, 0.24)):
        waves(view, h + view.y(base), depth, 15)
    yield
    waves(view, view.y(0.86), 0.0, 26)
    waves(view, view.y(0.94), 0.0, 34)


def waves(view: View, y: float, depth: float, size: float) -> None:
    """A row of swells from edge to edge, and the water below it."""
    rng, unit = view.pen.rng, view.unit
    left, step = -60 * unit - rng.uniform(0, 90) * unit, size * 6.4 * unit
    points, x, up = [], left, True
    while x < view.width + 120 * unit:
        points.append((x, y + (-size * 0.5 if up else size * 0.35) * unit))
        x, up = x + step * rng.uniform(0.42, 0.6), not up
    crest = shapes.smooth(points, closed=False)
    crest.lineTo(points[-1][0], view.height + 60)
    crest.lineTo(points[0][0], view.height + 60)
    crest.close()
    tone = view.pen.colour("water").mix(view.pen.palette.deep, 0.3 if view.pen.palette.hour == "day" else 0.62)
    view.pen.far(depth).path(crest, tone.lighter(-0.03 + depth * 0.2), "land")
    view.pen.far(depth).outline(shapes.smooth(points, closed=False), "foam", 2.4 * unit, 0.4)


def underwater(view: View) -> Layers:
    deep, light = view.pen.colour("deepwater"), view.pen.colour("water").lighter(0.14)
    view.wall(light.mix(view.pen.palette.glow, 0.15), deep)
    x = view.light[0]
    view.pen.glow(x, 0, view.y(0.9), "foam", 0.55)
    for i in range(6):
        top, foot, wide = x + (i - 2.5) * view.x(0.06), x + (i - 2.5) * view.x(0.24), view.x(0.035)
        view.pen.poly(
            [(top - wide * 0.5, 0), (top + wide * 0.5, 0), (foot + wide, view.y(0.95)), (foot - wide, view.y(0.95))],
            "foam",
            "glass",
            0.09,
        )
    for depth, base in ((0.5, 0.82), (0.25, 0.9)):
        tone = deep.lighter(0.12 * depth)
        view.pen.path(
            shapes.down_to(
                shapes.ridge(view.pen.rng, -20, view.width + 20, view.y(base), view.y(0.2), 0.5), view.height + 40
            ),
            tone,
            "land",
        )
    yield
    floor = deep.lighter(-0.06)
    view.pen.path(
        shapes.down_to(shapes.hills(view.pen.rng, -20, view.width + 20, view.y(0.97), view.y(0.06)), view.height + 40),
        floor,
        "land",
    )
    for px in view.pen.scattered(13, 0, view.width):
        tall, ink = (
            view.pen.within(0.1, 0.26) * view.height,
            view.pen.rng.choice(("green-", "teal-", "accent3--", "accent1--")),
        )
        sway = view.pen.within(8, 22) * view.unit
        frond = [(px + sway * (-1) ** i * (i > 0), view.height - tall * i / 5) for i in range(6)]
        view.pen.limb(
            frond,
            (16 * view.unit, 15 * view.unit, 13 * view.unit, 10 * view.unit, 7 * view.unit, 3 * view.unit),
            ink,
            "flat",
        )
    for _ in range(40):
        px, py, r = (
            view.pen.within(0, view.width),
            view.pen.within(0.1, 0.95) * view.height,
            view.pen.within(2, 9) * view.unit,
        )
        view.pen.ring(px, py, r, "foam", 1.6 * view.unit, 0.5)


def farmland(view: View) -> Layers:
    """Furrows that run to the horizon."""
    h = view.horizon
    view.air()
    view.orb(58)
    view.clouds(5)
    crest = view.hills(0.72, h + view.y(0.03), view.y(0.09))
    view.tree_line(crest, 22, 56, 0.72, conifers=False)
    view.plain(h + view.y(0.03), "grass-", 0.3)
    vanish = (view.x(0.5), h + view.y(0.01))
    for i in range(-13, 14):
        left, right = view.x(0.5 + i * 0.13), view.x(0.5 + (i + 0.55) * 0.13)
        view.pen.far(0.12).poly(
            [vanish, (right, view.height + 20), (left, view.height + 20)], ("leaf-", "gold-")[i % 2], "flat", 0.55
        )
    view.mist(h + view.y(0.04), view.y(0.07), 0.7)
    yield
    view.grass(view.y(0.95), view.y(0.06), "leaf--")
    view.motes(18)


def road(view: View) -> Layers:
    """A road that runs into the light."""
    h = view.horizon
    view.air()
    view.orb(70)
    view.range(0.9, h + view.y(0.01), view.y(0.2), 0.5)
    view.range(0.62, h + view.y(0.03), view.y(0.1), 0.5)
    view.plain(h + view.y(0.02), view.pen.palette.ground(0.35))
    centre = view.light[0] * 0.35 + view.x(0.5) * 0.65
    view.pen.poly(
        [
            (centre - 5, h + view.y(0.02)),
            (centre + 5, h + view.y(0.02)),
            (view.x(0.86), view.height + 10),
            (view.x(0.14), view.height + 10),
        ],
        "charcoal",
        "flat",
    )
    for i in range(7):
        near, far = ((i + 0.62) / 7) ** 2.2, (i / 7) ** 2.2
        y0, y1 = h + view.y(0.02) + far * (view.height - h), h + view.y(0.02) + near * (view.height - h)
        x0, x1 = (centre + (view.x(0.5) - centre) * share for share in (far, near))
        w0, w1 = (2 + 17 * far) * view.unit, (2 + 17 * near) * view.unit
        view.pen.poly(
            [(x0 - w0 / 2, y0), (x0 + w0 / 2, y0), (x1 + w1 / 2, y1), (x1 - w1 / 2, y1)], "cream", "flat", 0.9
        )
    view.mist(h + view.y(0.03), view.y(0.07), 0.7)
    yield
    view.motes(20)


def spooky_hill(view: View) -> Layers:
    """Bare trees, a big moon and fog."""
    h = view.horizon
    view.air()
    view.stars(50, 0, 0.5)
    view.orb(120)
    view.clouds(4, 0.12, 0.4)
    crest = view.hills(0.7, h + view.y(0.04), view.y(0.1))
    view.tree_line(crest, 34, 74, 0.7)
    view.mist(h + view.y(0.05), view.y(0.1), 0.8)
    view.hills(0.3, h + view.y(0.16), view.y(0.1))
    _bare_tree(view, 0.1, h + view.y(0.24), 330, 0.22)
    view.mist(h + view.y(0.2), view.y(0.08), 0.6)
    view.hills(0.1, h + view.y(0.27), view.y(0.05))
    yield
    _bare_tree(view, 0.95, view.y(1.0), 780, 0.0)
    for x in view.pen.scattered(5, view.x(0.05), view.x(0.72)):
        stone = view.pen.at(x, view.y(0.985), 0.5 * view.unit, view.pen.within(-7, 7))
        stone.path(
            shapes.union(shapes.rectangle(-24, -60, 48, 64), shapes.ellipse(0, -60, 24, 22)),
            view.pen.palette.ground(0.06),
            "form",
        )
    view.mist(view.y(0.95), view.y(0.08), 0.5)


def _bare_tree(view: View, x: float, y: float, size: float, depth: float) -> None:
    tone = view.pen.palette.ground(depth).lighter(-0.03)
    pen = view.pen.at(view.x(x), y, size * view.unit / 100)

    def grow(start: tuple[float, float], degrees: float, length: float, width: float, left: int) -> None:
        tip = pen.at(*start, 1, degrees)
        end = tip.matrix.mapXY(0, -length)
        view.pen.limb(
            [pen.point(*start), (end.fX, end.fY)], (width * pen.scale, width * 0.62 * pen.scale), tone, "flat"
        )
        if left:
            inverse = _back(pen, end.fX, end.fY)
            for turn in (-26, 24) if left % 2 else (-34, 6, 38):
                grow(
                    inverse, degrees + turn + pen.within(-9, 9), length * pen.within(0.6, 0.78), width * 0.58, left - 1
                )

    grow((0, 0), pen.within(-7, 7), 34, 8, 4)


def _back(pen: Pen, x: float, y: float) -> tuple[float, float]:
    inverse = skia.Matrix()
    pen.matrix.invert(inverse)
    point = inverse.mapXY(x, y)
    return point.fX, point.fY


def harbour(view: View) -> Layers:
    h = view.horizon
    view.air()
    view.orb(54)
    view.clouds(4)
    view.range(0.9, h + view.y(0.005), view.y(0.13), 0.45)
    for x, size in ((0.1, 1.5), (0.24, 1.2)):
        buildings.house(view.pen.at(view.x(x), h + view.y(0.012), size * view.unit).far(0.5))
    view.water(h + view.y(0.01))
    vehicles.ship(view.pen.at(view.x(0.84), h + view.y(0.06), 1.7 * view.unit).far(0.45))
    yield
    view.pen.rect(-10, view.y(0.91), view.width + 20, view.y(0.1), "wood--", 0, "flat")
    for x in view.pen.scattered(9, 0, view.width):
        view.pen.rect(x, view.y(0.865), 20 * view.unit, view.y(0.15), "wood--", 6 * view.unit)
