"""Money, trade and measures."""

from __future__ import annotations

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.pen import Pen


def coin(pen: Pen) -> None:
    pen.disc(0, -50, 46, "gold-")
    pen.disc(0, -50, 40, "gold")
    pen.ring(0, -50, 34, "gold-", 2)
    dollar(pen.at(0, -50), "gold---")


def dollar(pen: Pen, ink: str) -> None:
    pen.curve(
        [(13, -12), (6, -19), (-6, -19), (-13, -12), (-8, -3), (8, 3), (13, 12), (6, 19), (-6, 19), (-13, 12)], ink, 5
    )
    pen.line([(0, -27), (0, 27)], ink, 4)


def coins(pen: Pen) -> None:
    """Growing stacks."""
    for x, count in ((-40, 3), (-13, 6), (14, 9), (41, 13)):
        for i in range(count):
            y = -4 - i * 6.4
            pen.path(
                shapes.union(shapes.rectangle(x - 12, y - 3, 24, 5), shapes.ellipse(x, y + 2, 12, 3.4)),
                "gold-" if i % 2 else "gold",
            )
            pen.oval(x, y - 3, 12, 3.4, "gold+", "flat")


def banknotes(pen: Pen) -> None:
    for y, turn in ((-22, -4), (-36, 3), (-50, -7)):
        note = pen.at(0, y, 1, turn)
        note.rect(-52, -24, 104, 46, "green", 3)
        note.rect(-47, -19, 94, 36, "green+", 2, "flat")
        note.disc(0, -1, 13, "green-", "flat")
        dollar(note.at(0, -1, 0.42), "green+++")
        for x in (-38, 38):
            note.disc(x, -1, 5, "green", "flat")


def piggy_bank(pen: Pen) -> None:
    for x in (-24, -10, 12, 26):
        pen.rect(x - 5, -16, 10, 16, "pink-", 3)
    pen.blob([(-46, -44), (-34, -70), (0, -78), (34, -68), (46, -44), (34, -18), (0, -10), (-34, -18)], "pink")
    pen.rect(40, -54, 14, 20, "pink-", 6)
    pen.blob([(18, -70), (22, -88), (34, -72)], "pink-")
    pen.disc(32, -52, 2.4, "inkblack", "flat")
    pen.rect(-12, -79, 24, 4, "inkblack", 2, "flat")
    pen.disc(0, -96, 12, "gold")
    pen.curve([(-45, -46), (-56, -52), (-54, -42)], "pink-", 3)


def bar_chart(pen: Pen) -> None:
    for i, height in enumerate((26, 42, 36, 60, 78)):
        pen.rect(-46 + i * 19.4, -height, 14, height, ("accent2", "accent2", "accent2", "accent2", "accent1")[i], 2)
    pen.line([(-52, 0), (54, 0)], "text", 2.4, 0.8)
    pen.curve([(-42, -38), (-20, -54), (0, -50), (20, -74), (36, -94)], "accent3", 3.4)
    pen.poly([(38, -102), (42, -88), (30, -92)], "accent3", "flat")


def line_chart(pen: Pen) -> None:
    for y in (-20, -44, -68):
        pen.line([(-58, y), (58, y)], "text", 0.8, 0.3)
    points = [(-56, -14), (-36, -30), (-18, -22), (4, -52), (22, -44), (52, -88)]
    pen.poly([*points, (52, 0), (-56, 0)], "accent1", "glass", 0.35)
    pen.line(points, "accent1", 4)
    for x, y in points:
        pen.disc(x, y, 3.4, "accent1+", "flat")
    pen.line([(-58, -96), (-58, 0), (60, 0)], "text", 2.2, 0.8)


def falling_chart(pen: Pen) -> None:
    points = [(-56, -88), (-36, -70), (-22, -78), (-2, -44), (14, -52), (48, -10)]
    pen.poly([*points, (48, 0), (-56, 0)], "red", "glass", 0.3)
    pen.line(points, "red", 5)
    pen.poly([(56, -1), (52, -20), (38, -10)], "red", "flat")
    pen.line([(-60, -98), (-60, 0), (62, 0)], "text", 2.2, 0.8)


def pie_chart(pen: Pen) -> None:
    for start, sweep, ink, out in ((-90, 150, "accent1", 3), (60, 110, "accent2", 0), (170, 100, "accent3", 0)):
        pen.path(shapes.wedge(out, -50 - out * 0.4, 44, start, sweep), ink)


