"""From words to things that can be drawn: the catalogue of motifs and settings, and who is called by which words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

Kind = Literal["place", "stand", "person", "fly", "swim", "space", "thing"]

FOLDER = Path(__file__).parent
_WORD = re.compile(r"[a-z0-9][a-z0-9'-]*")
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "es", "ed", "ly", "s", "e")
_LONGEST_PHRASE = 3
_DIMMED = 0.5


class MotifEntry(BaseModel):
    """A thing that can be drawn: how, where it likes to be, and how large it is beside others of its kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    draw: str
    kind: Kind
    words: tuple[str, ...]
    setting: str = ""
    also: tuple[str, ...] = ()
    size: float = 1.0


class SettingEntry(BaseModel):
    """A place, and where its earth meets its sky (a share of the height)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    draw: str
    words: tuple[str, ...]
    horizon: float
    hour: str = ""


@lru_cache(maxsize=1)
def motifs() -> dict[str, MotifEntry]:
    return {entry.name: entry for entry in TypeAdapter(tuple[MotifEntry, ...]).validate_json(_text("motifs.json"))}


@lru_cache(maxsize=1)
def settings() -> dict[str, SettingEntry]:
    return {entry.name: entry for entry in TypeAdapter(tuple[SettingEntry, ...]).validate_json(_text("settings.json"))}


def motifs_for(texts: Iterable[tuple[str, float]], share: float = 0.0, *, dimmed: str = "") -> list[str]:
    """Names of motifs that the texts call for, best first; each text counts with its weight.

    Those with less than `share` of the best one's claim are left out. What `dimmed` calls for counts far less.
    """
    quiet = dict.fromkeys(_ranked([(dimmed, 1.0)], _motif_index(), 0.0, {}), _DIMMED) if dimmed else {}
    return _ranked(texts, _motif_index(), share, quiet)


def settings_for(texts: Iterable[tuple[str, float]]) -> list[str]:
    return _ranked(texts, _setting_index(), 0.3, {})


def stem(word: str) -> str:
    """The part of a word that its forms share."""
    for plural, single in (("ies", "y"), ("ied", "y"), ("ves", "f")):
        if word.endswith(plural) and len(word) > 4:
            return word[:-3] + single
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _undoubled(word[: -len(ending)])
    return word


def _undoubled(word: str) -> str:
    """Running and run, stopped and stop."""
    return word[:-1] if word[-1] == word[-2] and word[-1] not in "lsze" else word


def stems(text: str) -> list[str]:
    return [stem(word.removesuffix("'s")) for word in _WORD.findall(text.lower())]


def _ranked(
    texts: Iterable[tuple[str, float]],
    index: dict[str, list[tuple[str, float]]],
    share: float,
    factors: dict[str, float],
) -> list[str]:
    scores: dict[str, float] = {}
    for text, weight in texts:
        words = stems(text)
        for place, phrase in _phrases(words):
            early = 1 + 0.35 / (1 + place / 4)
            for name, worth in index.get(phrase, ()):
                scores[name] = scores.get(name, 0) + weight * worth * early * factors.get(name, 1)
    least = share * max(scores.values(), default=0)
    kept = [name for name, score in scores.items() if score >= least]
    return sorted(kept, key=lambda name: (-round(scores[name], 6), name))


def _phrases(words: list[str]) -> Iterable[tuple[int, str]]:
    for length in range(1, _LONGEST_PHRASE + 1):
        for start in range(len(words) - length + 1):
            yield start, " ".join(words[start : start + length])


def _index(entries: dict[str, tuple[str, ...]]) -> dict[str, list[tuple[str, float]]]:
    """A motif's first words say best what it is; a phrase says more than a word."""
    index: dict[str, list[tuple[str, float]]] = {}
    for name, words in entries.items():
        for place, phrase in enumerate(words):
            worth = (1.6 - 0.9 * place / max(len(words), 1)) * (1 + 0.7 * phrase.count(" "))
            index.setdefault(" ".join(stems(phrase)), []).append((name, worth))
    return index


@lru_cache(maxsize=1)
def _motif_index() -> dict[str, list[tuple[str, float]]]:
    return _index({name: entry.words for name, entry in motifs().items()})


@lru_cache(maxsize=1)
def _setting_index() -> dict[str, list[tuple[str, float]]]:
    return _index({name: entry.words for name, entry in settings().items()})


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
