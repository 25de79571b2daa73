"""Which words the timed phonemes of the model belong to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from voices.models import SpokenWord


class Timing(Protocol):
    """A phoneme as the model reports it, in seconds."""

    @property
    def phoneme(self) -> str: ...
    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...


@dataclass(frozen=True)
class _Sound:
    phoneme: str
    start: float
    end: float
    begins_word: bool


def word_times(text: str, timings: Sequence[Timing], phonemize: Callable[[str], str]) -> tuple[SpokenWord, ...] | None:
    """A time for each stretch of the text between spaces that has a letter or digit; None without timings.

    The phonemes come in words as well, but a few words are run together or parted ("of the", "1984"). Where the
    counts differ, the words are spelled one by one and the two strings of phonemes are laid over each other.
    """
    sounds = _sounds(timings)
    words = [match for match in re.finditer(r"\S+", text) if any(map(str.isalnum, match[0]))]
    if not sounds or not words:
        return None
    begins = [index for index, sound in enumerate(sounds) if sound.begins_word]
    if len(begins) != len(words):
        begins = _laid_over([_letters(phonemize(word[0])) for word in words], sounds)
    return _timed(words, begins, sounds)


def _sounds(timings: Sequence[Timing]) -> list[_Sound]:
    sounds: list[_Sound] = []
    begins = True
    for timing in timings:
        if timing.phoneme.isspace():
            begins = True
        elif _letters(timing.phoneme):
            sounds.append(_Sound(timing.phoneme, timing.start, timing.end, begins))
            begins = False
    return sounds


def _letters(phonemes: str) -> str:
    """Without marks, spaces and stress."""
    return "".join(character for character in phonemes if character.isalpha() and character not in "ˈˌː")


def _laid_over(spelled: Sequence[str], sounds: Sequence[_Sound]) -> list[int]:
    """For each word, the sound that it begins with."""
    heard = "".join(sound.phoneme for sound in sounds)
    whole = "".join(spelled)
    matcher = SequenceMatcher(None, whole, heard, autojunk=False)
    anchors = [(0, 0), *((block.a, block.b) for block in matcher.get_matching_blocks() if block.size)]
    anchors.append((len(whole), len(heard)))
    begins, position, anchor = [], 0, 0
    for word in spelled:
        while anchor + 1 < len(anchors) and anchors[anchor + 1][0] <= position:
            anchor += 1
        begins.append(min(len(heard) - 1, anchors[anchor][1] + position - anchors[anchor][0]))
        position += len(word)
    return begins


def _timed(words: Sequence[re.Match[str]], begins: Sequence[int], sounds: Sequence[_Sound]) -> tuple[SpokenWord, ...]:
    timed = []
    latest_s = 0.0
    for index, (word, begin) in enumerate(zip(words, begins, strict=True)):
        following = begins[index + 1] if index + 1 < len(begins) else len(sounds)
        start_s = max(latest_s, sounds[begin].start)
        latest_s = max(start_s, sounds[max(begin, following - 1)].end)
        timed.append(SpokenWord(*word.span(), start_s, latest_s))
    return tuple(timed)
