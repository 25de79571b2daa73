"""Places that people made: cities, streets, halls, rooms, laboratories, libraries, stages."""

from __future__ import annotations

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.colour import Colour
from pipeline.pictures.canvas.motifs import buildings, culture, science
from pipeline.pictures.canvas.scenery.view import Layers, View


def city(view: View) -> Layers:
    """A skyline across the water or the park."""
    h = view.horizon
    view.air()
    view.stars(60, 0, 0.4) if view.pen.palette.hour == "night" else view.clouds(4)
    view.orb(62)
    for depth, low, high, count in ((0.85, 0.12, 0.3, 24), (0.55, 0.1, 0.38, 18), (0.28, 0.07, 0.26, 15)):
        _towers(view, depth, h + view.y(0.06 * (1 - depth)), low, high, count)
        view.mist(h + view.y(0.02), view.y(0.1), 0.5)
    view.hills(0.12, h + view.y(0.13), view.y(0.03))
    yield
    crest = view.hills(0.0, view.y(0.97), view.y(0.03))
    view.tree_line(crest, 16, 110, 0.0, conifers=False)


def _towers(view: View, depth: float, base: float, low: float, high: float, count: int) -> None:
    rng, tone = view.pen.rng, view.pen.palette.ground(depth)
    lamp = view.pen.colour("lamp").mix(view.pen.palette.glow, 0.35)
    for x in view.pen.scattered(count, -0.02 * view.width, 1.02 * view.width):
        width, tall = rng.uniform(0.6, 1.3) * view.width / count, rng.uniform(low, high) * view.height
        view.pen.rect(x - width / 2, base - tall, width, tall + view.y(0.2), tone, 0, "land")
        if rng.random() < 0.3:
            view.pen.rect(x - 2 * view.unit, base - tall - view.y(0.05), 4 * view.unit, view.y(0.05), tone, 0, "flat")
        if depth < 0.8:
            _lit(view, x - width / 2, base - tall, width, tall, lamp, depth)


def _lit(view: View, x: float, y: float, width: float, tall: float, lamp: Colour, depth: float) -> None:
    import skia

    step, path, rng = 19 * view.unit * (1.2 - depth * 0.5), skia.Path(), view.pen.rng
    share = {"night": 0.45, "dusk": 0.32, "day": 0.2}[view.pen.palette.hour]
    for row in range(int(tall / step / 1.25)):
        for column in range(1, int(width / step)):
            if rng.random() < share:
                path.addRect(
                    skia.Rect.MakeXYWH(x + column * step, y + (row + 0.7) * step * 1.25, step * 0.42, step * 0.55)
                )
    view.pen.path(path, lamp, "flat", (0.95 - depth * 0.5) * (0.9 if view.pen.palette.hour != "day" else 0.5))


def street(view: View) -> Layers:
    """A street between houses, lamps along it."""
    h = view.horizon
    view.air()
    view.orb(40)
    view.plain(h, view.pen.palette.ground(0.5))
    vanish = (view.x(0.5), h)
    for flip in (-1, 1):
        edge = view.x(0.5) + flip * view.x(0.56)
        for i in range(5):
            near, far = 1 - i * 0.19, 1 - (i + 1) * 0.19
            x0, x1 = (vanish[0] + (edge - vanish[0]) * share * 1.15 for share in (near, far))
            tall = view.pen.within(0.62, 0.9) * view.height
            top0, top1 = (h - tall * share for share in (near, far))
            foot0, foot1 = (h + view.y(0.52) * share for share in (near, far))
            tone = view.pen.palette.ground(0.1 + i * 0.17)
            view.pen.poly([(x0, top0), (x1, top1), (x1, foot1), (x0, foot0)], tone, "flat")
            _panes(view, (x0, top0, foot0), (x1, top1, foot1), i)
    view.pen.poly(
        [vanish, (view.x(0.98), view.height + 10), (view.x(0.02), view.height + 10)],
        view.pen.palette.ground(0.22),
        "flat",
    )
    view.pen.glow(*vanish, view.y(0.5), "glow", 0.6)
    view.mist(h + view.y(0.02), view.y(0.12), 0.5)
    for flip in (-1, 1):
        for near in (0.42, 0.72):
            _lamp_post(view, vanish[0] + flip * view.x(0.43) * near, h + view.y(0.46) * near, view.y(0.56) * near, flip)
    yield
    view.motes(26)


def _panes(view: View, near: tuple[float, float, float], far: tuple[float, float, float], row: int) -> None:
    rng = view.pen.rng
    for i in range(4):
        for j in range(2):
            if rng.random() < 0.5:
                continue
            a, b = 0.2 + j * 0.4, 0.42 + j * 0.4
            t0, t1 = 0.1 + i * 0.17, 0.19 + i * 0.17
            corners = []
            for across, down in ((a, t0), (b, t0), (b, t1), (a, t1)):
                x = near[0] + (far[0] - near[0]) * across
                top, foot = (near[k] + (far[k] - near[k]) * across for k in (1, 2))
                corners.append((x, top + (foot - top) * down))
            view.pen.poly(corners, "lamp", "flat", 0.85 - row * 0.13)


