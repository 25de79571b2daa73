"""Objects of daily life and of learning."""

from __future__ import annotations

import math

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.motifs.signs import pin
from pipeline.pictures.canvas.pen import Pen


def book(pen: Pen) -> None:
    """A stack of books."""
    for y, width, ink, shift in ((0, 86, "accent1", 0), (-20, 76, "accent2", 5), (-38, 80, "accent3", -4)):
        pen.rect(shift - width / 2, y - 18, width, 18, ink, 3)
        pen.rect(shift - width / 2 + 6, y - 14.5, width - 4, 11, "paper", 1, "flat")
        pen.rect(shift - width / 2, y - 18, 9, 18, ink + "-", 3, "flat")
        pen.line([(shift - width / 2 + 14, y - 9), (shift + width / 2 - 6, y - 9)], "paper--", 0.8)


def open_book(pen: Pen) -> None:
    pen.blob(
        [(0, -4), (-34, -14), (-66, -6), (-66, -2), (-34, -6), (0, 4), (34, -6), (66, -2), (66, -6), (34, -14)],
        "leather",
    )
    for flip in (False, True):
        page = pen.at(0, -6, flip=flip)
        page.path(
            shapes.smooth([(0, 0), (22, -12), (44, -12), (62, -4), (60, -44), (42, -54), (20, -52), (0, -40)]), "paper"
        )
        for i in range(6):
            y = -38 + i * 6
            page.curve([(7, y + 2), (24, y - 7), (40, y - 8), (53, y - 2)], "brown", 1, 0.55)
    pen.blob([(24, -70), (27, -30), (30, -22), (33, -30), (31, -68)], "red", "flat")


def letter(pen: Pen) -> None:
    pen.rect(-54, -74, 108, 70, "paper", 3)
    pen.poly([(-54, -4), (-8, -42), (8, -42), (54, -4)], "paper-", "flat")
    pen.poly([(-54, -74), (0, -30), (54, -74)], "paper+")
    pen.disc(0, -38, 10, "red")


def newspaper(pen: Pen) -> None:
    sheet = pen.at(0, 0, 1, -5)
    sheet.rect(-44, -96, 88, 94, "paper", 1)
    sheet.rect(-36, -88, 72, 11, "inkblack", 0, "flat")
    sheet.rect(-36, -71, 34, 28, "grey", 0, "flat")
    for i in range(4):
        sheet.rect(4, -71 + i * 7.4, 32, 3, "grey", 0, "flat")
    for i in range(5):
        sheet.rect(-36, -36 + i * 6.6, 33, 2.6, "grey+", 0, "flat")
        sheet.rect(4, -36 + i * 6.6, 32, 2.6, "grey+", 0, "flat")


def clock(pen: Pen) -> None:
    pen.disc(0, -50, 47, "accent1-")
    pen.disc(0, -50, 40, "paper")
    for i in range(12):
        angle = math.tau * i / 12
        inner = 31 if i % 3 == 0 else 34
        pen.line(
            [
                (math.cos(angle) * inner, -50 + math.sin(angle) * inner),
                (math.cos(angle) * 37, -50 + math.sin(angle) * 37),
            ],
            "inkblack",
            2.6 if i % 3 == 0 else 1.4,
        )
    for turn, length, width in ((pen.within(0, 360), 20, 4), (pen.within(0, 360), 30, 2.6)):
        pen.at(0, -50, 1, turn).rect(-width / 2, -length, width, length + 4, "inkblack", width / 2, "flat")
    pen.disc(0, -50, 3.4, "red", "flat")


def hourglass(pen: Pen) -> None:
    for y in (-98, -8):
        pen.rect(-32, y, 64, 8, "wood", 3)
    for x in (-28, 24):
        pen.rect(x, -92, 4, 86, "wood-")
    glass = shapes.smooth(
        [(-22, -90), (22, -90), (20, -70), (3, -50), (20, -28), (22, -8), (-22, -8), (-20, -28), (-3, -50), (-20, -70)]
    )
    pen.path(glass, "glass", "glass", 0.55)
    pen.path(shapes.common(glass, shapes.rectangle(-30, -70, 60, 20)), "sand", "flat")
    pen.path(
        shapes.common(glass, shapes.polygon([(-30, -8), (-14, -16), (0, -32), (14, -16), (30, -8)])), "sand", "flat"
    )
    pen.line([(0, -52), (0, -26)], "sand", 1.4)


