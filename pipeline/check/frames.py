"""Every frame of the finished file, looked at: which are black, which repeat, and how steadily the picture moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from pipeline.check.shake import Registration

BLACK_LUMA = 20
"""Of 16 (black) to 235 (white): below this in 98 % of the picture, nothing can be seen."""
SAME_SHARE = 1e-4
"""Share of the pixels that may differ in a frame that repeats the one before: a slow zoom over a flat card changes
few of them, but some."""


@dataclass
class FrameFacts:
    frames: int = 0
    black: list[int] = field(default_factory=list)
    still: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    """For every frame, whether it repeats the one before."""
    velocities: dict[int, NDArray[np.float64]] = field(default_factory=dict)
    """By the first frame of each stretch that was asked for: px a frame of the picture's corners, (n, 4)."""


@dataclass(frozen=True, eq=False)
class Watched:
    """Frames in which one picture moves, and where titles cover it: (H, W)."""

    first: int
    last: int
    covered: NDArray[np.bool_]


def look(path: Path, moving: Sequence[Watched]) -> FrameFacts:
    """Decode the film once, and measure the motion of the stretches that are to be watched."""
    facts = FrameFacts()
    still: list[bool] = []
    before: NDArray[np.uint8] | None = None
    watch = _Watch(moving)
    for number, luma in enumerate(_luma(path)):
        small = luma[::4, ::4]
        if _is_black(small):
            facts.black.append(number)
        still.append(before is not None and _changed(before, small) < SAME_SHARE)
        watch.see(number, luma)
        before = small
    facts.frames, facts.still, facts.velocities = len(still), np.array(still), watch.velocities()
    return facts


def longest_run(flags: NDArray[np.bool_]) -> int:
    """How many frames in a row at most."""
    longest = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        longest = max(longest, run)
    return longest


class _Watch:
    """Hands the frames of the stretches that are watched to a registration each."""

    def __init__(self, moving: Sequence[Watched]) -> None:
        self._waiting = sorted(moving, key=lambda watched: watched.first, reverse=True)
        self._done: dict[int, Registration] = {}

    def see(self, number: int, luma: NDArray[np.uint8]) -> None:
        while self._waiting and number >= self._waiting[-1].last:
            self._waiting.pop()
        if not self._waiting or number < self._waiting[-1].first:
            return
        watched = self._waiting[-1]
        self._done.setdefault(watched.first, Registration(watched.covered)).add(luma)

    def velocities(self) -> dict[int, NDArray[np.float64]]:
        return {first: registration.corner_velocities() for first, registration in self._done.items()}


def _luma(path: Path) -> Iterator[NDArray[np.uint8]]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        # Frames that no other is made from go unsmoothed, a thousandth of a level away and a tenth faster.
        stream.codec_context.options = {"skip_loop_filter": "noref"}
        for frame in container.decode(stream):
            plane = frame.planes[0]
            yield np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: frame.height, : frame.width]


def _is_black(small: NDArray[np.uint8]) -> bool:
    return bool(small.mean() < 2 * BLACK_LUMA and np.percentile(small, 98) < BLACK_LUMA)


def _changed(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> float:
    return np.count_nonzero(before != after) / before.size
