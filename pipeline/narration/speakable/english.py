"""Every rule of spoken English, in the order in which they claim the text."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.narration.speakable import dates, names, quantities
from pipeline.narration.speakable.data import ENGLISH
from pipeline.narration.speakable.rules import Rule, rule

SYMBOLS = re.compile("[" + re.escape("".join(ENGLISH.symbols)) + "]")


def without_symbols(text: str) -> str:
    """Signs become words, and a slash between words a space."""
    text = SYMBOLS.sub(lambda symbol: f" {ENGLISH.symbols[symbol[0]]} ", text)
    text = re.sub(r"(?<=[A-Za-z])/(?=[A-Za-z])", " ", text)
    return re.sub(r"\s+(?=[-–,.;:!?])", "", text)


def _always(spoken: str) -> Callable[[re.Match[str]], str]:
    return lambda _: spoken


def _known() -> tuple[Rule, ...]:
    """The built-in dictionary; an entry in small letters matches any case."""
    rules = []
    for written, spoken in sorted(ENGLISH.pronunciations.items(), key=lambda entry: len(entry[0]), reverse=True):
        after = r"(?!\w)" if written[-1].isalnum() else ""
        flags = re.IGNORECASE if written == written.lower() else re.NOFLAG
        rules.append(rule(rf"(?<!\w){re.escape(written)}{after}", _always(spoken), flags))
    return tuple(rules)


RULES: tuple[Rule, ...] = (
    *names.ADDRESSES,
    *_known(),
    rule(r"(?<!\w)#(?=[A-Za-z])", lambda _: "hashtag"),
    *quantities.RULES[:1],
    *dates.RULES,
    *quantities.RULES[1:],
    *names.RULES,
    *quantities.PLAIN_NUMBERS,
)
