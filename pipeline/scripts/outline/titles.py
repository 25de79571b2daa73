"""Titles in their two shapes: as shown over the picture, and as they stand inside a spoken sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.scripts.language.figures import figures
from pipeline.scripts.language.lexicon import english
from pipeline.scripts.language.phrases import Phrase
from pipeline.scripts.language.words import stem
from pipeline.scripts.outline.fragments import is_sentence
from pipeline.scripts.outline.material import Material

_LONGEST_SPOKEN = 9


@dataclass(frozen=True)
class Title:
    """`spoken` is empty where the words would not fit into a sentence."""

    shown: str
    spoken: str


def from_heading(heading: str, material: Material) -> Title:
    shown = shorten(heading.strip(), 90)
    return Title(capital(shown), spoken_form(heading, material) if material.english else "")


def from_phrase(phrase: Phrase) -> Title:
    return Title(capital(phrase.bare), phrase.text)


def spoken_form(heading: str, material: Material) -> str:
    """A heading inside a sentence: "The Ring of Fire" is "the Ring of Fire", "How do they form?" is "how they form"."""
    text = re.sub(r"\s*\([^)]*\)", "", heading).strip().rstrip("?!.")
    text = text.split(": ")[-1] if ": " in text else text
    words = small_letters(text, material).split()
    if not words or len(words) > _LONGEST_SPOKEN or re.search(r"[,;&/|]|\d\.", text):
        return ""
    if words[0].lower() in english().asking:
        return _indirect(words)
    return " ".join(words) if _is_noun_phrase(words) else ""


def _is_noun_phrase(words: list[str]) -> bool:
    """What stands before "that" or "who" holds no verb, and the first word can open a noun phrase."""
    low = [word.lower() for word in words]
    head = low[
        : next((place for place, word in enumerate(low) if place and word in {"that", "who", "which"}), len(low))
    ]
    if (
        low[0] in english().no_noun_phrase
        or low[0].endswith("ed")
        or set(head) & english().finite
        or is_sentence(" ".join(head))
    ):
        return False
    return not (low[0] in english().weak_adjectives and (len(low) == 1 or low[1] in english().stop_words))


def _indirect(words: list[str]) -> str:
    second = words[1].lower() if len(words) > 1 else ""
    if second in {"do", "did", "can", "could", "should", "will", "would", "has", "have", "had"}:
        return " ".join([words[0], *words[2:]]) if second == "do" else ""
    if second in {"is", "are", "was", "were"}:
        done = len(words) > 2 and (words[2].endswith("ed") or words[2] in english().irregular_past)
        if done:
            return " ".join(words)
        plain = len(words) <= 5 and words[0].lower() in {"what", "who", "where"}
        return " ".join([words[0], *words[2:], words[1]]) if plain else ""
    return "" if second == "does" else " ".join(words)


def small_letters(text: str, material: Material) -> str:
    """Without the capitals of a title. Names keep theirs, and so does a first word that the source never has small."""
    titled = _is_title_case(text)
    words = []
    for place, word in enumerate(text.split()):
        bare = word.strip("\"'“”‘’(),.;:!?")
        inside = place > 0 and not titled
        words.append(word if inside or _keeps_capital(bare, titled, material) else word[:1].lower() + word[1:])
    return " ".join(words)


def _keeps_capital(word: str, titled: bool, material: Material) -> bool:
    if word in material.names or (word.isupper() and len(word) > 1) or re.search(r"[a-z][A-Z]|\d", word):
        return True
    known = english()
    small = word.lower() in material.written | known.stop_words | known.verbs | known.openers | known.weak_adjectives
    common = (
        small
        or stem(word.lower()) in material.stems
        or word.lower() in known.plain_headings | known.common_nouns
        or word.endswith("ing")
    )
    return not (common or titled or word in material.written)


def _is_title_case(text: str) -> bool:
    long = [word for word in text.split()[1:] if word.lower() not in english().stop_words and word[0].isalpha()]
    return bool(long) and sum(word[0].isupper() for word in long) > 0.6 * len(long)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def shorten(text: str, most: int) -> str:
    """Whole words only, ending on a word that carries meaning."""
    if len(text) <= most:
        return text
    words = text[: most + 1].rsplit(" ", 1)[0].split()
    while len(words) > 1 and words[-1].lower().strip(",;:") in english().stop_words:
        words.pop()
    return " ".join(words).rstrip(",;:–—-")


def striking(text: str) -> str:
    """The figure of a sentence that is worth showing large, or nothing."""
    found = [figure for figure in figures(text) if figure.telling and len(figure.text) <= 34]
    return max(found, key=lambda figure: (len(figure.text.split()) > 1, figure.value)).text if found else ""
