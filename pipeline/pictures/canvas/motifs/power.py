"""Emblems of power, law, crime and deeds."""

from __future__ import annotations

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.pen import Pen


def crown(pen: Pen) -> None:
    pen.poly([(-44, -12), (-54, -66), (-28, -42), (0, -86), (28, -42), (54, -66), (44, -12)], "gold")
    pen.rect(-45, -16, 90, 16, "gold-", 3)
    for x, y in ((-54, -68), (0, -90), (54, -68)):
        pen.disc(x, y, 6, "gold+")
    for x, ink in ((-26, "red"), (0, "blue"), (26, "green")):
        pen.disc(x, -8, 4.6, ink, "light")


def sword(pen: Pen) -> None:
    for flip in (False, True):
        blade = pen.at(0, -46, 1, 36, flip=False) if not flip else pen.at(0, -46, 1, -36)
        blade.poly([(-4.4, 26), (-4.4, -48), (0, -60), (4.4, -48), (4.4, 26)], "silver")
        blade.poly([(0, 26), (0, -60), (4.4, -48), (4.4, 26)], "silver--", "flat")
        blade.rect(-16, 25, 32, 6, "gold", 2)
        blade.rect(-3, 31, 6, 17, "leather", 2)
        blade.disc(0, 50, 5, "gold")


def shield(pen: Pen) -> None:
    outline = shapes.smooth(
        [(0, -98), (22, -90), (42, -90), (42, -52), (28, -22), (0, 0), (-28, -22), (-42, -52), (-42, -90), (-22, -90)]
    )
    pen.path(outline, "silver")
    inner = shapes.scaled(outline, 0.84)
    pen.path(inner, "accent1")
    pen.path(shapes.common(inner, shapes.rectangle(0, -110, 60, 120)), "accent1--", "flat")
    pen.path(shapes.star(0, -54, 20), "gold")


def trophy(pen: Pen) -> None:
    pen.glow(0, -60, 76, "gold", 0.5)
    for flip in (False, True):
        pen.at(0, 0, flip=flip).curve([(26, -86), (46, -84), (42, -62), (20, -54)], "gold-", 5)
    pen.blob([(-30, -96), (30, -96), (28, -64), (12, -44), (-12, -44), (-28, -64)], "gold")
    pen.rect(-4, -46, 8, 24, "gold-")
    pen.rect(-16, -26, 32, 7, "gold", 2)
    pen.rect(-24, -19, 48, 19, "wood-", 3)
    pen.path(shapes.star(0, -74, 12), "gold+++", "flat")


def flag(pen: Pen) -> None:
    pen.rect(-34, -100, 4, 100, "steel")
    pen.blob([(-30, -98), (-6, -92), (16, -100), (44, -94), (44, -56), (18, -62), (-6, -54), (-30, -60)], "accent1")
    pen.disc(-32, -102, 4, "gold")


def gavel(pen: Pen) -> None:
    pen.rect(-48, -12, 66, 12, "wood--", 3)
    pen.rect(-38, -20, 46, 9, "wood-", 3)
    head = pen.at(-6, -56, 1, -30)
    head.rect(8, -5, 70, 10, "wood", 4)
    head.rect(-16, -28, 32, 56, "wood", 4)
    for y in (-22, 16):
        head.rect(-18, y, 36, 6, "gold", 2)


def handcuffs(pen: Pen) -> None:
    for x, y in ((-28, -42), (28, -58)):
        pen.ring(x, y, 21, "silver-", 9)
        pen.ring(x, y, 21, "silver+", 3)
    for x, y in ((-4, -48), (4, -52)):
        pen.ring(x, y, 5, "steel", 3)


def fingerprint(pen: Pen) -> None:
    for i in range(7):
        rx, ry = 6 + i * 5.6, 8 + i * 6.6
        start = 150 + i * 4
        pen.outline(shapes.arc(0, -44, rx, ry, start, 360 - 2 * (start - 90) - (i % 3) * 16 + 160), "accent1", 2.8)


def footprints(pen: Pen) -> None:
    for i in range(4):
        x, y = (-18, 14)[i % 2], -12 - i * 26
        step = pen.at(x + i * 3, y, 1 - i * 0.1, 8)
        step.blob([(-7, 8), (-6, -4), (-8, -16), (0, -21), (8, -15), (6, -3), (7, 8)], "accent2", "flat", 0.75)
        step.oval(0, 15, 6, 6, "accent2", "flat", 0.75)


def dagger(pen: Pen) -> None:
    blade = pen.at(0, -46, 1, 28)
    blade.poly([(-7, -8), (0, -62), (7, -8)], "silver")
    blade.poly([(0, -62), (7, -8), (0, -8)], "silver--", "flat")
    blade.rect(-18, -8, 36, 6, "gold", 2)
    blade.rect(-4.4, -2, 8.8, 30, "leather-", 3)
    blade.disc(0, 31, 6, "red", "form")


def mask(pen: Pen) -> None:
    for x, y, turn, ink, smile in ((-20, -58, -10, "cream", 1), (24, -42, 12, "accent1", -1)):
        face = pen.at(x, y, 0.84, turn)
        face.blob([(-34, -38), (0, -32), (34, -38), (34, -4), (18, 32), (0, 42), (-18, 32), (-34, -4)], ink)
        for ex in (-14, 14):
            face.blob([(ex - 9, -8), (ex, -15 * smile - 2), (ex + 9, -8), (ex, -5)], "inkblack", "flat")
        face.blob(
            [(-16, 14 - smile * 4), (0, 18 + smile * 6), (16, 14 - smile * 4), (0, 14 + smile * 12)], "inkblack", "flat"
        )


def statue(pen: Pen) -> None:
    """A bust on a plinth."""
    pen.rect(-26, -28, 52, 28, "stone-", 2)
    pen.rect(-31, -34, 62, 8, "stone", 2)
    pen.blob([(-26, -34), (-24, -54), (-8, -62), (8, -62), (24, -54), (26, -34)], "wall+")
    pen.rect(-6, -72, 12, 14, "wall", 3, "flat")
    pen.oval(0, -80, 13, 16, "wall+")
    for x, y in ((-12, -88), (-6, -95), (2, -97), (9, -93), (13, -86)):
        pen.disc(x, y, 5.4, "wall", "flat")
    pen.blob([(-9, -72), (0, -60), (9, -72), (0, -68)], "wall", "flat")


def scroll(pen: Pen) -> None:
    pen.rect(-34, -84, 68, 70, "paper")
    for i in range(6):
        pen.line([(-24, -72 + i * 9), (24 - (i % 3) * 8, -72 + i * 9)], "brown", 1.4, 0.6)
    for y in (-92, -18):
        pen.rect(-42, y, 84, 15, "paper-", 7.5)
        for x in (-47, 41):
            pen.rect(x, y + 3, 6, 9, "wood-", 2)
    pen.disc(18, -28, 6, "red")


def quill(pen: Pen) -> None:
    feather = pen.at(6, -8, 1, 24)
    feather.blob([(0, -16), (-13, -44), (-9, -84), (6, -104), (13, -70), (10, -38)], "cloud")
    feather.curve([(-1, 4), (0, -30), (4, -96)], "cloud---", 1.8)
    pen.blob([(-34, 0), (-38, -16), (-28, -24), (-16, -24), (-6, -16), (-10, 0)], "inkblack")
    pen.rect(-29, -32, 14, 9, "steel-", 2)
