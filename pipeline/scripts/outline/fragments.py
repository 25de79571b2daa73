"""Bullet notes made speakable: fragments become sentences, short items become a list inside one sentence."""

from __future__ import annotations

import re

from pipeline.scripts.language.lexicon import english
from pipeline.scripts.language.sentences import split
from pipeline.scripts.language.words import tokens

_BARE_YEAR = re.compile(
    r"^(\w+(?= \d{1,4} (?:AD|BC|BCE|CE)\b)|erupted|founded|discovered|invented|opened|closed|died|began|ended|launched|"
    r"happened|occurred|completed|built|destroyed|abandoned|rebuilt) (\d{1,4} (?:AD|BC|BCE|CE)|(?:1[0-9]|20)\d\d)\b"
)
_MOST = 3
_SHORT_ITEM = 7


def spoken_list(items: list[str], heading: str) -> list[str] | None:
    """Sentences for the items of a list under a heading, or None where most items are sentences already."""
    items = [item.strip().rstrip(";,") for item in items if item.strip()]
    if not items or sum(is_sentence(item) for item in items) > len(items) / 2:
        return None
    if all(_is_deed(item) for item in items) and (subject := _subject(heading)):
        return [_deeds(subject, items[at : at + _MOST]) for at in range(0, len(items), _MOST)]
    if heading and len(items) > 1 and len(items) <= 2 * _MOST and all(map(_is_short, items)):
        return [f"{heading}: {_join([_small(item.rstrip('.')) for item in items])}."]
    return [_finished(part) for item in items for part in split(item)]


def _is_short(item: str) -> bool:
    return len(item.split()) <= _SHORT_ITEM and not re.search(r"[:,.;]", item) and not is_sentence(item)


def is_sentence(text: str) -> bool:
    """It has a finite verb behind its first word, as far as one can tell from the words."""
    words = [word.lower() for word in tokens(text)]
    if len(words) < 4:
        return False
    later = words[1:]
    return any(word in english().verbs or word in english().irregular_past or _is_past(word) for word in later)


def introduces(heading: str) -> bool:
    """ "There are three kinds of volcano" leads into a list; "Eruptions that made history" stands above one."""
    asks = heading.endswith("?") or heading.split()[0].lower() in english().asking
    return not asks and is_sentence(re.split(r"\b(?:that|which|who)\b", heading)[0])


def _is_deed(item: str) -> bool:
    """It opens with a verb in the past, so that a subject can stand before it."""
    first = tokens(item)[:1]
    word = first[0].lower() if first else ""
    return (_is_past(word) or word in english().irregular_past) and len(split(item)) == 1


def _is_past(word: str) -> bool:
    return len(word) > 4 and word.endswith("ed") and not word.endswith("eed")


def _subject(subject: str) -> str:
    words = [word.lower() for word in tokens(subject)]
    if (
        not words
        or len(words) > 5
        or any(word in english().verbs or word in english().openers - {"the", "a", "an", "of"} for word in words)
    ):
        return ""
    return subject


def _deeds(subject: str, items: list[str]) -> str:
    deeds = [_BARE_YEAR.sub(r"\1 in \2", _small(item.rstrip("."))) for item in items]
    return _finished(f"{subject} {_join(deeds)}")


def _join(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _small(text: str) -> str:
    """With a small first letter, unless the first word is a name or an acronym."""
    first = text.split()[0] if text.split() else ""
    word = re.sub(r"\W", "", first).lower()
    known = english()
    may = word in known.openers | known.verbs | known.stop_words or _is_past(word)
    return text[0].lower() + text[1:] if may and not first.isupper() else text


def _finished(text: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else text.rstrip(",;:") + "."
