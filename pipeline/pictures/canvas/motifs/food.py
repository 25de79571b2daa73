"""What is eaten and drunk."""

from __future__ import annotations

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.pen import Pen


def steam(pen: Pen, y: float = -72) -> None:
    for x in (-14, 0, 14):
        pen.curve([(x, y), (x - 5, y - 10), (x + 4, y - 20), (x - 2, y - 32)], "cloud", 2.6, 0.5)


def _cup(pen: Pen, ink: str, drink: str) -> None:
    pen.oval(0, -3, 56, 8, ink + "-")
    pen.oval(0, -5, 44, 5, ink, "flat")
    pen.outline(shapes.ellipse(40, -38, 15, 16), ink, 7)
    pen.blob([(-40, -64), (-36, -30), (-20, -8), (20, -8), (36, -30), (40, -64)], ink)
    pen.oval(0, -64, 40, 9, ink + "-")
    pen.oval(0, -63, 35, 6.6, drink, "flat")


def tea(pen: Pen) -> None:
    steam(pen)
    _cup(pen, "cream", "tea")
    pen.curve([(-14, -60), (-22, -46), (-20, -34)], "cloud", 1.4)
    pen.rect(-26, -35, 12, 13, "green", 1)


def coffee(pen: Pen) -> None:
    steam(pen)
    _cup(pen, "accent1", "coffee")
    for x, turn in ((-66, 20), (-52, -14), (64, 30)):
        bean = pen.at(x, -5, 1, turn)
        bean.oval(0, 0, 8, 5.4, "coffee")
        bean.curve([(-6, 0), (0, 1.6), (6, 0)], "coffee--", 1.2)


def teapot(pen: Pen) -> None:
    pen.outline(shapes.ellipse(-44, -42, 18, 22), "accent1-", 7)
    pen.blob([(34, -32), (56, -56), (68, -68), (72, -62), (58, -34), (38, -18)], "accent1-")
    pen.blob([(-42, -36), (-28, -66), (28, -66), (42, -36), (30, -6), (-30, -6)], "accent1")
    pen.blob([(-22, -66), (0, -78), (22, -66)], "accent1+")
    pen.disc(0, -80, 6, "gold")
    pen.rect(-28, -8, 56, 8, "accent1-", 3)
    pen.curve([(-36, -40), (0, -34), (36, -40)], "gold", 2.4)


def bread(pen: Pen) -> None:
    pen.blob([(-60, -10), (-62, -34), (-40, -54), (0, -60), (40, -54), (62, -34), (60, -10), (0, -4)], "crust")
    for x in (-32, -8, 16):
        cut = pen.at(x, -38, 1, -24)
        cut.oval(8, 0, 4.6, 15, "crumb", "flat")
    pen.at(42, 0, 0.7).blob([(-24, -2), (-26, -40), (-14, -56), (14, -56), (26, -40), (24, -2)], "crust-")
    pen.at(42, -2, 0.58).blob([(-24, -2), (-26, -40), (-14, -56), (14, -56), (26, -40), (24, -2)], "crumb", "flat")


def apple(pen: Pen) -> None:
    pen.curve([(0, -72), (2, -86), (8, -96)], "bark", 4.6)
    pen.blob([(6, -82), (20, -98), (40, -94), (28, -80)], "leaf")
    pen.blob(
        [(0, -74), (-22, -82), (-42, -66), (-42, -38), (-24, -8), (0, -4), (24, -8), (42, -38), (42, -66), (22, -82)],
        "red",
    )
    pen.blob([(-32, -56), (-28, -68), (-16, -72), (-24, -58)], "red+++", "flat", 0.7)


def bowl(pen: Pen) -> None:
    """Rice or soup, with chopsticks."""
    for turn in (-54, -48):
        pen.at(20, -50, 1, turn).rect(-10, -2, 76, 3.6, "wood-", 1.6)
    steam(pen, -76)
    for x in (-28, -14, 0, 14, 28):
        pen.disc(x, -54 - (14 - abs(x) / 2) * 0.6, 12, "cream+", "flat")
    pen.blob([(-52, -52), (-40, -18), (-18, -6), (18, -6), (40, -18), (52, -52)], "accent1")
    pen.rect(-20, -8, 40, 8, "accent1-", 3)
    pen.curve([(-44, -40), (0, -34), (44, -40)], "cream", 2.6)


def wine(pen: Pen) -> None:
    pen.rect(-38, -98, 14, 30, "green--", 2)
    pen.blob([(-38, -72), (-48, -54), (-48, -2), (-14, -2), (-14, -54), (-24, -72)], "green--")
    pen.rect(-46, -44, 30, 26, "cream", 1, "flat")
    glass = shapes.smooth([(8, -70), (44, -70), (46, -52), (34, -36), (18, -36), (6, -52)])
    pen.path(glass, "glass", "glass", 0.5)
    pen.path(shapes.common(glass, shapes.rectangle(0, -58, 60, 30)), "red-", "flat")
    pen.rect(24.4, -37, 3.2, 32, "glass")
    pen.oval(26, -4, 18, 4, "glass")


def burger(pen: Pen) -> None:
    pen.rect(-46, -22, 92, 20, "crust", 9)
    pen.blob([(-52, -24), (-30, -18), (0, -26), (30, -18), (52, -24), (46, -34), (-46, -34)], "green+")
    pen.rect(-48, -46, 96, 15, "coffee+", 7)
    pen.poly([(-46, -46), (46, -46), (20, -36), (4, -44)], "yellow", "flat")
    pen.rect(-46, -54, 92, 9, "red", 4)
    pen.blob([(-48, -52), (-42, -76), (0, -90), (42, -76), (48, -52)], "crust")
    for x, y in ((-20, -74), (0, -80), (20, -73), (-8, -66), (12, -65)):
        pen.at(x, y, 1, x).oval(0, 0, 3.2, 1.8, "cream", "flat")


def pot(pen: Pen) -> None:
    """A clay pot, an amphora."""
    for flip in (False, True):
        pen.at(0, 0, flip=flip).curve([(12, -84), (32, -80), (30, -62), (26, -56)], "copper-", 5)
    pen.blob(
        [(-10, -90), (10, -90), (12, -70), (34, -50), (32, -24), (12, 0), (-12, 0), (-32, -24), (-34, -50), (-12, -70)],
        "copper",
    )
    pen.rect(-15, -98, 30, 9, "copper-", 3)
    for y, half in ((-52, 33), (-30, 33)):
        pen.curve([(-half, y), (0, y + 6), (half, y)], "copper---", 2.6)


def milk(pen: Pen) -> None:
    pen.rect(-14, -98, 28, 12, "accent1", 3)
    bottle = shapes.smooth(
        [(-12, -86), (-14, -74), (-27, -56), (-28, -6), (-20, 0), (20, 0), (28, -6), (27, -56), (14, -74), (12, -86)]
    )
    pen.path(bottle, "glass", "glass", 0.6)
    pen.path(shapes.common(bottle, shapes.rectangle(-40, -58, 80, 70)), "cream")
