"""What can be added into the film block by block: a clip in its place, and the music bed that loops under it all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.sound.ducking import Curve
from pipeline.sound.pcm import RATE, Samples
from pipeline.sound.scratch import Clip

_FADE_IN_S, _FADE_OUT_S = 1.5, 3.0
_LOOP_FADE_S = 2.0


class Track(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    def add(self, block: Samples, first: int) -> None:
        """Adds itself to (2, n) samples of the film that begin at `first`."""
        ...


@dataclass(frozen=True, eq=False)
class Placed:
    """A clip from `start` up to `end`, with fades at its ends; if it loops it fills its slot."""

    clip: Clip
    start: int
    end: int
    gain: float
    fade_in: int = 0
    fade_out: int = 0
    curve: Curve | None = None
    loop: bool = False

    def add(self, block: Samples, first: int) -> None:
        begin, end = max(first, self.start), min(first + block.shape[1], self.end)
        if begin >= end:
            return
        sound = self._read(begin - self.start, end - begin) * np.float32(self.gain)
        if self.curve:
            sound = sound * self.curve.gain(begin, end - begin)
        sound = _faded(sound, begin - self.start, self.end - self.start, self.fade_in, self.fade_out)
        block[:, begin - first : end - first] += sound

    def _read(self, at: int, count: int) -> Samples:
        if not self.loop or at + count <= self.clip.samples:
            return self.clip.read(at, count)
        parts: list[Samples] = []
        while count > 0:
            at %= self.clip.samples
            part = self.clip.read(at, min(count, self.clip.samples - at))
            parts.append(part)
            at, count = at + part.shape[1], count - part.shape[1]
        return np.concatenate(parts, axis=1)


@dataclass(frozen=True, eq=False)
class Music:
    """The bed: from its audible part to the film's end, over and over, ducked, faded in and out."""

    clip: Clip
    begin: int
    length: int
    end: int
    gain: float
    curve: Curve
    seamless: bool
    start: int = 0

    def add(self, block: Samples, first: int) -> None:
        count = block.shape[1]
        sound = self._looped(first, count) * (self.curve.gain(first, count) * np.float32(self.gain))
        block += _faded(sound, first, self.end, *self._fades)

    def fade_at(self, positions: NDArray[np.int64]) -> Samples:
        """What the fades at the film's ends leave of the gain at some samples."""
        fade_in, fade_out = self._fades
        return _rise(positions / max(1, fade_in)) * _rise((self.end - positions) / max(1, fade_out))

    @property
    def _fades(self) -> tuple[int, int]:
        return min(round(_FADE_IN_S * RATE), self.end // 4), min(round(_FADE_OUT_S * RATE), self.end // 4)

    @property
    def overlap(self) -> int:
        return 0 if self.seamless else min(round(_LOOP_FADE_S * RATE), self.length // 4)

    def _looped(self, first: int, count: int) -> Samples:
        period = self.length - self.overlap
        sound = np.zeros((2, count), np.float32)
        for turn in range(max(0, (first - self.overlap) // period), (first + count - 1) // period + 1):
            self._add_turn(sound, first, turn, period)
        return sound

    def _add_turn(self, sound: Samples, first: int, turn: int, period: int) -> None:
        origin = turn * period
        begin, end = max(first, origin), min(first + sound.shape[1], origin + self.length)
        if begin >= end:
            return
        part = self.clip.read(self.begin + begin - origin, end - begin)
        fade_in = self.overlap if turn else 0
        sound[:, begin - first : end - first] += _faded(part, begin - origin, self.length, fade_in, self.overlap)


def _faded(sound: Samples, at: int, length: int, fade_in: int, fade_out: int) -> Samples:
    """Equal-power fades at the ends of something `length` long, of which `sound` begins at `at`."""
    count = sound.shape[1]
    if at < fade_in:
        sound = sound * _rise(np.arange(at, at + count) / fade_in)
    if at + count > length - fade_out:
        sound = sound * _rise((length - np.arange(at, at + count)) / fade_out)
    return sound


def _rise(position: NDArray[np.float64]) -> Samples:
    """A fade that is as loud as its counterpart is not: 0 to 1 for a position from 0 to 1."""
    return np.sin(np.clip(position, 0.0, 1.0) * (np.pi / 2)).astype(np.float32)
