"""The halts inside a recording, made longer or shorter in their silent middles; no sound is touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from pipeline.narration.sound import Samples, Voiced
from voices import SpokenWord

LEAST_HALT_S = 0.12  # shorter gaps are part of speaking
KEPT_S = 0.08  # of a halt that is cut: what sounds right up to it must ring out
LONGEST_S = 1.2

Span = tuple[float, float]


def stretched(
    samples: Samples, sample_rate: int, words: Sequence[SpokenWord], sounding: Voiced, scale: float
) -> tuple[Samples, tuple[SpokenWord, ...]]:
    """Every halt between two words `scale` times as long, and the words after it moved along."""
    changes = [
        (middle, _change_s(halt, scale)) for halt in _halts(words, sounding) for middle in [(halt[0] + halt[1]) / 2]
    ]
    parts: list[Samples] = []
    position = 0
    for middle_s, change_s in changes:
        place, change = round(middle_s * sample_rate), round(change_s * sample_rate)
        parts.append(samples[position : place - max(0, -change) // 2])
        parts.append(np.zeros(max(0, change), dtype=np.float32))
        position = place + max(0, -change) - max(0, -change) // 2
    parts.append(samples[position:])
    return np.concatenate(parts), tuple(_moved(word, changes) for word in words)


def _halts(words: Sequence[SpokenWord], sounding: Voiced) -> list[Span]:
    """Silences that lie between two words, in order."""
    between = [(word.start_s, following.end_s) for word, following in pairwise(words)]
    silences = [(before[1], after[0]) for before, after in pairwise(sounding.runs(LEAST_HALT_S * 1000))]
    starts = [following.start_s for following in words[1:]]
    return [
        silence
        for silence in silences
        if any(low < silence[0] and silence[1] < high for low, high in between)
        and any(silence[0] - LEAST_HALT_S < start < silence[1] + LEAST_HALT_S for start in starts)
    ]


def _change_s(halt: Span, scale: float) -> float:
    length = halt[1] - halt[0]
    wanted = min(max(length * scale, KEPT_S), max(LONGEST_S, length))
    return wanted - length


def _moved(word: SpokenWord, changes: Sequence[tuple[float, float]]) -> SpokenWord:
    by_start = sum(change for middle, change in changes if middle <= word.start_s)
    by_end = sum(change for middle, change in changes if middle <= word.end_s - KEPT_S / 2)
    return replace(word, start_s=word.start_s + by_start, end_s=max(word.start_s + by_start, word.end_s + by_end))
