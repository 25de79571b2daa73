"""What people build to live, rule, work and pray in."""

from __future__ import annotations

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.pen import Pen


def windows(
    pen: Pen,
    x: float,
    y: float,
    columns: int,
    rows: int,
    size: tuple[float, float],
    gap: tuple[float, float],
    lit: float = 0.5,
) -> None:
    """A grid of windows, some of them lit."""
    for row in range(rows):
        for column in range(columns):
            on = pen.rng.random() < lit
            left, top = x + column * (size[0] + gap[0]), y + row * (size[1] + gap[1])
            pen.rect(left, top, *size, "lamp" if on else "screen+", 0, "light" if on else "flat", 0.95)


def house(pen: Pen) -> None:
    pen.rect(22, -86, 10, 26, "brick-")
    pen.rect(-40, -50, 80, 50, "wall")
    pen.poly([(-50, -48), (-2, -90), (2, -90), (50, -48)], "roof")
    pen.rect(-9, -30, 18, 30, "wood-", 1)
    pen.disc(5, -15, 1.3, "gold", "flat")
    for x in (-31, 17):
        pen.rect(x, -36, 15, 15, "lamp", 1, "light")
        pen.line([(x + 7.5, -36), (x + 7.5, -21)], "wood-", 1.2)
        pen.line([(x, -28.5), (x + 15, -28.5)], "wood-", 1.2)


def skyline(pen: Pen) -> None:
    """Towers of a city, far ones paler."""
    for layer, (count, low, high, depth) in enumerate(((9, 50, 84, 0.5), (8, 36, 100, 0.22), (7, 22, 62, 0.0))):
        body = pen.far(max(pen.depth, depth))
        for x in pen.scattered(count, -112, 112):
            width, height = pen.within(15, 25), pen.within(low, high)
            body.rect(x - width / 2, -height, width, height, ("steel", "steel-", "charcoal")[layer])
            if pen.rng.random() < 0.3:
                body.rect(x - 0.7, -height - 12, 1.4, 12, "steel-", 0, "flat")
            columns = max(int(width / 5.4), 2)
            windows(body, x - columns * 2.35, -height + 5, columns, int(height / 8.4), (2.6, 3.8), (2.1, 4.2), 0.42)


def tower(pen: Pen) -> None:
    """One office tower."""
    pen.rect(-24, -98, 48, 98, "steel-", 1)
    windows(pen, -19, -92, 5, 10, (5, 5.4), (3.2, 3.6), 0.5)
    pen.rect(-7, -10, 14, 10, "lamp", 0, "light")


def factory(pen: Pen) -> None:
    for x, height in ((26, 84), (44, 72)):
        pen.poly([(x - 5, 0), (x - 3.6, -height), (x + 3.6, -height), (x + 5, 0)], "brick")
        for i in range(4):
            pen.far(max(pen.depth, 0.15 + i * 0.06)).disc(
                x + 6 + i * 8 - 2, -height - 5 - i * 7, 5 + i * 2.4, "smoke+", "form", 0.85
            )
    for x in (-56, -30, -4):
        pen.poly([(x, 0), (x, -56), (x + 26, -40), (x + 26, 0)], "brick-")
    windows(pen, -50, -30, 3, 1, (13, 12), (13, 0), 0.8)
    pen.rect(18, -26, 44, 26, "wall-")
    pen.rect(28, -18, 14, 18, "charcoal", 0, "flat")


def castle(pen: Pen) -> None:
    _battlements(pen, -50, -42, 100, 42, "stone-")
    for x, height, width in ((-46, 76, 22), (46, 70, 22), (0, 96, 26)):
        _battlements(pen, x - width / 2, -height, width, height, "stone")
        pen.rect(x - 2, -height + 16, 4, 11, "inkblack", 2, "flat")
    for x, top in ((-46, -83), (46, -77), (0, -103)):
        pen.line([(x, top + 4), (x, top - 14)], "wood-", 1.2)
        pen.poly([(x, top - 14), (x + 15, top - 10), (x, top - 5)], "accent1")
    pen.path(shapes.union(shapes.rectangle(-9, -18, 18, 18), shapes.ellipse(0, -18, 9, 9)), "wood--")


