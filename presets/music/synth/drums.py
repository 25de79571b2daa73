"""The drums. Each plays one hit of a given strength (0 to 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from scipy.signal import butter, sosfilt

from presets.music.synth.loop import RATE, Wave
from presets.music.synth.tones import decay, noise, phase, sine, times

Drum = Callable[[float, np.random.Generator], Wave]


def kick(strength: float, random: np.random.Generator) -> Wave:
    t = times(0.45)
    body = sine(phase(49 + 110 * np.exp2(-t / 0.018), len(t)))
    click = _band(noise(len(t), random), 1500, 5000) * np.exp2(-t / 0.003) * 0.12 * strength
    return np.tanh(1.4 * body) * decay(0.45, 0.09, 0.001) + click


def soft_kick(strength: float, random: np.random.Generator) -> Wave:
    """Felt beater, no click."""
    t = times(0.4)
    return sine(phase(50 + 55 * np.exp2(-t / 0.02), len(t))) * decay(0.4, 0.075, 0.003)


def snare(strength: float, random: np.random.Generator) -> Wave:
    t = times(0.3)
    skin = sine(phase(180 + 60 * np.exp2(-t / 0.01), len(t))) * np.exp2(-t / 0.045)
    wires = _band(noise(len(t), random), 1400, 7500) * np.exp2(-t / 0.05)
    return (0.7 * skin + (0.3 + 0.2 * strength) * wires) * decay(0.3, 0.2, 0.001)


def dusty_snare(strength: float, random: np.random.Generator) -> Wave:
    """As if from an old record."""
    t = times(0.26)
    skin = sine(phase(196 + 40 * np.exp2(-t / 0.012), len(t))) * np.exp2(-t / 0.04)
    wires = _band(noise(len(t), random), 900, 4200) * np.exp2(-t / 0.045)
    return np.tanh(1.5 * (0.6 * skin + 0.4 * wires)) * decay(0.26, 0.15, 0.0015)


def clap(strength: float, random: np.random.Generator) -> Wave:
    t = times(0.32)
    hands = np.exp2(-t / 0.055) * 0.55
    for late in (0.0, 0.011, 0.023):
        hands += np.where(t >= late, np.exp2(-(t - late) / 0.004), 0)
    left, right = (_band(noise(len(t), random), 850, 3800) for _ in range(2))
    return np.stack((left, right)) * hands * decay(0.32, 1.0, 0.001) * 0.6


def snap(strength: float, random: np.random.Generator) -> Wave:
    t = times(0.16)
    return _band(noise(len(t), random), 1700, 3600) * (np.exp2(-t / 0.006) + 0.25 * np.exp2(-t / 0.03)) * 0.8


def rim(strength: float, random: np.random.Generator) -> Wave:
    t = times(0.09)
    wood = sine(phase(1720.0, len(t))) * 0.5 + sine(phase(870.0, len(t))) * 0.7
    return (wood + 0.3 * _band(noise(len(t), random), 1500, 6000)) * decay(0.09, 0.012, 0.0005)


def hat(strength: float, random: np.random.Generator) -> Wave:
    return _metal(0.09, 0.016 + 0.008 * strength, random)


def open_hat(strength: float, random: np.random.Generator) -> Wave:
    return _metal(0.45, 0.085, random)


def shaker(strength: float, random: np.random.Generator) -> Wave:
    t = times(0.12)
    grains = np.sin(np.pi * np.clip(t / 0.07, 0, 1)) ** 2 + 0.3 * np.exp2(-np.abs(t - 0.05) / 0.01)
    return _band(noise(len(t), random), 4200, 10_500) * grains * decay(0.12, 0.2, 0.004) * 0.7


def tick(strength: float, random: np.random.Generator) -> Wave:
    """A clock's."""
    t = times(0.05)
    return (sine(phase(2350.0, len(t))) + 0.6 * sine(phase(3710.0, len(t)))) * decay(0.05, 0.005, 0.0004) * 0.7


def taiko(strength: float, random: np.random.Generator) -> Wave:
    """A very large drum in a large room."""
    t = times(1.3)
    skin = sine(phase(58 + 38 * np.exp2(-t / 0.03), len(t))) + 0.35 * sine(phase(97 + 20 * np.exp2(-t / 0.03), len(t)))
    stick = _band(noise(len(t), random), 180, 1300) * np.exp2(-t / 0.025) * (0.25 + 0.35 * strength)
    return np.tanh(1.2 * (skin * np.exp2(-t / 0.17) + stick)) * decay(1.3, 1.0, 0.002)


def tom(strength: float, random: np.random.Generator) -> Wave:
    t = times(0.7)
    skin = sine(phase(92 + 45 * np.exp2(-t / 0.03), len(t))) * np.exp2(-t / 0.1)
    return (skin + 0.15 * _band(noise(len(t), random), 300, 2500) * np.exp2(-t / 0.012)) * decay(0.7, 1.0, 0.001)


def cymbal(strength: float, random: np.random.Generator) -> Wave:
    """Struck softly, ringing long."""
    t = times(2.8)
    sides = [_band(noise(len(t), random), 3200, 10_000) * np.exp2(-t / 0.5) for _ in range(2)]
    return np.stack(sides) * np.minimum(1, t / 0.012) * decay(2.8, 4.0, 0.005) * 0.5


def rise(strength: float, random: np.random.Generator) -> Wave:
    """A cymbal backwards: grows for two seconds and stops."""
    t = times(2.0)
    sides = [_band(noise(len(t), random), 2200, 9000) * np.exp2(-(2.0 - t) / 0.42) for _ in range(2)]
    return np.stack(sides) * np.clip((2.0 - t) / 0.02, 0, 1) * 0.5


def boom(strength: float, random: np.random.Generator) -> Wave:
    """The lowest thing there is."""
    t = times(3.0)
    low = sine(phase(33 + 34 * np.exp2(-t / 0.09), len(t))) * np.exp2(-t / 0.55)
    rumble = _band(noise(len(t), random), 40, 220) * np.exp2(-t / 0.3) * 0.5
    return np.tanh(1.3 * (low + rumble)) * decay(3.0, 2.0, 0.004)


def crackle(strength: float, random: np.random.Generator) -> Wave:
    """Dust in a groove: one bar's worth of tiny clicks over a faint hiss."""
    count = round(3.2 * RATE)
    sides = []
    for _ in range(2):
        clicks = (random.random(count) < 9 / RATE) * random.uniform(0.2, 1.0, count) * random.choice((-1, 1), count)
        sides.append(_band(clicks, 900, 6000) * 6 + _band(noise(count, random), 500, 5000) * 0.008)
    return np.stack(sides)


def _metal(seconds: float, half_life_s: float, random: np.random.Generator) -> Wave:
    t = times(seconds)
    ring = sum(
        np.sign(sine(phase(f, len(t), float(random.random())))) for f in (2113.0, 3157.0, 4231.0, 5519.0, 6337.0)
    )
    sound = _band(0.16 * np.asarray(ring) + 0.5 * noise(len(t), random), 6500, 13_000)
    return sound * decay(seconds, half_life_s, 0.001)


def _band(sound: Wave, low_hz: float, high_hz: float) -> Wave:
    return np.asarray(sosfilt(butter(2, (low_hz, high_hz), "bandpass", fs=RATE, output="sos"), sound))


DRUMS: Mapping[str, Drum] = {
    drum.__name__: drum
    for drum in (
        kick, soft_kick, snare, dusty_snare, clap, snap, rim, hat, open_hat, shaker, tick, taiko, tom, cymbal, rise,
        boom, crackle,
    )
}  # fmt: skip
