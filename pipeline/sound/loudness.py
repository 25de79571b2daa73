"""Loudness as ITU-R BS.1770-4 and EBU R 128 define it, measured in a stream: any file, any length, constant memory.

The unit of account is a table of K-weighted powers, one for every 10 ms, summed over the channels. Integrated loudness,
loudness over time and its range all follow from it, and tables of separate sounds can be added up like the sounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.sound.pcm import RATE, Samples, db
from pipeline.sound.peaks import PeakMeter
from pipeline.sound.reading import Excerpt, read

FRAME = RATE // 100
FRAMES_PER_S = RATE // FRAME
SILENCE = float("-inf")

Powers = NDArray[np.float64]

_HOP = 10  # frames in the 100 ms between two gating blocks
_MOMENTARY, _SHORT_TERM = 4, 30  # hops
_ABSOLUTE_GATE_LUFS, _RELATIVE_GATE_LU, _RANGE_GATE_LU = -70.0, -10.0, -20.0
_K_WEIGHTING = np.array(
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ],
    np.float32,
)


@dataclass(frozen=True, eq=False)
class Loudness:
    """What a listener's meter shows. Silence is minus infinity."""

    integrated_lufs: float
    true_peak_dbtp: float
    range_lu: float
    momentary_lufs: NDArray[np.float64]
    """Over 400 ms, every 100 ms."""
    duration_s: float


class PowerMeter:
    """Collects the K-weighted power of every 10 ms of a stream, summed over its channels."""

    def __init__(self, channels: int) -> None:
        self._state = np.zeros((len(_K_WEIGHTING), channels, 2), np.float32)
        self._rest: Samples = np.zeros((channels, 0), np.float32)
        self._powers: list[Powers] = []

    def add(self, block: Samples) -> None:
        from scipy.signal import sosfilt  # slow to import

        if not block.shape[1]:
            return
        weighted, self._state = sosfilt(_K_WEIGHTING, block, axis=-1, zi=self._state)
        if self._rest.shape[1]:
            weighted = np.concatenate((self._rest, weighted), axis=1)
        frames = weighted.shape[1] // FRAME
        body = weighted[:, : frames * FRAME].reshape(len(block), frames, FRAME)
        self._powers.append(np.einsum("cfs,cfs->f", body, body).astype(np.float64) / FRAME)
        self._rest = weighted[:, frames * FRAME :].copy()

    def powers(self) -> Powers:
        """Every whole frame so far, and what is left as one more."""
        left = self._rest.shape[1]
        last = [np.einsum("cs,cs->", self._rest, self._rest, dtype=np.float64)[None] / FRAME] if left else []
        return np.concatenate([np.zeros(0), *self._powers, *last])


class Meter:
    """Everything about a stream's loudness."""

    def __init__(self, channels: int) -> None:
        self._power = PowerMeter(channels)
        self._peak = PeakMeter(channels)
        self._samples = 0

    def add(self, block: Samples) -> None:
        self._power.add(block)
        self._peak.add(block)
        self._samples += block.shape[1]

    def result(self) -> Loudness:
        powers = self._power.powers()
        return Loudness(
            integrated_lufs=integrated(powers),
            true_peak_dbtp=db(self._peak.finish()),
            range_lu=loudness_range(powers),
            momentary_lufs=momentary(powers),
            duration_s=self._samples / RATE,
        )


def measure(path: Path, *, where: str | None = None) -> Loudness:
    """The loudness of a file's first sound track; more than two channels are folded to two first."""
    meter: Meter | None = None
    for block in read(Excerpt(path, where=where)):
        meter = meter or Meter(len(block))
        meter.add(block)
    return (meter or Meter(1)).result()


def integrated(powers: Powers) -> float:
    """Gated loudness in LUFS of a whole sound; one shorter than 400 ms counts as if silence followed."""
    blocks = _windows(powers, _MOMENTARY)
    audible = blocks[_lufs(blocks) > _ABSOLUTE_GATE_LUFS]
    if not len(audible):
        return SILENCE
    gate = float(_lufs(audible.mean())) + _RELATIVE_GATE_LU
    return float(_lufs(audible[_lufs(audible) > gate].mean()))


def momentary(powers: Powers) -> NDArray[np.float64]:
    return _lufs(_windows(powers, _MOMENTARY))


def loudness_range(powers: Powers) -> float:
    """LRA in LU (EBU Tech 3342): from the 10th to the 95th percentile of the gated short-term loudness."""
    blocks = _windows(powers, _SHORT_TERM)
    audible = blocks[_lufs(blocks) > _ABSOLUTE_GATE_LUFS]
    if len(audible) < 2:
        return 0.0
    levels = _lufs(audible)
    levels = levels[levels > float(_lufs(audible.mean())) + _RANGE_GATE_LU]
    low, high = np.percentile(levels, (10, 95), method="nearest")
    return float(high - low)


def mean_lufs(powers: Powers) -> float:
    """Loudness of all frames together, ungated."""
    return float(_lufs(powers.mean())) if len(powers) else SILENCE


def _windows(powers: Powers, hops: int) -> Powers:
    """Mean power of every window of so many hops, one window a hop."""
    whole = max(hops * _HOP, len(powers) // _HOP * _HOP)
    padded = np.pad(powers[:whole], (0, max(0, whole - len(powers))))
    sums = np.concatenate(([0.0], np.cumsum(padded.reshape(-1, _HOP).mean(axis=1))))
    return np.maximum((sums[hops:] - sums[:-hops]) / hops, 0.0)


def _lufs(powers: Powers | np.float64) -> NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        return np.asarray(-0.691 + 10 * np.log10(powers))