def scales(pen: Pen) -> None:
    pen.rect(-24, -7, 48, 7, "gold-", 2)
    pen.rect(-3, -90, 6, 84, "gold")
    pen.disc(0, -92, 5.4, "gold+")
    pen.curve([(-46, -74), (-20, -84), (0, -86), (20, -84), (46, -78)], "gold", 4)
    for x, y in ((-46, -74), (46, -78)):
        pen.line([(x, y), (x - 18, y + 34)], "gold-", 1.4)
        pen.line([(x, y), (x + 18, y + 34)], "gold-", 1.4)
        pen.path(shapes.common(shapes.ellipse(x, y + 34, 22, 14), shapes.rectangle(x - 30, y + 34, 60, 30)), "gold")


def safe(pen: Pen) -> None:
    for x in (-34, 24):
        pen.rect(x, -6, 12, 8, "charcoal")
    pen.rect(-46, -90, 92, 86, "steel-", 6)
    pen.rect(-37, -81, 74, 68, "steel", 4)
    pen.disc(0, -47, 19, "silver")
    for px, py in shapes.ring_of(0, -47, 15, 12):
        pen.disc(px, py, 1.3, "charcoal", "flat")
    for turn in (20, 80, 140):
        pen.at(0, -47, 1, turn).rect(-12, -1.6, 24, 3.2, "charcoal", 1.6, "flat")


def diamond(pen: Pen) -> None:
    pen.glow(0, -50, 70, "ice", 0.5)
    top, girdle = [(-24, -84), (-8, -84), (8, -84), (24, -84)], [(-44, -60), (-16, -60), (16, -60), (44, -60)]
    facets = (
        ([(-24, -84), (-44, -60), (-16, -60)], 0),
        ([(-24, -84), (-16, -60), (0, -84)], 2),
        ([(0, -84), (-16, -60), (16, -60)], 1),
        ([(0, -84), (16, -60), (24, -84)], 3),
        ([(24, -84), (16, -60), (44, -60)], 1),
        ([girdle[0], girdle[1], (0, -6)], 1),
        ([girdle[1], girdle[2], (0, -6)], 3),
        ([girdle[2], girdle[3], (0, -6)], 0),
    )
    for points, tone in facets:
        pen.poly(points, ("ice-", "ice", "ice+", "white")[tone], "flat")
    pen.outline(shapes.polygon([*top, (44, -60), (0, -6), (-44, -60)]), "white", 1.2, 0.8)


def briefcase(pen: Pen) -> None:
    pen.outline(shapes.rectangle(-16, -80, 32, 20, 5), "leather-", 5)
    pen.rect(-50, -66, 100, 66, "leather", 7)
    pen.rect(-50, -40, 100, 5, "leather--", 0, "flat")
    for x in (-28, 18):
        pen.rect(x, -45, 10, 13, "gold", 2)


def card(pen: Pen) -> None:
    tilted = pen.at(0, -50, 1, -12)
    tilted.rect(-56, -35, 112, 70, "accent2", 8)
    tilted.rect(-44, -16, 22, 17, "gold", 3)
    for x in (-44, -18, 8, 34):
        tilted.rect(x, 10, 18, 4, "white", 2, "flat", 0.85)
    for x, ink in ((30, "red"), (42, "orange")):
        tilted.disc(x, -19, 9, ink, "flat", 0.9)


def shop_basket(pen: Pen) -> None:
    pen.line([(-56, -82), (-42, -82), (-28, -24), (38, -24)], "steel", 4.4)
    pen.poly([(-40, -72), (52, -72), (40, -34), (-30, -34)], "accent1")
    for x in (-20, 0, 20):
        pen.line([(x, -72), (x * 0.9, -34)], "accent1--", 1.6)
    for x in (-20, 30):
        pen.disc(x, -10, 8, "charcoal")
        pen.disc(x, -10, 3, "silver", "flat")


def crate(pen: Pen) -> None:
    """Boxes of goods."""
    for x, y, size, ink in ((-24, 0, 46, "wood"), (26, 0, 40, "wood+"), (-2, -46, 38, "wood")):
        pen.rect(x - size / 2, y - size, size, size, ink, 1)
        for edge in (y - size + 3, y - 7):
            pen.rect(x - size / 2, edge, size, 4.4, ink + "-", 0, "flat")
        pen.line([(x - size / 2 + 4, y - 8), (x + size / 2 - 4, y - size + 8)], ink + "--", 3)
