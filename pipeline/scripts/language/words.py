"""Words: what counts as one, what it means beside others, and how long it takes to say."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.scripts.language.lexicon import english

TOKEN = re.compile(r"[^\W_]+(?:[.,](?=\d)[^\W_]+|['’\-][^\W_]+)*")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
HANGUL_OR_THAI = re.compile(r"[\u0e00-\u0e7f]")
YEAR = re.compile(r"^(1[0-9]|20)\d\d$")
_SYMBOLS = "%$€£¥°&+=@"
_WORDS_A_CJK_LETTER = 0.62
_WORDS_A_THAI_LETTER = 0.25


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its commonest endings, so that erupts, erupted and eruption meet."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    if len(word) <= 4 or any(letter.isdigit() for letter in word):
        return word.removesuffix("s") if len(word) == 4 and not word.endswith("ss") else word
    for ending, put in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return (word[: -len(ending)] + put).removesuffix("e")
    return word.removesuffix("e")


_ENDINGS = (
    ("ations", "at"), ("ation", "at"), ("ions", ""), ("ion", ""), ("ically", "ic"), ("ingly", ""), ("edly", ""),
    ("ies", "y"), ("ied", "y"), ("ings", ""), ("ing", ""), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"),
    ("ment", ""), ("ments", ""), ("ness", ""), ("ed", ""), ("ly", ""), ("es", "e"),
    ("ss", "ss"), ("us", "us"), ("s", ""),
)  # fmt: skip


def content(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    if CJK.search(text):
        return _bigrams(text)
    stop = english().stop_words
    words = (word.replace("’", "'") for word in tokens(text))
    return frozenset(stem(word) for word in words if word.lower() not in stop and (len(word) > 2 or word.isdigit()))


def _bigrams(text: str) -> frozenset[str]:
    letters = "".join(letter for letter in text if letter.isalnum())
    return frozenset(letters[index : index + 2] for index in range(len(letters) - 1))


def spoken_words(text: str) -> float:
    """About how many average words it takes to say the text; figures and signs are longer than they look."""
    thai = len(HANGUL_OR_THAI.findall(text))
    letters = len(CJK.findall(text))
    plain = CJK.sub(" ", HANGUL_OR_THAI.sub(" ", text))
    said = sum(_length(word) for word in tokens(plain))
    return (
        said + sum(plain.count(sign) for sign in _SYMBOLS) + letters * _WORDS_A_CJK_LETTER + thai * _WORDS_A_THAI_LETTER
    )


@lru_cache(maxsize=50_000)
def _length(word: str) -> float:
    if any(letter.isdigit() for letter in word):
        return _figure_length(word)
    if word.isupper() and 2 <= len(word) <= 4:
        return 0.55 * len(word)
    return 0.45 + 0.37 * syllables(word)


def _figure_length(word: str) -> float:
    if YEAR.match(word):
        return 2.6
    whole, _, decimals = word.partition(".")
    groups = [group for group in re.split(r"\D+", whole) if group.strip("0")]
    digits = sum(len(group.strip("0")) + (len(group.lstrip("0")) >= 3) for group in groups)
    return max(1.0, 0.95 * digits + (len(groups) > 1) + ("," in whole) + (1 + len(decimals) if decimals else 0))


def syllables(word: str) -> int:
    """By groups of vowels; a silent e at the end counts nothing."""
    low = word.lower()
    groups = len(re.findall(r"[aeiouyáàâäãåæéèêëíìîïóòôöõøúùûüýаеёиоуыэюяαεηιουωאוי]+", low))
    silent = low.endswith("e") and not low.endswith(("le", "ee", "ye")) and groups > 1
    return max(1, groups - silent)
