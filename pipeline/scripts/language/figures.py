"""Numbers with what they count, as a film shows them large: 36,000 people, $3.2 trillion, 1,200 °C."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.scripts.language.lexicon import english

_UNITS = (
    r"%|°\s?[CF]\b|per ?cent\b|degrees?(?:\s+(?:Celsius|Fahrenheit))?\b|km/h\b|m/s\b|"
    r"(?:mph|km|cm|mm|nm|kg|mg|lb|ft|[kMGT]Wh?|[kMG]?Hz|[KMGT]B)\b|[mgt]\b(?!['’])"
)
_NUMBER = re.compile(
    r"(?P<sign>[$€£¥])?(?P<figure>\d+(?:,\d{3})*(?:\.\d+)?)(?:\s?(?P<scale>hundred|thousand|million|billion|trillion)\b)?"
    rf"(?P<unit>-[a-z]+|\s?(?:{_UNITS}))?(?P<noun>(?:\s+[a-z][a-z'’\-]+){{0,2}})"
)
_ERA = re.compile(r"\s*(?:AD|BC|BCE|CE)\b")
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}


@dataclass(frozen=True)
class Figure:
    text: str
    value: float
    year: bool

    @property
    def telling(self) -> bool:
        """Large or with a unit or noun: worth showing by itself."""
        return not self.year and (" " in self.text or not self.text[-1].isdigit() or self.value >= 1000)


def figures(text: str) -> list[Figure]:
    return [figure for match in _NUMBER.finditer(text) if (figure := _figure(match, text))]


def _figure(match: re.Match[str], text: str) -> Figure | None:
    before = text[max(0, match.start() - 1) : match.start()]
    if before.isalnum() or before in {".", "-", "–", "/", "#", ":", "_"}:
        return None
    digits = match.group("figure")
    value = float(digits.replace(",", ""))
    era = _ERA.match(text[match.end("figure") :])
    if era:
        return Figure(digits + era.group(), value, True)
    noun = _counted(match.group("noun") or "", bare=not match.group("unit"))
    plain = not any(match.group(part) for part in ("sign", "scale", "unit")) and not noun
    head = text[match.start() : _head_end(match)]
    return Figure(
        f"{head} {noun}".strip(),
        value * _SCALES.get(match.group("scale") or "", 1),
        plain and "," not in digits and 1000 <= value <= 2100,
    )


def _head_end(match: re.Match[str]) -> int:
    return next(match.end(part) for part in ("unit", "scale", "figure") if match.group(part))


def _counted(words: str, *, bare: bool) -> str:
    """What a number counts: the words behind it up to the first that is no noun."""
    lexicon = english()
    kept: list[str] = []
    for word in words.split():
        counted_plural = bare and not kept and word.endswith("s") and word not in lexicon.stop_words
        if not counted_plural and word in lexicon.stop_words | lexicon.verbs | lexicon.adverbs:
            break
        if word.endswith("ed") or word.endswith("ly"):
            break
        kept.append(word)
    while kept and (kept[-1].endswith(("ous", "ful", "ible", "able", "ive")) or kept[-1] in lexicon.weak_adjectives):
        kept.pop()
    return " ".join(kept)
