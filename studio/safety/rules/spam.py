"""Text that only advertises, links or repeats itself."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from studio.safety.rules.book import Finding
from studio.safety.rules.plain import sentences

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def spam(text: str) -> Iterator[Finding]:
    rules = _rules()
    links = len(_LINK.findall(text))
    words = len(text.split())
    plain = " ".join(sentence.line for sentence in sentences(text[:20_000]))
    phrases = sum(f" {phrase} " in re.sub(r" +", " ", plain) for phrase in rules["spelt"])
    lines = Counter(line.strip().lower() for line in text.splitlines() if line.strip())
    most = max(lines.values(), default=0)
    if phrases >= rules["least_phrases"]:
        yield _finding("phrases of an advertisement", refused=links > 0 or phrases > rules["least_phrases"])
    if links >= rules["least_links"] and words < links * rules["words_a_link"]:
        yield _finding("almost nothing but links", refused=True)
    if most >= rules["least_repeats"] and most >= rules["repeated_share"] * lines.total():
        yield _finding("one line over and over", refused=True)


@cache
def _rules() -> dict[str, Any]:
    data = tomllib.loads((Path(__file__).parent / "data" / "spam.toml").read_text("utf-8"))
    spelt = [next(sentences(phrase)).line.strip() for phrase in data["phrases"]]
    return {**data, "spelt": spelt}


def _finding(what: str, *, refused: bool) -> Finding:
    return Finding("spam", refused, "", str(_rules()["sentence"]), what)
