"""The pitched instruments. Each plays one note: frequency, length and strength in, mono or stereo sound out.

A note rings on after its length as the instrument does. Strength (0 to 1) changes the colour, not only the level.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from scipy.signal import butter, lfilter, sosfilt

from presets.music.synth.loop import RATE, Wave
from presets.music.synth.tones import decay, faded_out, formant_wave, noise, phase, sine, swell, times, wave

Instrument = Callable[[float, float, float, np.random.Generator], Wave]

_AH = ((620.0, 190.0, 1.0), (1080.0, 240.0, 0.5), (2600.0, 420.0, 0.16))
_OO = ((330.0, 130.0, 1.0), (760.0, 180.0, 0.28), (2300.0, 380.0, 0.05))


def electric_piano(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """Tine and bar: a soft bark when hit hard, long and round when not."""
    seconds = min(length + 0.5, 5.0)
    t = times(seconds)
    turns = phase(frequency, len(t), float(random.random()))
    bark = (0.35 + 1.1 * strength**2) * np.exp2(-t / 0.35) * min(1.0, 500 / frequency)
    body = np.sin(2 * np.pi * turns + bark * sine(turns)) + 0.22 * sine(2 * turns) * np.exp2(-t / 0.5)
    tine = 0.05 * strength * sine(turns * 13.0) * np.exp2(-t / 0.05) * (frequency * 13 < 9000)
    return _released((body + tine) * decay(seconds, 1.1 * (260 / frequency) ** 0.35, 0.004), length, 0.22)


def felt_piano(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """An upright with felt between hammer and string: two strings a note, overtones slightly sharp."""
    seconds = min(length + 0.9, 6.0)
    t = times(seconds)
    sound = np.zeros(len(t))
    for k in range(1, max(2, min(14, int(5200 / frequency))) + 1):
        sharp = k * np.sqrt(1 + 0.00035 * k * k)
        level = abs(np.sin(np.pi * k / 7.3)) / k ** (1.75 - 0.5 * strength)
        fades = np.exp2(-t / (1.5 * (220 / frequency) ** 0.45 / (1 + 0.32 * (k - 1))))
        for cents in (-1.1, 1.3):
            turns = phase(frequency * sharp * 2 ** (cents / 1200), len(t), float(random.random()) * 0.08)
            sound += 0.5 * level * sine(turns) * fades
    felt = sosfilt(butter(2, 420, fs=RATE, output="sos"), noise(len(t), random)) * np.exp2(-t / 0.018) * 0.25 * strength
    attack = np.minimum(1.0, t / (0.007 - 0.004 * strength))
    return _released((sound + felt) * attack, length, 0.45)


def grand_piano(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """Brighter, with more hammer."""
    soft = felt_piano(frequency, length, min(1.0, strength + 0.35), random)
    t = np.arange(len(soft)) / RATE
    knock = sosfilt(butter(2, (700, 2600), "bandpass", fs=RATE, output="sos"), noise(len(t), random))
    return soft + knock * np.exp2(-t / 0.006) * 0.08 * strength


def guitar(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """A plucked string: a burst of noise that runs round a loop as long as the note's period."""
    return _string(frequency, min(length + 0.4, 3.0), strength, random, damping=0.9965, brightness=0.55)


