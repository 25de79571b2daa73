"""Every frame of the finished file, looked at: which are black, which repeat, and how steadily the picture moves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import av
import numpy as np
from numpy.typing import NDArray

from pipeline.check import parts
from pipeline.check.parts import Memory
from pipeline.check.shake import Registration
from pipeline.render.kernels import compiled

BLACK_LUMA = 20
"""Of 16 (black) to 235 (white): below this in all but BLACK_SHARE of the picture, nothing can be seen."""
BLACK_SHARE = 0.02
NOISE, SAME_SHARE = 2, 2e-3
"""Levels that do not count as a change, and the share of blocks that may change by more."""
BLOCK, ROWS = 4, 90
"""The means of blocks of 4 x 4 pixels are looked at. An encoder's noise is evened out in them, and a small picture
that moves slowly under a title's veil is not: pixel by pixel, the two cannot be told apart. Large films have more
rows of blocks than are needed to know."""


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


def look(
    path: Path,
    moving: Sequence[Watched],
    reader: Reader | None = None,
    *,
    starts: Sequence[int] = (),
    memory: Memory | None = None,
) -> FrameFacts:
    """Decode the film once, and measure the motion of the stretches that are to be watched.

    With a memory, of what it knows only the frames are decoded that are watched or read: its parts begin at `starts`.
    """
    film = parts.read(path, starts)
    known = {part: memory.recall(part.digest) for part in film.parts} if memory is not None else {}
    new = [part for part in film.parts if known.get(part) is None]
    asked = {number for watched in moving for number in range(watched.first, watched.last)}
    seen, there = np.zeros((2, film.frames), np.bool_), np.zeros(film.frames, np.bool_)
    watch, glance = _Watch(moving), _Glance(film.lag)
    for number, frame in parts.decoded(path, film.runs(new, asked | set(reader.frames if reader else ()))):
        luma = _luma(frame)
        seen[:, number], there[number] = glance.see(number, luma), True
        watch.see(number, luma)
        if reader and number in reader.frames:
            reader.see(number, frame)
    for part in film.parts:
        frames, before = slice(part.first, part.last), known.get(part)
        if before is not None:
            seen[:, frames], there[frames] = before, True
        elif memory is not None and there[frames].all():
            memory.remember(part.digest, seen[:, frames])
    black = np.flatnonzero(seen[0]).tolist()
    return FrameFacts(int(np.count_nonzero(there)), black, seen[1], film.lag, watch.velocities())


def longest_run(flags: NDArray[np.bool_]) -> int:
    """How many frames in a row at most."""
    longest = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        longest = max(longest, run)
    return longest


class _Glance:
    """Compares each frame with black and with the one that lies `lag` frames before it."""

    def __init__(self, lag: int) -> None:
        self._lag = lag
        self._recent: list[NDArray[np.uint16]] = []

    def see(self, number: int, luma: NDArray[np.uint8]) -> tuple[bool, bool]:
        """Black, and still. Of a frame before which fewer than `lag` were seen, the second means nothing."""
        if not self._recent:
            rows, columns = luma.shape[0] // BLOCK, luma.shape[1] // BLOCK
            self._recent = [np.zeros((min(rows, ROWS), columns), np.uint16) for _ in range(self._lag)]
        small = self._recent[number % self._lag]
        lit, changed = _compared(luma, small)
        return lit <= BLACK_SHARE * small.size, number >= self._lag and changed < SAME_SHARE * small.size


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


def _luma(frame: av.VideoFrame) -> NDArray[np.uint8]:
    plane = frame.planes[0]
    return np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: frame.height, : frame.width]


@compiled
def _compared(luma: NDArray[np.uint8], sums: NDArray[np.uint16]) -> tuple[int, int]:
    """How many blocks are not black, and how many differ from those of an earlier frame, of which `sums` holds the
    sums; it takes this frame's."""
    lit, changed = 0, 0
    size = BLOCK * BLOCK
    step = luma.shape[0] // sums.shape[0]
    line = np.zeros(sums.shape[1] * BLOCK, np.uint16)
    for y in range(sums.shape[0]):
        top = y * step
        first, second, third, fourth = luma[top], luma[top + 1], luma[top + 2], luma[top + 3]
        for x in range(line.shape[0]):
            line[x] = np.uint16(first[x]) + np.uint16(second[x]) + np.uint16(third[x]) + np.uint16(fourth[x])
        before = sums[y]
        for x in range(sums.shape[1]):
            at = x * BLOCK
            level = np.int32(line[at]) + np.int32(line[at + 1]) + np.int32(line[at + 2]) + np.int32(line[at + 3])
            lit += int(level >= BLACK_LUMA * size)
            changed += int(abs(level - np.int32(before[x])) > NOISE * size)
            before[x] = np.uint16(level)
    return lit, changed
