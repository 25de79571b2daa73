"""What carries people and goods."""

from __future__ import annotations

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.pen import Pen


def _wheel(pen: Pen, x: float, y: float, radius: float) -> None:
    pen.disc(x, y, radius, "rubber")
    pen.disc(x, y, radius * 0.55, "silver", "flat")
    pen.disc(x, y, radius * 0.2, "charcoal", "flat")


def car(pen: Pen) -> None:
    pen.blob([(-36, -34), (-22, -56), (12, -57), (32, -36)], "glass")
    pen.rect(-6, -58, 4, 24, "accent1-", 0, "flat")
    pen.blob([(-64, -12), (-62, -32), (-36, -37), (34, -37), (60, -29), (66, -12), (40, -9), (-40, -9)], "accent1")
    pen.rect(56, -27, 9, 6, "lamp", 2, "light")
    pen.rect(-65, -27, 6, 6, "red", 2, "light")
    for x in (-36, 36):
        _wheel(pen, x, -12, 13)


def truck(pen: Pen) -> None:
    pen.rect(-66, -66, 84, 54, "cloud", 3)
    pen.rect(-66, -40, 84, 7, "accent1", 0, "flat")
    pen.blob([(20, -12), (20, -54), (40, -54), (56, -34), (62, -12)], "accent1")
    pen.poly([(28, -48), (40, -48), (52, -34), (28, -34)], "glass")
    for x in (-46, -20, 42):
        _wheel(pen, x, -11, 11)


def train(pen: Pen) -> None:
    """A steam locomotive."""
    for i in range(5):
        pen.far(max(pen.depth, 0.1 + i * 0.05)).disc(38 - i * 15, -92 - i * 8, 8 + i * 3, "cloud", "form", 0.85)
    pen.rect(-62, -76, 36, 56, "accent1-", 2)
    pen.rect(-66, -82, 44, 7, "charcoal", 2)
    pen.rect(-54, -66, 20, 18, "lamp", 1, "light")
    pen.rect(-28, -58, 78, 36, "accent1", 8)
    for x in (-8, 14):
        pen.rect(x, -58, 4, 36, "gold", 0, "flat")
    pen.poly([(32, -56), (30, -84), (46, -84), (44, -56)], "charcoal")
    pen.blob([(-4, -58), (-2, -68), (8, -68), (10, -58)], "gold")
    pen.rect(-64, -26, 118, 8, "charcoal", 2)
    pen.poly([(50, -26), (72, -4), (50, -4)], "red-")
    for x, r in ((-50, 10), (-22, 16), (14, 16), (42, 10)):
        _wheel(pen, x, -r, r)
    pen.line([(-22, -15), (14, -15)], "silver", 3.4)


def ship(pen: Pen) -> None:
    """A sailing ship under full sail."""
    for x, top in ((-34, -88), (4, -104), (38, -84)):
        pen.rect(x - 1.4, top, 2.8, -top - 16, "wood-")
    for x, top, width in ((-34, -82, 26), (4, -98, 34), (38, -78, 24)):
        height = (-top - 30) / 2
        for row in range(2):
            y, w = top + row * (height + 3), width * (0.85 + 0.25 * row)
            pen.blob(
                [
                    (x - w / 2, y),
                    (x + w / 2, y),
                    (x + w / 2 + 5, y + height * 0.6),
                    (x + w / 2, y + height),
                    (x - w / 2, y + height),
                    (x - w / 2 + 6, y + height * 0.5),
                ],
                "cream" if row else "cream+",
            )
    pen.line([(52, -22), (78, -42)], "wood-", 3)
    pen.poly([(4, -110), (22, -106), (4, -101)], "red", "flat")
    pen.blob([(-62, -34), (-48, -22), (0, -18), (50, -22), (64, -26), (46, -2), (-44, -2), (-58, -14)], "wood-")
    pen.curve([(-58, -24), (0, -13), (58, -19)], "gold", 2)
    for x in (-36, -18, 0, 18, 36):
        pen.rect(x, -11, 5, 5, "inkblack", 0, "flat")


