"""Outlines that pictures are made of, as Skia paths in the caller's own units."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from random import Random

import skia

Point = tuple[float, float]
Points = Sequence[Point]


def polygon(points: Points, closed: bool = True) -> skia.Path:
    path = skia.Path()
    path.addPoly([skia.Point(x, y) for x, y in points], closed)
    return path


def smooth(points: Points, closed: bool = True) -> skia.Path:
    """A soft curve through every point (centripetal enough not to overshoot at this scale)."""
    path, count = skia.Path(), len(points)
    path.moveTo(*points[0])
    for i in range(count if closed else count - 1):
        before, start, end, after = (_around(points, i + k, closed) for k in (-1, 0, 1, 2))
        path.cubicTo(
            start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6,
            end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6,
            end[0], end[1],
        )  # fmt: skip
    if closed:
        path.close()
    return path


def _around(points: Points, index: int, closed: bool) -> Point:
    count = len(points)
    return points[index % count] if closed else points[min(max(index, 0), count - 1)]


def rectangle(x: float, y: float, width: float, height: float, radius: float = 0) -> skia.Path:
    path, box = skia.Path(), skia.Rect.MakeXYWH(x, y, width, height)
    if radius:
        path.addRoundRect(box, radius, radius)
    else:
        path.addRect(box)
    return path


def ellipse(x: float, y: float, rx: float, ry: float) -> skia.Path:
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry))
    return path


def capsule(start: Point, end: Point, start_width: float, end_width: float) -> skia.Path:
    """A limb: round at both ends, tapering from one width to the other."""
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    degrees, r0, r1 = math.degrees(angle), start_width / 2, end_width / 2
    path = skia.Path()
    path.arcTo(skia.Rect.MakeLTRB(start[0] - r0, start[1] - r0, start[0] + r0, start[1] + r0), degrees + 90, 180, True)
    path.arcTo(skia.Rect.MakeLTRB(end[0] - r1, end[1] - r1, end[0] + r1, end[1] + r1), degrees - 90, 180, False)
    path.close()
    return path


def wedge(x: float, y: float, radius: float, start: float, sweep: float, inner: float = 0) -> skia.Path:
    """A slice of a disc or ring; angles in degrees, clockwise from the right."""
    path = skia.Path()
    path.arcTo(skia.Rect.MakeLTRB(x - radius, y - radius, x + radius, y + radius), start, sweep, True)
    if inner:
        path.arcTo(skia.Rect.MakeLTRB(x - inner, y - inner, x + inner, y + inner), start + sweep, -sweep, False)
    else:
        path.lineTo(x, y)
    path.close()
    return path


def star(x: float, y: float, radius: float, points: int = 5, inner: float = 0.45, turn: float = -90) -> skia.Path:
    corners = []
    for i in range(points * 2):
        reach, angle = radius * (inner if i % 2 else 1), math.radians(turn + 180 * i / points)
        corners.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return polygon(corners)


def ring_of(x: float, y: float, radius: float, count: int, turn: float = 0) -> list[Point]:
    """Points evenly round a circle."""
    angles = [math.radians(turn) + math.tau * i / count for i in range(count)]
    return [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles]


def ridge(rng: Random, left: float, right: float, base: float, height: float, roughness: float = 0.5) -> list[Point]:
    """A skyline by midpoint displacement: from left to right, heights from `base` up to about `base - height`."""
    heights, swing = [rng.uniform(0.25, 0.8), rng.uniform(0.4, 1.0), rng.uniform(0.25, 0.8)], 0.5
    while len(heights) < 130:
        middles = [(a + b) / 2 + rng.uniform(-swing, swing) * 0.5 for a, b in pairwise(heights)]
        heights = [h for pair in zip(heights, middles, strict=False) for h in pair] + [heights[-1]]
        swing *= roughness
    top = max(heights)
    step = (right - left) / (len(heights) - 1)
    return [(left + i * step, base - height * max(h, 0) / top) for i, h in enumerate(heights)]


def hills(rng: Random, left: float, right: float, base: float, height: float, waves: int = 3) -> list[Point]:
    """Rolling ground: a few sines."""
    terms = [(rng.uniform(0.6, 1) / (k + 1), (k + 1) * rng.uniform(0.7, 1.3), rng.uniform(0, 7)) for k in range(waves)]
    total, points = sum(t[0] for t in terms), []
    for i in range(61):
        share = i / 60
        swell = sum(size * math.sin(freq * share * 5 + phase) for size, freq, phase in terms) / total
        points.append((left + (right - left) * share, base - height * (0.5 + 0.5 * swell)))
    return points


def down_to(skyline: Points, bottom: float) -> skia.Path:
    """The ground below a skyline."""
    return polygon([*skyline, (skyline[-1][0], bottom), (skyline[0][0], bottom)])


def union(*paths: skia.Path) -> skia.Path:
    builder = skia.OpBuilder()
    for path in paths:
        builder.add(path, skia.PathOp.kUnion_PathOp)
    merged = builder.resolve()
    return merged if merged is not None else paths[0]


def common(one: skia.Path, other: skia.Path) -> skia.Path:
    """What both cover."""
    return _combined(one, other, skia.PathOp.kIntersect_PathOp)


def without(one: skia.Path, other: skia.Path) -> skia.Path:
    return _combined(one, other, skia.PathOp.kDifference_PathOp)


def _combined(one: skia.Path, other: skia.Path, how: skia.PathOp) -> skia.Path:
    result = skia.Op(one, other, how)
    return result if result is not None else skia.Path()


def scaled(path: skia.Path, share: float) -> skia.Path:
    """The same outline, larger or smaller about its middle."""
    bounds, result = path.getBounds(), skia.Path(path)
    matrix = skia.Matrix()
    matrix.setScale(share, share, bounds.centerX(), bounds.centerY())
    result.transform(matrix)
    return result


def arc(x: float, y: float, rx: float, ry: float, start: float, sweep: float) -> skia.Path:
    """Part of an ellipse's outline; degrees clockwise from the right."""
    path = skia.Path()
    path.addArc(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry), start, sweep)
    return path
