"""Which aligner is asked, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.narration.align import Aligner, WhisperXAligner, is_installed
from pipeline.narration.reading import ReadingAligner
from pipeline.narration.sound import Samples
from voices import Cast, SpokenWord


@dataclass(frozen=True)
class FirstThatCan:
    """Several aligners, the best one first."""

    aligners: tuple[Aligner, ...]

    def align(self, text: str, samples: Samples, sample_rate: int, language: str) -> tuple[SpokenWord, ...] | None:
        found = (each.align(text, samples, sample_rate, language) for each in self.aligners)
        return next((words for words in found if words), None)


def best_aligner(cast: Cast, *, device: str = "cpu", offline: bool = False) -> Aligner:
    """WhisperX where it is installed and has a model; then a reading of the offline voice, which needs neither."""
    reading = ReadingAligner(cast)
    if not is_installed():
        return reading
    return FirstThatCan((WhisperXAligner(device=device, offline=offline), reading))
