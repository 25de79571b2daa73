"""The last desk: makes a sum of parts into a finished bed that leaves room for a voice."""

from __future__ import annotations

import numpy as np

from presets.music.synth.loop import (
    Wave,
    bell,
    chain,
    filtered,
    high_pass,
    loudness_lufs,
    low_pass,
    shelf,
    smoothed,
)

LOUDNESS_LUFS = -18.0
CEILING = 10 ** (-2.0 / 20)

_VOICE_DIP = bell(2000, -3.5, 1.1)
_TONE = chain(
    high_pass(32, 2), bell(58, -2.0, 0.9), bell(280, -1.5, 0.8), _VOICE_DIP, shelf(6000, 1.5), low_pass(16_500, 4)
)


def mastered(circle: Wave) -> Wave:
    """Toned, glued and levelled; its peaks stay under the ceiling."""
    sound = _narrow_bass(filtered(circle, _TONE))
    sound = _glued(_levelled(sound))
    return _capped(_levelled(sound))


def _levelled(sound: Wave) -> Wave:
    return sound * 10 ** ((LOUDNESS_LUFS - loudness_lufs(sound)) / 20)


def _narrow_bass(sound: Wave) -> Wave:
    """Below 130 Hz both sides play the same."""
    middle, side = sound.mean(axis=0), (sound[0] - sound[1]) / 2
    side = filtered(side, high_pass(130, 2))
    return np.stack((middle + side, middle - side))


def _glued(sound: Wave, *, ratio: float = 1.8, above_db: float = 1.0) -> Wave:
    """Holds passages louder than the whole by a little."""
    level = np.sqrt(smoothed((sound**2).mean(axis=0), 0.12).clip(1e-12))
    over_db = 20 * np.log10(level / np.sqrt((sound**2).mean())) - above_db
    return sound * 10 ** (-np.maximum(over_db, 0) * (1 - 1 / ratio) / 20)


def _capped(sound: Wave, hop: int = 32, reach: int = 24) -> Wave:
    """Turns peaks down smoothly, then rounds what is left of them."""
    length = sound.shape[1]
    padded = np.pad(np.abs(sound).max(axis=0), (0, -length % hop), mode="wrap")
    heights = padded.reshape(-1, hop).max(axis=1)
    gain = np.minimum(1.0, 0.97 * CEILING / np.maximum(heights, 1e-9))
    lowest = np.min([np.roll(gain, shift) for shift in range(-reach, reach + 1)], axis=0)
    weights = np.hanning(2 * reach + 3)[1:-1]
    smooth = sum(w * np.roll(lowest, k - reach) for k, w in enumerate(weights)) / weights.sum()
    at = np.arange(length) / hop - 0.5
    curve = np.interp(at, np.arange(len(smooth)), np.asarray(smooth), period=len(smooth))
    return np.asarray(np.clip(sound * curve, -CEILING, CEILING))
