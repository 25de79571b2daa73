"""From the library's events to the times of the words of the text, in the text's own order."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voices.espeak.child import PHONEME, WORD
from voices.espeak.process import Event
from voices.models import SpokenWord

Spell = Callable[[tuple[str, ...]], tuple[str, ...]]


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    text: str


def word_times(
    text: str, events: Sequence[Event], sample_rate: int, samples: int, spell: Spell
) -> tuple[SpokenWord, ...]:
    """One time for every stretch between spaces that has a letter or digit.

    The library runs some words together ("in the") and reports one beginning for both: those are parted where
    their phonemes part, as `spell` gives them word by word.
    """
    tokens = [_Token(*match.span(), match[0]) for match in re.finditer(r"\S+", text) if any(map(str.isalnum, match[0]))]
    if not tokens:
        return ()
    begins = _beginnings(tokens, events)
    groups = _groups(tokens, begins)
    spelled = _spelled([token for group in groups if len(group) > 1 for token in group], spell)
    sounds = [event.sample for event in events if event.type == PHONEME and not _is_pause(event)]
    starts: list[int] = []
    for index, group in enumerate(groups):
        start = begins.get(group[0], starts[-1] if starts else 0)
        until = begins[groups[index + 1][0]] if index + 1 < len(groups) else samples
        heard = sounds[bisect_left(sounds, start) : bisect_left(sounds, until)]
        starts += _parted(group, heard[0] if heard else start, until, heard, spelled)
    pauses = [event.sample for event in events if event.type == PHONEME and _is_pause(event)]
    return _timed(tokens, starts, pauses, sample_rate, samples)


def _is_pause(event: Event) -> bool:
    return event.phoneme.startswith("_")


def _beginnings(tokens: Sequence[_Token], events: Sequence[Event]) -> dict[_Token, int]:
    """Where each token was reported to begin; the first report counts, and never earlier than the one before."""
    begins: dict[_Token, int] = {}
    index, latest = 0, 0
    for event in events:
        if event.type != WORD:
            continue
        while index < len(tokens) and tokens[index].end <= event.character:
            index += 1
        if index == len(tokens):
            break
        token = tokens[index]
        if event.character + max(event.length, 1) > token.start and token not in begins:
            latest = max(latest, event.sample)
            begins[token] = latest
    return begins


def _groups(tokens: Sequence[_Token], begins: dict[_Token, int]) -> list[list[_Token]]:
    groups: list[list[_Token]] = []
    for token in tokens:
        if token in begins or not groups:
            groups.append([token])
        else:
            groups[-1].append(token)
    return groups


def _spelled(tokens: Sequence[_Token], spell: Spell) -> dict[_Token, int]:
    if not tokens:
        return {}
    return dict(zip(tokens, map(_sounds, spell(tuple(token.text for token in tokens))), strict=True))


def _sounds(phonemes: str) -> int:
    return max(1, sum(unicodedata.category(character) in ("Ll", "Lo") for character in phonemes))


def _parted(
    group: Sequence[_Token], start: int, until: int, heard: Sequence[int], spelled: dict[_Token, int]
) -> list[int]:
    """Where each word of a group begins: at the phoneme that its share of their letters comes to."""
    if len(group) == 1:
        return [start]
    total = sum(spelled[token] for token in group)
    starts, before = [start], 0
    for token in group[:-1]:
        before += spelled[token]
        if len(heard) > len(group):
            starts.append(heard[min(len(heard) - 1, round(len(heard) * before / total))])
        else:
            starts.append(start + (until - start) * before // total)
    return starts


def _timed(
    tokens: Sequence[_Token], starts: Sequence[int], pauses: Sequence[int], sample_rate: int, samples: int
) -> tuple[SpokenWord, ...]:
    """A word ends where the next one begins, or where the pause between them does."""
    words = []
    for token, (start, following) in zip(tokens, pairwise((*starts, samples)), strict=True):
        pause = bisect_right(pauses, start)
        end = min(following, pauses[pause] if pause < len(pauses) else samples, samples)
        words.append(
            SpokenWord(token.start, token.end, min(start, samples) / sample_rate, max(start, end) / sample_rate)
        )
    return tuple(words)
