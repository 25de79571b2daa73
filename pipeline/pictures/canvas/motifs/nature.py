"""Land and what grows on it."""

from __future__ import annotations

import math

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.pen import Pen


def volcano(pen: Pen) -> None:
    """A cone with a burning crater, lava running down and a column of ash."""
    _ash(pen)
    pen.glow(0, -76, 62, "lava", 0.75)
    left = [(-86, 0), (-60, -14), (-42, -34), (-26, -58), (-15, -77)]
    right = [(15, -77), (24, -60), (40, -37), (60, -15), (88, 0)]
    pen.poly([*left, (-8, -73), (0, -75), (8, -72), *right], "rock-", "form")
    pen.poly([(0, -75), (8, -72), *right, (30, 0), (14, -30), (10, -55)], "rock--", "flat", 0.55)
    for x, sway, foot in ((-6, -10, -12), (3, 3, 0), (9, 18, -22)):
        _lava_stream(pen, x, sway, foot)
    pen.oval(0, -75.5, 14.5, 3.6, "lava", "light")
    pen.oval(0, -75.5, 9, 2, "flame", "light")
    for _ in range(26):
        angle, reach = pen.within(-2.6, -0.55), pen.within(10, 46)
        px, py = math.cos(angle) * reach, -78 + math.sin(angle) * reach
        pen.disc(px, py, pen.within(0.4, 1.3), pen.rng.choice(("fire", "lava", "flame")), "light")


def _ash(pen: Pen) -> None:
    """A column that widens as it rises, lit from below."""
    pen = pen.far(max(pen.depth, 0.1))
    for ink, shift, grow in (("smoke--", 9, 1.0), ("smoke-", 2, 0.88), ("smoke", -6, 0.68)):
        puffs = []
        for i in range(13):
            rise = i / 12
            spread = 5 + 27 * rise**0.8
            x, y = shift * rise + pen.within(-1, 1) * spread * 0.8 + 9 * rise, -74 - 58 * rise
            radius = (6 + 13 * rise) * grow
            puffs.append(shapes.ellipse(x, y, radius, radius * 0.92))
        pen.path(shapes.union(*puffs), ink)
    pen.glow(0, -80, 26, "lava", 0.7)


def _lava_stream(pen: Pen, x: float, sway: float, foot: float) -> None:
    points = [(x, -74), (x + sway * 0.3, -56), (x + sway * 0.4 - 2, -40), (x + sway, -22), (x + sway * 1.1, foot)]
    pen.curve(points, "ember", 4.6)
    pen.curve(points, "lava", 3)
    pen.curve(points, "flame", 1.1)


def mountain(pen: Pen) -> None:
    """A snow-capped peak with a sunlit and a shaded face."""
    pen.poly([(-92, 0), (-55, -38), (-40, -46), (-30, -40), (-14, 0)], pen.colour("rock").lighter(0.05))
    pen.poly([(-70, 0), (-30, -52), (-18, -66), (-4, -100), (12, -74), (20, -70), (48, -34), (92, 0)], "rock+", "land")
    pen.poly(
        [(-4, -100), (12, -74), (20, -70), (48, -34), (92, 0), (22, 0), (6, -30), (12, -52), (0, -74)],
        "rock-",
        "flat",
        0.8,
    )
    snow = [
        (-4, -100),
        (12, -74),
        (16, -72),
        (10, -66),
        (5, -72),
        (0, -62),
        (-6, -70),
        (-12, -60),
        (-16, -64),
        (-19, -64),
    ]
    pen.poly(snow, "snow")
    pen.poly(
        [(-40, -46), (-30, -40), (-26, -29), (-32, -34), (-37, -28), (-42, -36), (-47, -36), (-50, -42)],
        "snow",
        "flat",
        0.85,
    )


def pine(pen: Pen) -> None:
    """A conifer in tiers."""
    pen.rect(-2.6, -16, 5.2, 16, "bark")
    for low, width, top in ((-10, 27, -44), (-30, 22, -64), (-50, 16, -84), (-68, 10.5, -100)):
        pen.poly(
            [(-width, low), (-width * 0.45, low - 3), (0, low + 2.5), (width * 0.45, low - 3), (width, low), (0, top)],
            "pine" if low > -40 else "pine+",
        )