def steamer(pen: Pen) -> None:
    """A cargo or passenger ship."""
    for x, ink in ((-52, "red"), (-36, "blue"), (-20, "orange"), (-4, "green"), (-44, "teal"), (-28, "yellow")):
        pen.rect(x, -42 if x % 4 == 0 else -54, 15, 12, ink)
    pen.rect(22, -62, 26, 34, "cloud", 2)
    for y in (-56, -46):
        pen.rect(25, y, 20, 5, "screen", 1, "flat")
    pen.rect(28, -78, 9, 18, "red")
    pen.poly([(-70, -30), (64, -30), (54, 0), (-58, 0)], "charcoal+")
    pen.poly([(-66, -10), (57, -10), (54, 0), (-60, 0)], "red-", "flat")


def plane(pen: Pen) -> None:
    body = pen.at(0, -52, 1, -12)
    body.poly([(-46, -4), (-66, -34), (-52, -34), (-26, -8)], "accent1")
    body.poly([(4, -6), (-18, -40), (-6, -40), (26, -8)], "metal-")
    body.blob([(-62, -2), (-40, -12), (30, -12), (56, -6), (66, 2), (48, 9), (-34, 9), (-58, 4)], "cloud")
    body.poly([(10, 2), (-24, 38), (-8, 38), (34, 4)], "metal")
    for x in range(-28, 36, 9):
        body.rect(x, -6, 4, 5, "screen", 2, "flat")
    body.blob([(48, -6), (56, -5), (60, 0), (48, 0)], "glass", "flat")


def bicycle(pen: Pen) -> None:
    for x in (-34, 34):
        pen.ring(x, -24, 22, "rubber", 4)
        for px, py in shapes.ring_of(x, -24, 20, 10):
            pen.line([(x, -24), (px, py)], "silver", 0.7, 0.7)
    pen.line([(-34, -24), (-12, -58), (24, -58), (0, -24), (-34, -24)], "accent1", 4)
    pen.line([(0, -24), (-15, -66)], "accent1", 4)
    pen.line([(34, -24), (21, -68), (34, -72)], "accent1", 4)
    pen.rect(-26, -70, 22, 6, "leather-", 3)


def balloon(pen: Pen) -> None:
    pen.line([(-8, -22), (-18, -40)], "wood", 1.2)
    pen.line([(8, -22), (18, -40)], "wood", 1.2)
    outline = shapes.smooth([(0, -34), (-16, -42), (-36, -66), (-28, -96), (0, -108), (28, -96), (36, -66), (16, -42)])
    pen.path(outline, "accent1")
    for x, w, ink in ((-24, 12, "accent2"), (-6, 12, "accent3"), (12, 12, "accent2")):
        pen.path(shapes.common(outline, shapes.ellipse(x + 6, -72, w * 0.62, 46)), ink, "flat")
    pen.rect(-9, -22, 18, 16, "wood", 3)


def submarine(pen: Pen) -> None:
    pen.rect(-2, -88, 4, 26, "steel")
    pen.rect(-2, -90, 14, 5, "steel", 2)
    pen.rect(-18, -70, 34, 26, "accent1-", 6)
    pen.blob([(-68, -30), (-48, -52), (0, -58), (46, -52), (66, -32), (44, -10), (-40, -8)], "accent1")
    for x in (-26, 0, 26):
        pen.disc(x, -33, 8, "gold-")
        pen.disc(x, -33, 5.4, "lamp", "light")
    for turn in (-1, 1):
        pen.poly([(-64, -30), (-80, -30 + turn * 18), (-76, -30)], "steel")


def cart(pen: Pen) -> None:
    """A two-wheeled cart with sacks."""
    for x, y in ((-24, -54), (0, -56), (22, -53), (-10, -68), (12, -68)):
        pen.blob(
            [(x - 14, y + 12), (x - 12, y - 6), (x - 4, y - 12), (x + 4, y - 12), (x + 12, y - 6), (x + 14, y + 12)],
            "sand-",
        )
    pen.poly([(-48, -46), (46, -46), (38, -24), (-42, -24)], "wood")
    pen.line([(38, -34), (84, -44)], "wood-", 4)
    pen.ring(0, -22, 22, "wood-", 5)
    for px, py in shapes.ring_of(0, -22, 20, 8):
        pen.line([(0, -22), (px, py)], "wood-", 2.4)
