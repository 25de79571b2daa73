"""Sound as numbers: float32 arrays of shape (channels, samples) at 48 kHz, and the WAV file that the mix becomes."""

from __future__ import annotations

import struct
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
BLOCK = 65_536
"""Samples that are worked on at a time: memory stays the same however long the film is."""

Samples = NDArray[np.float32]

_RIFF_LIMIT = 2**32 - 1


def db(gain: float) -> float:
    """Decibels of a linear gain; minus infinity for none."""
    return float(20 * np.log10(gain)) if gain > 0 else float("-inf")


def linear(gain_db: float) -> float:
    return float(10 ** (gain_db / 20))


class WavWriter:
    """A 16-bit stereo WAV whose length is known before its first sample; beyond 4 GiB it is an RF64."""

    def __init__(self, path: Path, samples: int) -> None:
        self._file = path.open("wb")
        self._file.write(_header(samples))
        self._dither = _triangular_noise()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def write(self, block: Samples) -> None:
        """Adds (2, up to BLOCK) samples, dithered. Digital silence stays digital silence."""
        scaled = block.T * np.float32(32767)
        scaled += self._dither[: len(scaled)] * (scaled != 0)
        np.rint(scaled, out=scaled)
        np.clip(scaled, -32768, 32767, out=scaled)
        self._file.write(scaled.astype("<i2").tobytes())


def _triangular_noise() -> Samples:
    random = np.random.default_rng(1770)
    noise: Samples = random.random((BLOCK, 2), np.float32) - random.random((BLOCK, 2), np.float32)
    return noise


def _header(samples: int) -> bytes:
    size = samples * 4
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 2, RATE, RATE * 4, 4, 16)
    if size + 36 <= _RIFF_LIMIT:
        return struct.pack("<4sI4s", b"RIFF", size + 36, b"WAVE") + form + struct.pack("<4sI", b"data", size)
    sizes = struct.pack("<4sIQQQI", b"ds64", 28, size + 72, size, samples, 0)
    head = struct.pack("<4sI4s", b"RF64", _RIFF_LIMIT, b"WAVE")
    return head + sizes + form + struct.pack("<4sI", b"data", _RIFF_LIMIT)