def calendar(pen: Pen) -> None:
    pen.rect(-44, -90, 88, 88, "paper", 5)
    pen.path(shapes.common(shapes.rectangle(-44, -90, 88, 88, 5), shapes.rectangle(-50, -95, 100, 28)), "red")
    for x in (-24, 20):
        pen.rect(x, -98, 5, 16, "steel", 2)
    marked = pen.rng.randrange(20)
    for i in range(20):
        x, y = -36 + i % 5 * 16, -58 + i // 5 * 14
        pen.rect(x, y, 10, 9, "accent1" if i == marked else "paper--", 2, "flat")


def world_map(pen: Pen) -> None:
    """A folded chart with a route on it."""
    for i in range(4):
        x = -68 + i * 34
        drop = 7 if i % 2 else 0
        pen.poly(
            [(x, -84 + drop), (x + 34, -84 + 7 - drop), (x + 34, -6 + 7 - drop), (x, -6 + drop)],
            "paper" if i % 2 else "paper-",
        )
    for land in (
        [(-58, -66), (-36, -72), (-24, -56), (-36, -40), (-50, -48)],
        [(-36, -34), (-24, -34), (-22, -18), (-32, -12)],
        [(0, -70), (32, -74), (54, -60), (44, -44), (20, -48), (4, -54)],
        [(4, -40), (20, -40), (18, -20), (8, -18)],
        [(40, -30), (54, -30), (52, -18), (42, -20)],
    ):
        pen.blob(land, "leaf+", "flat", 0.8)
    points = [(-46, -52), (-22, -36), (4, -44), (30, -34), (46, -56)]
    for i in range(len(points) - 1):
        (x0, y0), (x1, y1) = points[i], points[i + 1]
        for share in (0.05, 0.4, 0.75):
            pen.line(
                [
                    (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share),
                    (x0 + (x1 - x0) * (share + 0.2), y0 + (y1 - y0) * (share + 0.2)),
                ],
                "red",
                2,
            )
    pin(pen.at(46, -56, 0.26), "red")


def compass(pen: Pen) -> None:
    pen.disc(0, -50, 47, "gold-")
    pen.disc(0, -50, 40, "paper")
    for i in range(24):
        pen.at(0, -50, 1, 15 * i).line([(0, -37), (0, -33 if i % 6 else -29)], "brown", 1.6)
    needle = pen.at(0, -50, 1, 32)
    needle.poly([(-7, 0), (0, -30), (7, 0)], "red")
    needle.poly([(-7, 0), (0, 30), (7, 0)], "steel")
    pen.disc(0, -50, 4, "gold")


def key(pen: Pen) -> None:
    shank = pen.at(0, -50, 1, 38)
    shank.path(shapes.without(shapes.ellipse(-34, 0, 24, 24), shapes.ellipse(-34, 0, 12, 12)), "gold")
    shank.rect(-12, -5, 66, 10, "gold")
    for x, height in ((28, 14), (41, 19)):
        shank.rect(x, 3, 8, height, "gold-")


def lock(pen: Pen) -> None:
    pen.outline(
        shapes.polygon([(-20, -50), (-20, -72), (-14, -86), (0, -92), (14, -86), (20, -72), (20, -50)], closed=False),
        "silver",
        9,
    )
    pen.rect(-36, -56, 72, 56, "gold", 8)
    pen.disc(0, -33, 8, "inkblack", "flat")
    pen.poly([(-4, -30), (4, -30), (7, -12), (-7, -12)], "inkblack", "flat")


def candle(pen: Pen) -> None:
    pen.glow(0, -86, 72, "lamp", 0.9)
    pen.oval(0, -3, 32, 6, "gold-")
    pen.rect(-11, -60, 22, 58, "cream", 3)
    pen.blob([(-11, -58), (-11, -42), (-7, -38), (-5, -52), (3, -46), (11, -56)], "cream+", "flat")
    pen.line([(0, -60), (0, -67)], "inkblack", 1.6)
    pen.blob([(0, -64), (-7, -74), (-3, -86), (1, -98), (6, -82), (6, -70)], "fire", "light")
    pen.blob([(0, -66), (-3.4, -73), (0, -84), (3.4, -74)], "flame", "light")


def lantern(pen: Pen) -> None:
    pen.glow(0, -44, 84, "lamp", 0.85)
    pen.ring(0, -88, 10, "charcoal", 3)
    pen.poly([(-26, -66), (-8, -82), (8, -82), (26, -66)], "charcoal")
    pen.rect(-22, -66, 44, 54, "lamp", 2, "light")
    pen.blob([(0, -18), (-8, -32), (0, -52), (8, -32)], "fire", "light")
    for x in (-22, -2, 18):
        pen.rect(x, -66, 4, 54, "charcoal", 0, "flat")
    pen.rect(-28, -12, 56, 12, "charcoal", 3)


