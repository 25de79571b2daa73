"""Powers and heights of tracks over the film, every 10 ms: what can be known of a mix before it is mixed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.sound.ducking import Ducked
from pipeline.sound.loudness import FRAME, FRAMES_PER_S, mean_lufs
from pipeline.sound.tracks import Music, Placed


class Tables:
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


def tables_of(tracks: Sequence[Placed], samples: int) -> Tables:
    tables = Tables(-(-samples // FRAME))
    for track in tracks:
        tables.add(track)
    return tables


def music_table(music: Music | None, samples: int) -> Tables:
    tables = Tables(-(-samples // FRAME))
    if music:
        tables.add_music(music)
    return tables


def music_under_voice_lu(voice: Tables, music: Tables, spans: Sequence[Ducked]) -> float | None:
    """How far the music lies below the voice while somebody speaks, in LU; None if one of them is not heard."""
    spoken = np.zeros(len(voice.powers), bool)
    for span in spans:
        spoken[round(span.start_s * FRAMES_PER_S) : round(span.end_s * FRAMES_PER_S)] = True
    if not spoken.any() or not music.powers[spoken].any():
        return None
    return mean_lufs(voice.powers[spoken]) - mean_lufs(music.powers[spoken])


def _times_s(first: int, frames: int) -> NDArray[np.float64]:
    return (first + np.arange(frames) + 0.5) / FRAMES_PER_S
