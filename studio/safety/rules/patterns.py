"""The small language in which the rules are written, made into regular expressions over a sentence's words.

`^` is the sentence's beginning, `bomb*` any word that begins so, `a|an` either, `the?` what may be missing. `~3` stands
for up to three words, and `@maker` for any phrase of the list of that name. `§person` is a name, `§famous` one that
everybody knows, `#minor` a number under eighteen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_KEY = 4
_ANY = r"(?: \S+){0,%d}"
_SPELT_BEGINNINGS = ("six", "seve", "eigh", "nine", "ten", "elev", "twel", "thir", "four", "fift", "sixt")
_SPECIAL = {
    "#minor": r" (?:[1-9]|1[0-7]|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)",
    "§person": r" §(?:famous|named)",
    "§famous": r" §famous",
    "§named": r" §named",
    "#number": r" \d+[a-z]?",
}
_SPECIAL_KEYS = {
    "§person": frozenset({"§fam", "§nam"}),
    "§famous": frozenset({"§fam"}),
    "§named": frozenset({"§nam"}),
    "#minor": frozenset([*map(str, range(1, 18)), *_SPELT_BEGINNINGS]),
}
Lists = Mapping[str, tuple[str, ...]]


class PatternError(ValueError):
    """A rule is written wrongly."""


def compiled(patterns: Iterable[str], lists: Lists) -> re.Pattern[str]:
    """One expression for any of the patterns; it matches a Sentence's `line`."""
    whole = "|".join(_sequence(pattern, lists) for pattern in patterns)
    return re.compile(f"(?:{whole})(?= )")


def keys(pattern: str, lists: Lists) -> frozenset[str]:
    """Beginnings of words of which a sentence that matches has at least one: those of the pattern's rarest part."""
    parts = [_beginnings(token, lists) for token in pattern.split()]
    usable = [part for part in parts if part]
    if not usable:
        raise PatternError(f"{pattern!r} matches anything")
    return min(usable, key=_commonness)


def _commonness(beginnings: frozenset[str]) -> float:
    """Long and few is rare."""
    return sum(1 / len(one) ** 2 for one in beginnings)


def key_of(word: str) -> str:
    return word[:_KEY]


def _sequence(pattern: str, lists: Lists) -> str:
    return "".join(_element(token, lists) for token in pattern.split())


def _element(token: str, lists: Lists) -> str:
    if token == "^":
        return "^"
    if token.startswith("~"):
        return _ANY % int(token[1:])
    alternatives = "|".join(_alternative(one, lists) for one in token.removesuffix("?").split("|"))
    return f"(?:{alternatives})" + ("?" if token.endswith("?") else "")


def _alternative(word: str, lists: Lists) -> str:
    if word in _SPECIAL:
        return _SPECIAL[word]
    if word.startswith("@"):
        return "|".join(_sequence(phrase, lists) for phrase in _list(word, lists))
    stem = word.removesuffix("*")
    if stem != word and len(stem) < _KEY:
        raise PatternError(f"{word!r} begins too many words")
    # A hyphen parts words here as it does in sentences.
    return " " + re.escape(stem.replace("-", " ")) + (r"[^ ]*" if stem != word else "")


def _beginnings(token: str, lists: Lists) -> frozenset[str]:
    """Empty where the part may be missing, or may begin in any way."""
    if token == "^" or token.startswith("~") or token.endswith("?"):
        return frozenset()
    found = [_key(one, lists) for one in token.split("|")]
    return frozenset().union(*found) if all(found) else frozenset()


def _key(word: str, lists: Lists) -> frozenset[str]:
    if word in _SPECIAL:
        return _SPECIAL_KEYS.get(word, frozenset())
    if word.startswith("@"):
        found = [keys(phrase, lists) for phrase in _list(word, lists)]
        return frozenset().union(*found)
    return frozenset({key_of(word.removesuffix("*").split("-")[0])})


def _list(token: str, lists: Lists) -> tuple[str, ...]:
    try:
        return lists[token[1:]]
    except KeyError as error:
        raise PatternError(f"there is no list {token}") from error
