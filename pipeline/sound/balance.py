"""How loud each sound is against the others, before the whole is brought to its final loudness.

The voice is the reference. All levels come from the sounds' measured loudness, never from their file's level, so a
quiet recording and a loud one sit in the film alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.sound.loudness import Powers, integrated, momentary
from pipeline.sound.pcm import db
from pipeline.sound.scratch import Clip

VOICE_LUFS = -20.0
MUSIC_UNDER_VOICE_LU = 15.0
PAUSE_RISE_DB = 8.0
"""How far the music comes up while nobody speaks."""
OWN_SOUND_DUCK_DB = -10.0

_LEVELLING_DB = 9.0
"""How far one narration is moved towards the loudness of them all."""
_MOST_GAIN_DB = 50.0
_EFFECT_MOMENTARY_LUFS = VOICE_LUFS - 6.0
_EFFECT_PEAK_DBFS = -12.0
_PEAK_PAUSE_LU = -9.0


def voice_gains_db(clips: Sequence[Clip]) -> list[float]:
    """Brings the narrations to VOICE_LUFS together, and each near the others. Silence is left alone."""
    levels = [integrated(clip.powers) for clip in clips]
    audible = [clip.powers for clip, level in zip(clips, levels, strict=True) if np.isfinite(level)]
    if not audible:
        return [0.0] * len(clips)
    common = integrated(np.concatenate(audible))
    lift = min(VOICE_LUFS - common, _MOST_GAIN_DB)
    return [
        lift + float(np.clip(common - level, -_LEVELLING_DB, _LEVELLING_DB)) if np.isfinite(level) else 0.0
        for level in levels
    ]


def own_sound_gain_db(clip: Clip, volume: float) -> float:
    level = integrated(clip.powers)
    if not np.isfinite(level):
        return 0.0
    return float(np.clip(VOICE_LUFS - level, -_MOST_GAIN_DB, 2 * _LEVELLING_DB)) + db(volume)


def effect_gain_db(clip: Clip) -> float:
    """Clearly heard beside the voice, never above it: by its loudest moment, and a click by its peak."""
    loudest = float(momentary(clip.powers).max(initial=float("-inf")))
    if not np.isfinite(loudest):
        return 0.0
    return min(_EFFECT_MOMENTARY_LUFS - loudest, _EFFECT_PEAK_DBFS - db(clip.peak), _MOST_GAIN_DB)


def music_gain_db(powers: Powers) -> float:
    """Makes the bed as loud as the voice."""
    level = integrated(powers)
    return min(VOICE_LUFS - level, _MOST_GAIN_DB) if np.isfinite(level) else 0.0


def music_open_db(under_db: float) -> float:
    """The bed's level while nobody speaks."""
    return min(under_db + PAUSE_RISE_DB, max(under_db, _PEAK_PAUSE_LU))