def _battlements(pen: Pen, x: float, y: float, width: float, height: float, ink: str) -> None:
    teeth = max(int(width / 8) | 1, 3)
    step, points = width / teeth, [(x, y + height), (x, y)]
    for i in range(teeth):
        top = y - 6 if i % 2 == 0 else y
        points += [(x + i * step, top), (x + (i + 1) * step, top)]
    pen.poly([*points, (x + width, y), (x + width, y + height)], ink)


def temple(pen: Pen) -> None:
    """Columns and a pediment: antiquity, justice, banks, parliaments."""
    pen.poly([(-56, 0), (-52, -7), (52, -7), (56, 0)], "wall-")
    pen.rect(-48, -13, 96, 6, "wall")
    pen.rect(-42, -56, 84, 43, "wall---", 0, "flat")
    for i in range(6):
        x = -42 + i * 16
        pen.rect(x - 3.4, -55, 10.6, 42, "wall+", 1)
        for line in (0.6, 3.2):
            pen.line([(x + line, -53), (x + line, -16)], "wall-", 0.7, 0.6)
    pen.rect(-49, -65, 98, 9, "wall")
    pen.poly([(-53, -65), (0, -92), (53, -65)], "wall+")
    pen.poly([(-36, -68), (0, -86), (36, -68)], "wall--", "flat", 0.6)


def ruins(pen: Pen) -> None:
    pen.poly([(-60, 0), (-56, -6), (58, -6), (62, 0)], "stone-")
    for x, height in ((-46, 62), (-24, 84), (2, 38), (26, 74), (48, 22)):
        crest = [(x - 6, -height), (x - 2, -height - 5), (x + 2, -height + 2), (x + 6, -height - 3)]
        pen.poly([(x - 6.4, -6), *crest, (x + 6.4, -6)], "wall")
        for line in (-2.6, 1.6):
            pen.line([(x + line, -height + 6), (x + line, -10)], "wall--", 0.8, 0.5)
    pen.at(-35, -82, 1, -4).poly([(-20, 0), (-21, -8), (20, -9), (16, -4), (18, 0)], "wall-")
    for x, y, turn in ((12, -6, 12), (36, -5, -24), (-8, -4, 40)):
        pen.at(x, y, 1, turn).rect(-6, -7, 12, 7, "wall-", 1)


def pyramid(pen: Pen) -> None:
    for x, size, depth in ((-52, 0.62, 0.32), (46, 0.76, 0.16), (0, 1.0, 0.0)):
        p = pen.at(x, 0, size).far(max(pen.depth, depth))
        p.poly([(-64, 0), (0, -88), (22, 0)], "sand+", "flat")
        p.poly([(0, -88), (64, 0), (22, 0)], "sand--", "flat")
        for i in range(1, 8):
            y = -88 + i * 11
            p.line([(-64 * i / 8, y), (22 * i / 8, y)], "sand-", 0.6, 0.5)


def bridge(pen: Pen) -> None:
    """A suspension bridge."""
    for x in (-46, 46):
        pen.rect(x - 4, -88, 8, 88, "red-")
        pen.rect(x - 7, -78, 14, 4, "red-", 0, "flat")
    cable = [(-112, -30), (-46, -86), (0, -38), (46, -86), (112, -30)]
    for i in range(24):
        at = -106 + i * 9.2
        share = abs(abs(at) - 46)
        top = -86 + (share / 46) ** 1.6 * 48 if abs(at) < 46 else -86 + (abs(at) - 46) / 66 * 56
        pen.line([(at, top), (at, -24)], "steel", 0.7, 0.8)
    pen.curve(cable[:2], "red", 1.8)
    pen.curve([(-46, -86), (-24, -52), (0, -38), (24, -52), (46, -86)], "red", 1.8)
    pen.curve(cable[3:], "red", 1.8)
    pen.rect(-116, -26, 232, 6, "red-")


