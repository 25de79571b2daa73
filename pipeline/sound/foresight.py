"""The loudness of a mix, known from the tables of its parts before it is mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.sound import limiter
from pipeline.sound.ducking import Ducked
from pipeline.sound.loudness import FRAME, FRAMES_PER_S, Powers, integrated, mean_lufs
from pipeline.sound.stems import Stems
from pipeline.sound.tracks import Music, Placed

_ROUNDS = 6
_MOST_LIMITED_DB = 12.0


@dataclass(frozen=True, eq=False)
class Foreseen:
    """The whole film, every 10 ms: its power, its highest sample squared, and what follows from them."""

    powers: Powers
    heights: Powers
    music_under_voice_lu: float | None

    def gain_db(self, target_lufs: float, ceiling_db: float) -> float:
        """What brings the mix to the target when its peaks are limited; nothing if there is nothing to hear.

        A sound of rare, high peaks stays quieter than the target: it would have to be crushed to reach it.
        """
        most_db = ceiling_db + _MOST_LIMITED_DB - 10 * np.log10(max(self.heights.max(initial=0.0), 1e-12))
        gain_db = 0.0
        for _ in range(_ROUNDS):
            level = integrated(self.powers * 10 ** ((gain_db - self._limited_db(gain_db - ceiling_db)) / 10))
            if not np.isfinite(level):
                return 0.0
            gain_db = min(gain_db + target_lufs - level, most_db)
        return gain_db

    def _limited_db(self, over_db: float) -> NDArray[np.float64]:
        needed_db = np.maximum(10 * np.log10(np.maximum(self.heights, 1e-12)) + over_db, 0.0)
        fall = np.arange(len(needed_db)) * (limiter.RELEASE_DB_PER_S / FRAMES_PER_S)
        held: NDArray[np.float64] = np.maximum.accumulate(needed_db + fall) - fall
        return np.maximum(held, 0.0)


class _Tables:
    """Powers and squared heights of some tracks over the film."""

    def __init__(self, frames: int) -> None:
        self.powers = np.zeros(frames)
        self.heights = np.zeros(frames)

    def add(self, track: Placed) -> None:
        first = round(track.start / FRAME)
        frames = min(len(self.powers) - first, -(-(track.end - track.start) // FRAME))
        if not track.loop:
            frames = min(frames, len(track.clip.powers))
        if frames <= 0:
            return
        levels_db = track.curve.at(_times_s(first, frames)) if track.curve else np.zeros(frames)
        gains = track.gain**2 * 10 ** (levels_db / 10)
        self.powers[first : first + frames] += np.resize(track.clip.powers, frames) * gains
        self.heights[first : first + frames] += np.resize(track.clip.peaks, frames) ** 2.0 * gains

    def add_music(self, music: Music) -> None:
        begin, length = music.begin // FRAME, max(1, music.length // FRAME)
        period = max(1, (music.length - music.overlap) // FRAME)
        at = np.minimum(begin + np.arange(len(self.powers)) % period, begin + length - 1)
        fades = music.fade_at(np.arange(len(at)) * FRAME + FRAME // 2)
        gains = (music.gain * fades) ** 2.0 * 10 ** (music.curve.at(_times_s(0, len(at))) / 10)
        self.powers += music.clip.powers[at] * gains
        self.heights += music.clip.peaks[at] ** 2.0 * gains


def foresee(stems: Stems, samples: int) -> Foreseen:
    frames = -(-samples // FRAME)
    voice, others, music = _Tables(frames), _Tables(frames), _Tables(frames)
    for track in stems.voices:
        voice.add(track)
    for track in stems.others:
        others.add(track)
    if stems.music:
        music.add_music(stems.music)
    return Foreseen(
        voice.powers + others.powers + music.powers,
        voice.heights + others.heights + music.heights,
        _difference(voice.powers, music.powers, stems.spans),
    )


def _times_s(first: int, frames: int) -> NDArray[np.float64]:
    return (first + np.arange(frames) + 0.5) / FRAMES_PER_S


def _difference(voice: Powers, music: Powers, spans: Sequence[Ducked]) -> float | None:
    """How far the music lies below the voice while somebody speaks, in LU."""
    spoken = np.zeros(len(voice), bool)
    for span in spans:
        spoken[round(span.start_s * FRAMES_PER_S) : round(span.end_s * FRAMES_PER_S)] = True
    if not spoken.any() or not music[spoken].any():
        return None
    return mean_lufs(voice[spoken]) - mean_lufs(music[spoken])
