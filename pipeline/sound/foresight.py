"""The gain that brings a mix to its loudness, known before it is mixed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.sound import limiter
from pipeline.sound.loudness import FRAMES_PER_S, Powers, integrated
from pipeline.sound.stems import Stems
from pipeline.sound.tables import music_table, music_under_voice_lu, tables_of

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


def foresee(stems: Stems, samples: int) -> Foreseen:
    voice, others = tables_of(stems.voices, samples), tables_of(stems.others, samples)
    music = music_table(stems.music, samples)
    return Foreseen(
        voice.powers + others.powers + music.powers,
        voice.heights + others.heights + music.heights,
        music_under_voice_lu(voice, music, stems.spans),
    )
