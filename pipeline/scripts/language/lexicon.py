"""The English word lists as sets. An entry of several words is written with hyphens."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Lexicon:
    abbreviations: frozenset[str]
    may_end: frozenset[str]
    openers: frozenset[str]
    stop_words: frozenset[str]
    leaning: frozenset[str]
    pronouns: frozenset[str]
    expletives: frozenset[str]
    contrast: frozenset[str]
    cause: frozenset[str]
    example: frozenset[str]
    time: frozenset[str]
    superlatives: frozenset[str]
    surprising: frozenset[str]
    weak_nouns: frozenset[str]
    weak_adjectives: frozenset[str]
    verbs: frozenset[str]
    adverbs: frozenset[str]
    plain_headings: frozenset[str]
    closing_headings: frozenset[str]
    skipped_headings: frozenset[str]
    common_nouns: frozenset[str]
    articles: frozenset[str]
    pointers: frozenset[str]
    prepositions: frozenset[str]
    joiners: frozenset[str]
    clause_starts: frozenset[str]
    asking: frozenset[str]
    finite: frozenset[str]
    before_a_clause: frozenset[str]
    not_names: frozenset[str]
    no_noun_phrase: frozenset[str]
    pointing: frozenset[str]
    not_pointing: frozenset[str]
    pointing_pairs: frozenset[str]
    addressed: frozenset[str]
    places: frozenset[str]
    persons: frozenset[str]
    several: frozenset[str]
    plurals: frozenset[str]
    irregular_past: frozenset[str]


@cache
def english() -> Lexicon:
    raw = tomllib.loads(Path(__file__).with_name("english.toml").read_text(encoding="utf-8"))
    return Lexicon(**{field.name: frozenset(raw[field.name].split()) for field in fields(Lexicon)})
