"""Numbers and names of a narration that the cited passages do not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.scripts.language.lexicon import english
from pipeline.scripts.language.sentences import split
from pipeline.scripts.language.words import stem, tokens
from pipeline.sources.models import Passage

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_COUNTED_ON_FINGERS = 10
_LONGEST_NUMBER = 24


@dataclass(frozen=True)
class Claim:
    """A number or a name as it is spoken."""

    text: str
    value: float | None = None

    @property
    def kind(self) -> str:
        return "name" if self.value is None else "number"


def unsupported(narration: str, passages: Iterable[Passage]) -> list[Claim]:
    """What it says that none of the passages does; the parts of a name may stand in several."""
    missing = claims(narration)
    if not missing:
        return []
    facts = [_facts(passage.text) for passage in passages]
    values = frozenset[float]().union(*(fact.values for fact in facts))
    stems = frozenset[str]().union(*(fact.stems for fact in facts))
    return [claim for claim in missing if not _is_held(claim, _Facts(values, stems))]


@dataclass(frozen=True)
class _Facts:
    values: frozenset[float]
    stems: frozenset[str]


@lru_cache(maxsize=20_000)
def _facts(text: str) -> _Facts:
    return _Facts(frozenset(numbers(text)), frozenset(stem(word) for word in tokens(text)))


def claims(narration: str) -> list[Claim]:
    """Small counts ("three reasons") and words that only open a sentence are no claims."""
    values = [value for value in dict.fromkeys(numbers(narration)) if value > _COUNTED_ON_FINGERS or value % 1]
    return [Claim(_written(value), value) for value in values] + [Claim(name) for name in _names(narration)]


def _written(value: float) -> str:
    return f"{value:,.10g}" if value >= 10_000 else f"{value:g}"


def _is_held(claim: Claim, facts: _Facts) -> bool:
    if claim.value is not None:
        return claim.value in facts.values
    return all(stem(word) in facts.stems or word.lower() in english().stop_words for word in tokens(claim.text))


def holds(claim: Claim, passage: Passage) -> bool:
    return _is_held(claim, _facts(passage.text))


def numbers(text: str) -> list[float]:
    """Written in figures or in words: 36,000 and thirty-six thousand are one number."""
    found: list[float] = []
    words = re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?|[A-Za-z]+", text.replace("-", " "))
    place = 0
    while place < len(words):
        value, used = _number_at(words, place)
        if used:
            found.append(value)
        place += max(1, used)
    return found


def _number_at(words: list[str], place: int) -> tuple[float, int]:
    total = current = 0.0
    used = 0
    for word in words[place : place + _LONGEST_NUMBER]:
        low = word.lower()
        if _NUMBER.fullmatch(word):
            if used:
                break
            current = float(word.replace(",", ""))
        elif low in _UNITS or low in _TENS:
            if used and _NUMBER.fullmatch(words[place + used - 1]):
                break
            current += _UNITS.get(low, 0) + _TENS.get(low, 0)
        elif low in _SCALES and used:
            current *= _SCALES[low]
            if low != "hundred":
                total, current = total + current, 0.0
        elif not (low == "and" and used and words[place + used - 1].lower() in _SCALES):
            break
        used += 1
    while used and words[place + used - 1].lower() == "and":
        used -= 1
    return total + current, used


def _names(narration: str) -> list[str]:
    """Words with a capital inside a sentence, joined where they stand together."""
    found: list[str] = []
    for sentence in split(narration):
        run: list[str] = []
        for place, word in enumerate(sentence.split()):
            bare = word.strip("\"'“”‘’(),.;:!?—–")
            capital = bare[:1].isupper() and place > 0 and bare != "I" and not bare.startswith(("I'", "I’"))
            if capital and _goes_on(sentence, place):
                run.append(bare)
            elif run:
                found.append(" ".join(run))
                run = []
        if run:
            found.append(" ".join(run))
    return list(dict.fromkeys(found))


def _goes_on(sentence: str, place: int) -> bool:
    """Behind a colon or an opening quote a capital may only open a clause."""
    before = sentence.split()[place - 1]
    return not before.endswith((":", "—", "“", "?", "!"))
