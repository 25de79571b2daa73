"""True peaks: what a signal reaches between its samples, found by four-fold oversampling (ITU-R BS.1770, annex 2)."""

from __future__ import annotations

import numpy as np

from pipeline.sound.pcm import Samples

HOP = 64
"""Samples that share one reading."""
CONTEXT = 16
"""Samples that must be known on either side of a hop."""

_FACTOR = 4
_DELAY = 16 * _FACTOR - 1
_CUTOFF = 0.97


def _interpolator() -> Samples:
    """A low-pass of 32 samples' length."""
    at = np.arange(-_DELAY, _DELAY + 1) * (_CUTOFF / _FACTOR)
    taps = np.sinc(at) * np.kaiser(2 * _DELAY + 1, 9.0)
    return (taps * (_FACTOR / taps.sum())).astype(np.float32)


_TAPS = _interpolator()


def _overshoot() -> tuple[float, float]:
    """How far an oversampled value can lie above the samples around it: so many times their largest second
    difference, and so many times their largest value.

    Each phase of the filter is a straight line between two samples and a rest; the rest, divided by the second
    difference, is what acts on the curvature.
    """
    curvature = level = 0.0
    for phase in range(_FACTOR):
        taps = np.append(_TAPS, 0.0).astype(np.float64)[phase::_FACTOR]
        offset = (phase - _DELAY) / _FACTOR
        before = int(-np.floor(offset))
        rest = np.append(taps, 0.0)
        rest[before] -= 1 - offset % 1
        rest[before - 1] -= offset % 1
        quotient, remainder = np.polydiv(rest, [1.0, -2.0, 1.0])
        curvature = max(curvature, float(np.abs(quotient).sum()))
        level = max(level, float(np.abs(remainder).sum()))
    return curvature, level


_BY_CURVATURE, _BY_LEVEL = _overshoot()


def hop_peaks(block: Samples, threshold: float) -> Samples:
    """The peak of each hop of (channels, CONTEXT + n * HOP + CONTEXT) samples, over all channels.

    A hop that cannot reach `threshold` is read at its samples only: most of a film is skipped that way, exactly.
    """
    peaks, level = _largest(np.abs(block), CONTEXT)
    _, curvature = _largest(np.abs(block[:, 2:] - 2 * block[:, 1:-1] + block[:, :-2]), CONTEXT - 1)
    loud = np.flatnonzero(level * (1 + _BY_LEVEL) + curvature * _BY_CURVATURE > threshold)
    if len(loud):
        peaks[loud] = np.maximum(peaks[loud], _oversampled(block, loud))
    return peaks


def _largest(values: Samples, margin: int) -> tuple[Samples, Samples]:
    """The largest value of each hop, and of each hop with what surrounds it."""
    hops = (values.shape[1] - 2 * margin) // HOP
    highest = values.max(axis=0)
    largest: Samples = highest[margin : margin + hops * HOP].reshape(hops, HOP).max(axis=1)
    edges = highest[:margin].max(keepdims=True), highest[-margin:].max(keepdims=True)
    wide = np.concatenate((edges[0], largest, edges[1]))
    return largest, np.maximum(np.maximum(wide[:-2], wide[1:-1]), wide[2:])


def _oversampled(block: Samples, hops: np.ndarray) -> Samples:
    from scipy.signal import upfirdn  # slow to import

    windows = np.lib.stride_tricks.sliding_window_view(block, HOP + 2 * CONTEXT, axis=1)[:, ::HOP][:, hops]
    dense = upfirdn(_TAPS, np.ascontiguousarray(windows), up=_FACTOR, axis=-1)
    first = _FACTOR * CONTEXT + _DELAY
    found: Samples = np.abs(dense[:, :, first : first + _FACTOR * HOP]).max(axis=(0, 2))
    return found


class PeakMeter:
    """The highest true peak of a stream."""

    def __init__(self, channels: int) -> None:
        self._rest: Samples = np.zeros((channels, CONTEXT), np.float32)
        self.sample_peak = 0.0
        self.true_peak = 0.0

    def add(self, block: Samples) -> None:
        if not block.shape[1]:
            return
        self.sample_peak = max(self.sample_peak, float(np.abs(block).max()))
        self._rest = self._read(np.concatenate((self._rest, block), axis=1))

    def finish(self) -> float:
        """The true peak, the last samples included."""
        silence = np.zeros((len(self._rest), HOP + 2 * CONTEXT), np.float32)
        self._rest = self._read(np.concatenate((self._rest, silence), axis=1))
        return self.true_peak

    def _read(self, waiting: Samples) -> Samples:
        hops = (waiting.shape[1] - 2 * CONTEXT) // HOP
        if hops < 1:
            return waiting
        threshold = max(self.true_peak, self.sample_peak)
        peaks = hop_peaks(waiting[:, : 2 * CONTEXT + hops * HOP], threshold)
        self.true_peak = max(threshold, float(peaks.max()))
        return waiting[:, hops * HOP :]
