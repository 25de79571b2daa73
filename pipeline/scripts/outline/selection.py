"""Which sentences are told: the best set that fills the words exactly, with every sentence that leans on another
told right behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.scripts.language.lexicon import english
from pipeline.scripts.outline.beats import Beat
from pipeline.scripts.outline.material import Sentence

_FAIRNESS = 0.9
_ANNOUNCING = 7
_NOTHING = -1e9


@dataclass(frozen=True)
class Chain:
    """Sentences that are told from the first on, as far as wanted: each but the first needs the one before."""

    sentences: tuple[Sentence, ...]

    @property
    def least(self) -> int:
        """A short opening that only announces what comes is told with it or not at all."""
        return 2 if len(self.sentences) > 1 and len(self.sentences[0].text.split()) <= _ANNOUNCING else 1


def chains(sentences: tuple[Sentence, ...], left_out: frozenset[int], *, topic_is_said: bool) -> tuple[Chain, ...]:
    """A first sentence that leans is told only where the heading above it is spoken, or where it goes on about a
    person that the film has met."""
    found: list[list[Sentence]] = []
    broken = True
    for sentence in sentences:
        if sentence.index in left_out:
            broken = True
        elif not sentence.leans:
            found.append([sentence])
            broken = False
        elif not broken:
            found[-1].append(sentence)
        elif sentence is sentences[0] and (topic_is_said or goes_on_about_somebody(sentence)):
            found.append([sentence])
            broken = False
    return tuple(Chain(tuple(chain)) for chain in found)


def goes_on_about_somebody(sentence: Sentence) -> bool:
    return sentence.index > 0 and sentence.text.split()[0].lower() in english().persons | english().several


def select(
    beats: tuple[Beat, ...], left_out: frozenset[int], words: float, scores: dict[int, float]
) -> tuple[tuple[Sentence, ...], ...]:
    """For every beat the sentences to tell, in reading order."""
    sets = [chains(beat.sentences, left_out, topic_is_said=_speakable(beat)) for beat in beats]
    supply = [sum(_size(s) for chain in chosen for s in chain.sentences) for chosen in sets]
    room = round(words)
    if sum(supply) <= room:
        return tuple(_in_order(chain.sentences for chain in chosen) for chosen in sets)
    shares = _shares(supply, room)
    curves = [
        _Curve(chosen, min(total, round(2.5 * share) + 40), scores)
        for chosen, total, share in zip(sets, supply, shares, strict=True)
    ]
    sizes = _distribute(curves, shares, room)
    return tuple(_in_order(curve.picked(size)) for curve, size in zip(curves, sizes, strict=True))


def _speakable(beat: Beat) -> bool:
    return beat.announced and bool(beat.title.spoken)


def _in_order(groups: Iterable[tuple[Sentence, ...]]) -> tuple[Sentence, ...]:
    return tuple(sorted((s for group in groups for s in group), key=lambda s: s.index))


def _size(sentence: Sentence) -> int:
    return max(1, round(sentence.words))


def _shares(supply: list[int], room: int) -> list[float]:
    """Room by the root of what each beat has, so that no beat is told at length and another in passing."""
    shares = [0.0] * len(supply)
    open_beats = [index for index, total in enumerate(supply) if total]
    left = float(room)
    while open_beats:
        unit = left / sum(supply[index] ** 0.5 for index in open_beats)
        full = [index for index in open_beats if supply[index] <= unit * supply[index] ** 0.5]
        for index in full or open_beats:
            shares[index] = float(supply[index]) if full else unit * supply[index] ** 0.5
        left -= sum(shares[index] for index in full)
        open_beats = [index for index in open_beats if index not in full] if full else []
    return shares


class _Curve:
    """The most a beat is worth at every number of words, and which sentences make that."""

    def __init__(self, beat: tuple[Chain, ...], most: int, scores: dict[int, float]) -> None:
        self._chains = beat
        self._taken = np.zeros((len(beat), most + 1), np.int16)
        self.worth = np.full(most + 1, _NOTHING)
        self.worth[0] = 0.0
        for row, chain in enumerate(beat):
            self._add(row, chain, scores)

    def _add(self, row: int, chain: Chain, scores: dict[int, float]) -> None:
        best = self.worth.copy()
        size, gain = 0, 0.0
        for count, sentence in enumerate(chain.sentences, start=1):
            size += _size(sentence)
            gain += scores[sentence.index] * _size(sentence)
            if size >= len(best):
                break
            if count < chain.least:
                continue
            candidate = np.full_like(best, _NOTHING)
            candidate[size:] = self.worth[: len(best) - size] + gain
            better = candidate > best
            best[better] = candidate[better]
            self._taken[row, better] = count
        self.worth = best

    def picked(self, size: int) -> list[tuple[Sentence, ...]]:
        found = []
        for row in range(len(self._chains) - 1, -1, -1):
            told = self._chains[row].sentences[: self._taken[row, size]]
            found.append(told)
            size -= sum(map(_size, told))
        return found


def _distribute(curves: list[_Curve], shares: list[float], room: int) -> list[int]:
    """How many words each beat gets: in all as close to the room as sentences allow, each near its share."""
    totals = np.zeros(1)
    choices: list[NDArray[np.int64]] = []
    for curve, share in zip(curves, shares, strict=True):
        totals, choice = _convolve(totals, _fair(curve.worth, share), room)
        choices.append(choice)
    size = _fullest(totals)
    sizes = []
    for choice in reversed(choices):
        sizes.append(int(choice[size]))
        size -= sizes[-1]
    return sizes[::-1]


def _fair(worth: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Worth less what a beat strays from its share; a beat with nothing to tell is worth nothing at all."""
    if len(worth) == 1:
        return worth
    off = (np.arange(len(worth)) - share) / max(share, 1)
    fair = worth - _FAIRNESS * share * off**2
    fair[0] = _NOTHING / 10
    return fair


def _convolve(
    totals: NDArray[np.float64], worth: NDArray[np.float64], room: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    size = min(room, len(totals) + len(worth) - 2) + 1
    best = np.full(size, 2 * _NOTHING)
    choice = np.zeros(size, np.int64)
    for words in map(int, np.flatnonzero(worth > _NOTHING)):
        reach = min(len(totals), size - words)
        if reach <= 0:
            continue
        candidate = totals[:reach] + worth[words]
        better = candidate > best[words : words + reach]
        best[words : words + reach][better] = candidate[better]
        choice[words : words + reach][better] = words
    return best, choice


def _fullest(totals: NDArray[np.float64]) -> int:
    """The best of the totals within two percent of the fullest."""
    possible = np.flatnonzero(totals > _NOTHING)
    if not len(possible):
        return int(np.argmax(totals))
    fullest = possible[-1]
    near = possible[possible >= 0.98 * fullest]
    return int(near[np.argmax(totals[near])])


def joined(sentences: tuple[Sentence, ...]) -> str:
    """As one narration, with a paragraph break where the source has one and both sides are long enough."""
    text = sentences[0].text if sentences else ""
    since = len(text.split())
    for before, sentence in pairwise(sentences):
        breaks = sentence.paragraph != before.paragraph and since >= 25
        text += ("\n\n" if breaks else " ") + sentence.text
        since = 0 if breaks else since + len(sentence.text.split())
    return text