def _lamp_post(view: View, x: float, foot: float, tall: float, side: int) -> None:
    width = max(tall * 0.016, 2)
    view.pen.rect(x - width / 2, foot - tall, width, tall, "inkblack", 0, "flat")
    view.pen.limb([(x, foot - tall), (x - side * tall * 0.12, foot - tall * 1.03)], (width, width), "inkblack", "flat")
    view.pen.glow(x - side * tall * 0.13, foot - tall, tall * 0.34, "lamp", 0.8)
    view.pen.disc(x - side * tall * 0.13, foot - tall, tall * 0.025, "lamp", "light")


def room(view: View) -> Layers:
    """A quiet room with a window and a table."""
    warm = (
        view.pen.palette.deep.mix(view.pen.palette.glow, 0.2)
        if view.pen.palette.dark
        else view.pen.palette.light_ground.mix(view.pen.palette.glow, 0.22)
    )
    view.wall(warm.lighter(0.06), warm.lighter(-0.06))
    left = view.x(0.08 if view.light[0] < view.x(0.5) else 0.62)
    width, top, tall = view.x(0.3 if not view.tall else 0.5), view.y(0.1), view.y(0.46)
    _, middle, low = view.pen.palette.sky
    view.pen.rect(
        left - 16 * view.unit,
        top - 16 * view.unit,
        width + 32 * view.unit,
        tall + 32 * view.unit,
        warm.lighter(0.12),
        6,
    )
    pane = shapes.rectangle(left, top, width, tall)
    view.pen.path(pane, middle.mix(low, 0.4), "flat")
    for depth, share, height in ((0.9, 0.75, 0.3), (0.6, 0.9, 0.25)):
        crest = shapes.ridge(view.pen.rng, left - 4, left + width + 4, top + tall * share, tall * height, 0.5)
        view.pen.path(
            shapes.common(pane, shapes.down_to(crest, top + tall + 5)), view.pen.palette.ground(depth), "land"
        )
    for x in (left + width / 2,):
        view.pen.rect(x - 5 * view.unit, top, 10 * view.unit, tall, warm.lighter(0.12), 0, "flat")
    view.pen.rect(left, top + tall * 0.5, width, 9 * view.unit, warm.lighter(0.12), 0, "flat")
    view.pen.glow(left + width / 2, top + tall * 0.5, view.y(0.7), "glow", 0.5)
    slant = view.x(0.2) * (1 if left < view.x(0.4) else -1)
    view.pen.poly(
        [
            (left, top + tall),
            (left + width, top + tall),
            (left + width + slant * 2, view.height),
            (left + slant * 1.4, view.height),
        ],
        "glow",
        "glass",
        0.12,
    )
    if not view.tall:
        culture.bookshelf(
            view.pen.at(view.x(0.84 if left < view.x(0.4) else 0.16), view.y(0.78), 4.2 * view.unit).far(0.25)
        )
    _table(view)
    yield
    view.motes(30)


def _table(view: View) -> None:
    y = view.y(0.8)
    view.pen.rect(-20, y, view.width + 40, view.height - y + 20, "wood--", 0, "land")
    view.pen.rect(-20, y, view.width + 40, 14 * view.unit, "wood", 0, "flat")


def library(view: View) -> Layers:
    """Walls of books, a lamp, a table."""
    view.wall("wood---", "wood--")
    for i in range(5 if not view.tall else 3):
        share = (i + 0.5) / (5 if not view.tall else 3)
        shelf = view.pen.at(view.x(share), view.y(0.4), 3.7 * view.unit)
        culture.bookshelf(shelf.far(0.35))
        culture.bookshelf(view.pen.at(view.x(share), view.y(0.785), 3.7 * view.unit).far(0.28))
    view.pen.glow(*view.light, view.y(0.95), "lamp", 0.75)
    _table(view)
    yield
    view.motes(30)


def laboratory(view: View) -> Layers:
    """Benches, shelves of glass and a cool light."""
    pale = (
        view.pen.palette.light_ground
        if not view.pen.palette.dark
        else view.pen.palette.deep.mix(view.pen.palette.accent(1), 0.22).at(0.34)
    )
    view.wall(pale.lighter(0.05), pale.lighter(-0.1))
    for i in range(7):
        x = view.x(i / 7)
        view.pen.rect(x, view.y(0.07), view.x(0.135), view.y(0.52), pale.lighter(-0.035), 4 * view.unit, "flat")
    for y in (0.3, 0.5):
        view.pen.rect(view.x(0.05), view.y(y), view.x(0.9), 9 * view.unit, "steel-", 2)
        for x in view.pen.scattered(9, view.x(0.08), view.x(0.92)):
            glass = view.pen.at(x, view.y(y), view.pen.within(0.75, 1.05) * view.unit).far(0.3)
            view.pen.rng.choice((science.flask, science.test_tubes, science.flask))(glass)
    view.pen.glow(*view.light, view.y(0.9), "glow", 0.5)
    y = view.y(0.8)
    view.pen.rect(-20, y, view.width + 40, view.height, "steel--", 0, "land")
    view.pen.rect(-20, y, view.width + 40, 16 * view.unit, "cloud-", 0, "flat")
    yield
    view.motes(20)


