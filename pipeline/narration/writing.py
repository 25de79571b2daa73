"""How written words stand side by side: Chinese, Japanese and Thai put no space between them."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Han, kana, and the punctuation that goes with them; Korean does put spaces.
UNSPACED = (
    "\u2e80-\u2fdf\u3001-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U00020000-\U0003134f"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")


def is_unspaced(character: str) -> bool:
    return _UNSPACED.match(character) is not None


def space_between(before: str, after: str) -> bool:
    """Whether a space belongs between two words that follow each other."""
    return bool(before and after) and not (is_unspaced(before[-1]) or is_unspaced(after[0]))


def joined(words: Iterable[str]) -> str:
    """The words as one line of text."""
    line = ""
    for word in words:
        line += f" {word}" if space_between(line, word) else word
    return line
