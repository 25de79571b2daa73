"""Words as a reader would read them, whatever letters they are spelt with: the rules look at these."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST_SENTENCE = 400
_OVERLAP = 100
_ENDS = re.compile(r"(?<=[.!?。！？])\s+|[\r\n]+")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[@$!][^\W_]+[\w@$!]*", re.UNICODE)
_MIXED = re.compile(r"[^\W\d_][\d@$!|+]|[\d@$!|+][^\W\d_]")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ .\-_*]){3,}[^\W\d_](?!\w)")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_LEET = str.maketrans("013457@$!|+", "oieastasiit")
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһκοαενρτυχιӏьвнкмтАВЕКМНОРСТУХІЅ",
    "aeopcyxijsdhkoaevptuxilbbhkmtABEKMHOPCTYXIS",
)


@dataclass(frozen=True)
class Sentence:
    """As it was written, and as words; `names` are the places of words that begin with a capital."""

    written: str
    words: tuple[str, ...]
    capitals: frozenset[int]

    @property
    def line(self) -> str:
        """What patterns match: words between single spaces, with one at either end."""
        return f" {' '.join(self.words)} "


def sentences(text: str) -> Iterator[Sentence]:
    """Every sentence once, and once more as it reads without tricks where that is something else."""
    for piece in dict.fromkeys(_pieces(text)):
        plain = _plain(piece)
        first = _sentence(piece, plain)
        if first.words:
            yield first
        unmasked = _unmasked(plain)
        if unmasked != plain:
            second = _sentence(piece, unmasked)
            if second.words != first.words:
                yield second


def _pieces(text: str) -> Iterator[str]:
    for part in _ENDS.split(text):
        start = 0
        # Cut with an overlap, so that nothing hides on a seam.
        while len(part) - start > _LONGEST_SENTENCE:
            cut = part.rfind(" ", start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE)
            cut = cut if cut > 0 else start + _LONGEST_SENTENCE
            yield part[start:cut].strip()
            start = cut - _OVERLAP
        if piece := part[start:].strip():
            yield piece


def _plain(text: str) -> str:
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFKD", text)
    bare = "".join(one for one in composed if unicodedata.category(one) not in ("Cf", "Mn", "Me"))
    return _latin(bare)


def _latin(text: str) -> str:
    """Letters of other alphabets that look like ours, in a text that is written with ours."""
    if text.isascii():
        return text
    letters = [one for one in text if one.isalpha()]
    ours = sum(one.isascii() for one in letters)
    return text.translate(_LOOKALIKES) if ours * 2 > len(letters) else text


def _unmasked(text: str) -> str:
    """B-o-m-b, b0mb and bommmb, spelt out."""
    joined = _SPACED.sub(lambda found: _together(found[0]), text)
    spelt = " ".join(_spelt(word) for word in joined.split(" "))
    return _STRETCHED.sub(r"\1", spelt)


def _together(spaced: str) -> str:
    """Of "a b o m b" the first letter is a word."""
    letters = re.sub(r"[ .\-_*]", "", spaced)
    return f"{letters[0]} {letters[1:]}" if spaced.lower().startswith("a ") else letters


def _spelt(word: str) -> str:
    return word.rstrip("!").translate(_LEET) if _MIXED.search(word) else word


def _sentence(written: str, text: str) -> Sentence:
    words: list[str] = []
    capitals: set[int] = set()
    for found in _TOKEN.findall(text):
        stem, apostrophe, ending = found.replace("’", "'").partition("'")
        is_owner = apostrophe and ending.lower() == "s" and stem.lower() != "let"
        whole = stem if is_owner else stem + ending.replace("'", "")
        if whole[:1].isupper():
            capitals.add(len(words))
        words.append(whole.lower())
        if is_owner:
            words.append("'s")
    return Sentence(written, tuple(words), frozenset(capitals))
