"""Rooms, echoes and chorus, all round the circle."""

from __future__ import annotations

import numpy as np

from presets.music.synth.loop import RATE, Wave, chain, convolved, filtered, high_pass, low_pass

_BANDS = ((90, 350, 1.0), (350, 1400, 0.95), (1400, 4500, 0.72), (4500, 12_000, 0.4))
"""From, to (hertz), and how long the band rings against the whole."""


def room(seconds: float, random: np.random.Generator, *, early_s: float = 0.022) -> Wave:
    """The impulse response of a room that takes so long to fall by 60 dB: reflections, then a dense, wide tail."""
    count = round((seconds * 1.2 + early_s) * RATE)
    t = np.arange(count) / RATE
    sides = []
    for _ in range(2):
        tail = np.zeros(count)
        for low, high, share in _BANDS:
            hiss = filtered(random.standard_normal(count), chain(high_pass(low, 3), low_pass(high, 3)))
            tail += hiss * 10 ** (-3 * t / (seconds * share))
        tail = np.roll(tail, round(early_s * RATE))
        tail[: round(early_s * RATE)] = 0
        for reflection in range(7):
            at = round(random.uniform(0.3, 2.4) * early_s * RATE)
            tail[at] += random.choice((-1, 1)) * 9 * 0.8**reflection
        sides.append(tail)
    impulse = np.stack(sides)
    return impulse / np.sqrt((impulse**2).sum() / 2)


def reverberated(circle: Wave, impulse: Wave) -> Wave:
    """Only the room, without the sound itself; the bass stays dry and the top is soft."""
    sent = filtered(circle, chain(high_pass(190), low_pass(6500)))
    middle = sent.mean(axis=0)
    return convolved(0.6 * sent + 0.4 * middle, impulse)


def echoed(circle: Wave, delay_s: float, *, feedback: float = 0.42, repeats: int = 6) -> Wave:
    """Repeats that go from side to side and lose their top."""
    sound = filtered(circle, chain(high_pass(260), low_pass(3600)))
    out = np.zeros_like(circle)
    for repeat in range(1, repeats + 1):
        sound = sound[::-1]
        out += np.roll(sound, round(repeat * delay_s * RATE), axis=1) * feedback ** (repeat - 1)
        sound = filtered(sound, low_pass(3600, 1)) if repeat < 3 else sound
    return out


def chorused(circle: Wave, *, turns: int, depth_s: float = 0.0022, amount: float = 0.45) -> Wave:
    """A slowly wandering copy beside the sound; the wandering makes whole turns in the loop."""
    length = circle.shape[1]
    at = np.arange(length)
    out = circle.copy()
    for side, offset in ((0, 0.0), (1, 0.31)):
        delay = RATE * (0.011 + depth_s * np.sin(2 * np.pi * (turns * at / length + offset)))
        position = (at - delay) % length
        index = position.astype(np.int64)
        rest = position - index
        source = circle[side]
        out[side] += amount * (source[index] * (1 - rest) + source[(index + 1) % length] * rest)
    return out / (1 + amount / 2)
