"""What is seen in the sky and beyond it."""

from __future__ import annotations

import math

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.pen import Pen


def sun(pen: Pen) -> None:
    pen.glow(0, -50, 95, "glow", 0.7)
    for i in range(16):
        angle = math.tau * i / 16
        reach = 47 if i % 2 else 41
        tip = (math.cos(angle) * reach, -50 + math.sin(angle) * reach)
        feet = [(math.cos(angle + s * 0.13) * 31, -50 + math.sin(angle + s * 0.13) * 31) for s in (-1, 1)]
        pen.poly([feet[0], tip, feet[1]], "yellow", "light")
    pen.disc(0, -50, 27, "yellow+", "light")


def moon(pen: Pen) -> None:
    pen.glow(0, -50, 80, "moon", 0.5)
    pen.disc(0, -50, 40, "moon")
    for x, y, r in ((-14, -62, 8), (12, -44, 10), (-8, -34, 5), (16, -68, 5), (-24, -44, 4)):
        pen.disc(x, y, r, "moon--", "flat", 0.55)


def crescent(pen: Pen) -> None:
    pen.glow(0, -50, 80, "moon", 0.5)
    outer, inner = shapes.ellipse(0, -50, 40, 40), shapes.ellipse(17, -58, 34, 34)
    pen.path(shapes.without(outer, inner), "moon+")


def cloud(pen: Pen) -> None:
    pen.path(cloud_outline(pen), "cloud", "form")


def cloud_outline(pen: Pen) -> object:
    parts = [shapes.rectangle(-52, -32, 104, 30, 15)]
    for x, y, r in ((-30, -34, 19), (-4, -48, 27), (27, -38, 21)):
        parts.append(shapes.ellipse(x + pen.within(-3, 3), y + pen.within(-2, 2), r, r))
    return shapes.union(*parts)


def storm(pen: Pen) -> None:
    """A thunder cloud with lightning and rain."""
    for x in pen.scattered(13, -48, 48):
        pen.line([(x, -36), (x - 8, -4 + pen.within(-10, 6))], "water+", 1, 0.6)
    pen.glow(2, -36, 60, "yellow", 0.55)
    pen.poly([(4, -56), (-14, -26), (-2, -26), (-10, 2), (16, -34), (4, -34), (14, -56)], "yellow", "light")
    pen.at(10, -60, 0.9).path(cloud_outline(pen), "storm-")
    pen.at(-6, -50).path(cloud_outline(pen), "storm")


def rain(pen: Pen) -> None:
    for x in pen.scattered(12, -44, 44):
        top = pen.within(-46, -34)
        pen.blob([(x, top), (x + 2.6, top + 9), (x, top + 13), (x - 2.6, top + 9)], "water+", "flat")
        pen.blob([(x + 4, top + 22), (x + 6.4, top + 31), (x + 4, top + 34), (x + 1.6, top + 31)], "water", "flat")
    pen.at(0, -48).path(cloud_outline(pen), "storm+")


def snowflake(pen: Pen) -> None:
    for i in range(6):
        arm = pen.at(0, -50, 1, 60 * i)
        arm.line([(0, 0), (0, -44)], "ice", 3.4)
        for y, reach in ((-16, 8), (-27, 11), (-37, 7)):
            arm.line([(-reach, y - reach * 0.7), (0, y), (reach, y - reach * 0.7)], "ice", 2.6)
    pen.disc(0, -50, 5, "snow")


def star(pen: Pen) -> None:
    pen.glow(0, -50, 90, "glow", 0.6)
    pen.path(shapes.star(0, -50, 46), "gold+", "form")


def comet(pen: Pen) -> None:
    head = (34, -24)
    for i, ink in enumerate(("glow", "glow", "white")):
        width = 15 - 4.5 * i
        pen.poly(
            [
                (head[0] - width, head[1] + width * 0.4),
                (-70 + i * 12, -96 + i * 9),
                (head[0] + width * 0.4, head[1] - width),
            ],
            ink,
            "flat",
            0.2 + 0.14 * i,
        )
    pen.glow(*head, 46, "glow", 0.9)
    pen.disc(*head, 11, "white", "light")


def planet(pen: Pen) -> None:
    """A banded giant with rings."""
    pen.glow(0, -50, 84, "glow", 0.3)
    tilted = pen.at(0, -50, 1, -18)
    ring = shapes.without(shapes.ellipse(0, 0, 66, 17), shapes.ellipse(0, 0, 46, 10))
    tilted.path(ring, "sand", "flat", 0.95)
    pen.disc(0, -50, 36, "planet")
    clip = shapes.ellipse(0, 0, 36, 36)
    for y, h, ink in ((-22, 7, "planet+"), (-8, 5, "planet-"), (5, 9, "planet+"), (20, 6, "planet-")):
        tilted.path(shapes.common(clip, shapes.rectangle(-40, y, 80, h)), ink, "flat", 0.6)
    front = shapes.common(ring, shapes.rectangle(-80, 1.5, 160, 40))
    tilted.path(front, "sand+", "flat")


def earth(pen: Pen) -> None:
    pen.glow(0, -50, 86, "water+", 0.5)
    pen.disc(0, -50, 44, "water")
    globe = shapes.ellipse(0, -50, 44, 44)
    lands = (
        [(-40, -70), (-28, -82), (-8, -84), (-4, -74), (-14, -66), (-12, -56), (-22, -50), (-26, -60), (-38, -58)],
        [(-16, -48), (-4, -46), (4, -36), (-2, -24), (-8, -10), (-14, -14), (-16, -30), (-22, -38)],
        [(10, -84), (26, -80), (42, -66), (40, -52), (30, -54), (24, -44), (16, -54), (6, -62), (12, -72)],
        [(22, -38), (36, -40), (38, -28), (28, -18), (20, -26)],
    )
    for land in lands:
        pen.path(shapes.common(globe, shapes.smooth(land)), "leaf+", "flat")
    for y, x, w in ((-66, -20, 34), (-42, 6, 40), (-26, -26, 26)):
        pen.path(shapes.common(globe, shapes.rectangle(x, y, w, 4, 2)), "white", "flat", 0.7)


