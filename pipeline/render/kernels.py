"""The loops over pixels. Compiled, without the interpreter's lock, on one plane of bytes at a time.

Horizontal resampling looks like a gather, which no compiler vectorises well. While the step between two samples
stays within an eighth of one pixel, sixteen neighbours need at most four taps each from one common start, and that
is plain multiply-add over contiguous bytes: seven times faster than a loop with two loads at computed places.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numba
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]

BLOCK: Final = 16
TAPS: Final = 4
MAX_STEP_OFFSET: Final = (TAPS - 2) / BLOCK
"""How far from 1 a step may be."""

_U = np.uint64
_I = np.int32
_W = np.uint16


def compiled(function: Callable[..., Any]) -> Any:
    """To machine code that is kept beside the source, or in the user's cache where that cannot be written."""
    how = {"nogil": True, "fastmath": True, "boundscheck": False, "error_model": "numpy"}
    try:
        return numba.njit(cache=True, **how)(function)
    except RuntimeError:  # neither can be written: every process compiles for itself
        return numba.njit(**how)(function)


@dataclass(frozen=True, eq=False)
class Sampling:
    """Where the samples of one axis lie in the source: blocks of neighbours, each with a start and four weights."""

    low: int
    span: int
    starts: NDArray[np.uint64]
    bases: NDArray[np.uint64]
    weights: NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Rows:
    """For every output row, the source row above it and how far (in 128ths) the one below counts."""

    index: NDArray[np.int64]
    weight: NDArray[np.int32]


def positions(count: int, origin: float, step: float, size: int) -> NDArray[np.float64]:
    """Sample positions in pixels, centres at whole numbers, held inside the source."""
    places = origin + (np.arange(count) + 0.5) * step - 0.5
    return np.clip(places, 0.0, size - 1.001)


def rows(count: int, origin: float, step: float, size: int) -> Rows:
    places = positions(count, origin, step, size)
    index = places.astype(np.int64)
    return Rows(index, np.rint((places - index) * 128).astype(np.int32))


def columns(count: int, origin: float, step: float, size: int) -> Sampling:
    """Tables for a step within MAX_STEP_OFFSET of 1."""
    places = positions(count, origin, step, size)
    index = places.astype(np.int64)
    weight = np.rint((places - index) * 128).astype(np.int16)
    low = int(index[0])
    starts = np.minimum(np.arange(0, count, BLOCK), count - BLOCK)
    lanes = starts[:, None] + np.arange(BLOCK)
    # A tap of weight 0 may lie before the first sample; the line that is read has a margin for it.
    relative = index[lanes] - low - np.arange(BLOCK) + TAPS
    bases = relative.min(axis=1)
    offset = relative - bases[:, None]
    weights = np.zeros((TAPS, lanes.size), np.int16)
    lane = np.arange(lanes.size)
    weights[offset.ravel(), lane] = 128 - weight[lanes].ravel()
    weights[offset.ravel() + 1, lane] += weight[lanes].ravel()
    return Sampling(low, int(index[-1]) + 2 - low, starts.astype(_U), bases.astype(_U), weights)


@compiled
def resample(
    source: Plane,
    low: int,
    span: int,
    starts: NDArray[np.uint64],
    bases: NDArray[np.uint64],
    weights: NDArray[np.int16],
    row_index: NDArray[np.int64],
    row_weight: NDArray[np.int32],
    target: Plane,
) -> None:
    """Linear in both directions: rows first into a line that stays in the cache, then that line's columns."""
    line = np.zeros(span + BLOCK + 2 * TAPS, np.uint8)
    inner = line[TAPS:]
    for y in range(row_index.shape[0]):
        above = source[row_index[y], low : low + span]
        below = source[row_index[y] + 1, low : low + span]
        weight = _I(row_weight[y])
        for x in range(span):
            inner[x] = np.uint8((_I(above[x]) * (_I(128) - weight) + _I(below[x]) * weight + _I(64)) >> _I(7))
        out = target[y]
        for block in range(bases.shape[0]):
            base = bases[block]
            start = starts[block]
            first = _U(block) * _U(BLOCK)
            for lane in range(BLOCK):
                at = base + _U(lane)
                tap = first + _U(lane)
                out[start + _U(lane)] = np.uint8(
                    (
                        _I(line[at]) * _I(weights[0, tap])
                        + _I(line[at + _U(1)]) * _I(weights[1, tap])
                        + _I(line[at + _U(2)]) * _I(weights[2, tap])
                        + _I(line[at + _U(3)]) * _I(weights[3, tap])
                        + _I(64)
                    )
                    >> _I(7)
                )


@compiled
def resample_freely(
    source: Plane,
    columns: NDArray[np.int64],
    column_weight: NDArray[np.int32],
    row_index: NDArray[np.int64],
    row_weight: NDArray[np.int32],
    target: Plane,
) -> None:
    """The same for any step: slower, for the few frames of a transition."""
    low = columns[0]
    span = columns[-1] + 2 - low
    line = np.zeros(span, np.uint8)
    for y in range(row_index.shape[0]):
        above = source[row_index[y], low : low + span]
        below = source[row_index[y] + 1, low : low + span]
        weight = _I(row_weight[y])
        for x in range(span):
            line[x] = np.uint8((_I(above[x]) * (_I(128) - weight) + _I(below[x]) * weight + _I(64)) >> _I(7))
        out = target[y]
        for x in range(columns.shape[0]):
            at = _U(columns[x] - low)
            share = _I(column_weight[x])
            out[x] = np.uint8((_I(line[at]) * (_I(128) - share) + _I(line[at + _U(1)]) * share + _I(64)) >> _I(7))


