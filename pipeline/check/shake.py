"""How steadily a picture moves, measured to a hundredth of a pixel.

Each frame is registered on the one before by least squares over brightness gradients: a shift and a scale that explain
the difference best. What is left to see is the change of that movement from frame to frame, which is shake.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ROUNDS = 4
EDGE = 6.0
"""Levels a pixel. Softer slopes are left out: rounded to eight bits, they move in steps that nobody sees."""
ENOUGH, MOST = 2_000, 8_000
"""Edge pixels without which nothing can be said, and beyond which more say nothing new."""


class Registration:
    """Takes the frames of one moving picture in order and gives the velocity of its corners.

    `covered` is (H, W): where titles and captions lie, which do not move with the picture.
    """

    def __init__(self, covered: NDArray[np.bool_]) -> None:
        self._free = ~covered[1::2, 1::2]
        self._before: NDArray[np.float32] | None = None
        self._motions: list[NDArray[np.float64]] = []
        self._shape = (0, 0)

    def add(self, luma: NDArray[np.uint8]) -> None:
        """A frame of luma, (H, W)."""
        self._shape = luma.shape
        small = _halved(luma)
        if self._before is not None:
            last = self._motions[-1] if self._motions else np.zeros(3)
            self._motions.append(_motion(self._before, small, np.nan_to_num(last), self._free))
        self._before = small

    def corner_velocities(self) -> NDArray[np.float64]:
        """(n, 4): x and y of the top left corner, x and y of the bottom right one, in pixels a frame."""
        if not self._motions:
            return np.zeros((0, 4))
        shift_x, shift_y, scale = np.array(self._motions).T
        half_height, half_width = self._shape[0] / 2, self._shape[1] / 2
        # Shifts were measured on pictures of half size.
        x, y = 2 * shift_x, 2 * shift_y
        corners = (x - scale * half_width, y - scale * half_height, x + scale * half_width, y + scale * half_height)
        return np.stack(corners, axis=1)


def shake(velocities: NDArray[np.float64]) -> float | None:
    """The usual acceleration of a corner, in px/frame^2: the median, so that a key frame's sharper picture, which no
    viewer takes for movement, does not count as one. None where there was too little to see."""
    accelerations = np.diff(velocities, axis=0)
    accelerations = accelerations[~np.isnan(accelerations).any(axis=1)]
    return float(np.median(np.abs(accelerations))) if len(accelerations) >= 3 else None


def _halved(luma: NDArray[np.uint8]) -> NDArray[np.float32]:
    height, width = luma.shape[0] // 2 * 2, luma.shape[1] // 2 * 2
    pairs = np.add(luma[0:height:2, :width], luma[1:height:2, :width], dtype=np.uint16)
    halved: NDArray[np.float32] = np.add(pairs[:, 0::2], pairs[:, 1::2], dtype=np.float32) * np.float32(0.25)
    return halved


def _motion(
    before: NDArray[np.float32], after: NDArray[np.float32], guess: NDArray[np.float64], free: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Shift in x and y and scale about the centre that carry `before` into `after`; not a number without edges."""
    gradient_x = before[1:-1, 2:] - before[1:-1, :-2]
    gradient_y = before[2:, 1:-1] - before[:-2, 1:-1]
    edges = (np.abs(gradient_x) + np.abs(gradient_y) > 2 * EDGE) & free[
        1 : before.shape[0] - 1, 1 : before.shape[1] - 1
    ]
    rows, columns = np.nonzero(edges)
    if len(rows) < ENOUGH:
        return np.full(3, np.nan)
    spread = slice(None, None, -(-len(rows) // MOST))
    rows, columns = rows[spread] + 1, columns[spread] + 1
    x, y = columns - before.shape[1] / 2, rows - before.shape[0] / 2
    axes = ((0, 1), (1, 0))
    slope_x, slope_y = (_around(before, rows, columns, *axis) for axis in axes)
    motion = guess.copy()
    for _ in range(ROUNDS):
        down, right = rows + motion[1] + motion[2] * y, columns + motion[0] + motion[2] * x
        moved_x, moved_y = (_slope(after, down, right, *axis) for axis in axes)
        gx, gy = (slope_x + moved_x) / 2, (slope_y + moved_y) / 2
        basis = np.stack([gx, gy, gx * x + gy * y])
        difference = before[rows, columns] - _at(after, down, right)
        step = np.linalg.lstsq(basis @ basis.T, basis @ difference, rcond=1e-9)[0]
        motion += step
        if np.abs(step).max() < 1e-5:
            break
    return motion


def _around(
    picture: NDArray[np.float32], rows: NDArray[np.intp], columns: NDArray[np.intp], down: int, right: int
) -> NDArray[np.float64]:
    """Central differences at whole pixels."""
    slope = (picture[rows + down, columns + right] - picture[rows - down, columns - right]) / 2
    return slope.astype(np.float64)


def _slope(
    picture: NDArray[np.float32], y: NDArray[np.float64], x: NDArray[np.float64], down: int, right: int
) -> NDArray[np.float64]:
    """Central differences between pixels."""
    return (_at(picture, y + down, x + right) - _at(picture, y - down, x - right)) / 2


def _at(picture: NDArray[np.float32], y: NDArray[np.float64], x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear samples, held at the picture's edges."""
    y, x = np.clip(y, 0, picture.shape[0] - 1.001), np.clip(x, 0, picture.shape[1] - 1.001)
    row, column = y.astype(np.intp), x.astype(np.intp)
    down, across = y - row, x - column
    above = picture[row, column] * (1 - across) + picture[row, column + 1] * across
    below = picture[row + 1, column] * (1 - across) + picture[row + 1, column + 1] * across
    sampled: NDArray[np.float64] = above * (1 - down) + below * down
    return sampled
