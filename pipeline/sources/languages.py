"""Which language a text is in: by its script, and for Latin letters by its small words. Unsure is an honest answer."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

_SAMPLE_CHARACTERS = 20_000
_FEWEST_HITS = 3
_CLEAR_LEAD = 1.15

_SCRIPTS = (
    ("ko", 0xAC00, 0xD7AF),
    ("kana", 0x3040, 0x30FF),
    ("han", 0x4E00, 0x9FFF),
    ("cyrillic", 0x0400, 0x04FF),
    ("arabic", 0x0600, 0x06FF),
    ("el", 0x0370, 0x03FF),
    ("he", 0x0590, 0x05FF),
    ("hi", 0x0900, 0x097F),
    ("bn", 0x0980, 0x09FF),
    ("ta", 0x0B80, 0x0BFF),
    ("th", 0x0E00, 0x0E7F),
    ("ka", 0x10A0, 0x10FF),
    ("hy", 0x0530, 0x058F),
)


def detect(text: str) -> str | None:
    """A language code, or None where the text does not tell."""
    sample = text[:_SAMPLE_CHARACTERS]
    scripts = Counter(_script(ord(letter)) for letter in sample if letter.isalpha())
    if not scripts:
        return None
    script, _ = scripts.most_common(1)[0]
    # Japanese is written with Chinese characters too, but never for long without kana.
    if script in ("han", "kana"):
        return "ja" if scripts["kana"] > 0.05 * (scripts["han"] + scripts["kana"]) else "zh"
    if script == "cyrillic":
        return "uk" if re.search("[іїєґІЇЄҐ]", sample) else "ru"
    if script == "arabic":
        return "fa" if re.search("[پچژگ]", sample) else "ar"
    return _by_small_words(sample) if script == "latin" else script


def _script(code: int) -> str:
    return next((name for name, first, last in _SCRIPTS if first <= code <= last), "latin")


def _by_small_words(text: str) -> str | None:
    words = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    scores = Counter({code: sum(words[word] for word in small) for code, small in _small_words().items()})
    (best, hits), (_, next_hits) = scores.most_common(2)
    return best if hits >= _FEWEST_HITS and hits >= _CLEAR_LEAD * next_hits else None


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {code: tuple(words.split()) for code, words in table.items()}
