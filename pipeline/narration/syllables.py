"""How long words take to say, judged by their letters: the yardstick where no engine and no model gives times."""

from __future__ import annotations

import re

from pipeline.narration.writing import is_unspaced

VOWELS = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿāēīōūăąęěıőűœαεηιουωάέήίόύώаеёиоуыэюяіїє]+")
SILENT_E = re.compile(r"(?<=[^aeiouyl\W])e(?:s|d)?$")
WEAK_WORDS = """a an the of to and in is it as at or on be by for was are from that this with his her its he she we you
they i but not had has have were been so if than then them their there will would can could do does did"""
WEAK = frozenset(WEAK_WORDS.split())
SECONDS_A_SYLLABLE, SECONDS_A_CONSONANT, SECONDS_A_CHARACTER = 0.105, 0.042, 0.19
WEAK_SHARE = 0.72
LETTER_NAME_S = 0.2
LAST_BEFORE_A_PAUSE = 1.22
PAUSES_S = {",": 0.2, ";": 0.3, ":": 0.3, "—": 0.25, ".": 0.45, "!": 0.45, "?": 0.45, "…": 0.5, "。": 0.45, "、": 0.2}


def seconds_of(word: str) -> float:
    """At an ordinary pace, in an English mouth; other languages keep their proportions."""
    unspaced = sum(map(is_unspaced, word))
    letters = re.sub(r"[^\w]", "", word.lower())
    if unspaced:
        return SECONDS_A_CHARACTER * max(1, len(letters))
    if len(letters) == 1 and word.isupper() and letters not in "ai":
        return LETTER_NAME_S
    vowels = VOWELS.findall(SILENT_E.sub("", letters)) or [""]
    consonants = len(letters) - sum(map(len, vowels))
    seconds = SECONDS_A_SYLLABLE * len(vowels) + SECONDS_A_CONSONANT * consonants
    return max(0.06, seconds * (WEAK_SHARE if letters in WEAK else 1))


def pause_after(word: str) -> float:
    """Seconds of silence that the mark at the end of a word asks for."""
    mark = word.rstrip("\"'”’)]")[-1:]
    return PAUSES_S.get(mark, 0.0)


def seconds_of_text(text: str) -> float:
    """Words and the pauses between them."""
    words = re.findall(r"\S+", text)
    return sum(map(seconds_of, words)) + sum(map(pause_after, words[:-1]))
