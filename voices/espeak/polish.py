"""Makes formant speech kinder to the ear, at 24 kHz, without moving a word in time.

What makes it buzz is that every harmonic up to 11 kHz starts in phase, in every pitch period, with no breath in it.
So the phases are spread, the upper band is partly replaced by noise that follows its loudness, the spectrum is
levelled towards that of a recorded voice, and a little compression and a small room finish it.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from voices.models import Samples

SAMPLE_RATE = 24_000
BREATH_BANDS_HZ = (3400, 4700, 6600, 9000)
BREATH, REPLACED = 0.5, 0.42  # of each upper band: noise put in, harmonics taken out
HISS_S = 11
ROOM_S = 0.11

# Third-octave bands, and the long-term average spectrum of recorded speech in them, in dB: what a voice is levelled to.
BANDS_HZ = (
    100, 125, 160, 200, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150, 4000, 5000, 6300, 8000,
)  # fmt: skip
RECORDED_SPEECH_DB = (
    54.4, 57.7, 56.8, 60.2, 60.3, 59.0, 62.1, 62.1, 60.5, 56.8, 53.7, 53.0, 52.0, 48.7, 48.1, 46.8, 45.6, 44.5, 44.3,
    43.7,
)  # fmt: skip

Spectrum = tuple[float, ...]
Sections = NDArray[np.float64]


def polish(samples: Samples, sample_rate: int, equaliser_db: Spectrum = ()) -> Samples:
    """Any rate in, 24 kHz out, longer by the tail of the room. The equaliser has a gain for each of BANDS_HZ."""
    from scipy.signal import oaconvolve, resample_poly, sosfilt

    common = int(np.gcd(sample_rate, SAMPLE_RATE))
    sound = resample_poly(samples.astype(np.float64), SAMPLE_RATE // common, sample_rate // common)
    sound = np.concatenate([sound, np.zeros(int(ROOM_S * SAMPLE_RATE))])
    sound = _breathe(sound)
    sound = sosfilt(_chain(), sound)
    if equaliser_db:
        sound = oaconvolve(sound, _equaliser(equaliser_db), mode="same")
    return _room(_compress(sound)).astype(np.float32)


def _breathe(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """In each upper band, part of the harmonics becomes noise that is as loud as they were, moment by moment."""
    from scipy.signal import lfilter, oaconvolve

    decay = np.exp(-1 / (0.0025 * SAMPLE_RATE))
    smoothing = np.array([1 - decay], np.float32), np.array([1, -decay], np.float32)
    light = sound.astype(np.float32)
    breathed = sound.copy()
    for taps, hiss in zip(_breath_bands(), _hisses(), strict=True):
        upper = oaconvolve(light, taps, mode="same")
        power = lfilter(*smoothing, upper**2)
        breathed += BREATH * np.sqrt(np.maximum(power, 0)) * np.resize(hiss, len(sound)) - REPLACED * upper
    return breathed


@cache
def _hisses() -> tuple[Samples, ...]:
    """Noise in each band at a level of 1, long enough that nobody hears it come round again."""
    from scipy.signal import oaconvolve

    noise = np.random.default_rng(7).standard_normal(HISS_S * SAMPLE_RATE).astype(np.float32)
    bands = (oaconvolve(noise, taps, mode="same") for taps in _breath_bands())
    return tuple(band / np.std(band) for band in bands)


@cache
def _breath_bands() -> tuple[Samples, ...]:
    from scipy.signal import firwin

    edges = [*BREATH_BANDS_HZ, None]
    return tuple(
        firwin(95, [low, high] if high else low, fs=SAMPLE_RATE, pass_zero=False).astype(np.float32)
        for low, high in pairwise(edges)
    )


@cache
def _chain() -> Sections:
    from scipy.signal import butter

    rumble = butter(2, 65, "highpass", fs=SAMPLE_RATE, output="sos")
    return np.vstack([rumble, *_dispersion()])


@cache
def _equaliser(gains_db: Spectrum) -> NDArray[np.float64]:
    """A symmetric filter through the gains: it changes the colour and delays nothing."""
    from scipy.signal import firwin2

    hertz = [0.0, *BANDS_HZ, SAMPLE_RATE / 2]
    decibels = [gains_db[0], *gains_db, gains_db[-1]]
    grid = np.geomspace(20, SAMPLE_RATE / 2, 200)
    smooth = np.interp(np.log(grid), np.log(np.maximum(hertz, 20)), decibels)
    return firwin2(1023, [0.0, *grid], 10 ** (np.array([smooth[0], *smooth]) / 20), fs=SAMPLE_RATE)


def _dispersion() -> list[Sections]:
    """All-pass filters: they keep the spectrum and spread each pulse over about a millisecond."""
    sections = []
    for hertz in (350, 700, 1150, 1700, 2400, 3200, 4200):
        radius, angle = 0.86, 2 * np.pi * hertz / SAMPLE_RATE
        middle = -2 * radius * np.cos(angle)
        sections.append(np.array([radius**2, middle, 1.0, 1.0, middle, radius**2]))
    return sections


def _compress(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """2:1 above the average loudness of the speech, so that stressed vowels do not jump out."""
    hop = SAMPLE_RATE // 200
    frames = len(sound) // hop
    if frames < 2:
        return sound
    power = (sound[: frames * hop].reshape(frames, hop) ** 2).mean(axis=1)
    power = np.convolve(power, np.hanning(9) / np.hanning(9).sum(), mode="same")
    level_db = 10 * np.log10(power + 1e-10)
    loud = level_db > level_db.max() - 40
    threshold_db = float(np.mean(level_db[loud])) - 3
    gain_db = -0.5 * np.maximum(level_db - threshold_db, 0)
    gain = np.interp(np.arange(len(sound)), (np.arange(frames) + 0.5) * hop, 10 ** (gain_db / 20))
    return sound * gain


def _room(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    from scipy.signal import oaconvolve

    return oaconvolve(sound, _reflections())[: len(sound)]


@cache
def _reflections() -> NDArray[np.float64]:
    """The direct sound, a few early reflections and a faint, dark tail: a treated booth, not a hall."""
    from scipy.signal import lfilter

    generator = np.random.default_rng(11)
    length = int(ROOM_S * SAMPLE_RATE)
    time_s = np.arange(length) / SAMPLE_RATE
    tail = generator.standard_normal(length) * np.exp(-time_s / 0.022) * (time_s > 0.012)
    tail = lfilter([0.35], [1, -0.65], tail)
    tail *= 10 ** (-23 / 20) / np.sqrt(np.sum(tail**2))
    for delay_s, gain in ((0.0067, 0.055), (0.0113, -0.045), (0.0171, 0.04), (0.0229, -0.03), (0.0307, 0.022)):
        tail[int(delay_s * SAMPLE_RATE)] += gain
    tail[0] = 1.0
    return tail
