"""Signs and figures of speech."""

from __future__ import annotations

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.motifs.power import flag
from pipeline.pictures.canvas.pen import Pen


def target(pen: Pen) -> None:
    for radius, ink in ((46, "red"), (37, "cream"), (28, "red"), (19, "cream"), (10, "red")):
        pen.disc(0, -50, radius, ink, "form" if radius == 46 else "flat")
    arrow = pen.at(0, -50, 1, -38)
    arrow.line([(0, 0), (58, 0)], "wood-", 3)
    arrow.poly([(52, 0), (62, -8), (72, -8), (64, 0), (72, 8), (62, 8)], "accent2", "flat")


def puzzle(pen: Pen) -> None:
    for x, y, ink, turn in (
        (-24, -74, "accent1", 0),
        (24, -74, "accent2", 0),
        (-24, -26, "accent3", 0),
        (34, -18, "teal", 14),
    ):
        piece = pen.at(x, y, 1, turn)
        body = shapes.union(
            shapes.rectangle(-23, -23, 46, 46, 3), shapes.ellipse(23, 0, 8, 8), shapes.ellipse(0, 23, 8, 8)
        )
        piece.path(shapes.without(body, shapes.ellipse(-20, 0, 8, 8)), ink)


def bell(pen: Pen) -> None:
    pen.disc(0, -8, 8, "gold-")
    pen.blob([(-40, -14), (-28, -30), (-25, -62), (-12, -86), (12, -86), (25, -62), (28, -30), (40, -14)], "gold")
    pen.rect(-42, -18, 84, 7, "gold-", 3)
    pen.disc(0, -90, 6, "gold-")


def megaphone(pen: Pen) -> None:
    horn = pen.at(-4, -50, 1, -14)
    horn.poly([(-34, -13), (34, -38), (34, 38), (-34, 13)], "accent1")
    horn.oval(34, 0, 9, 38, "accent1--", "flat")
    horn.rect(-50, -13, 18, 26, "cloud", 4)
    horn.poly([(-24, 13), (-6, 17), (-2, 40), (-18, 40)], "cloud-")
    for reach in (56, 70):
        horn.outline(shapes.arc(14, 0, reach, reach, -26, 52), "accent2", 3.4)


def speech(pen: Pen) -> None:
    pen.path(
        shapes.union(shapes.rectangle(-58, -98, 78, 48, 14), shapes.polygon([(-38, -52), (-22, -52), (-42, -34)])),
        "accent1",
    )
    pen.path(
        shapes.union(shapes.rectangle(-16, -54, 74, 42, 14), shapes.polygon([(24, -14), (42, -14), (46, 4)])), "accent2"
    )
    for x in (-38, -19, 0):
        pen.disc(x, -74, 4.6, "white", "flat")
    for y, width in ((-42, 50), (-32, 42), (-22, 30)):
        pen.rect(-4, y, width, 4, "white", 2, "flat", 0.9)


def question(pen: Pen) -> None:
    pen.glow(0, -56, 74, "glow", 0.5)
    pen.outline(
        shapes.smooth(
            [(-25, -72), (-20, -92), (0, -99), (22, -91), (24, -70), (8, -54), (0, -44), (0, -28)], closed=False
        ),
        "accent1",
        15,
    )
    pen.disc(0, -7, 9, "accent1")


def warning(pen: Pen) -> None:
    pen.outline(shapes.polygon([(0, -90), (50, -6), (-50, -6)]), "yellow-", 12)
    pen.poly([(0, -90), (50, -6), (-50, -6)], "yellow")
    pen.blob([(-6, -62), (6, -62), (3, -28), (-3, -28)], "inkblack", "flat")
    pen.disc(0, -17, 5, "inkblack", "flat")


def check(pen: Pen) -> None:
    pen.disc(0, -50, 46, "green")
    pen.line([(-22, -50), (-6, -33), (24, -68)], "white", 10)


def cross(pen: Pen) -> None:
    pen.disc(0, -50, 46, "red")
    for line in ([(-18, -68), (18, -32)], [(18, -68), (-18, -32)]):
        pen.line(line, "white", 10)


def stairs(pen: Pen) -> None:
    """Steps to a flag: growth, goals."""
    for i in range(5):
        height = 14 + i * 15
        pen.rect(-62 + i * 24, -height, 24, height, "accent2" if i < 4 else "accent1")
    flag(pen.at(52, -74, 0.36))


def arrow_up(pen: Pen) -> None:
    pen.poly([(-16, 0), (-16, -48), (-40, -48), (0, -100), (40, -48), (16, -48), (16, 0)], "accent1")


def pin(pen: Pen, ink: str = "red") -> None:
    pen.blob([(0, 0), (-20, -40), (-32, -66), (-22, -92), (0, -100), (22, -92), (32, -66), (20, -40)], ink)
    pen.disc(0, -67, 13, "white", "flat")
