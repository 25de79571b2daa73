"""Decoded sounds, kept in a nameless file on disk: each source is decoded once, and memory holds none of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from pipeline.sound.loudness import FRAME, PowerMeter, Powers
from pipeline.sound.pcm import Samples


@dataclass(frozen=True, eq=False)
class Clip:
    """A decoded sound. Its powers are those of both loudspeakers, also when it is mono."""

    file: int
    offset: int
    channels: int
    samples: int
    powers: Powers
    peaks: Samples
    """The highest sample of every 10 ms."""

    @property
    def peak(self) -> float:
        return float(self.peaks.max(initial=0.0))

    def read(self, first: int, count: int) -> Samples:
        """Samples from `first` on, as (channels, count); beyond either end there is silence."""
        begin, end = max(0, first), min(self.samples, first + count)
        if begin >= end:
            return np.zeros((self.channels, count), np.float32)
        width = 4 * self.channels
        raw = os.pread(self.file, (end - begin) * width, self.offset + begin * width)
        block: Samples = np.frombuffer(raw, np.float32).reshape(-1, self.channels).T
        if len(raw) == count * width:
            return block
        return np.pad(block, ((0, 0), (begin - first, first + count - end)))


class Scratch:
    """The file that the clips lie in. It has no name, so nothing stays behind, whatever happens."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed in __exit__
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def store(self, blocks: Iterable[Samples], *, most: int) -> Clip:
        """Takes at most so many samples from the blocks and leaves the rest unread."""
        offset, samples, channels = self._size, 0, 1
        meter: PowerMeter | None = None
        heights = _Heights()
        for block in blocks:
            part = block[:, : most - samples]
            channels = len(part)
            meter = meter or PowerMeter(channels)
            meter.add(part)
            heights.add(part)
            self._file.write(np.ascontiguousarray(part.T).tobytes())
            samples += part.shape[1]
            if samples >= most:
                break
        self._file.flush()
        self._size += samples * channels * 4
        powers = (meter or PowerMeter(1)).powers() * (2 / channels)
        return Clip(self._file.fileno(), offset, channels, samples, powers, heights.finish())


class _Heights:
    """Collects the highest sample of every 10 ms."""

    def __init__(self) -> None:
        self._rest: Samples = np.zeros(0, np.float32)
        self._found: list[Samples] = []

    def add(self, block: Samples) -> None:
        waiting = np.concatenate((self._rest, np.abs(block).max(axis=0)))
        whole = len(waiting) // FRAME * FRAME
        self._found.append(waiting[:whole].reshape(-1, FRAME).max(axis=1))
        self._rest = waiting[whole:]

    def finish(self) -> Samples:
        last = [self._rest.max()[None]] if len(self._rest) else []
        return np.concatenate([np.zeros(0, np.float32), *self._found, *last])
