"""Animals, each in its most telling outline."""

from __future__ import annotations

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.pen import Pen


def bird(pen: Pen) -> None:
    """A bird on the wing."""
    pen.blob([(2, -56), (-18, -84), (-48, -98), (-36, -74), (-14, -48)], "accent2-")
    pen.blob([(-44, -40), (-64, -34), (-60, -26), (-34, -32)], "accent2-", "flat")
    pen.blob([(-42, -36), (-10, -54), (22, -58), (40, -54), (38, -44), (10, -30), (-20, -26)], "accent2")
    pen.disc(36, -55, 9.5, "accent2")
    pen.poly([(44, -58), (58, -53), (44, -50)], "orange", "flat")
    pen.disc(39, -57, 1.8, "inkblack", "flat")
    pen.blob([(6, -50), (-12, -78), (-36, -96), (-8, -94), (18, -70), (20, -50)], "accent2+")


def birds(pen: Pen) -> None:
    """A far flock."""
    for x, y, size in (
        (-40, -70, 1.0),
        (-14, -86, 0.8),
        (12, -62, 0.9),
        (38, -80, 0.7),
        (54, -58, 0.6),
        (-60, -50, 0.6),
    ):
        one = pen.at(x, y, size)
        one.curve([(-10, -5), (-5, -6.5), (0, 0), (5, -6.5), (10, -5)], "inkblack", 2)


def fish(pen: Pen) -> None:
    pen.poly([(-36, -50), (-64, -72), (-58, -50), (-64, -28)], "accent1-")
    pen.blob([(-6, -68), (10, -88), (26, -70)], "accent1-")
    outline = shapes.smooth([(-40, -50), (-14, -70), (22, -72), (52, -50), (22, -28), (-14, -30)])
    pen.path(outline, "accent1")
    for x in (-12, 8):
        pen.path(shapes.common(outline, shapes.rectangle(x, -90, 8, 80)), "cream", "flat", 0.9)
    pen.disc(36, -55, 5, "white", "flat")
    pen.disc(37.5, -55, 2.6, "inkblack", "flat")


def whale(pen: Pen) -> None:
    for x, lean in ((30, -10), (34, 10)):
        pen.curve([(32, -72), (x, -88), (x + lean, -92)], "water+", 3)
    pen.blob(
        [
            (-78, -66),
            (-66, -58),
            (-58, -72),
            (-52, -60),
            (-36, -34),
            (0, -64),
            (42, -68),
            (66, -40),
            (52, -8),
            (10, 0),
            (-34, -10),
            (-58, -44),
        ],
        "blue-",
    )
    pen.blob([(64, -30), (50, -6), (10, 0), (-20, -8), (16, -14), (44, -22)], "cloud", "flat", 0.9)
    pen.disc(46, -38, 2.8, "inkblack", "flat")
    pen.blob([(10, -22), (2, 4), (-14, 12), (-6, -10)], "blue--")


def shark(pen: Pen) -> None:
    pen.poly([(-2, -62), (-12, -92), (22, -60)], "steel")
    pen.poly([(-54, -46), (-80, -78), (-66, -44), (-78, -20)], "steel")
    pen.blob([(-60, -44), (-20, -62), (24, -64), (70, -46), (48, -34), (6, -28), (-30, -34)], "steel")
    pen.blob([(66, -44), (44, -33), (6, -28), (-24, -34), (16, -38)], "cloud", "flat")
    pen.poly([(6, -34), (-10, -8), (22, -32)], "steel-")
    for x in (26, 31, 36):
        pen.line([(x, -50), (x - 2, -42)], "steel--", 1.4)
    pen.disc(50, -50, 2.2, "inkblack", "flat")


def wolf(pen: Pen) -> None:
    """A wolf or dog, head raised."""
    for x, ink in ((-30, "-"), (22, "-"), (-22, ""), (30, "")):
        pen.poly([(x - 6, -38), (x + 7, -38), (x + 4, -14), (x + 7, 0), (x - 2, 0), (x - 2, -16)], "grey" + ink)
    pen.blob([(-36, -46), (-60, -36), (-72, -14), (-58, -20), (-44, -34)], "grey-")
    pen.blob([(-40, -42), (-32, -60), (0, -60), (24, -68), (38, -60), (38, -40), (20, -28), (-20, -32)], "grey")
    pen.blob(
        [(20, -58), (24, -84), (36, -94), (46, -86), (66, -80), (64, -73), (46, -68), (40, -46), (28, -44)], "grey+"
    )
    for x in (27, 37):
        pen.poly([(x, -86), (x + 2, -104), (x + 10, -88)], "grey-", "flat")
    pen.disc(45, -83, 1.8, "yellow", "light")
    pen.disc(66, -78, 2.4, "inkblack", "flat")


