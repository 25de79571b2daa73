"""Laboratories, machines of thought and what matter is made of."""

from __future__ import annotations

import math

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.motifs.people import gear
from pipeline.pictures.canvas.pen import Pen


def atom(pen: Pen) -> None:
    pen.glow(0, -50, 66, "glow", 0.6)
    for turn in (0, 60, 120):
        orbit = pen.at(0, -50, 1, turn)
        orbit.outline(shapes.ellipse(0, 0, 47, 17), "accent2", 2.2)
    for x, y, ink in ((-4, -53, "red"), (4, -52, "blue"), (0, -46, "red"), (-1, -57, "blue"), (5, -46, "red")):
        pen.disc(x, y, 6, ink)
    for turn, angle in ((0, 0.4), (60, 2.6), (120, 4.4)):
        pen.at(0, -50, 1, turn).disc(47 * math.cos(angle), 17 * math.sin(angle), 4, "accent1", "light")


def molecule(pen: Pen) -> None:
    atoms = [
        (0, -50, 15, "accent1"),
        (-36, -74, 10, "accent2"),
        (36, -72, 11, "accent3"),
        (-30, -20, 9, "accent3"),
        (32, -22, 10, "accent2"),
        (58, -44, 7, "cloud"),
        (-56, -52, 7, "cloud"),
    ]
    for a, b in ((0, 1), (0, 2), (0, 3), (0, 4), (2, 5), (1, 6)):
        pen.line([atoms[a][:2], atoms[b][:2]], "metal", 4.6)
    for x, y, radius, ink in atoms:
        pen.disc(x, y, radius, ink)


