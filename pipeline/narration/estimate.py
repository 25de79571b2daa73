"""Word times without an engine's or a model's: the words are laid into the stretches that sound, by their syllables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.narration.sound import Samples, Voiced, voiced
from pipeline.narration.syllables import LAST_BEFORE_A_PAUSE, pause_after, seconds_of

PAUSE_MS = 110.0  # shorter gaps are inside words
PAUSE_WITHOUT_MARK, MARK_WITHOUT_PAUSE = 0.35, 0.6  # what a reading costs that does not fit its punctuation

Span = tuple[float, float]


def estimated(words: Sequence[str], samples: Samples, sample_rate: int) -> tuple[Span, ...]:
    """A start and an end in seconds for every word."""
    if not words:
        return ()
    runs = _runs(voiced(samples, sample_rate), len(words))
    if not runs:
        runs = [(0.0, len(samples) / sample_rate)]
    spans: list[Span] = []
    position = 0
    for run, count in zip(runs, _shares(words, runs), strict=True):
        spans += _laid(words[position : position + count], run)
        position += count
    return tuple(spans)


def _runs(sounding: Voiced, most: int) -> list[Span]:
    """Stretches of sound; where there are more of them than words, the closest ones are joined."""
    runs = sounding.runs(PAUSE_MS)
    while len(runs) > most:
        gaps = [following[0] - run[1] for run, following in pairwise(runs)]
        closest = int(np.argmin(gaps))
        runs[closest : closest + 2] = [(runs[closest][0], runs[closest + 1][1])]
    return runs


def _shares(words: Sequence[str], runs: Sequence[Span]) -> list[int]:
    """How many words each run holds: the division that fits their lengths and the punctuation best."""
    lengths = np.array([end - start for start, end in runs])
    ends = np.concatenate([[0.0], np.cumsum([seconds_of(word) for word in words])])
    pace = lengths.sum() / ends[-1]
    marked = np.array([0.0, *(pause_after(word) for word in words)])
    missed = np.concatenate([[0.0], np.cumsum(marked[1:])])
    cost = np.full((len(runs) + 1, len(words) + 1), np.inf)
    cost[0, 0] = 0
    back = np.zeros(cost.shape, dtype=np.int64)
    for run in range(1, len(runs) + 1):
        for last in range(run, len(words) - (len(runs) - run) + 1):
            firsts = np.arange(run - 1, last)
            taken = cost[run - 1, firsts] + _misfit(ends[last] - ends[firsts], float(lengths[run - 1]), pace)
            taken += MARK_WITHOUT_PAUSE * (missed[last - 1] - missed[firsts])
            taken += PAUSE_WITHOUT_MARK * (last < len(words) and marked[last] == 0)
            best = int(np.argmin(taken))
            cost[run, last], back[run, last] = taken[best], firsts[best]
    return _walked_back(back)


def _misfit(spoken_s: NDArray[np.float64], run_s: float, pace: float) -> NDArray[np.float64]:
    """How far the words are from filling the run, against what chance would do."""
    return (spoken_s * pace - run_s) ** 2 / (0.12 * run_s + 0.02)


def _walked_back(back: NDArray[np.int64]) -> list[int]:
    shares: list[int] = []
    last = back.shape[1] - 1
    for run in range(back.shape[0] - 1, 0, -1):
        first = int(back[run, last])
        shares.append(last - first)
        last = first
    return shares[::-1]


def _laid(words: Sequence[str], run: Span) -> list[Span]:
    weights = np.array([seconds_of(word) for word in words])
    if weights.size:
        weights[-1] *= LAST_BEFORE_A_PAUSE
    bounds = run[0] + np.concatenate([[0.0], np.cumsum(weights)]) / weights.sum() * (run[1] - run[0])
    return [(float(start), float(end)) for start, end in pairwise(bounds)]