def lighthouse(pen: Pen) -> None:
    pen.poly([(4, -84), (110, -108), (110, -58)], "lamp", "glass", 0.35)
    pen.blob([(-44, 0), (-30, -12), (0, -16), (34, -11), (48, 0)], "rock")
    tower_shape = shapes.polygon([(-13, -10), (-8, -74), (8, -74), (13, -10)])
    pen.path(tower_shape, "cloud")
    for y in (-30, -58):
        pen.path(shapes.common(tower_shape, shapes.rectangle(-20, y, 40, 13)), "red", "flat")
    pen.rect(-11, -77, 22, 4, "charcoal")
    pen.rect(-6, -89, 12, 12, "lamp", 1, "light")
    pen.glow(0, -83, 50, "lamp", 0.9)
    pen.poly([(-9, -89), (0, -100), (9, -89)], "red-")


def church(pen: Pen) -> None:
    pen.rect(-8, -44, 52, 44, "wall")
    pen.poly([(-12, -42), (18, -66), (48, -42)], "roof")
    pen.rect(-34, -70, 26, 70, "wall+")
    pen.poly([(-38, -68), (-21, -104), (-4, -68)], "roof-")
    pen.line([(-21, -104), (-21, -116)], "gold", 1.8)
    pen.line([(-25, -111), (-17, -111)], "gold", 1.8)
    for x, y in ((-24, -56), (2, -30), (16, -30), (30, -30)):
        pen.path(shapes.union(shapes.rectangle(x, y, 6, 12), shapes.ellipse(x + 3, y, 3, 3)), "lamp", "light")
    pen.path(shapes.union(shapes.rectangle(-27, -18, 12, 18), shapes.ellipse(-21, -18, 6, 6)), "wood-")


def haunted_house(pen: Pen) -> None:
    ink = "charcoal"
    pen.glow(0, -40, 90, "glow", 0.35)
    pen.poly([(-42, 0), (-44, -52), (40, -56), (44, 0)], ink)
    pen.poly([(-54, -48), (-8, -84), (4, -80), (52, -52)], ink + "-")
    pen.poly([(12, -50), (10, -92), (34, -94), (36, -50)], ink + "+")
    pen.poly([(4, -90), (22, -124), (42, -92)], ink + "-")
    pen.poly([(-32, -60), (-34, -84), (-20, -85), (-20, -66)], ink + "+")
    pen.poly([(-40, -82), (-27, -102), (-14, -83)], ink + "-")
    for x, y in ((-33, -36), (-12, -38), (19, -78), (-29, -76), (22, -36)):
        pen.at(x, y, 1, pen.within(-5, 5)).rect(0, 0, 9, 12, "yellow", 0, "light")
    pen.path(shapes.union(shapes.rectangle(-2, -20, 14, 20), shapes.ellipse(5, -20, 7, 7)), "black", "flat")
    for x in (-62, -56, 56, 63):
        pen.line([(x, 2), (x + 1, -18)], ink, 2)


def windmill(pen: Pen) -> None:
    pen.poly([(-17, 0), (-10, -60), (10, -60), (17, 0)], "wall")
    pen.blob([(-12, -58), (-10, -68), (0, -73), (10, -68), (12, -58)], "roof")
    pen.rect(-5, -18, 10, 18, "wood-", 2)
    for i in range(4):
        sail = pen.at(0, -64, 1, 20 + 90 * i)
        sail.rect(-1, -44, 2, 44, "wood-")
        sail.rect(1, -42, 10, 32, "cream", 0, "flat", 0.92)
    pen.disc(0, -64, 3, "wood--")


def wind_turbine(pen: Pen) -> None:
    pen.poly([(-3, 0), (-1.4, -70), (1.4, -70), (3, 0)], "cloud")
    for i in range(3):
        pen.at(0, -72, 1, 14 + 120 * i).blob([(-1.4, -2), (-3.4, -14), (0, -44), (2, -14), (1.4, -2)], "cloud+")
    pen.disc(0, -72, 3.4, "cloud-")