def dna(pen: Pen) -> None:
    """The double helix, its near strand over its far one."""
    helix = pen.at(0, -50, 1, 22)
    steps = [(-56 + i * 2, i * 0.115) for i in range(57)]
    near = [(math.sin(t * math.pi) * 17, y) for y, t in steps]
    far = [(-math.sin(t * math.pi) * 17, y) for y, t in steps]
    for i in range(1, 56, 4):
        helix.line([near[i], far[i]], ("accent3", "yellow", "teal", "pink")[i // 4 % 4], 2.6)
    helix.curve(far[::4], "accent2-", 4.4)
    helix.curve(near[::4], "accent1", 5)


def flask(pen: Pen) -> None:
    outline = shapes.smooth(
        [
            (-9, -96),
            (9, -96),
            (9, -84),
            (9, -62),
            (24, -36),
            (38, -8),
            (32, 0),
            (-32, 0),
            (-38, -8),
            (-24, -36),
            (-9, -62),
            (-9, -84),
        ]
    )
    pen.path(outline, "glass", "glass", 0.45)
    pen.path(shapes.common(outline, shapes.rectangle(-50, -34, 100, 40)), "accent1", "form")
    pen.oval(0, -34, 23.4, 3.6, "accent1+", "flat")
    for x, y, r in ((-10, -18, 3.4), (8, -24, 2.4), (2, -12, 2), (14, -10, 3), (-3, -48, 2.6), (3, -62, 2)):
        pen.disc(x, y, r, "accent1++", "flat", 0.8)
    pen.outline(outline, "cloud", 1.6, 0.8)
    pen.rect(-12, -100, 24, 6, "cloud", 3)


def test_tubes(pen: Pen) -> None:
    pen.rect(-50, -54, 100, 6, "wood")
    for x, ink, level in ((-34, "accent1", 40), (-11, "accent2", 58), (12, "accent3", 30), (35, "teal", 50)):
        tube = shapes.rectangle(x - 7, -92, 14, 88, 7)
        pen.path(tube, "glass", "glass", 0.4)
        pen.path(shapes.common(tube, shapes.rectangle(x - 8, -4 - level, 16, level)), ink)
        pen.outline(tube, "cloud", 1.3, 0.8)
    pen.rect(-54, -20, 108, 6, "wood-")
    for x in (-52, 46):
        pen.rect(x, -58, 6, 58, "wood-")


def microscope(pen: Pen) -> None:
    pen.rect(-38, -8, 76, 8, "charcoal+", 3)
    pen.blob([(16, -8), (34, -30), (34, -60), (14, -80), (8, -74), (24, -58), (24, -34), (6, -14)], "steel")
    pen.rect(-34, -30, 46, 5, "charcoal+", 1)
    pen.rect(-20, -33, 22, 3, "glass", 1, "light")
    tube = pen.at(-2, -64, 1, -18)
    tube.rect(-8, -34, 16, 46, "cloud-", 3)
    tube.rect(-6, -44, 12, 12, "charcoal+", 2)
    tube.rect(-5, 12, 10, 14, "steel-", 2)
    pen.disc(22, -44, 6, "charcoal+")


def gears(pen: Pen) -> None:
    gear(pen.at(-20, -58), 34, "accent1", 12)
    gear(pen.at(30, -34, 1, 10), 24, "accent2", 10)
    gear(pen.at(22, -84, 1, 5), 17, "accent3", 9)


def magnet(pen: Pen) -> None:
    pen.path(shapes.wedge(0, -58, 40, 180, 180, 20), "red")
    for x in (-40, 20):
        pen.rect(x, -58.5, 20, 38, "red", 0, "flat")
        pen.rect(x, -24, 20, 16, "silver")
    for reach in (10, 20, 30):
        for flip in (False, True):
            side = pen.at(30, -4, flip=False) if not flip else pen.at(-30, -4, flip=True)
            side.curve([(-reach * 0.5, 2), (0, 3 + reach * 0.3), (reach * 0.5, 2)], "accent2", 1.4, 0.7)


def cell(pen: Pen) -> None:
    ring = [(x + pen.within(-3, 3), y + pen.within(-3, 3)) for x, y in shapes.ring_of(0, -50, 46, 11)]
    pen.blob(ring, "teal+", "form", 0.95)
    pen.blob([(x * 0.9, -50 + (y + 50) * 0.9) for x, y in ring], "teal++", "flat", 0.6)
    pen.disc(6, -52, 17, "purple")
    pen.disc(9, -55, 7, "purple-", "flat")
    for x, y, turn in ((-24, -66, 30), (-22, -34, -24), (24, -26, 14), (26, -78, -40)):
        pen.at(x, y, 1, turn).oval(0, 0, 9, 4.6, "orange")
    for px in pen.scattered(9, -32, 32):
        pen.disc(px, -50 + pen.within(-30, 30), 2, "pink", "flat")


def virus(pen: Pen) -> None:
    for x, y in shapes.ring_of(0, -50, 44, 14, 8):
        pen.line([(0, -50), (x, y)], "red-", 3.4)
        pen.disc(x, y, 5, "red")
    pen.disc(0, -50, 32, "red-")
    for x, y in shapes.ring_of(-3, -52, 16, 6, 20):
        pen.disc(x, y, 4.6, "red", "flat")
    pen.disc(-3, -52, 5, "red+", "flat")


def battery(pen: Pen) -> None:
    pen.rect(-10, -98, 20, 8, "silver", 2)
    pen.rect(-26, -92, 52, 92, "charcoal+", 7)
    for i, ink in enumerate(("accent1", "accent1", "accent1")):
        pen.rect(-19, -25 - i * 21, 38, 17, ink, 3)
    pen.poly([(4, -62), (-12, -40), (-1, -40), (-5, -22), (13, -47), (2, -47)], "white", "flat")


def robot(pen: Pen) -> None:
    pen.line([(0, -92), (0, -104)], "steel", 2)
    pen.disc(0, -105, 3.4, "accent1", "light")
    for x in (-1, 1):
        pen.limb([(x * 20, -52), (x * 30, -38), (x * 27, -22)], (7, 6, 5), "steel")
        pen.rect(x * 9 - 5, -18, 10, 18, "steel", 3)
    pen.rect(-22, -60, 44, 44, "cloud-", 9)
    pen.rect(-26, -94, 52, 32, "cloud", 12)
    pen.rect(-20, -87, 40, 19, "screen", 8, "flat")
    for x in (-9, 9):
        pen.disc(x, -78, 4.4, "accent2", "light")
    pen.rect(-11, -50, 22, 13, "screen", 3, "flat")
    pen.line([(-9, -43), (-4, -43), (-1, -48), (2, -39), (5, -43), (9, -43)], "accent1", 1.5)


def bulb(pen: Pen) -> None:
    pen.glow(0, -60, 82, "lamp", 0.85)
    pen.blob(
        [(-13, -26), (-17, -40), (-31, -56), (-29, -82), (0, -100), (29, -82), (31, -56), (17, -40), (13, -26)],
        "lamp",
        "form",
        0.96,
    )
    pen.line([(-8, -28), (-11, -58), (-4, -52), (0, -62), (4, -52), (11, -58), (8, -28)], "orange", 2)
    for i, y in enumerate((-26, -18.5, -11)):
        pen.rect(-13 + i, y, 26 - i * 2, 6.4, "steel", 3)
    pen.oval(0, -3, 7, 3.4, "charcoal", "flat")


def magnifier(pen: Pen) -> None:
    pen.at(16, -44, 1, -42).rect(-5.5, 20, 11, 44, "wood", 5)
    pen.at(16, -44, 1, -42).rect(-4, 12, 8, 10, "gold", 1)
    pen.disc(-4, -64, 33, "gold-")
    pen.disc(-4, -64, 27, "glass", "form")
    pen.blob([(-24, -70), (-16, -82), (-4, -86), (-12, -78), (-20, -66)], "white", "flat", 0.8)


def eye(pen: Pen) -> None:
    outline = shapes.smooth([(-58, -48), (-30, -74), (0, -82), (30, -74), (58, -48), (30, -26), (0, -19), (-30, -26)])
    pen.path(outline, "cream")
    pen.path(shapes.common(outline, shapes.ellipse(0, -50, 29, 29)), "accent2")
    for x, y in shapes.ring_of(0, -50, 24, 26):
        pen.line([(x * 0.6, -50 + (y + 50) * 0.6), (x, y)], "accent2-", 1, 0.8)
    pen.disc(0, -50, 13, "inkblack", "flat")
    pen.disc(8, -59, 5, "white", "light")
    pen.curve([(-60, -50), (-32, -78), (0, -87), (32, -78), (60, -50)], "hair", 4)


def brain(pen: Pen) -> None:
    for flip, ink in ((False, "pink-"), (True, "pink")):
        half = pen.at(0, -52, 1, flip=flip)
        half.blob([(1, -40), (22, -44), (40, -28), (46, -4), (40, 18), (24, 34), (1, 32)], ink)
        for fold in (
            [(4, -28), (16, -32), (24, -24), (16, -16), (8, -18)],
            [(30, -30), (36, -18), (28, -10), (38, -4), (42, 2)],
            [(4, -6), (14, -10), (22, -2), (14, 6), (6, 4)],
            [(26, 6), (34, 12), (28, 22), (18, 18), (10, 24)],
        ):
            half.curve(fold, "organ-", 2.2)
    pen.line([(0, -93), (0, -20)], "organ--", 1.8)


def heart(pen: Pen) -> None:
    pen.blob(
        [(0, -8), (-30, -36), (-44, -62), (-34, -86), (-14, -88), (0, -72), (14, -88), (34, -86), (44, -62), (30, -36)],
        "red",
    )
    pen.blob([(-32, -66), (-28, -78), (-16, -80), (-22, -72)], "red++", "flat", 0.8)
    pen.line([(-70, -50), (-24, -50), (-14, -66), (-2, -30), (9, -58), (16, -50), (70, -50)], "white", 2.8)


def lungs(pen: Pen) -> None:
    pen.rect(-4, -100, 8, 36, "pink", 3)
    for flip in (False, True):
        side = pen.at(0, 0, flip=flip)
        side.limb([(0, -66), (16, -52)], (8, 6), "pink")
        side.blob([(10, -72), (26, -84), (42, -60), (48, -24), (40, -6), (16, -14), (9, -40)], "organ+")
        for y in (-56, -40, -26):
            side.curve([(16, y - 4), (26, y), (36, y - 2)], "organ-", 1.6)


def skull(pen: Pen) -> None:
    pen.blob(
        [
            (-20, -20),
            (-34, -42),
            (-36, -70),
            (-20, -94),
            (0, -99),
            (20, -94),
            (36, -70),
            (34, -42),
            (20, -20),
            (18, -2),
            (-18, -2),
        ],
        "bone",
    )
    for x in (-15, 15):
        pen.oval(x, -54, 10.5, 12, "inkblack", "flat")
    pen.blob([(-5, -30), (0, -42), (5, -30)], "inkblack", "flat")
    for x in (-12, -6, 0, 6, 12):
        pen.line([(x, -18), (x, -3)], "bone---", 1.4)


def pills(pen: Pen) -> None:
    for x, y, turn, ink in ((-20, -40, 38, "accent1"), (26, -62, -24, "accent2")):
        capsule = pen.at(x, y, 1, turn)
        capsule.rect(-32, -12, 64, 24, "cloud", 12)
        capsule.path(shapes.common(shapes.rectangle(-32, -12, 64, 24, 12), shapes.rectangle(0, -14, 40, 30)), ink)
    pen.disc(26, -18, 15, "cloud")
    pen.at(26, -18, 1, 30).line([(-12, 0), (12, 0)], "cloud--", 1.8)


def syringe(pen: Pen) -> None:
    tube = pen.at(0, -50, 1, 40)
    tube.line([(-74, 0), (-38, 0)], "silver", 1.6)
    tube.rect(-40, -4, 8, 8, "steel", 1)
    tube.rect(-33, -11, 62, 22, "glass", 3, "glass", 0.7)
    tube.rect(-32, -10, 34, 20, "accent1", 2)
    tube.rect(2, -10, 5, 20, "charcoal", 1, "flat")
    tube.rect(7, -2.4, 44, 4.8, "steel")
    tube.rect(28, -16, 5, 32, "steel", 2)
    tube.rect(49, -12, 5, 24, "steel", 2)


def prism(pen: Pen) -> None:
    pen.line([(-96, -36), (-15, -52)], "white", 3)
    for i, ink in enumerate(("red", "orange", "yellow", "green", "blue", "purple")):
        pen.poly([(14, -55 + i * 2), (96, -66 + i * 9), (96, -57 + i * 9), (15, -53 + i * 2)], ink, "light", 0.95)
    pen.poly([(0, -92), (46, -12), (-46, -12)], "glass", "glass", 0.75)
    pen.outline(shapes.polygon([(0, -92), (46, -12), (-46, -12)]), "white", 1.8, 0.9)
