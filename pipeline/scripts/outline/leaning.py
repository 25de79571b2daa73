"""Which sentences are only understood behind the one before them."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.scripts.language.lexicon import english
from pipeline.scripts.language.words import content, tokens

_AHEAD = re.compile(
    r"^(?:In|On|At|By|For|During|After|Before|Since|With|Without|To|From|Under|Over|Until|Around|Today|Now|Within)\b"
    r"(?:\s[^\s,]+){0,5},\s(?=\S)"
)
_SAME_SUBJECT = 2


def leans_back(text: str, before: str) -> bool:
    """`before` is the sentence before it in the same paragraph. Inside a paragraph a sentence may only go without it
    when it points to nothing and speaks of something else."""
    rest = _AHEAD.sub("", text, count=1)
    if not before:
        return _opens_leaning(text) or _opens_leaning(rest) or points_back(text)
    if _opens_leaning(text) or _opens_leaning(rest):
        return True
    return (
        points_back(text)
        or _goes_on_with_you(rest)
        or _stranger(rest)
        or _is_definite(rest)
        or len(content(text) & content(before)) >= _SAME_SUBJECT
    )


def points_back(text: str) -> bool:
    """Somewhere in it a word stands for something said before: there, the same, such, one."""
    words = [word.lower() for word in tokens(text)]
    pairs = {"-".join(pair) for pair in pairwise(words)}
    if pairs & english().pointing_pairs and "as well as" not in text:
        return True
    if any(word in english().pointing and not _is_plain(words, place) for place, word in enumerate(words)):
        return True
    return bool(words) and words[0] in english().before_a_clause and _pronoun_before_verb(words)


def _is_plain(words: list[str], place: int) -> bool:
    """ "one of", "so that", "there is", "too much" point to nothing."""
    pair = "-".join(words[place : place + 2])
    before = words[place - 1] if place else ""
    if before in english().places and words[place] == "there":
        return False
    counted = words[place] == "one" and place + 1 < len(words) and words[place + 1] not in english().stop_words
    counted = counted and not before.endswith("ed")
    return (
        counted
        or pair in english().not_pointing
        or before in {"each", "no", "any", "every", "so"}
        or pair.startswith("so-")
    )


def _pronoun_before_verb(words: list[str]) -> bool:
    for word in words[1:7]:
        if word in english().pronouns:
            return True
        if word in english().verbs:
            return False
    return False


def _opens_leaning(text: str) -> bool:
    lexicon = english()
    words = [word.lower().replace("’", "'") for word in tokens(text)]
    starts = {"-".join(words[:size]) for size in (1, 2, 3, 4)}
    return bool(starts & (lexicon.leaning | lexicon.expletives)) or _pronoun_first(words)


def _pronoun_first(words: list[str]) -> bool:
    """A pronoun among the first words with no noun before it that it could mean."""
    lexicon = english()
    no_noun = lexicon.stop_words | lexicon.verbs | lexicon.adverbs | lexicon.weak_adjectives
    for word in words[:5]:
        if word in lexicon.pronouns:
            return True
        if word not in no_noun and not word[0].isdigit() and not word.endswith("ed"):
            return False
    return False


def _stranger(text: str) -> bool:
    """A pronoun for a person with no name before it, or for several with nothing plural before it."""
    words = tokens(text)
    for place, word in enumerate(words):
        before = words[:place]
        if word in english().persons and not any(other[0].isupper() for other in before[: 1 if before else 0]):
            return True
        if word in english().several and not any(
            other in english().plurals or re.search(r"[^s]s$", other) for other in before
        ):
            return True
    return False


def _goes_on_with_you(text: str) -> bool:
    """Steps of one calculation or instruction: "After thirty years you would have ..."."""
    return any(word.lower() in english().addressed for word in tokens(text)[:5])


def _is_definite(text: str) -> bool:
    """ "The navigator ..." was met before; "The deepest place", "The Earth" and "The bottom of the sea" need no one."""
    words = tokens(text)
    if words and words[0] in {"When", "If", "Once", "As", "After", "Before", "While", "Because"}:
        words = words[1:]
    if len(words) < 3 or words[0].lower() != "the":
        return False
    superlative = words[1] in english().superlatives or words[1].endswith("est")
    named = any(word[0].isupper() or word[0].isdigit() for word in words[1:4])
    return not (superlative or named or "of" in words[2:4])
