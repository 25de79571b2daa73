"""Computers, networks and screens."""

from __future__ import annotations

from itertools import pairwise

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.pen import Pen


def _code(pen: Pen, x: float, y: float, rows: int, step: float) -> None:
    for row in range(rows):
        left = x + pen.rng.choice((0, 4, 8))
        for _ in range(pen.rng.randrange(1, 4)):
            width = pen.within(5, 15)
            pen.rect(
                left,
                y + row * step,
                width,
                step * 0.42,
                pen.rng.choice(("accent1", "accent2", "accent3", "cloud-")),
                step * 0.2,
                "flat",
            )
            left += width + 3


def laptop(pen: Pen) -> None:
    pen.glow(0, -50, 72, "accent2", 0.35)
    pen.rect(-52, -84, 104, 72, "charcoal+", 6)
    pen.rect(-47, -79, 94, 61, "screen", 3, "flat")
    _code(pen, -40, -72, 7, 7.4)
    pen.poly([(-58, -12), (58, -12), (72, -2), (-72, -2)], "metal")
    pen.poly([(-72, -2), (72, -2), (69, 2), (-69, 2)], "metal--", "flat")
    pen.poly([(-14, -8), (14, -8), (16, -4), (-16, -4)], "metal-", "flat")


def monitor(pen: Pen) -> None:
    pen.glow(0, -60, 78, "accent2", 0.35)
    pen.rect(-5, -28, 10, 24, "metal-")
    pen.rect(-26, -5, 52, 5, "metal", 2)
    pen.rect(-60, -98, 120, 72, "charcoal", 5)
    pen.rect(-55, -93, 110, 62, "screen", 2, "flat")
    pen.line([(-46, -42), (-24, -58), (-8, -50), (16, -78), (44, -84)], "accent1", 3)
    for i, height in enumerate((12, 18, 15, 26, 34)):
        pen.rect(-44 + i * 19, -36 - height, 9, height, "accent2", 1, "flat", 0.8)


def phone(pen: Pen) -> None:
    pen.glow(0, -50, 66, "accent2", 0.4)
    pen.rect(-27, -98, 54, 98, "charcoal", 9)
    pen.rect(-23, -92, 46, 84, "screen", 4, "flat")
    for i in range(12):
        pen.rect(
            -18 + i % 3 * 13,
            -86 + i // 3 * 14,
            9.6,
            9.6,
            ("accent1", "accent2", "accent3", "cloud-")[pen.rng.randrange(4)],
            2.6,
            "flat",
        )
    pen.rect(-18, -24, 36, 11, "cloud-", 5, "flat", 0.4)


def server(pen: Pen) -> None:
    for x, depth in ((-34, 0.25), (34, 0.25), (0, 0.0)):
        rack = pen.at(x, 0, 1 if depth == 0 else 0.86).far(max(pen.depth, depth))
        rack.rect(-21, -98, 42, 98, "charcoal", 3)
        for i in range(8):
            y = -93 + i * 11.6
            rack.rect(-17, y, 34, 9, "iron", 1, "flat")
            for j in range(4):
                lit = rack.rng.choice(("accent1", "accent2", "green", "screen"))
                rack.disc(-12 + j * 5, y + 4.5, 1.4, lit, "light")
            rack.rect(8, y + 3.6, 7, 1.8, "steel", 0, "flat")


def chip(pen: Pen) -> None:
    pen.glow(0, -50, 72, "accent1", 0.4)
    for i in range(7):
        offset = -30 + i * 10
        pen.rect(offset - 2, -100, 4, 100, "gold", 1, "flat")
        pen.rect(-50, -52 + offset, 100, 4, "gold", 1, "flat")
    pen.rect(-40, -90, 80, 80, "charcoal", 5)
    pen.rect(-24, -74, 48, 48, "charcoal++", 3)
    for i in range(4):
        pen.line([(-18 + i * 9, -40), (-18 + i * 9, -52 - i * 3), (-10 + i * 9, -60 - i * 2)], "accent1", 1.6)
        pen.disc(-10 + i * 9, -60 - i * 2, 2.2, "accent1", "light")


def network(pen: Pen) -> None:
    nodes = [(0, -50), (-46, -78), (-54, -28), (46, -76), (54, -26), (0, -96), (4, -8), (-24, -56), (28, -50)]
    for a, b in (
        (0, 7),
        (0, 8),
        (7, 1),
        (7, 2),
        (8, 3),
        (8, 4),
        (0, 5),
        (0, 6),
        (1, 5),
        (5, 3),
        (2, 6),
        (6, 4),
        (1, 2),
        (3, 4),
    ):
        pen.line([nodes[a], nodes[b]], "accent2", 1.6, 0.6)
    for i, (x, y) in enumerate(nodes):
        radius = 11 if i == 0 else 6.6
        pen.glow(x, y, radius * 2.6, "accent1", 0.5)
        pen.disc(x, y, radius, ("accent1", "accent2", "accent3")[i % 3])


def neural(pen: Pen) -> None:
    """Layers of a neural network."""
    layers = [
        [(-54, -82 + i * 22) for i in range(4)],
        [(-10, -92 + i * 21) for i in range(5)],
        [(30, -82 + i * 22) for i in range(4)],
        [(62, -60), (62, -38)],
    ]
    for left, right in pairwise(layers):
        for a in left:
            for b in right:
                pen.line([a, b], "accent2", 0.9, 0.45)
    for i, layer in enumerate(layers):
        for x, y in layer:
            pen.disc(x, y, 6, ("accent1", "accent2", "accent3", "accent1")[i])


def cloud_computing(pen: Pen) -> None:
    pen.path(
        shapes.union(
            shapes.rectangle(-50, -74, 100, 30, 15),
            shapes.ellipse(-24, -78, 20, 20),
            shapes.ellipse(8, -88, 26, 26),
            shapes.ellipse(34, -72, 17, 17),
        ),
        "cloud",
    )
    for x in (-28, 0, 28):
        pen.line([(x, -42), (x, -22)], "accent1", 2)
        pen.rect(x - 9, -22, 18, 18, "accent2", 3)
        pen.disc(x, -13, 3, "white", "light")


def antenna(pen: Pen) -> None:
    pen.line([(-20, 0), (0, -76), (20, 0)], "steel", 3)
    for y, half in ((-20, 15), (-40, 9.6), (-58, 5)):
        pen.line([(-half, y), (half, y)], "steel", 2)
        pen.line([(-half, y), (half * 0.7, y - 18)], "steel", 1.4)
    pen.disc(0, -80, 4, "red", "light")
    for radius in (14, 24, 34):
        for start in (-40, 140):
            pen.outline(shapes.arc(0, -80, radius, radius, start, 80), "accent1", 2.6)


def gamepad(pen: Pen) -> None:
    pen.blob(
        [
            (-58, -14),
            (-50, -52),
            (-30, -64),
            (30, -64),
            (50, -52),
            (58, -14),
            (44, -8),
            (24, -28),
            (-24, -28),
            (-44, -8),
        ],
        "accent1",
    )
    pen.rect(-40, -50, 20, 6.6, "charcoal", 2, "flat")
    pen.rect(-33.3, -57, 6.6, 20, "charcoal", 2, "flat")
    for x, y, ink in ((24, -46, "red"), (40, -46, "green"), (32, -54, "yellow"), (32, -38, "blue")):
        pen.disc(x, y, 4, ink, "flat")


def play_button(pen: Pen) -> None:
    pen.rect(-58, -88, 116, 78, "red", 20)
    pen.poly([(-16, -70), (26, -49), (-16, -28)], "white", "flat")
