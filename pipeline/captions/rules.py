"""What a caption may be, and where its lines may break."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

PUNCTUATION = tuple(".,;:!?…—–。、，！？：；")
SENTENCE_ENDS = tuple(".!?…。！？;:；：")  # a semicolon or colon parts thoughts as well
CLOSING = "\"'”’)]»」』"


@dataclass(frozen=True)
class Limits:
    """The bounds of one caption."""

    characters: int = 42
    lines: int = 2
    shortest_ms: int = 834  # 5/6 s
    longest_ms: int = 7000
    characters_a_second: float = 20.0
    gap_frames: int = 2

    def needed_ms(self, characters: int) -> int:
        """How long so many characters must stand."""
        return max(self.shortest_ms, int(-(-characters * 1000 // self.characters_a_second)))

    def gap_ms(self, fps: int) -> int:
        return -(-self.gap_frames * 1000 // fps) + 1  # + 1: times are whole milliseconds


def limits_for(language: str) -> Limits:
    characters = {"zh": 16, "ja": 13}.get(language.split("-")[0].lower(), 42)
    return Limits(characters=characters)


TITLES = {
    "mr.",
    "mrs.",
    "ms.",
    "dr.",
    "st.",
    "prof.",
    "mt.",
    "gen.",
    "col.",
    "capt.",
    "lt.",
    "sgt.",
    "rev.",
    "gov.",
    "vs.",
}
INITIAL = re.compile(r"[A-Z]\.")


class Breaks(BaseModel):
    """Small words of one language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    binders: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()

    def is_good(self, before: str, after: str) -> bool:
        """After punctuation, or before a conjunction or preposition, but never after an article."""
        return ends_clause(before) or (bare(after) in self.openers and not self.is_bad(before))

    def is_bad(self, before: str) -> bool:
        """Between an article and its noun."""
        return not ends_clause(before) and last_word(before) in self.binders


def ends_clause(word: str) -> bool:
    return word.rstrip(CLOSING).endswith(PUNCTUATION) and not _goes_on(word)


def ends_sentence(word: str) -> bool:
    return word.rstrip(CLOSING).endswith(SENTENCE_ENDS) and not _goes_on(word)


def _goes_on(word: str) -> bool:
    """Titles and initials have a full stop that ends nothing: Mount St. Helens, J. Robert Oppenheimer."""
    last = word.split(" ")[-1]
    return bare(last) in TITLES or bool(INITIAL.fullmatch(last.lstrip("\"'“‘([")))


def bare(word: str) -> str:
    """In small letters, without the marks around it: a title's full stop is part of it."""
    return word.lower().lstrip("\"'“‘([«「『").rstrip(f"{CLOSING},;:!?…—–")


def last_word(text: str) -> str:
    return bare(text.split(" ")[-1]) if text else ""


@cache
def breaks_of(language: str) -> Breaks:
    """Of a language that the data does not know, only punctuation counts."""
    entry = _data().get(language.split("-")[0].lower(), {})
    return Breaks(**{name: frozenset(words.split()) for name, words in entry.items()})


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("breaks.toml").read_text("utf-8"))
