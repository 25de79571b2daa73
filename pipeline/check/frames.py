"""Every frame of the finished file, looked at: which are black, which repeat, and how steadily the picture moves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import av
import numpy as np
from numpy.typing import NDArray

from pipeline.check.shake import Registration
from pipeline.render.kernels import compiled

BLACK_LUMA = 20
"""Of 16 (black) to 235 (white): below this in all but BLACK_SHARE of the picture, nothing can be seen."""
BLACK_SHARE = 0.02
FROZEN_S = 0.5
"""A picture that looks as it did so long ago stands still. From one frame to the next, a slow zoom over a flat card
changes no more than an encoder does that touches up a still one."""
NOISE, SAME_SHARE = 6, 2e-3
"""Levels that do not count as a change, and the share of pixels that may change by more."""
SPACING = 4
"""Every fourth pixel of every fourth row is looked at."""


@dataclass
class FrameFacts:
    frames: int = 0
    black: list[int] = field(default_factory=list)
    still: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    """For every frame, whether it shows what was seen `lag` frames before."""
    lag: int = 1
    velocities: dict[int, NDArray[np.float64]] = field(default_factory=dict)
    """By the first frame of each stretch that was asked for: px a frame of the picture's corners, (n, 4)."""


@dataclass(frozen=True, eq=False)
class Watched:
    """Frames in which one picture moves, and where titles cover it: (H, W)."""

    first: int
    last: int
    covered: NDArray[np.bool_]


class Reader(Protocol):
    """Wants to see some frames whole."""

    @property
    def frames(self) -> Collection[int]: ...

    def see(self, number: int, frame: av.VideoFrame) -> None: ...


def look(path: Path, moving: Sequence[Watched], reader: Reader | None = None) -> FrameFacts:
    """Decode the film once, and measure the motion of the stretches that are to be watched."""
    facts = FrameFacts()
    still: list[bool] = []
    recent: list[NDArray[np.uint8]] = []
    watch = _Watch(moving)
    for number, frame in enumerate(_decoded(path)):
        luma = _luma(frame)
        if not number:
            facts.lag = max(1, round(FROZEN_S / float(frame.duration * frame.time_base)))
            recent = [np.zeros_like(luma[::SPACING, ::SPACING]) for _ in range(facts.lag)]
        small = recent[number % facts.lag]
        lit, changed = _compared(luma, small)
        if lit <= BLACK_SHARE * small.size:
            facts.black.append(number)
        still.append(number >= facts.lag and changed < SAME_SHARE * small.size)
        watch.see(number, luma)
        if reader and number in reader.frames:
            reader.see(number, frame)
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


def _decoded(path: Path) -> Iterator[av.VideoFrame]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        # Frames that no other is made from go unsmoothed, a thousandth of a level away and a tenth faster.
        stream.codec_context.options = {"skip_loop_filter": "noref"}
        yield from container.decode(stream)


def _luma(frame: av.VideoFrame) -> NDArray[np.uint8]:
    plane = frame.planes[0]
    return np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: frame.height, : frame.width]


@compiled
def _compared(luma: NDArray[np.uint8], small: NDArray[np.uint8]) -> tuple[int, int]:
    """How many of some spaced pixels are not black, and how many differ from those of an earlier frame, which `small`
    holds; it takes this frame's."""
    lit, changed = 0, 0
    for y in range(small.shape[0]):
        for x in range(small.shape[1]):
            level = luma[y * SPACING, x * SPACING]
            lit += level >= BLACK_LUMA
            before = small[y, x]
            changed += max(level, before) - min(level, before) > NOISE
            small[y, x] = level
    return lit, changed
