"""Keeps true peaks under a ceiling, in a stream. It looks ahead, so the gain is down before the peak is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from pipeline.sound.pcm import RATE, Samples, linear
from pipeline.sound.peaks import CONTEXT, HOP, hop_peaks

_AHEAD = 4
"""Hops over which the gain comes down: 5.3 ms."""
RELEASE_DB_PER_S = 60.0
_STEP_DB = RELEASE_DB_PER_S * HOP / RATE


_Track = NDArray[np.float64]


class Limiter:
    """Works in hops; a reduction is in decibels, at least 0."""

    def __init__(self, ceiling_dbtp: float) -> None:
        self._ceiling = linear(ceiling_dbtp)
        self._waiting: Samples = np.zeros((2, CONTEXT), np.float32)
        self._needed_db: _Track = np.zeros(0)
        """What each waiting hop needs, as far as that is known."""
        self._held_db: _Track | None = None
        """Of the last hops given out."""
        self.deepest_db = 0.0

    def limited(self, blocks: Iterable[Samples]) -> Iterator[Samples]:
        """The same number of samples in all, in blocks of other sizes."""
        left = 0
        for block in blocks:
            left += block.shape[1]
            out = self._push(block)
            left -= out.shape[1]
            yield out
        yield self._push(np.zeros((2, (_AHEAD + 3) * HOP + CONTEXT), np.float32))[:, :left]

    def _push(self, block: Samples) -> Samples:
        self._waiting = np.concatenate((self._waiting, block), axis=1)
        self._look_at_new_hops()
        count = len(self._needed_db) - _AHEAD - 1
        if count < 1:
            return self._waiting[:, :0]
        out = self._waiting[:, CONTEXT : CONTEXT + count * HOP] * self._gain(count)
        self._waiting = self._waiting[:, count * HOP :]
        self._needed_db = self._needed_db[count:]
        return out

    def _look_at_new_hops(self) -> None:
        known = len(self._needed_db)
        hops = (self._waiting.shape[1] - 2 * CONTEXT) // HOP
        if hops <= known:
            return
        peaks = hop_peaks(self._waiting[:, known * HOP : hops * HOP + 2 * CONTEXT], self._ceiling)
        needed_db = np.maximum(20 * np.log10(np.maximum(peaks.astype(np.float64), 1e-9) / self._ceiling), 0.0)
        self._needed_db = np.concatenate((self._needed_db, needed_db))

    def _gain(self, count: int) -> Samples | np.float32:
        if self._held_db is None:  # a film that begins loud begins already held
            self._held_db = np.full(_AHEAD + 1, self._needed_db[: _AHEAD + 1].max())
        if not self._needed_db.any() and not self._held_db.any():
            return np.float32(1)
        held_db = np.concatenate((self._held_db, self._held(self._held_db[-1], count + 1)))
        self._held_db = held_db[count : count + _AHEAD + 1]
        smooth_db = np.lib.stride_tricks.sliding_window_view(held_db, _AHEAD + 1).mean(axis=1)
        nodes_db = np.maximum(smooth_db[:-1], smooth_db[1:])
        self.deepest_db = max(self.deepest_db, float(nodes_db.max()))
        gains = (10 ** (-nodes_db / 20)).astype(np.float32)
        ramp = np.linspace(0, 1, HOP, endpoint=False, dtype=np.float32)
        gain: Samples = gains[:-1, None] + (gains[1:] - gains[:-1])[:, None] * ramp
        return gain.reshape(-1)

    def _held(self, before_db: np.float64, count: int) -> _Track:
        """What each hop must hold for itself and those ahead, released at a steady rate."""
        ahead = np.lib.stride_tricks.sliding_window_view(self._needed_db, _AHEAD + 1)[:count].max(axis=1)
        fall = _STEP_DB * np.arange(count + 1)
        held = np.maximum.accumulate(np.concatenate(([before_db], ahead)) + fall) - fall
        return np.maximum(held[1:], 0.0)