def cat(pen: Pen) -> None:
    pen.curve([(24, -8), (48, -10), (52, -32), (42, -44)], "charcoal", 7)
    pen.blob([(-24, 0), (-26, -30), (-14, -56), (10, -56), (26, -30), (28, 0)], "charcoal")
    pen.disc(-2, -68, 21, "charcoal+")
    for x, turn in ((-19, -14), (5, 14)):
        pen.at(x + 5, -80, 1, turn).poly([(-8, 4), (0, -20), (9, 4)], "charcoal+", "flat")
    for x in (-11, 6):
        pen.oval(x, -69, 4.6, 5.4, "yellow", "light")
        pen.oval(x, -69, 1.3, 5, "inkblack", "flat")
    pen.poly([(-5, -61), (1, -61), (-2, -58)], "pink", "flat")


def horse(pen: Pen) -> None:
    for x, knee, foot, ink in ((-30, -34, -40, "-"), (24, 34, 46, "-"), (-22, -18, -28, ""), (30, 42, 36, "")):
        pen.limb([(x, -42), (knee, -22), (foot, -2)], (11, 6, 5), "brown" + ink)
    pen.blob([(-38, -54), (-58, -50), (-66, -22), (-54, -30), (-42, -44)], "hair")
    pen.blob([(-42, -48), (-34, -64), (0, -60), (28, -66), (38, -52), (28, -36), (-26, -36)], "brown")
    pen.blob([(18, -58), (30, -86), (42, -98), (50, -96), (66, -76), (60, -70), (46, -78), (40, -50)], "brown+")
    pen.blob([(16, -62), (26, -86), (40, -102), (36, -88), (30, -70)], "hair")
    pen.poly([(42, -97), (45, -107), (49, -96)], "brown-", "flat")
    pen.disc(50, -88, 1.8, "inkblack", "flat")


def elephant(pen: Pen) -> None:
    for x, ink in ((-36, "--"), (14, "--"), (-24, "-"), (26, "-")):
        pen.rect(x - 8, -40, 16, 40, "stone" + ink, 5)
    pen.blob([(-50, -50), (-40, -80), (0, -90), (34, -80), (42, -50), (28, -30), (-38, -30)], "stone-")
    pen.limb([(52, -60), (62, -40), (60, -18), (70, -12)], (17, 11, 8, 5), "stone-")
    pen.disc(44, -72, 22, "stone")
    pen.blob([(34, -86), (14, -84), (8, -62), (18, -46), (34, -52)], "stone--")
    pen.blob([(54, -54), (66, -46), (76, -50), (68, -40), (54, -46)], "cream", "flat")
    pen.disc(52, -76, 2.2, "inkblack", "flat")
    pen.curve([(-50, -54), (-58, -40), (-56, -28)], "stone--", 3)


def bee(pen: Pen) -> None:
    for turn in (-24, 14):
        pen.at(-4, -66, 1, turn).oval(0, -20, 11, 22, "glass", "glass", 0.75)
    body = shapes.ellipse(0, -46, 40, 24)
    pen.path(body, "yellow")
    for x in (-24, -6, 12):
        pen.path(shapes.common(body, shapes.rectangle(x, -80, 9, 70)), "inkblack", "flat")
    pen.disc(36, -52, 13, "inkblack")
    pen.disc(41, -55, 3, "white", "flat")
    for x in (40, 47):
        pen.curve([(38, -63), (x, -74), (x + 6, -78)], "inkblack", 2)
    pen.poly([(-39, -50), (-50, -46), (-39, -42)], "inkblack", "flat")


def butterfly(pen: Pen) -> None:
    for flip in (False, True):
        wing = pen.at(0, -50, flip=flip)
        wing.blob([(2, -4), (20, -42), (50, -44), (52, -18), (24, 0)], "accent1")
        wing.blob([(2, 2), (26, 2), (42, 18), (34, 40), (14, 34)], "accent2")
        wing.disc(36, -26, 7, "accent3", "flat")
        wing.disc(26, 20, 5.4, "accent3", "flat")
        wing.curve([(0, -24), (8, -40), (15, -46)], "inkblack", 1.6)
    pen.limb([(0, -76), (0, -22)], (6, 4), "inkblack")


def spider(pen: Pen) -> None:
    pen.line([(0, -140), (0, -58)], "silver", 1.2, 0.8)
    for flip in (False, True):
        side = pen.at(0, -46, flip=flip)
        for lift, reach, foot in ((-26, 30, 2), (-14, 38, 18), (-2, 38, 34), (8, 28, 46)):
            side.line([(6, 0), (reach, lift - 8), (reach + 12, foot)], "inkblack", 3)
    pen.oval(0, -40, 20, 22, "inkblack")
    pen.disc(0, -62, 11, "charcoal")
    for x in (-4, 4):
        pen.disc(x, -65, 2.2, "red", "light")


