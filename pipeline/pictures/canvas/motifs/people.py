"""People: one jointed figure in many poses, without faces, so that they are anybody."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.pen import Pen
from pipeline.pictures.canvas.shapes import Point

Angles = tuple[float, float]

SKINS, HAIRS = ("skin", "skin2", "skin3"), ("hair", "hair2", "hair", "hair3")


@dataclass(frozen=True)
class Pose:
    """Upper and lower angle of each limb in degrees from hanging down; positive is forward, to the right."""

    front_arm: Angles = (14, 22)
    back_arm: Angles = (-12, -2)
    front_leg: Angles = (5, 2)
    back_leg: Angles = (-6, -4)
    lean: float = 0


@dataclass(frozen=True)
class Outfit:
    top: str = "accent1"
    bottom: str = "deep+"
    skin: str = "skin"
    hair: str = "hair"
    cut: str = "short"
    long: bool = False


STANDING = Pose()
WALKING = Pose((38, 58), (-34, -14), (26, 10), (-24, -46), 3)
RUNNING = Pose((-40, 40), (48, 118), (58, 2), (-34, -92), 13)
POINTING = Pose((98, 96), (-14, 6), (6, 3), (-8, -5))
CHEERING = Pose((152, 166), (-150, -166), (9, 5), (-10, -6))
THINKING = Pose((26, 138), (24, 62), (5, 2), (-6, -4))
READING = Pose((28, 96), (22, 92), (5, 2), (-6, -4), 3)
WORKING = Pose((46, 88), (38, 76), (8, 2), (-10, -6), 9)


def _reach(start: Point, length: float, degrees: float) -> Point:
    angle = math.radians(degrees)
    return start[0] + length * math.sin(angle), start[1] + length * math.cos(angle)


def _limb(start: Point, angles: Angles, lengths: tuple[float, float]) -> list[Point]:
    joint = _reach(start, lengths[0], angles[0])
    return [start, joint, _reach(joint, lengths[1], angles[1])]


def figure(pen: Pen, pose: Pose = STANDING, outfit: Outfit | None = None) -> None:
    """A whole person, 100 units tall."""
    wear = outfit or any_outfit(pen)
    body = pen.at(0, -50, 1, pose.lean).at(0, 50)
    _arm(body, (-5.5, -76), pose.back_arm, wear, wear.top + "--")
    _leg(pen, (-3.4, -48), pose.back_leg, wear.bottom + "-")
    _leg(pen, (3.4, -48), pose.front_leg, wear.bottom)
    hem = -24 if wear.long else -44
    flare = 13.5 if wear.long else 8
    torso = [(-9, -78), (-4, -81.5), (4, -81.5), (9, -78), (8.6, -62), (flare, hem), (-flare, hem), (-8.6, -62)]
    body.path(shapes.smooth(torso), wear.top)
    _head(body, wear)
    _arm(body, (6.2, -76), pose.front_arm, wear, wear.top + "+")


def any_outfit(pen: Pen) -> Outfit:
    top = pen.rng.choice(("accent1", "accent2", "accent3", "cloud-"))
    bottom = pen.rng.choice(("deep+", "steel-", "brown", "charcoal"))
    cut = pen.rng.choice(("short", "long", "bun", "short", "curly"))
    return Outfit(
        top,
        bottom,
        pen.rng.choice(SKINS),
        pen.rng.choice(HAIRS),
        cut,
        cut in ("long", "bun") and pen.rng.random() < 0.4,
    )


def _leg(pen: Pen, hip: Point, angles: Angles, ink: str) -> None:
    points = _limb(hip, angles, (23, 23))
    pen.limb(points, (9.5, 7, 5), ink)
    foot = pen.at(*points[2], 1, -angles[1] * 0.5)
    foot.blob([(-3, -1.5), (1, -2.5), (8, 1), (8.4, 3), (-3, 3)], "charcoal", "flat")


def _arm(pen: Pen, shoulder: Point, angles: Angles, wear: Outfit, ink: str) -> None:
    points = _limb(shoulder, angles, (17, 15))
    pen.limb(points, (6.6, 5.4, 4.4), ink)
    pen.disc(*_reach(points[2], 1.8, angles[1]), 3, wear.skin, "flat")


def _head(pen: Pen, wear: Outfit) -> None:
    if wear.cut == "long":
        pen.blob([(-8, -94), (0, -101), (8, -94), (9, -80), (6, -72), (-7, -72), (-9, -80)], wear.hair)
    if wear.cut == "bun":
        pen.disc(-6, -101, 4, wear.hair)
    pen.rect(-2.6, -86, 5.2, 8, wear.skin + "-", 1.5, "flat")
    pen.oval(0, -91, 6.6, 7.6, wear.skin)
    if wear.cut == "curly":
        for x, y in ((-6, -95), (-3, -99), (2, -100), (6, -96), (-7, -91)):
            pen.disc(x, y, 3.8, wear.hair, "flat")
    elif wear.cut != "bald":
        pen.blob([(-7.4, -89), (-7, -97), (0, -101), (6.6, -98), (7, -93.5), (2, -95.5), (-4, -94)], wear.hair)


def person(pen: Pen) -> None:
    figure(pen)


def walker(pen: Pen) -> None:
    figure(pen, WALKING)


def runner(pen: Pen) -> None:
    figure(pen, RUNNING)


def presenter(pen: Pen) -> None:
    figure(pen, POINTING)


def winner(pen: Pen) -> None:
    figure(pen, CHEERING)


def thinker(pen: Pen) -> None:
    """Somebody wondering, a question above."""
    figure(pen, THINKING)
    for x, y, r in ((13, -104, 1.6), (18, -110, 2.6)):
        pen.disc(x, y, r, "cloud", "flat")


def reader(pen: Pen) -> None:
    figure(pen, READING)
    book = pen.at(22, -68, 1, -14)
    book.poly([(0, 0), (-13, -4), (-13, -19), (0, -15)], "accent2")
    book.poly([(0, 0), (11, -5), (11, -20), (0, -15)], "paper")


def farmer(pen: Pen) -> None:
    figure(pen, WORKING, Outfit("accent2", "brown", pen.rng.choice(SKINS), "hair", "short"))
    body = pen.at(0, -50, 1, 9).at(0, 50)
    body.oval(0, -97, 15, 3.4, "gold")
    body.blob([(-7, -97), (-5, -104), (5, -104), (7, -97)], "gold")
    pen.line([(34, -70), (16, 0)], "wood", 2.4)


def scientist(pen: Pen) -> None:
    figure(pen, WORKING, Outfit("cloud", "steel", pen.rng.choice(SKINS), pen.rng.choice(HAIRS), "short", True))
    flask = pen.at(35, -66, 0.28)
    flask.poly(
        [(-9, -100), (9, -100), (9, -62), (36, -8), (30, 0), (-30, 0), (-36, -8), (-9, -62)], "glass", "glass", 0.7
    )
    flask.poly([(-24, -34), (24, -34), (36, -8), (30, 0), (-30, 0), (-36, -8)], "accent1", "flat")


def doctor(pen: Pen) -> None:
    figure(pen, STANDING, Outfit("cloud", "teal", pen.rng.choice(SKINS), pen.rng.choice(HAIRS), "short", True))
    pen.curve([(-4, -80), (-5, -68), (0, -62), (5, -68), (4, -80)], "charcoal", 1.4)
    pen.disc(0, -60, 2.2, "silver")


def king(pen: Pen) -> None:
    pen.blob([(-10, -80), (10, -80), (26, 0), (-26, 0)], "red-")
    figure(pen, STANDING, Outfit("purple", "deep+", pen.rng.choice(SKINS), "hair3", "long", True))
    pen.poly([(-8, -97), (-9, -110), (-4, -103), (0, -112), (4, -103), (9, -110), (8, -97)], "gold")
    pen.line([(22, -62), (22, 0)], "gold-", 2.4)
    pen.disc(22, -66, 4.4, "gold")


def soldier(pen: Pen) -> None:
    """A warrior with shield and spear."""
    pen.line([(22, -112), (22, 0)], "wood-", 2.2)
    pen.poly([(22, -124), (26, -112), (22, -108), (18, -112)], "silver")
    figure(pen, Pose((34, 60), (-10, -4), (12, 6), (-14, -8)), Outfit("red-", "brown", "skin2", "hair", "bald", True))
    pen.blob([(-9, -88), (-9, -98), (0, -103), (9, -98), (9, -90), (0, -95)], "gold")
    pen.blob([(-3, -102), (-12, -108), (-12, -96), (-8, -98)], "red")
    pen.disc(-9, -54, 16, "copper")
    pen.disc(-9, -54, 5, "gold")


def detective(pen: Pen) -> None:
    wear = Outfit("wood-", "charcoal", pen.rng.choice(SKINS), "hair", "short", True)
    figure(pen, Pose((58, 84), (-12, 14), (8, 3), (-9, -5)), wear)
    pen.oval(0, -97, 13, 2.8, "wood--")
    pen.blob([(-8, -97), (-7, -106), (0, -107.5), (7, -106), (8, -97)], "wood--")
    pen.ring(39, -72, 8, "gold", 2.2)
    pen.disc(39, -72, 7, "glass", "glass", 0.5)
    pen.line([(33, -67), (28, -61)], "wood", 3)


def astronaut(pen: Pen) -> None:
    pen.rect(-14, -80, 18, 32, "metal", 4)
    figure(
        pen, Pose((54, 84), (-44, -22), (20, 4), (-18, -26), 4), Outfit("cloud", "cloud-", "cloud-", "cloud", "bald")
    )
    body = pen.at(0, -50, 1, 4).at(0, 50)
    body.disc(0, -91, 12.5, "cloud")
    body.oval(3, -91, 8.6, 8, "screen")
    body.oval(5.4, -94, 3.4, 2.2, "glass", "light", 0.8)
    body.rect(-4, -72, 8, 6, "accent1", 1)


def ghost(pen: Pen) -> None:
    pen.glow(0, -56, 84, "ice", 0.45)
    outline = [
        (-30, -2),
        (-34, -50),
        (-22, -88),
        (0, -98),
        (22, -88),
        (34, -50),
        (30, -2),
        (20, -12),
        (10, 0),
        (0, -10),
        (-10, 0),
        (-20, -12),
    ]
    pen.blob(outline, "snow", "form", 0.93)
    for x in (-10, 10):
        pen.oval(x, -68, 4.4, 6.6, "inkblack", "flat")
    pen.oval(0, -50, 5, 7, "inkblack", "flat")


def crowd(pen: Pen) -> None:
    """Heads and shoulders in rows."""
    for row, (y, size) in enumerate(((-46, 0.5), (-24, 0.62), (0, 0.76))):
        for x in pen.scattered(7 - row, -96, 96):
            wear = any_outfit(pen)
            bust = pen.at(x, y, size).far(max(pen.depth, 0.3 - 0.12 * row))
            bust.blob([(-19, 8), (-17, -26), (-7, -35), (7, -35), (17, -26), (19, 8)], wear.top)
            bust.at(0, 41).rect(-2.6, -86, 5.2, 12, wear.skin + "-", 1, "flat")
            _head(bust.at(0, 72, 1.25), wear)


def group(pen: Pen) -> None:
    for x, size, pose in ((-34, 0.9, STANDING), (34, 0.94, WALKING), (0, 1.0, POINTING)):
        figure(pen.at(x, 0, size), pose)


def family(pen: Pen) -> None:
    figure(pen.at(-22, 0, 0.98))
    figure(pen.at(22, 0, 0.92, flip=True))
    figure(pen.at(0, 0, 0.58))


def handshake(pen: Pen) -> None:
    for flip, sleeve, skin in ((False, "accent1", "skin"), (True, "accent2", "skin3")):
        side = pen.at(0, -50, 1, flip=flip)
        side.poly([(-100, -14), (-44, -13), (-44, 15), (-100, 18)], sleeve)
        side.rect(-48, -15, 8, 32, "white", 2)
        side.blob([(-42, -11), (-20, -14), (2, -10), (18, -2), (16, 8), (2, 12), (-20, 14), (-42, 13)], skin)
    for i in range(4):
        pen.at(-2 + i * 1.5, -54 + i * 6, 1, 12).rect(-10, -2.6, 20, 5.4, "skin-", 2.7)


def open_hand(pen: Pen) -> None:
    """A palm held up, as if to give or to stop."""
    pen.poly([(-22, 6), (22, 6), (19, -22), (-19, -22)], "accent1")
    for x, top, turn in ((-16, -72, -9), (-5.5, -84, -3), (6, -82, 4), (16.5, -68, 11)):
        pen.at(x, -46, 1, turn).rect(-5.2, top + 46, 10.4, -top - 40, "skin", 5.2)
    pen.at(23, -34, 1, 46).rect(-5.6, -34, 11.2, 38, "skin", 5.6)
    pen.blob([(-22, -56), (0, -60), (21, -54), (22, -34), (14, -18), (-14, -18), (-23, -36)], "skin")


def head_profile(pen: Pen) -> None:
    """A head in profile, with what goes on inside it left to the light."""
    outline = [
        (-24, 0), (-22, -20), (-34, -42), (-36, -66), (-22, -90), (4, -98), (28, -88), (36, -68), (36, -60), (45, -45),
        (44, -42), (37, -40), (38, -34), (35, -31), (37, -26), (34, -18), (22, -15), (14, -14), (14, 0),
    ]  # fmt: skip
    pen.blob(outline, "accent1-")
    pen.glow(-2, -64, 44, "glow", 0.9)
    for x, y, r, ink in ((-6, -66, 15, "accent2"), (12, -58, 10, "accent3")):
        gear(pen.at(x, y), r, ink)


def gear(pen: Pen, radius: float, ink: str, teeth: int = 10) -> None:
    points = []
    for i in range(teeth):
        for share, reach in ((-0.32, 0.8), (-0.2, 1.0), (0.2, 1.0), (0.32, 0.8)):
            angle = math.tau * (i + share) / teeth
            points.append((radius * reach * math.cos(angle), radius * reach * math.sin(angle)))
    pen.path(shapes.without(shapes.polygon(points), shapes.ellipse(0, 0, radius * 0.34, radius * 0.34)), ink)
