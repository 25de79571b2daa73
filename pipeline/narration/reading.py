"""Alignment without a model: the offline voice reads the same text, knows its own word times exactly, and its reading
is laid over the recording by dynamic time warping."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.narration.sound import Samples
from voices import Cast, SpokenWord, VoicesError

RATE = 16_000
HOP_S, WINDOW_S = 0.01, 0.025
TRANSFORM, MELS, LOWEST_HZ, HIGHEST_HZ = 512, 24, 80.0, 7000.0
CHANGES_WEIGH = 0.7
UNEVEN_STEP = 0.15
BAND_S, BAND_SHARE = 3.0, 0.15  # how far the two readings may run apart

Features = NDArray[np.float32]


class ReadingAligner:
    """Needs the offline voice to speak the language, and nothing else."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast

    def align(self, text: str, samples: Samples, sample_rate: int, language: str) -> tuple[SpokenWord, ...] | None:
        voices = self._cast.catalogue.of(engine="espeak", language=language)
        if not voices or len(samples) < sample_rate // 10:
            return None
        try:
            reading = self._cast.speak(text, voices[0])
        except VoicesError:
            # Then the words are estimated, which the narration says.
            return None
        if not reading.words:
            return None
        heard, read = _features(samples, sample_rate), _features(reading.samples, reading.sample_rate)
        places = _warped(heard, read)
        return tuple(
            SpokenWord(word.start, word.end, _heard_at(places, word.start_s), _heard_at(places, word.end_s))
            for word in reading.words
        )


def _heard_at(places: NDArray[np.float64], read_s: float) -> float:
    """When a moment of the reading comes in the recording; `places` are the reading's times, frame by frame."""
    return float(np.searchsorted(places, read_s)) * HOP_S


def _features(samples: Samples, sample_rate: int) -> Features:
    """(frames, 2 * MELS): the log spectrum of each frame and how it changes, alike for loud and soft voices."""
    from scipy.signal import resample_poly

    common = int(np.gcd(sample_rate, RATE))
    sound = resample_poly(samples.astype(np.float32), RATE // common, sample_rate // common)
    sound = np.append(sound[:1], sound[1:] - 0.95 * sound[:-1])
    window, hop = round(WINDOW_S * RATE), round(HOP_S * RATE)
    padded = np.pad(sound, (window // 2, window))
    frames = np.lib.stride_tricks.sliding_window_view(padded, window)[::hop] * np.hanning(window)
    power = np.abs(np.fft.rfft(frames, TRANSFORM)) ** 2 @ _mel_bank().T
    spectrum = _standard(np.log(power + 1e-7 * max(float(power.max()), 1e-12)))
    changes = _standard(np.gradient(spectrum, axis=0))
    return np.concatenate([spectrum, CHANGES_WEIGH * changes], axis=1).astype(np.float32)


def _standard(values: NDArray[Any]) -> NDArray[Any]:
    return (values - values.mean(axis=0)) / (values.std(axis=0) + 1e-6)


@cache
def _mel_bank() -> NDArray[np.float64]:
    """Triangles, evenly spaced to the ear."""
    lowest, highest = (2595 * np.log10(1 + hertz / 700) for hertz in (LOWEST_HZ, HIGHEST_HZ))
    edges = 700 * (10 ** (np.linspace(lowest, highest, MELS + 2) / 2595) - 1)
    hertz = np.fft.rfftfreq(TRANSFORM, 1 / RATE)
    rising = (hertz - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - hertz) / np.diff(edges)[1:, None]
    return np.maximum(0, np.minimum(rising, falling))


def _warped(heard: Features, read: Features) -> NDArray[np.float64]:
    """For each frame that is heard, the time in the reading that it belongs to; never going back.

    The reading is first stretched to the recording's length, so that the path stays near the diagonal.
    """
    count = len(heard)
    stretch = (len(read) - 1) / max(1, count - 1)
    read = read[np.round(np.arange(count) * stretch).astype(np.int64)]
    half = min(count, round(max(BAND_S / HOP_S, BAND_SHARE * count)))
    steps = _steps(heard, read, half)
    path = np.zeros(count)
    place = count - 1
    for frame in range(count - 1, -1, -1):
        path[frame] = place
        place = max(0, place - int(steps[frame, place - frame + half]))
    return path * stretch * HOP_S


def _steps(heard: Features, read: Features, half: int) -> NDArray[np.int8]:
    """How many frames of the reading the best path advances at each frame: 0, 1 or 2, within a band of 2 * half + 1."""
    width = 2 * half + 1
    padded = np.pad(read, ((half, half), (0, 0)))
    lengths = (padded**2).sum(axis=1)
    places = np.arange(-half, half + 1)
    best = np.where(places == 0, 0.0, np.inf)
    steps = np.zeros((len(heard), width), dtype=np.int8)
    for frame in range(1, len(heard)):
        window = slice(frame, frame + width)
        distance = lengths[window] - 2 * padded[window] @ heard[frame] + float(heard[frame] @ heard[frame])
        cost = np.sqrt(np.maximum(distance, 0) / heard.shape[1])
        cost[(places + frame < 0) | (places + frame >= len(read))] = np.inf
        # The band moves one frame on with every row: staying in the reading is one place to the left.
        choices = np.stack(
            [np.append(best[1:], np.inf) + UNEVEN_STEP, best, np.append(np.inf, best[:-1]) + UNEVEN_STEP]
        )
        steps[frame] = choices.argmin(axis=0)
        best = choices.min(axis=0) + cost
    return steps
