"""Music, art, faith and play."""

from __future__ import annotations

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.pen import Pen


def notes(pen: Pen) -> None:
    pen.line([(-26, -16), (-26, -86), (30, -98), (30, -28)], "accent1", 5)
    pen.poly([(-28, -90), (32, -102), (32, -86), (-28, -74)], "accent1", "flat")
    for x, y in ((-38, -14), (18, -26)):
        pen.at(x, y, 1, -18).oval(0, 0, 15, 11, "accent1")


def guitar(pen: Pen) -> None:
    body = pen.at(0, -40, 1, 32)
    body.rect(-4, -66, 8, 62, "wood-")
    body.rect(-7, -82, 14, 18, "wood--", 2)
    body.blob(
        [
            (-14, -10),
            (-22, 2),
            (-16, 14),
            (-30, 28),
            (-22, 48),
            (0, 54),
            (22, 48),
            (30, 28),
            (16, 14),
            (22, 2),
            (14, -10),
        ],
        "orange-",
    )
    body.disc(0, 16, 9, "inkblack", "flat")
    body.rect(-11, 36, 22, 5, "wood--", 1)
    for x in (-2.2, 0, 2.2):
        body.line([(x, -76), (x, 38)], "silver", 0.7)


def microphone(pen: Pen) -> None:
    pen.rect(-3, -34, 6, 30, "steel")
    pen.rect(-22, -6, 44, 6, "steel", 3)
    pen.outline(shapes.arc(0, -62, 27, 30, 0, 180), "steel", 5)
    pen.rect(-18, -100, 36, 60, "silver", 18)
    for i in range(6):
        pen.line([(-16, -92 + i * 7), (16, -92 + i * 7)], "steel-", 1.3, 0.8)
    pen.rect(-18, -56, 36, 5, "accent1", 0, "flat")


def headphones(pen: Pen) -> None:
    pen.outline(shapes.arc(0, -46, 42, 46, 180, 180), "charcoal+", 8)
    for x in (-52, 34):
        pen.rect(x, -52, 18, 44, "accent1", 8)


def easel(pen: Pen) -> None:
    for x in (-36, 36, 0):
        pen.line([(0, -98), (x, 0)], "wood", 4)
    pen.rect(-42, -84, 84, 58, "cream", 1)
    pen.poly([(-40, -28), (-12, -62), (4, -44), (16, -56), (40, -28)], "accent2", "flat")
    pen.disc(18, -70, 7, "accent1", "flat")
    pen.rect(-46, -27, 92, 5, "wood-", 1)


def paint(pen: Pen) -> None:
    """A painter's palette and brush."""
    board = shapes.without(
        shapes.smooth(
            [(-50, -44), (-36, -74), (8, -84), (46, -66), (52, -36), (30, -28), (16, -16), (-16, -12), (-42, -22)]
        ),
        shapes.ellipse(26, -44, 8, 7),
    )
    pen.path(board, "wood+")
    for x, y, ink in (
        (-34, -46, "red"),
        (-18, -64, "orange"),
        (4, -70, "yellow"),
        (24, -66, "green"),
        (-28, -28, "blue"),
        (-6, -26, "purple"),
    ):
        pen.disc(x, y, 7, ink, "flat")
    brush = pen.at(38, -54, 1, 32)
    brush.rect(-2.4, -50, 4.8, 62, "wood-", 2)
    brush.blob([(-4, 10), (4, 10), (3, 24), (0, 32), (-3, 24)], "accent1")


def bookshelf(pen: Pen) -> None:
    """A shelf."""
    pen.rect(-62, -98, 124, 98, "wood-", 2)
    for row in range(3):
        y = -93 + row * 31
        pen.rect(-57, y, 114, 26, "wood---", 0, "flat")
        x = -55.0
        while x < 50:
            width, height = pen.within(5, 10), pen.within(17, 25)
            pen.rect(
                x,
                y + 26 - height,
                width,
                height,
                pen.rng.choice(("accent1", "accent2", "accent3", "red-", "teal", "cream-")),
                0.8,
            )
            x += width + 0.6


def ball(pen: Pen) -> None:
    pen.disc(0, -46, 44, "cloud")
    globe = shapes.ellipse(0, -46, 44, 44)
    pen.poly(shapes.ring_of(0, -46, 15, 5, -90), "inkblack", "flat")
    for x, y in shapes.ring_of(0, -46, 42, 5, -54):
        pen.path(shapes.common(globe, shapes.polygon(shapes.ring_of(x, y, 14, 5, 20))), "inkblack", "flat")
    for (x0, y0), (x1, y1) in zip(shapes.ring_of(0, -46, 15, 5, -90), shapes.ring_of(0, -46, 30, 5, -90), strict=True):
        pen.line([(x0, y0), (x1, y1)], "inkblack", 1.6)


def dice(pen: Pen) -> None:
    for x, y, turn, dots in (
        (-22, -34, -14, ((-12, -12), (12, 12), (0, 0), (-12, 12), (12, -12))),
        (28, -24, 18, ((-10, -10), (10, 10), (0, 0))),
    ):
        die = pen.at(x, y, 1 if dots[0] == (-12, -12) else 0.8, turn)
        die.rect(-26, -26, 52, 52, "red" if len(dots) == 5 else "accent2", 9)
        for px, py in dots:
            die.disc(px, py, 4.6, "white", "flat")


def chess(pen: Pen) -> None:
    for x, size, ink in ((-26, 1.0, "cream"), (30, 0.72, "charcoal")):
        piece = pen.at(x, 0, size)
        piece.rect(-24, -10, 48, 10, ink, 4)
        piece.blob([(-17, -10), (-10, -26), (-7, -52), (7, -52), (10, -26), (17, -10)], ink)
        piece.rect(-13, -57, 26, 6, ink + "-", 3)
        piece.disc(0, -69, 13, ink)
        if size == 1.0:
            piece.rect(-2.4, -98, 4.8, 18, ink, 1)
            piece.rect(-7.6, -93, 15.2, 4.8, ink, 1)


def meditation(pen: Pen) -> None:
    """Somebody sitting in calm."""
    pen.glow(0, -46, 78, "glow", 0.6)
    pen.blob([(-48, 0), (-40, -14), (0, -18), (40, -14), (48, 0), (0, 4)], "accent2-")
    pen.blob([(-17, -14), (-16, -46), (-8, -54), (8, -54), (16, -46), (17, -14)], "accent1")
    for flip in (False, True):
        pen.at(0, 0, flip=flip).limb([(13, -48), (26, -30), (34, -14)], (8, 6.4, 5), "accent1-")
        pen.at(0, 0, flip=flip).disc(35, -12, 4, "skin2", "flat")
    pen.rect(-3.6, -60, 7.2, 9, "skin2-", 2, "flat")
    pen.oval(0, -69, 9.4, 10.6, "skin2")
    pen.blob([(-10, -68), (-9, -78), (0, -83), (9, -78), (10, -68), (0, -75)], "hair")
    pen.disc(0, -84, 4.4, "hair")
