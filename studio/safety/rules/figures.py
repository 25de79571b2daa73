"""Private data that is told by its digits: card numbers and government ids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studio.safety.rules.book import Finding

_SENTENCE = (
    "Your {subject} contain somebody's private data ({what}). Take it out, and save again: a film is seen by everybody."
)
_CARD = re.compile(r"(?<![\d.,])\d(?:[ -]?\d){12,18}(?![\d])")
_CARD_BEGINS = re.compile(
    r"(?:4\d{12}|4\d{15}|4\d{18}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|3[47]\d{13}|6(?:011|5\d\d)\d{12})"
)
_IDS = (
    (
        "a social security number",
        re.compile(r"(?<!\d)(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?!\d)"),
        re.compile(r"\b(?:ssn|social security)\b", re.IGNORECASE),
    ),
    (
        "a national insurance number",
        re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"),
        re.compile(r"\bnational insurance\b", re.IGNORECASE),
    ),
    (
        "a passport or identity number",
        re.compile(r"\b(?:[A-Z]{1,2}\d{6,9}|\d{8,12}[A-Z]?)\b"),
        re.compile(
            r"\b(?:passport|identity card|national id|id card|driver'?s licen[cs]e)\s*(?:number|no\.?|nr\.?|#|:)",
            re.IGNORECASE,
        ),
    ),
)
_NEAR = 60
_PRINTED_AS_SAMPLES = frozenset({"078-05-1120", "219-09-9999", "123-45-6789"})


def private_figures(text: str) -> Iterator[Finding]:
    if any(_is_card(found[0]) for found in _CARD.finditer(text)):
        yield _finding("a card number", refused=True)
    for what, shape, named in _IDS:
        for found in shape.finditer(text):
            if found[0] in _PRINTED_AS_SAMPLES:
                continue
            around = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
            if named.search(around):
                yield _finding(what, refused=True)
                break


def _is_card(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    # Ends of a number are told by its groups: 16 digits in fours, or without any gap.
    return bool(_CARD_BEGINS.fullmatch(digits)) and _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = [int(one) * (2 if place % 2 else 1) for place, one in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _finding(what: str, *, refused: bool) -> Finding:
    """Never quotes what it found: the log is no place for it either."""
    return Finding("private-data", refused, "", _SENTENCE, what)