@compiled
def mix(first: Plane, second: Plane, share: int, target: Plane) -> None:
    """target = first + (second - first) * share / 256."""
    weight = _I(share)
    for y in range(first.shape[0]):
        a, b, out = first[y], second[y], target[y]
        for x in range(first.shape[1]):
            out[x] = np.uint8((_I(a[x]) * (_I(256) - weight) + _I(b[x]) * weight + _I(128)) >> _I(8))


@compiled
def mix_masked(first: Plane, second: Plane, mask: Plane, target: Plane) -> None:
    """target = second where the mask is 255, first where it is 0, between them in between. All of one size."""
    for y in range(first.shape[0]):
        a, b, m, out = first[y], second[y], mask[y], target[y]
        for x in range(first.shape[1]):
            weight = _I(m[x]) + (_I(m[x]) >> _I(7))
            out[x] = np.uint8((_I(a[x]) * (_I(256) - weight) + _I(b[x]) * weight + _I(128)) >> _I(8))


@compiled
def blend(
    target: Plane,
    sprite: Plane,
    alpha: Plane,
    top: int,
    left: int,
    skip_y: int,
    skip_x: int,
    h: int,
    w: int,
    opacity: int,
) -> None:
    """Lay h x w pixels of a sprite, from (skip_y, skip_x) on, over the target at (top, left). Opacity is 0 to 256."""
    # All of it fits into 16 bits, but for the product of two full weights: hence two loops, each four times as fast.
    strength = _W(opacity)
    for y in range(h):
        out = target[top + y, left : left + w]
        over = sprite[skip_y + y, skip_x : skip_x + w]
        cover = alpha[skip_y + y, skip_x : skip_x + w]
        if opacity == 256:
            for x in range(w):
                weight = _W(_W(cover[x]) + (_W(cover[x]) >> _W(7)))
                out[x] = np.uint8(_W(_W(out[x]) * _W(_W(256) - weight) + _W(over[x]) * weight + _W(128)) >> _W(8))
        else:
            for x in range(w):
                weight = _W(_W(_W(_W(cover[x]) + (_W(cover[x]) >> _W(7))) * strength) >> _W(8))
                out[x] = np.uint8(_W(_W(out[x]) * _W(_W(256) - weight) + _W(over[x]) * weight + _W(128)) >> _W(8))


# BT.709, 8 bits, limited range, in 16 bits of fixed point.
_YR, _YG, _YB = (round(65536 * 219 / 255 * k) for k in (0.2126, 0.7152, 0.0722))
_UR, _UG, _UB = (round(65536 * 224 / 255 * k) for k in (-0.2126 / 1.8556, -0.7152 / 1.8556, 0.5))
_VR, _VG, _VB = (round(65536 * 224 / 255 * k) for k in (0.5, -0.7152 / 1.5748, -0.0722 / 1.5748))


@compiled
def luma_from_rgb(rgb: NDArray[np.uint8], target: Plane) -> None:
    """rgb is (H, W, 3 or 4)."""
    for y in range(rgb.shape[0]):
        for x in range(rgb.shape[1]):
            r, g, b = _I(rgb[y, x, 0]), _I(rgb[y, x, 1]), _I(rgb[y, x, 2])
            target[y, x] = np.uint8((_I(_YR) * r + _I(_YG) * g + _I(_YB) * b + _I((16 << 16) + 32768)) >> _I(16))


@compiled
def chroma_from_rgb(rgb: NDArray[np.uint8], u: Plane, v: Plane) -> None:
    """Each chroma sample is that of the mean of four pixels. rgb is (2h, 2w, 3 or 4)."""
    for y in range(u.shape[0]):
        for x in range(u.shape[1]):
            r, g, b = _I(0), _I(0), _I(0)
            for dy in range(2):
                for dx in range(2):
                    r += _I(rgb[2 * y + dy, 2 * x + dx, 0])
                    g += _I(rgb[2 * y + dy, 2 * x + dx, 1])
                    b += _I(rgb[2 * y + dy, 2 * x + dx, 2])
            u[y, x] = np.uint8((_I(_UR) * r + _I(_UG) * g + _I(_UB) * b + _I((128 << 18) + 131072)) >> _I(18))
            v[y, x] = np.uint8((_I(_VR) * r + _I(_VG) * g + _I(_VB) * b + _I((128 << 18) + 131072)) >> _I(18))


@compiled
def chroma_from_rgba(rgba: NDArray[np.uint8], u: Plane, v: Plane, alpha: Plane) -> None:
    """As above for a sprite: colours count by their alpha, so that edges take no colour from what is not there."""
    for y in range(u.shape[0]):
        for x in range(u.shape[1]):
            r, g, b, total = _I(0), _I(0), _I(0), _I(0)
            for dy in range(2):
                for dx in range(2):
                    a = _I(rgba[2 * y + dy, 2 * x + dx, 3])
                    r += _I(rgba[2 * y + dy, 2 * x + dx, 0]) * a
                    g += _I(rgba[2 * y + dy, 2 * x + dx, 1]) * a
                    b += _I(rgba[2 * y + dy, 2 * x + dx, 2]) * a
                    total += a
            alpha[y, x] = np.uint8((total + 2) // 4)
            if total > 0:
                r, g, b = r // total, g // total, b // total
            u[y, x] = np.uint8((_I(_UR) * r + _I(_UG) * g + _I(_UB) * b + _I((128 << 16) + 32768)) >> _I(16))
            v[y, x] = np.uint8((_I(_VR) * r + _I(_VG) * g + _I(_VB) * b + _I((128 << 16) + 32768)) >> _I(16))