def hall(view: View) -> Layers:
    """Columns in a row, light from above: courts, parliaments, temples, museums."""
    stone = view.pen.colour("wall").mix(view.pen.palette.deep, 0.55 if view.pen.palette.dark else 0.12)
    view.wall(stone.lighter(-0.1), stone.lighter(-0.02))
    view.pen.glow(view.x(0.5), view.y(0.3), view.y(0.8), "glow", 0.65)
    arch = shapes.union(
        shapes.rectangle(view.x(0.39), view.y(0.28), view.x(0.22), view.y(0.6)),
        shapes.ellipse(view.x(0.5), view.y(0.28), view.x(0.11), view.x(0.11)),
    )
    view.pen.path(arch, view.pen.palette.sky[2], "light")
    for depth, spread, size in ((0.5, 0.2, 0.7), (0.25, 0.31, 0.95), (0.0, 0.45, 1.35)):
        for side in (-1, 1):
            x, half = view.x(0.5 + side * spread), 38 * size * view.unit
            tone, foot = stone.lighter(0.08), view.y(0.74 + 0.16 * (1 - depth * 2))
            column = view.pen.far(depth)
            column.rect(x - half, -20, half * 2, foot, tone, 0, "form")
            for line in (-0.55, -0.18, 0.18, 0.55):
                column.line(
                    [(x + half * line, 0), (x + half * line, foot - 30 * view.unit)],
                    tone.lighter(-0.1),
                    3 * view.unit * size,
                    0.5,
                )
            column.rect(
                x - half * 1.35, foot - 34 * size * view.unit, half * 2.7, 34 * size * view.unit, tone.lighter(0.04), 3
            )
    floor = view.y(0.8)
    view.pen.path(shapes.rectangle(-20, floor, view.width + 40, view.height), stone.lighter(-0.14), "land")
    for side in (-1, 1):
        for spread in (0.05, 0.2, 0.42, 0.75):
            view.pen.line(
                [(view.x(0.5 + side * spread * 0.45), floor), (view.x(0.5 + side * spread * 1.2), view.height)],
                stone.lighter(-0.05),
                2 * view.unit,
                0.6,
            )
    yield
    view.motes(36)


def stage(view: View) -> Layers:
    """A spotlight in the dark."""
    dark = view.pen.palette.deep
    view.wall(dark.lighter(0.05), dark.lighter(-0.03))
    for i in range(9):
        for side in (-1, 1):
            x = view.x(0.5 + side * (0.52 - i * 0.03))
            view.pen.rect(
                x - view.x(0.017),
                -20,
                view.x(0.034),
                view.y(0.84),
                view.pen.palette.accent(0).mix(dark, 0.55 + 0.05 * i).at(0.3 - 0.012 * i),
                view.x(0.015),
                "form",
            )
    y = view.y(0.8)
    view.pen.path(shapes.rectangle(-20, y, view.width + 40, view.height), dark.lighter(0.03), "land")
    centre = view.x(0.5)
    view.pen.poly(
        [
            (centre - view.x(0.02), -40),
            (centre + view.x(0.02), -40),
            (centre + view.x(0.24), y + view.y(0.06)),
            (centre - view.x(0.24), y + view.y(0.06)),
        ],
        "lamp",
        "glass",
        0.16,
    )
    view.pen.oval(centre, y + view.y(0.05), view.x(0.25), view.y(0.06), "lamp", "light", 0.3)
    view.pen.glow(centre, y - view.y(0.24), view.y(0.6), "lamp", 0.45)
    yield
    view.motes(30, 0.1, 0.8, "lamp")


def industry(view: View) -> Layers:
    h = view.horizon
    view.air()
    view.orb(56)
    for depth, size in ((0.8, 1.9), (0.55, 2.5)):
        for x in view.pen.scattered(4, 0, view.width):
            buildings.factory(view.pen.at(x, h + view.y(0.08 * (1 - depth)) + 6, size * view.unit).far(depth))
        view.mist(h, view.y(0.12), 0.6)
    view.hills(0.25, h + view.y(0.1), view.y(0.02))
    view.hills(0.1, h + view.y(0.22), view.y(0.03))
    yield
    view.motes(26)


def old_town(view: View) -> Layers:
    """Roofs on a hill and a tower above them."""
    h = view.horizon
    view.air()
    view.orb(58)
    view.clouds(4)
    view.range(0.9, h, view.y(0.16), 0.45)
    view.hills(0.55, h + view.y(0.06), view.y(0.07))
    for x in view.pen.scattered(13, 0, view.width):
        draw = view.pen.rng.choice((buildings.house, buildings.house, buildings.church, buildings.house))
        draw(view.pen.at(x, h + view.y(view.pen.within(0.02, 0.1)), view.pen.within(0.9, 1.4) * view.unit).far(0.42))
    view.mist(h + view.y(0.09), view.y(0.06), 0.6)
    view.hills(0.16, h + view.y(0.17), view.y(0.05))
    yield
    view.grass(view.y(0.95), view.y(0.05))