def muted_guitar(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """The palm on the strings: short and woody."""
    sound = _string(frequency, 0.55, strength, random, damping=0.985, brightness=0.45)
    return sound * decay(len(sound) / RATE, 0.09, 0.001)


def pizzicato(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """Strings plucked with a finger."""
    seconds = 0.7
    t = times(seconds)
    sound = np.zeros(len(t))
    for k in range(1, max(1, min(10, int(6000 / frequency))) + 1):
        turns = phase(frequency * k, len(t), float(random.random()))
        sound += sine(turns) / k**1.05 * np.exp2(-t / (0.13 * (300 / frequency) ** 0.3 / (1 + 0.55 * (k - 1))))
    thump = sosfilt(butter(2, 900, fs=RATE, output="sos"), noise(len(t), random)) * np.exp2(-t / 0.008) * 0.5 * strength
    return faded_out((sound + thump) * np.minimum(1, t / 0.002), 0.05)


def marimba(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    t = times(1.1)
    start = float(random.random())
    sound = sine(phase(frequency, len(t), start)) * np.exp2(-t / (0.2 * (300 / frequency) ** 0.5))
    sound += 0.22 * strength * sine(phase(frequency * 3.93, len(t))) * np.exp2(-t / 0.045)
    sound += 0.06 * strength * sine(phase(frequency * 9.2, len(t))) * np.exp2(-t / 0.015) * (frequency * 9.2 < 12_000)
    return faded_out(sound * np.minimum(1, t / 0.0015), 0.1)


def bell(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """Between a celesta and a music box."""
    t = times(2.6)
    sound = np.zeros(len(t))
    for ratio, level, half_life in ((1, 1, 0.55), (2.0, 0.28, 0.4), (3.01, 0.16, 0.22), (5.43, 0.07, 0.09)):
        if frequency * ratio < 11_000:
            sound += level * sine(phase(frequency * ratio, len(t), float(random.random()))) * np.exp2(-t / half_life)
    return faded_out(sound * np.minimum(1, t / 0.002) * (0.6 + 0.4 * strength), 0.2)


def pad(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """Seven slightly detuned saws a side behind a low filter that breathes."""
    envelope = swell(length, min(0.9, length * 0.4), 1.4)
    dull = _ensemble(frequency, len(envelope), random, 7, 9.0, dark=2.3, highest_hz=2200)
    open_ = _ensemble(frequency, len(envelope), random, 5, 11.0, dark=1.3, highest_hz=5200)
    t = np.arange(len(envelope)) / RATE
    breath = 0.28 + 0.16 * np.sin(2 * np.pi * (0.13 * t + random.random()))
    return (dull + open_ * breath * (0.5 + 0.5 * strength)) * envelope


def strings(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """A section, bowed: each player a little off, with a vibrato that comes late."""
    envelope = swell(length, min(0.32, length * 0.4), 0.5)
    return _section(frequency, envelope, random, vibrato_cents=9, bright=0.55 + 0.45 * strength)


def spiccato(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """The same section with a bouncing bow."""
    envelope = decay(0.42, 0.075 + 0.05 * strength, 0.012)
    bow = sosfilt(butter(2, (1200, 4200), "bandpass", fs=RATE, output="sos"), noise(len(envelope), random))
    grain = bow * np.exp2(-np.arange(len(envelope)) / RATE / 0.012) * 0.1 * strength
    return _section(frequency, envelope, random, vibrato_cents=0, bright=0.7 + 0.5 * strength) + grain


def brass(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """Horns: the louder, the brighter."""
    envelope = swell(length, min(0.14, length * 0.4), 0.28)
    dull = _ensemble(frequency, len(envelope), random, 4, 6.0, dark=2.2, highest_hz=3000)
    bright = _ensemble(frequency, len(envelope), random, 4, 6.0, dark=1.25, highest_hz=5200)
    return envelope * (dull + bright * envelope**2 * (0.15 + 0.5 * strength))


def choir(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """Distant voices, from oo to ah with their strength."""
    envelope = swell(length, min(0.6, length * 0.4), 1.1)
    sides = []
    for _ in range(2):
        voices = np.zeros(len(envelope))
        for _ in range(5):
            turns = phase(_wavering(frequency, len(envelope), random, cents=14, spread=9), len(envelope))
            turns = turns + random.random()
            voices += (1 - strength) * formant_wave(frequency, turns, _OO) + strength * formant_wave(
                frequency, turns, _AH
            )
        sides.append(voices / 5)
    return np.stack(sides) * envelope


def flute(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """A soft lead with breath in it."""
    envelope = swell(length, min(0.09, length * 0.3), 0.16)
    t = np.arange(len(envelope)) / RATE
    late = np.clip((t - 0.25) / 0.5, 0, 1)
    bend = frequency * 2 ** (late * 0.09 * np.sin(2 * np.pi * 4.9 * t) / 12)
    turns = phase(bend, len(t))
    tone = sine(turns) + 0.26 * sine(2 * turns) + 0.09 * sine(3 * turns)
    band = (min(frequency * 1.5, 9000), min(frequency * 4, 14_000))
    breath = sosfilt(butter(1, band, "bandpass", fs=RATE, output="sos"), noise(len(t), random))
    return (tone + breath * (0.05 + 0.06 * np.exp2(-t / 0.06))) * envelope


def clarinet(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """Hollow: odd overtones."""
    envelope = swell(length, min(0.05, length * 0.3), 0.1)
    t = np.arange(len(envelope)) / RATE
    late = np.clip((t - 0.3) / 0.5, 0, 1)
    turns = phase(frequency * 2 ** (late * 0.05 * np.sin(2 * np.pi * 4.6 * t) / 12), len(t))
    return wave("square", frequency, turns, dark=1.5, highest_hz=2400 + 2600 * strength) * envelope


def bass(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """A finger on a thick string."""
    seconds = min(length + 0.12, 4.0)
    t = times(seconds)
    turns = phase(frequency, len(t), 0.25)
    tone = sine(turns) + 0.35 * sine(2 * turns) * np.exp2(-t / 0.5)
    pluck = wave("saw", frequency, turns, dark=1.5, highest_hz=900) * np.exp2(-t / 0.14) * (0.3 + 0.4 * strength)
    return _released(np.tanh(1.1 * (tone + pluck)) * decay(seconds, 1.4, 0.006), length, 0.1)


def sub(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """Felt more than heard; a little second harmonic makes it speak on small loudspeakers."""
    envelope = swell(length, min(0.06, length * 0.3), 0.15)
    turns = phase(frequency, len(envelope))
    return np.tanh(1.3 * (sine(turns) + 0.18 * sine(2 * turns) + 0.05 * sine(3 * turns))) * envelope


def pulse(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """A dry synthetic bass that opens and closes."""
    seconds = min(length, 0.5) + 0.08
    t = times(seconds)
    turns = phase(frequency, len(t))
    dull = wave("saw", frequency, turns, dark=1.9, highest_hz=500)
    open_ = wave("saw", frequency, turns + 0.003, dark=1.2, highest_hz=1800)
    return (dull + open_ * np.exp2(-t / 0.05) * (0.25 + 0.6 * strength)) * decay(seconds, 0.16, 0.004)


def drone(frequency: float, length: float, strength: float, random: np.random.Generator) -> Wave:
    """Low, wide and never quite still."""
    envelope = swell(length, min(2.5, length * 0.4), 2.5)
    t = np.arange(len(envelope)) / RATE
    low = _ensemble(frequency, len(t), random, 4, 7.0, dark=1.7, highest_hz=700)
    high = _ensemble(frequency * 2, len(t), random, 3, 9.0, dark=1.6, highest_hz=1600)
    return (low + high * (0.3 + 0.25 * np.sin(2 * np.pi * (0.09 * t + random.random())))) * envelope


def _released(sound: Wave, length: float, release_s: float) -> Wave:
    """Damped when the key is let go."""
    t = np.arange(sound.shape[-1]) / RATE
    return faded_out(sound * np.where(t < length, 1.0, np.exp2(-(t - length) / (release_s / 3))), 0.02)


def _string(
    frequency: float, seconds: float, strength: float, random: np.random.Generator, *, damping: float, brightness: float
) -> Wave:
    period = RATE / frequency - 0.5
    whole = int(period)
    rest = period - whole
    count = round(seconds * RATE)
    burst = np.zeros(count)
    burst[:whole] = random.uniform(-1, 1, whole)
    cut = min(0.9, brightness * (0.45 + 0.55 * strength))
    burst = lfilter([cut], [1, cut - 1], burst)
    back = np.zeros(whole + 3)
    back[0] = 1.0
    back[whole : whole + 3] -= damping * np.convolve([0.5, 0.5], [1 - rest, rest])
    return faded_out(lfilter([1.0], back, burst) * 2.5, 0.05)


def _ensemble(
    frequency: float,
    count: int,
    random: np.random.Generator,
    players: int,
    cents: float,
    *,
    dark: float,
    highest_hz: float,
) -> Wave:
    sides = []
    for _ in range(2):
        side = np.zeros(count)
        for offset in np.linspace(-cents, cents, players):
            pitch = frequency * 2 ** ((offset + random.uniform(-1, 1)) / 1200)
            turns = phase(float(pitch), count, float(random.random()))
            side += wave("saw", frequency, turns, dark=dark, highest_hz=highest_hz)
        sides.append(side / np.sqrt(players))
    return np.stack(sides) * 0.6


def _section(
    frequency: float, envelope: Wave, random: np.random.Generator, *, vibrato_cents: float, bright: float
) -> Wave:
    sides = []
    for _ in range(2):
        side = np.zeros(len(envelope))
        for _ in range(4):
            bend = _wavering(frequency, len(envelope), random, cents=vibrato_cents, spread=7)
            turns = phase(bend, len(envelope)) + random.random()
            side += wave("saw", frequency, turns, dark=1.6 - 0.4 * bright, highest_hz=2600 + 4800 * bright)
        sides.append(side / 2)
    return np.stack(sides) * envelope * 0.6


def _wavering(frequency: float, count: int, random: np.random.Generator, *, cents: float, spread: float) -> Wave:
    """A pitch with its own offset and vibrato."""
    t = np.arange(count) / RATE
    late = np.clip(t / 0.5, 0, 1)
    rate, start = random.uniform(4.4, 5.6), random.random()
    offset = random.uniform(-spread, spread)
    return np.asarray(frequency * 2 ** ((offset + cents * late * np.sin(2 * np.pi * (rate * t + start))) / 1200))


INSTRUMENTS: Mapping[str, Instrument] = {
    instrument.__name__: instrument
    for instrument in (
        electric_piano, felt_piano, grand_piano, guitar, muted_guitar, pizzicato, marimba, bell, pad, strings,
        spiccato, brass, choir, flute, clarinet, bass, sub, pulse, drone,
    )
}  # fmt: skip