def school(pen: Pen) -> None:
    pen.rect(-58, -44, 116, 44, "brick")
    pen.rect(-20, -60, 40, 60, "brick+")
    pen.poly([(-24, -60), (0, -78), (24, -60)], "roof")
    pen.line([(0, -78), (0, -100)], "steel", 1.4)
    pen.poly([(0, -100), (20, -95), (0, -88)], "accent1")
    windows(pen, -52, -36, 2, 2, (11, 11), (4, 7), 0.5)
    windows(pen, 27, -36, 2, 2, (11, 11), (4, 7), 0.5)
    pen.disc(0, -52, 5, "cloud")
    pen.rect(-9, -24, 18, 24, "wood-")


def market(pen: Pen) -> None:
    """A stall with a striped awning and baskets."""
    for x in (-40, 40):
        pen.rect(x - 2, -70, 4, 70, "wood-")
    pen.rect(-46, -32, 92, 32, "wood")
    for i in range(4):
        for j in range(3):
            pen.disc(-33 + i * 22 + (j - 1) * 6, -37 - (j == 1) * 4, 5, ("red", "orange", "green", "yellow")[i])
    for i in range(8):
        x = -52 + i * 13
        ink = "accent1" if i % 2 else "cream"
        pen.path(
            shapes.union(
                shapes.polygon([(x * 0.8, -86), ((x + 13) * 0.8, -86), (x + 13, -64), (x, -64)]),
                shapes.ellipse(x + 6.5, -64, 6.5, 5),
            ),
            ink,
            "flat",
        )


def tent(pen: Pen) -> None:
    pen.poly([(-52, 0), (0, -72), (52, 0)], "accent1")
    pen.poly([(0, -72), (52, 0), (18, 0)], "accent1--", "flat")
    pen.poly([(-14, 0), (0, -50), (14, 0)], "inkblack", "flat")
    pen.glow(0, -10, 30, "lamp", 0.7)


def pagoda(pen: Pen) -> None:
    for i, width in enumerate((46, 38, 30, 22)):
        y = -i * 23
        pen.rect(-width * 0.62, y - 18, width * 1.24, 18, "red-")
        pen.blob(
            [
                (-width * 1.12, y - 17),
                (-width * 0.7, y - 21),
                (-width * 0.4, y - 27),
                (width * 0.4, y - 27),
                (width * 0.7, y - 21),
                (width * 1.12, y - 17),
                (width * 0.6, y - 16),
                (-width * 0.6, y - 16),
            ],
            "charcoal",
        )
        pen.rect(-4, y - 13, 8, 13, "lamp", 1, "light")
    pen.line([(0, -94), (0, -110)], "gold", 2)


def door(pen: Pen) -> None:
    """A door standing open on light."""
    pen.glow(0, -46, 80, "lamp", 0.8)
    pen.poly([(-20, 0), (20, 0), (44, 14), (-44, 14)], "lamp", "glass", 0.45)
    pen.rect(-25, -98, 50, 98, "wood-", 2)
    pen.rect(-20, -93, 40, 93, "lamp", 0, "light")
    pen.poly([(-20, -93), (-40, -100), (-40, 10), (-20, 0)], "wood")
    pen.disc(-36, -44, 1.8, "gold", "flat")


def prison(pen: Pen) -> None:
    pen.rect(-44, -92, 88, 92, "stone--", 2)
    pen.rect(-32, -80, 64, 68, "black", 1, "flat")
    for i in range(6):
        pen.rect(-30 + i * 11.4, -80, 3.4, 68, "metal", 1.5)
    pen.rect(-34, -50, 68, 5, "metal", 1)


def well(pen: Pen) -> None:
    pen.path(shapes.union(shapes.rectangle(-30, -30, 60, 30), shapes.ellipse(0, 0, 30, 7)), "stone")
    pen.oval(0, -30, 30, 7, "stone+")
    pen.oval(0, -30, 23, 5, "black", "flat")
    for x in (-28, 25):
        pen.rect(x, -78, 4, 50, "wood-")
    pen.poly([(-38, -74), (0, -96), (38, -74)], "roof")
