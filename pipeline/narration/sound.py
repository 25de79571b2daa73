"""Samples of a voice: where it sounds, trimmed, evened out, and judged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
Mask = NDArray[np.bool_]

LEAST_RATE = 24_000
FRAME_MS = 5
QUIET_UNDER_LOUD_DB = 38.0  # speech pauses lie below this, weak consonants above
SILENCE_DBFS = -58.0
BRIDGED_MS = 30  # the closure of a t or k is no pause
LEAD_MS, TAIL_MS = 20, 90
FADE_IN_MS, FADE_OUT_MS = 6, 40
TARGET_LUFS = -20.0
CEILING = 10 ** (-1.5 / 20)
CLIPPED_AT, CLIPPED_SHARE = 0.996, 0.0015


@dataclass(frozen=True, eq=False)
class Voiced:
    """Which frames of FRAME_MS sound."""

    mask: Mask

    @property
    def seconds(self) -> float:
        return float(np.count_nonzero(self.mask)) * FRAME_MS / 1000

    def runs(self, bridged_ms: float) -> list[tuple[float, float]]:
        """Stretches of sound in seconds; shorter gaps are not counted as silence."""
        edges = np.flatnonzero(np.diff(np.concatenate([[False], self.mask, [False]]).astype(np.int8)))
        runs: list[tuple[int, int]] = []
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            if runs and (start - runs[-1][1]) * FRAME_MS < bridged_ms:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
        return [(start * FRAME_MS / 1000, end * FRAME_MS / 1000) for start, end in runs]


def levels_db(samples: Samples, sample_rate: int) -> NDArray[np.float64]:
    """The level of every frame, in dB of full scale."""
    hop = max(1, sample_rate * FRAME_MS // 1000)
    frames = len(samples) // hop
    power = (samples[: frames * hop].astype(np.float64).reshape(frames, hop) ** 2).mean(axis=1)
    return 10 * np.log10(power + 1e-12)


def voiced(samples: Samples, sample_rate: int) -> Voiced:
    levels = levels_db(samples, sample_rate)
    if not levels.size:
        return Voiced(np.zeros(0, dtype=np.bool_))
    threshold = max(SILENCE_DBFS, float(np.percentile(levels, 95)) - QUIET_UNDER_LOUD_DB)
    return Voiced(levels > threshold)


def at_least_24_khz(samples: Samples, sample_rate: int) -> tuple[Samples, int]:
    if sample_rate >= LEAST_RATE:
        return samples.astype(np.float32, copy=False), sample_rate
    from scipy.signal import resample_poly

    common = int(np.gcd(sample_rate, LEAST_RATE))
    return resample_poly(samples, LEAST_RATE // common, sample_rate // common).astype(np.float32), LEAST_RATE


def trimmed(samples: Samples, sample_rate: int) -> tuple[Samples, float]:
    """Without the silence at both ends, softly faded; and the seconds that were cut off at the start."""
    runs = voiced(samples, sample_rate).runs(BRIDGED_MS)
    if not runs:
        return samples[:0], 0.0
    first = max(0, round((runs[0][0] - LEAD_MS / 1000) * sample_rate))
    last = min(len(samples), round((runs[-1][1] + TAIL_MS / 1000) * sample_rate))
    return _faded(samples[first:last].copy(), sample_rate), first / sample_rate


def _faded(samples: Samples, sample_rate: int) -> Samples:
    begin = min(len(samples), sample_rate * FADE_IN_MS // 1000)
    end = min(len(samples), sample_rate * FADE_OUT_MS // 1000)
    samples[:begin] *= np.sin(np.linspace(0, np.pi / 2, begin, dtype=np.float32))
    if end:
        samples[-end:] *= np.cos(np.linspace(0, np.pi / 2, end, dtype=np.float32))
    return samples


def silence(length_ms: float, sample_rate: int) -> Samples:
    return np.zeros(round(length_ms * sample_rate / 1000), dtype=np.float32)


def evened(samples: Samples, sample_rate: int) -> Samples:
    """As loud as every other section, with peaks that leave room for the mix."""
    import pyloudnorm

    block = round(0.4 * sample_rate)
    measured = np.pad(samples, (0, max(0, block + 1 - len(samples)))).astype(np.float64)
    loudness = pyloudnorm.Meter(sample_rate).integrated_loudness(measured)
    if not np.isfinite(loudness):
        return samples
    return _limited(samples * np.float32(10 ** ((TARGET_LUFS - loudness) / 20)), sample_rate)


def _limited(samples: Samples, sample_rate: int) -> Samples:
    """Turned down around peaks over the ceiling, 5 ms ahead of them and 5 ms after, without a step."""
    if not samples.size or float(np.abs(samples).max()) <= CEILING:
        return samples
    from scipy.ndimage import minimum_filter1d, uniform_filter1d

    reach = sample_rate // 200
    needed = np.minimum(1.0, CEILING / np.maximum(np.abs(samples), 1e-9))
    gain = uniform_filter1d(minimum_filter1d(needed, 2 * reach + 1), reach + 1)
    return (samples * gain).astype(np.float32)


def is_clipped(samples: Samples) -> bool:
    """Flat tops: runs of three or more samples at full scale, in more than a hint of the sound."""
    full = np.abs(samples) >= CLIPPED_AT
    flat = full[2:] & full[1:-1] & full[:-2]
    return bool(len(samples)) and float(np.count_nonzero(flat)) / len(samples) > CLIPPED_SHARE