def tree(pen: Pen) -> None:
    """A broad-leaved tree: trunk, boughs, a crown of several masses."""
    pen.poly(
        [
            (-5, 0),
            (-3.4, -30),
            (-12, -48),
            (-9, -50),
            (-1, -38),
            (0, -55),
            (3, -55),
            (3.5, -36),
            (12, -50),
            (14, -47),
            (4.6, -28),
            (6.5, 0),
        ],
        "bark",
    )
    for x, y, r, ink in (
        (-20, -52, 17, "leaf-"),
        (21, -54, 16, "leaf-"),
        (-10, -70, 20, "leaf"),
        (13, -72, 19, "leaf"),
        (0, -84, 15, "leaf+"),
        (-2, -58, 16, "leaf"),
    ):
        pen.path(_crown(pen, x, y, r), ink)


def _crown(pen: Pen, x: float, y: float, radius: float) -> object:
    ring = shapes.ring_of(x, y, radius, 9, pen.within(0, 40))
    return shapes.smooth([(px + pen.within(-2, 2), py + pen.within(-2, 2)) for px, py in ring])


def palm(pen: Pen) -> None:
    trunk = [(-4, 0), (-1, -30), (5, -58), (12, -78), (16, -77), (10, -56), (4.5, -30), (4, 0)]
    pen.blob(trunk, "bark+")
    for turn in (-172, -142, -100, -62, -28, 8, 38):
        leaf = pen.at(14, -78, 1, turn)
        leaf.blob([(0, 0), (16, -6), (32, -4), (44, 7), (30, 2), (16, 1)], "leaf" if turn < -60 else "leaf-")
    for x, y in ((11, -74), (17, -73), (14, -71)):
        pen.disc(x, y, 3, "bark-")


def flower(pen: Pen) -> None:
    pen.curve([(0, 0), (-2, -24), (1, -50), (0, -72)], "leaf", 3)
    for flip, y in ((False, -20), (True, -34)):
        pen.at(0, y, 1, flip=flip).blob([(0, 0), (10, -14), (26, -16), (22, -6), (10, 2)], "leaf+")
    for px, py in shapes.ring_of(0, -80, 12, 8, 22):
        pen.disc(px, py, 8.5, "petal")
    pen.disc(0, -80, 8, "yellow")


def sprout(pen: Pen) -> None:
    """A seedling breaking the soil."""
    pen.blob([(-40, 0), (-30, -12), (-8, -17), (10, -16), (30, -11), (40, 0)], "brown")
    pen.curve([(0, -14), (-2, -34), (2, -60)], "leaf", 4)
    pen.blob([(1, -56), (14, -80), (42, -86), (36, -62), (16, -52)], "leaf+")
    pen.blob([(0, -50), (-12, -70), (-36, -72), (-32, -54), (-14, -46)], "leaf")
    pen.curve([(4, -58), (18, -70), (34, -80)], "leaf-", 1.2)