def snake(pen: Pen) -> None:
    path = [
        (-58, -4),
        (-28, -10),
        (0, -4),
        (30, -10),
        (44, -22),
        (26, -36),
        (-6, -36),
        (-26, -46),
        (-14, -62),
        (14, -66),
        (24, -84),
    ]
    pen.curve(path, "green-", 15)
    pen.curve(path, "green", 10)
    pen.blob([(16, -80), (18, -94), (34, -100), (46, -92), (42, -84), (28, -78)], "green-")
    pen.disc(34, -93, 2.2, "yellow", "light")
    pen.line([(45, -90), (54, -92), (58, -96)], "red", 1.4)


def dinosaur(pen: Pen) -> None:
    for x, ink in ((-16, "--"), (8, "-")):
        pen.limb([(x, -42), (x + 9, -20), (x, -4)], (22, 11, 7), "leaf" + ink)
        pen.rect(x - 5, -6, 18, 6, "leaf" + ink, 3)
    pen.blob(
        [
            (-96, -20),
            (-54, -38),
            (-26, -62),
            (6, -68),
            (22, -84),
            (30, -98),
            (52, -102),
            (68, -90),
            (66, -80),
            (44, -76),
            (38, -56),
            (22, -34),
            (-14, -28),
            (-50, -28),
        ],
        "leaf-",
    )
    pen.limb([(28, -52), (40, -48), (42, -40)], (7, 5, 4), "leaf--")
    for x in (50, 56, 62):
        pen.poly([(x, -80), (x + 4, -80), (x + 2, -74)], "cream", "flat")
    pen.disc(46, -94, 2.4, "yellow", "light")
    for x, y in ((-40, -54), (-22, -66), (-2, -71), (14, -80)):
        pen.poly([(x - 5, y + 4), (x, y - 8), (x + 6, y + 2)], "orange", "flat")


def owl(pen: Pen) -> None:
    pen.rect(-58, -10, 116, 7, "bark", 3)
    pen.blob([(-28, -10), (-34, -50), (-26, -86), (0, -94), (26, -86), (34, -50), (28, -10), (0, -4)], "fur")
    pen.poly([(-26, -84), (-30, -102), (-10, -90)], "fur-", "flat")
    pen.poly([(26, -84), (30, -102), (10, -90)], "fur-", "flat")
    pen.blob([(-17, -14), (-18, -46), (0, -56), (18, -46), (17, -14)], "cream-", "flat")
    for x in (-12, 12):
        pen.disc(x, -70, 12, "cream", "flat")
        pen.disc(x, -70, 8, "yellow", "light")
        pen.disc(x, -70, 4.4, "inkblack", "flat")
    pen.poly([(-4, -62), (4, -62), (0, -53)], "orange", "flat")


def cow(pen: Pen) -> None:
    for x, ink in ((-34, "--"), (20, "--"), (-26, "-"), (28, "-")):
        pen.rect(x - 5, -34, 10, 34, "cloud" + ink, 3)
    body = shapes.smooth([(-46, -46), (-40, -66), (0, -68), (34, -66), (42, -48), (34, -28), (-36, -26)])
    pen.path(body, "cloud")
    for x, y, r in ((-26, -58, 13), (6, -40, 12), (26, -60, 9)):
        pen.path(shapes.common(body, shapes.ellipse(x, y, r, r * 0.8)), "charcoal", "flat")
    pen.blob([(38, -76), (56, -76), (66, -54), (60, -46), (44, -50)], "cloud-")
    pen.oval(61, -50, 7, 6, "pink", "flat")
    pen.disc(52, -66, 2, "inkblack", "flat")
    for x in (40, 54):
        pen.curve([(x, -76), (x - 2, -84), (x + 4, -88)], "bone", 3)


def turtle(pen: Pen) -> None:
    for x in (-30, 22):
        pen.rect(x - 7, -16, 15, 16, "green-", 6)
    pen.blob([(40, -24), (54, -42), (70, -42), (72, -30), (56, -20)], "green")
    pen.disc(64, -36, 2, "inkblack", "flat")
    dome = shapes.smooth([(-50, -14), (-40, -46), (0, -62), (38, -46), (48, -14), (0, -10)])
    pen.path(dome, "leaf-")
    for x, y in ((-24, -32), (0, -42), (24, -32), (-10, -22), (12, -22)):
        pen.path(shapes.common(dome, shapes.polygon(shapes.ring_of(x, y, 9.6, 6))), "leaf++", "flat")
