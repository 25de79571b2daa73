"""Spoken sections: sound with the time of every word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.timeline.models import Word

Timing = Literal["engine", "aligned", "estimated"]


@dataclass(frozen=True, eq=False)
class Narration:
    """One section's voice: float32 mono samples in [-1, 1], trimmed, with words as written in the script."""

    section_id: str
    samples: NDArray[np.float32]
    sample_rate: int
    words: tuple[Word, ...]
    timing: Timing
    engine: str
    notes: tuple[str, ...] = ()

    @property
    def duration_ms(self) -> int:
        return round(1000 * len(self.samples) / self.sample_rate)