def tea_field(pen: Pen) -> None:
    """Terraces of clipped bushes."""
    for row in range(6):
        y, ink = -58 + row * 11, ("leaf-", "leaf", "leaf+")[row % 3]
        for i in range(9 - row // 2):
            width = 13 + row * 2.4
            x = (i - (9 - row // 2) / 2 + 0.5) * width * 1.55 + pen.within(-2, 2)
            pen.blob(
                [(x - width, y), (x - width * 0.7, y - 9), (x, y - 12), (x + width * 0.7, y - 9), (x + width, y)], ink
            )


def leaf(pen: Pen) -> None:
    pen.blob([(0, 0), (-26, -22), (-32, -54), (-12, -84), (8, -100), (28, -72), (30, -40), (18, -12)], "leaf")
    pen.curve([(0, 4), (-1, -30), (2, -64), (8, -94)], "leaf--", 1.8)
    for y, reach in ((-20, 18), (-38, 21), (-56, 17), (-72, 11)):
        pen.curve([(0, y), (reach * 0.6, y - 7), (reach, y - 16)], "leaf--", 1)
        pen.curve([(0, y), (-reach * 0.6, y - 6), (-reach, y - 14)], "leaf--", 1)


def wheat(pen: Pen) -> None:
    for x, lean in ((-16, -7), (0, 0), (15, 8), (-7, -3), (8, 4)):
        pen.curve([(x * 0.3, 0), (x * 0.7 + lean * 0.3, -40), (x + lean, -84)], "gold-", 1.6)
        for i in range(6):
            y = -62 - i * 6
            centre = x * 0.85 + lean * (-y / 100)
            pen.at(centre, y, 1, 34).oval(2.2, 0, 1.9, 4.2, "gold")
            pen.at(centre, y, 1, -34).oval(-2.2, 0, 1.9, 4.2, "gold+")


def cactus(pen: Pen) -> None:
    pen.limb([(0, -4), (0, -88)], (17, 16), "leaf-")
    pen.limb([(0, -34), (-24, -36), (-26, -64)], (9, 10, 10), "leaf-")
    pen.limb([(0, -46), (22, -48), (24, -78)], (9, 9, 9), "leaf-")
    for x in (-3.5, 2):
        pen.line([(x, -8), (x, -86)], "leaf+", 0.8, 0.7)
    pen.disc(0, -97, 4, "petal")


def mushroom(pen: Pen) -> None:
    pen.blob([(-9, 0), (-7, -40), (7, -40), (10, 0)], "cream")
    pen.blob([(-40, -38), (-34, -66), (0, -90), (34, -66), (40, -38), (0, -34)], "red")
    for x, y, r in ((-18, -56, 6), (6, -72, 7), (22, -52, 5), (-2, -48, 4)):
        pen.disc(x, y, r, "cream", "flat")


def rocks(pen: Pen) -> None:
    pen.poly([(-48, 0), (-44, -26), (-26, -40), (-6, -30), (2, 0)], "stone-")
    pen.poly([(-14, 0), (-8, -44), (12, -60), (34, -46), (44, 0)], "stone")
    pen.poly([(12, -60), (34, -46), (44, 0), (20, 0), (16, -34)], "stone--", "flat", 0.7)
    pen.poly([(34, 0), (38, -18), (54, -22), (62, 0)], "stone-")


def island(pen: Pen) -> None:
    pen.oval(0, -2, 78, 8, "water+", "flat", 0.7)
    pen.blob([(-62, 0), (-40, -12), (-6, -18), (34, -13), (62, 0), (0, 4)], "sand")
    palm(pen.at(-14, -13, 0.72))
    palm(pen.at(16, -12, 0.52, flip=True))


def iceberg(pen: Pen) -> None:
    pen.poly([(-34, -2), (-30, -34), (-12, -56), (-4, -84), (10, -70), (22, -40), (38, -30), (44, -2)], "ice")
    pen.poly([(-4, -84), (10, -70), (22, -40), (38, -30), (44, -2), (12, -2), (6, -36)], "ice--", "flat", 0.8)
    pen.poly([(-62, 0), (62, 0), (48, 34), (20, 70), (-6, 92), (-34, 56), (-54, 28)], "water", "form", 0.85)
    pen.line([(-72, -1), (72, -1)], "foam", 2)


def fire(pen: Pen) -> None:
    """A camp fire or a blaze."""
    pen.glow(0, -36, 78, "fire", 0.8)
    pen.at(0, -2, 1, 8).rect(-34, -7, 68, 8, "bark", 4)
    pen.at(0, -2, 1, -9).rect(-34, -7, 68, 8, "bark-", 4)
    for ink, size in (("ember", 1.0), ("fire", 0.72), ("flame", 0.42)):
        outline = [
            (0, 2),
            (-26, -10),
            (-29, -34),
            (-16, -56),
            (-14, -40),
            (-3, -68),
            (2, -94),
            (14, -66),
            (17, -50),
            (23, -60),
            (30, -32),
            (24, -8),
        ]
        pen.at(0, -6, size).blob(outline, ink, "light")


def cave(pen: Pen) -> None:
    pen.blob([(-80, 4), (-76, -46), (-46, -86), (0, -98), (48, -84), (78, -44), (82, 4)], "rock")
    pen.blob([(-44, 4), (-40, -34), (-16, -62), (14, -62), (40, -36), (46, 4)], "black")
    for x, y in ((-28, -54), (-10, -62), (8, -63), (26, -52)):
        pen.poly([(x - 4, y), (x + 4, y), (x, y + 17)], "rock-")


def waterfall(pen: Pen) -> None:
    pen.poly([(-70, 0), (-66, -70), (-40, -92), (-20, -88), (-18, 0)], "rock")
    pen.poly([(18, 0), (16, -88), (44, -94), (68, -66), (74, 0)], "rock-")
    pen.poly([(-20, -88), (16, -88), (22, 0), (-24, 0)], "water+")
    for x in (-14, -6, 1, 9):
        pen.curve([(x, -86), (x * 1.1, -46), (x * 1.3 + pen.within(-1, 1), -4)], "foam", 1.7, 0.85)
    for x in (-24, -10, 4, 18):
        pen.disc(x, -3, pen.within(7, 11), "foam", "flat", 0.8)