def camera(pen: Pen) -> None:
    pen.rect(-18, -76, 36, 16, "charcoal", 4)
    pen.rect(-54, -66, 108, 64, "charcoal+", 8)
    pen.rect(-54, -50, 108, 30, "accent1-", 0, "flat")
    pen.disc(0, -34, 27, "steel")
    pen.disc(0, -34, 20, "inkblack")
    pen.disc(0, -34, 12, "blue-", "form")
    pen.disc(-5, -40, 4, "white", "light")
    pen.rect(32, -60, 14, 7, "lamp", 2, "light")


def film_camera(pen: Pen) -> None:
    for x, r in ((-26, 22), (16, 17)):
        pen.disc(x, -80, r, "charcoal+")
        for px, py in shapes.ring_of(x, -80, r * 0.55, 5):
            pen.disc(px, py, r * 0.17, "steel", "flat")
    pen.rect(-48, -60, 80, 48, "charcoal", 5)
    pen.poly([(32, -46), (60, -60), (60, -14), (32, -26)], "steel-")
    for x in (-26, 10):
        pen.line([(-8, -12), (x, 4)], "wood-", 4)
    pen.disc(-34, -48, 3, "red", "light")


def hammer(pen: Pen) -> None:
    """Tools crossed."""
    first, second = pen.at(0, -46, 1, 38), pen.at(0, -46, 1, -38)
    second.rect(-4.6, -30, 9.2, 80, "steel", 4)
    second.path(shapes.without(shapes.ellipse(0, -40, 19, 19), shapes.rectangle(-7, -64, 14, 26)), "steel")
    first.rect(-4, -34, 8, 86, "wood", 3)
    first.rect(-24, -52, 48, 20, "iron+", 3)


def bed(pen: Pen) -> None:
    pen.rect(-60, -62, 7, 62, "wood-", 3)
    pen.rect(53, -40, 7, 40, "wood-", 3)
    pen.rect(-55, -30, 110, 18, "wood")
    pen.rect(-52, -42, 104, 14, "cloud", 6)
    pen.rect(-50, -54, 30, 14, "cloud+", 7)
    pen.blob([(-16, -44), (10, -52), (52, -46), (54, -22), (-16, -24)], "accent2")


def chair(pen: Pen) -> None:
    for x in (-24, 20):
        pen.rect(x, -40, 5, 40, "wood-")
    pen.rect(-28, -46, 57, 9, "accent1", 3)
    pen.rect(-28, -98, 8, 58, "wood")
    pen.rect(-28, -96, 10, 44, "accent1-", 4)


def suitcase(pen: Pen) -> None:
    pen.outline(shapes.rectangle(-15, -84, 30, 22, 6), "leather-", 5)
    pen.rect(-42, -68, 84, 68, "orange", 8)
    for x in (-28, 20):
        pen.rect(x, -68, 8, 68, "leather-", 0, "flat")
    pen.disc(2, -36, 9, "cream", "flat")


def umbrella(pen: Pen) -> None:
    pen.outline(shapes.smooth([(0, -88), (0, -30), (0, -8), (-8, -1), (-15, -8)], closed=False), "wood", 4)
    dome = shapes.without(
        shapes.ellipse(0, -48, 54, 46),
        shapes.union(shapes.rectangle(-70, -48, 140, 60), *(shapes.ellipse(x, -48, 14, 7) for x in (-40, -13, 13, 40))),
    )
    pen.path(dome, "accent1")
    for x in (-26, 0, 26):
        pen.curve([(0, -94), (x * 0.8, -76), (x, -52)], "accent1--", 1.4)


def gift(pen: Pen) -> None:
    pen.rect(-40, -54, 80, 54, "accent1", 3)
    pen.rect(-46, -70, 92, 20, "accent1+", 3)
    pen.rect(-8, -70, 16, 70, "gold", 0, "flat")
    for flip in (False, True):
        pen.at(0, -70, flip=flip).blob([(0, 0), (12, -22), (34, -24), (30, -6)], "gold")


def mirror(pen: Pen) -> None:
    pen.oval(0, -60, 34, 42, "gold")
    pen.oval(0, -60, 27, 35, "glass")
    pen.poly([(-12, -86), (4, -90), (-16, -40), (-24, -54)], "white", "flat", 0.5)
    pen.rect(-6, -20, 12, 20, "gold-", 4)


def rope(pen: Pen) -> None:
    pen.curve([(-70, -60), (-30, -40), (-8, -64), (12, -46), (0, -28), (-14, -46), (20, -60), (70, -44)], "sand-", 7)
    pen.curve([(-70, -60), (-30, -40), (-8, -64), (12, -46), (0, -28), (-14, -46), (20, -60), (70, -44)], "sand", 4)
