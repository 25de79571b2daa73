"""Waves and envelopes that instruments are built from. Waves carry no overtone beyond what 48 kHz can hold."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from presets.music.synth.loop import RATE, Wave

_TABLE = 4096
_HIGHEST_HZ = 16_000


def hertz(midi: float) -> float:
    return float(440.0 * 2 ** ((midi - 69) / 12))


def times(seconds: float) -> Wave:
    return np.arange(round(seconds * RATE)) / RATE


def phase(frequency: float | Wave, count: int, start: float = 0.0) -> Wave:
    """Turns since the start; a frequency may change over time."""
    if isinstance(frequency, float):
        return start + np.arange(count) * (frequency / RATE)
    return start + np.cumsum(frequency) / RATE


def sine(turns: Wave) -> Wave:
    return np.sin(2 * np.pi * turns)


def wave(shape: str, frequency: float, turns: Wave, *, dark: float = 1.0, highest_hz: float = _HIGHEST_HZ) -> Wave:
    """A rich wave: saw, square or triangle. Overtones fall `dark` times as steeply as a saw's, up to a limit."""
    overtones = max(1, min(128, int(highest_hz / frequency)))
    return _look_up(_table(shape, overtones, dark), turns)


def formant_wave(frequency: float, turns: Wave, formants: tuple[tuple[float, float, float], ...]) -> Wave:
    """Overtones shaped by resonances that stand still, as a mouth's: (hertz, width, level)."""
    return _look_up(_formant_table(round(frequency, 3), formants), turns)


def decay(seconds: float, half_life_s: float, attack_s: float = 0.002) -> Wave:
    """Rises quickly and fades exponentially; the last 10 ms fade to nothing."""
    t = times(seconds)
    envelope = np.exp2(-t / half_life_s) * np.minimum(1.0, t / max(attack_s, 1e-4))
    return faded_out(envelope, 0.01)


def swell(seconds: float, attack_s: float, release_s: float) -> Wave:
    """Rises, stays, and rings on for release_s after its seconds."""
    t = times(seconds + release_s)
    attack = np.sin(np.pi / 2 * np.clip(t / max(attack_s, 1e-4), 0, 1)) ** 2
    release = np.cos(np.pi / 2 * np.clip((t - seconds) / max(release_s, 1e-4), 0, 1)) ** 2
    return np.asarray(attack * release)


def faded_out(sound: Wave, seconds: float) -> Wave:
    count = min(sound.shape[-1], round(seconds * RATE))
    if count:
        sound[..., -count:] *= np.cos(np.linspace(0, np.pi / 2, count)) ** 2
    return sound


def noise(count: int, random: np.random.Generator) -> Wave:
    return random.standard_normal(count)


def _look_up(table: Wave, turns: Wave) -> Wave:
    at = (turns % 1.0) * _TABLE
    index = at.astype(np.int64)
    rest = at - index
    return np.asarray(table[index] * (1 - rest) + table[index + 1] * rest)


@lru_cache(maxsize=512)
def _table(shape: str, overtones: int, dark: float) -> Wave:
    k = np.arange(1, overtones + 1)
    falls = {"saw": 1.0 / k, "square": (k % 2) / k, "triangle": (k % 2) / k**2.0}[shape]
    return _from_overtones(falls * k ** (1.0 - dark))


@lru_cache(maxsize=512)
def _formant_table(frequency: float, formants: tuple[tuple[float, float, float], ...]) -> Wave:
    k = np.arange(1, max(2, int(8000 / frequency)) + 1)
    weight = sum(level * np.exp(-(((k * frequency - centre) / width) ** 2)) for centre, width, level in formants)
    return _from_overtones((np.asarray(weight) + 0.02) / k**0.8)


def _from_overtones(levels: Wave) -> Wave:
    spectrum = np.zeros(_TABLE // 2 + 1, complex)
    spectrum[1 : len(levels) + 1] = -1j * levels
    table = np.fft.irfft(spectrum, _TABLE)
    table /= np.sqrt(np.mean(table**2)) * np.sqrt(2)
    return np.append(table, table[0])
