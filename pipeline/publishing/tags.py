"""Tags: what people would type to find the film."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.scripts.language import phrases
from pipeline.scripts.language.lexicon import english
from pipeline.scripts.language.sentences import split
from pipeline.scripts.language.words import tokens
from pipeline.scripts.models import Script
from presets.niches import Niche

_MOST = 15
_ROOM = 460
_LONGEST = 30
_HASHTAGS = 3


def tags(script: Script, niche: Niche) -> tuple[str, ...]:
    """Within the 500 characters that platforms give, counted as they count: a tag of several words has two quotes."""
    found: list[str] = []
    used = 0
    for tag in _candidates(script, niche):
        clean = " ".join(re.sub(r"^\d+\.\s*|['’]s$|^(?:a|an|the) |[<>,\"#]", " ", tag.lower()).split())
        size = len(clean) + 1 + 2 * (" " in clean)
        if not clean or len(clean) > _LONGEST or clean in found or used + size > _ROOM:
            continue
        found.append(clean)
        used += size
        if len(found) == _MOST:
            break
    return tuple(found)


def _candidates(script: Script, niche: Niche) -> Iterator[str]:
    yield script.title
    yield from _long_words(script.title)
    narrations = [sentence for section in script.sections for sentence in split(section.narration) if section.sources]
    if script.language.lower().split("-")[0] == "en":
        known = phrases.names(narrations)
        strong = [phrase for phrase in phrases.ranked(narrations, known) if phrase.certain]
        yield from (phrase.bare for phrase in strong[:8])
    yield from (section.title for section in script.sections if section.kind == "beat")
    yield niche.title


def _long_words(title: str) -> Iterator[str]:
    stop = english().stop_words | english().verbs
    yield from (word for word in tokens(title) if len(word) > 3 and word.lower() not in stop)


def hashtags(found: tuple[str, ...]) -> list[str]:
    short = [tag for tag in found if len(tag.split()) <= 2 and not re.search(r"[^\w\s'’-]", tag)]
    return ["#" + "".join(re.sub(r"[\W_]", "", word) for word in tag.split()) for tag in short[:_HASHTAGS]]