def galaxy(pen: Pen) -> None:
    pen.glow(0, -50, 80, "glow", 0.7)
    tilted = pen.at(0, -50, 1, -24).stretched(1, 0.52)
    for arm in range(2):
        for step in range(90):
            angle, reach = step * 0.075 + math.pi * arm, 4 + step * 0.68
            x, y = reach * math.cos(angle), reach * math.sin(angle)
            wander = reach * 0.13
            ink = ("white", "glow", "accent2", "accent3")[pen.rng.randrange(4)]
            tilted.disc(
                x + pen.within(-wander, wander),
                y + pen.within(-wander, wander),
                pen.within(0.5, 2.4),
                ink,
                "light",
                0.9,
            )
    pen.disc(0, -50, 7, "white", "light")


def black_hole(pen: Pen) -> None:
    pen.glow(0, -50, 92, "glow", 0.7)
    for i, (rx, ry, ink) in enumerate(((84, 17, "ember"), (72, 13, "fire"), (58, 9, "flame"))):
        pen.at(0, -50, 1, -10).oval(0, 0, rx, ry, ink, "light", 0.5 + 0.2 * i)
    pen.ring(0, -50, 33, "flame", 4)
    pen.disc(0, -50, 30, "black", "flat")
    band = shapes.without(shapes.ellipse(0, 4, 70, 12), shapes.ellipse(0, 0, 70, 11))
    pen.at(0, -50, 1, -10).path(band, "flame", "light")


def rocket(pen: Pen) -> None:
    pen.glow(0, 0, 60, "fire", 0.8)
    for ink, size in (("ember", 1.0), ("fire", 0.7), ("flame", 0.4)):
        pen.blob([(-9 * size, -22), (-11 * size, -12), (0, 14 * size), (11 * size, -12), (9 * size, -22)], ink, "light")
    for flip in (False, True):
        pen.at(0, 0, flip=flip).poly([(10, -46), (27, -22), (25, -12), (11, -22)], "accent1")
    pen.blob([(-10, -20), (-16, -48), (-12, -78), (0, -104), (12, -78), (16, -48), (10, -20)], "cloud")
    nose = shapes.common(
        shapes.smooth([(-10, -20), (-16, -48), (-12, -78), (0, -104), (12, -78), (16, -48), (10, -20)]),
        shapes.rectangle(-30, -110, 60, 28),
    )
    pen.path(nose, "accent1")
    pen.disc(0, -62, 8, "steel-")
    pen.disc(0, -62, 5.6, "glass")
    pen.poly([(-2.5, -40), (2.5, -40), (2, -12), (-2, -12)], "accent1-", "flat")


def satellite(pen: Pen) -> None:
    body = pen.at(0, -50, 1, -28)
    for x in (-62, 20):
        body.rect(x, -13, 42, 26, "blue-", 1)
        for i in range(1, 4):
            body.line([(x + i * 10.5, -13), (x + i * 10.5, 13)], "silver", 1)
        body.line([(x, 0), (x + 42, 0)], "silver", 1)
    body.rect(-20, -2, 40, 4, "steel")
    body.rect(-13, -19, 26, 38, "gold", 3)
    body.oval(0, 24, 15, 6, "silver")
    body.line([(0, 22), (0, 36)], "silver", 1.6)
    body.disc(0, 37, 2.6, "accent1", "light")


def ufo(pen: Pen) -> None:
    pen.poly([(-16, -54), (16, -54), (44, 0), (-44, 0)], "green+", "glass", 0.28)
    pen.blob([(-22, -66), (-14, -88), (0, -94), (14, -88), (22, -66)], "glass")
    pen.blob([(-54, -60), (-26, -70), (0, -72), (26, -70), (54, -60), (26, -50), (0, -48), (-26, -50)], "metal")
    for x in (-34, -17, 0, 17, 34):
        pen.disc(x, -58, 3, "yellow", "light")


def meteor(pen: Pen) -> None:
    for i, ink in enumerate(("ember", "fire", "flame")):
        pen.poly(
            [(-4 - i, -34 + i), (58 - i * 12, -100 + i * 12), (26 - i * 3, -14 - i * 2)], ink, "light", 0.4 + i * 0.12
        )
    pen.glow(-2, -22, 56, "fire", 0.8)
    ring = shapes.ring_of(0, -22, 24, 10)
    pen.blob([(x + pen.within(-3, 3), y + pen.within(-3, 3)) for x, y in ring], "rock")
    for x, y, r in ((-8, -28, 5), (8, -18, 6), (-4, -10, 3.4)):
        pen.disc(x, y, r, "rock-", "flat")


def telescope(pen: Pen) -> None:
    for x in (-26, 26, 4):
        pen.line([(0, -44), (x, 0)], "wood-", 4)
    tube = pen.at(0, -50, 1, -32)
    tube.rect(-42, -7, 34, 14, "steel-", 2)
    tube.rect(-10, -10, 54, 20, "accent1", 2)
    tube.rect(40, -12.5, 12, 25, "gold", 2)
    tube.oval(52, 0, 3, 11, "glass", "light")
    pen.disc(0, -46, 5, "steel")
