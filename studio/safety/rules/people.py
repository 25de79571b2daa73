"""Names of real people in a sentence: those whom everybody knows, and what is spelt like anybody's name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from studio.safety.rules.plain import Sentence, sentences

FAMOUS, NAMED = "§famous", "§named"
_DATA = Path(__file__).parent / "data" / "people.toml"
_PARTICLES = frozenset({"van", "von", "de", "da", "del", "di", "bin", "al", "la", "le", "du", "der"})
_MOST_NAMES = 4
Name = tuple[str, ...]


class Marked(NamedTuple):
    """A sentence's line with a mark for each name, and the names as they were read."""

    line: str
    names: tuple[str, ...]


class People:
    def __init__(self, famous: Iterable[Name], fictional: Iterable[Name], given: Iterable[str], after: Iterable[str]):
        self._famous = _by_first(famous)
        self._fictional = _by_first(fictional)
        self._given = frozenset(given)
        self._no_surname = frozenset(after)

    @classmethod
    @cache
    def known(cls) -> People:
        data = tomllib.loads(_DATA.read_text("utf-8"))
        full, single, fictional = (_names(data[key]) for key in ("famous", "single", "fictional"))
        return cls(
            [*full, *single], fictional, (name[0] for name in _names(data["given"])), data["no_surname"].split(", ")
        )

    def marked(self, sentence: Sentence) -> Marked:
        words: list[str] = []
        names: list[str] = []
        place = 0
        while place < len(sentence.words):
            mark, length = self._at(sentence, place)
            if mark:
                names.append(" ".join(sentence.words[place : place + length]).title())
            words.append(mark or " ".join(sentence.words[place : place + length]))
            place += length
        return Marked(f" {' '.join(words)} ", tuple(names))

    def _at(self, sentence: Sentence, place: int) -> tuple[str, int]:
        """The mark for a name that begins there, if one does, and how many words it takes."""
        words = sentence.words
        invented = _longest(self._fictional, words, place)
        known = _longest(self._famous, words, place)
        if invented > known:
            return "", invented
        if known:
            return FAMOUS, known
        if words[place] in self._given and place in sentence.capitals:
            surname = self._surname(sentence, place + 1)
            return (NAMED, surname + 1) if surname else ("", 1)
        return "", 1

    def _surname(self, sentence: Sentence, place: int) -> int:
        """How many words of a surname follow: a particle and a word with a capital, or such words alone."""
        length = 0
        while length < _MOST_NAMES and place + length < len(sentence.words):
            word, at = sentence.words[place + length], place + length
            is_particle = word in _PARTICLES and at + 1 in sentence.capitals
            if not is_particle and (at not in sentence.capitals or word in self._no_surname):
                break
            length += 1
        return length


def _longest(names: dict[str, list[Name]], words: tuple[str, ...], place: int) -> int:
    fitting = (len(name) for name in names.get(words[place], ()) if words[place : place + len(name)] == name)
    return max(fitting, default=0)


def _names(text: str) -> list[Name]:
    """Read as a sentence is, so that both spell a name alike."""
    return [next(sentences(name.strip())).words for name in text.replace("\n", " ").split(",") if name.strip()]


def _by_first(names: Iterable[Name]) -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = {}
    for name in names:
        found.setdefault(name[0], []).append(name)
    return found
