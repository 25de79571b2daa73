"""The few words of a thumbnail: three to five from the hook, readable at the size of a stamp."""

from __future__ import annotations

import re

from pipeline.scripts.language.lexicon import english
from pipeline.scripts.language.sentences import split
from pipeline.scripts.models import Script

_MOST = 5
_LONGEST = 30


def thumbnail_words(script: Script) -> tuple[str, ...]:
    """Lines, largest first: a figure or phrase of the hook, and the film's subject where there is room for it."""
    hook = script.hooks[script.chosen_hook - 1].on_screen if script.hooks else ""
    first = _short(hook) or _short(script.title) or _opening(script)
    second = _short(script.title)
    if len(first.split()) <= 2 and second and second.lower() != first.lower() and len(second.split()) <= 3:
        return first, second
    return (first,)


def _short(words: str) -> str:
    plain = re.sub(r"\s*[:(–—].*$", "", words).rstrip(".,")
    return plain if 0 < len(plain.split()) <= _MOST and len(plain) <= _LONGEST else ""


def _opening(script: Script) -> str:
    """The words of the first sentence that carry it, whole ones only."""
    spoken = split(script.sections[0].narration)[0]
    strong = [
        word.strip(".,;:!?\"'") for word in spoken.split() if word.lower().strip(".,;:!?") not in english().stop_words
    ]
    chosen: list[str] = []
    for word in strong[: _MOST - 1]:
        if len(" ".join([*chosen, word])) <= _LONGEST:
            chosen.append(word)
    return " ".join(chosen) or script.title[:_LONGEST]
