"""The local rules: sentences are held against patterns from data files, and what lifts a pattern is data too."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from studio.safety.rules.patterns import PatternError, compiled, key_of, keys
from studio.safety.rules.people import Marked, People
from studio.safety.rules.plain import Sentence, sentences

_DATA = Path(__file__).parent / "data"
_KINDS = (
    "minors",
    "weapons",
    "drugs",
    "malware",
    "violence",
    "hate",
    "self_harm",
    "harassment",
    "private",
    "imitation",
)
_KNOWN = frozenset({"refuse", "flag", "unless", "never", "people", "stance", "prompts", "what"})
_FIRST_WORDS = 2


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found, and where."""

    category: str
    refused: bool
    quote: str
    sentence: str
    """What the creator reads; it has places for {subject}, {quote}, {what} and {person}."""
    what: str = ""
    person: str = "them"


@dataclass(frozen=True)
class Rule:
    category: str
    sentence: str
    refuse: re.Pattern[str] | None
    flag: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    """What makes a refusal a flag: somebody tells of it."""
    never: re.Pattern[str] | None
    """What makes it nothing at all: something else is meant."""
    cue: re.Pattern[str] | None
    """Where set, a match counts only in a sentence that asks for something."""
    keys: frozenset[str]
    people: bool
    prompts: bool
    what: str

    def find(self, line: str, before: str) -> tuple[re.Match[str], bool] | None:
        """A match and whether it refuses. What lifts it may stand in the sentence before."""
        if self.never and self.never.search(line):
            return None
        strong = self._asked(self.refuse, line)
        if strong and not self._lifted(line, before):
            return strong, True
        weak = strong or self._asked(self.flag, line)
        return (weak, False) if weak else None

    def _asked(self, pattern: re.Pattern[str] | None, line: str) -> re.Match[str] | None:
        match = pattern.search(line) if pattern else None
        if match is None or self.cue is None or self.cue.search(line):
            return match
        return match if line.count(" ", 0, match.start() + 1) < _FIRST_WORDS else None

    def _lifted(self, line: str, before: str) -> bool:
        return self.unless is not None and bool(self.unless.search(line) or self.unless.search(before))


@dataclass(frozen=True)
class Book:
    """All rules, found by the beginnings of the words that they are about."""

    rules: tuple[Rule, ...]

    @classmethod
    @cache
    def standard(cls) -> Book:
        shared = _lists(tomllib.loads((_DATA / "lists.toml").read_text("utf-8")))
        return cls(tuple(rule for kind in _KINDS for rule in _read(_DATA / f"{kind}.toml", shared)))

    def findings(self, text: str, *, safe_mode: bool, prompt: bool) -> Iterator[Finding]:
        """`prompt`: every word is an instruction, as in what a picture shall show."""
        rules = [
            rule for rule in self.rules if (safe_mode or rule.category != "imitation") and (prompt or not rule.prompts)
        ]
        index = _index(rules)
        people, before = People.known(), " "
        for sentence in sentences(text):
            marked: Marked | None = None
            for rule in _candidates(sentence, index, rules):
                if rule.people and marked is None:
                    marked = people.marked(sentence)
                yield from _found(rule, sentence, marked if rule.people else None, before)
            before = sentence.line


def _found(rule: Rule, sentence: Sentence, marked: Marked | None, before: str) -> Iterator[Finding]:
    line = marked.line if marked else sentence.line
    found = rule.find(line, before)
    if found is None:
        return
    match, refused = found
    person = _person(match, marked) if marked else "them"
    yield Finding(rule.category, refused, sentence.written, rule.sentence, rule.what, person)


def _person(match: re.Match[str], marked: Marked) -> str:
    earlier = marked.line.count("§", 0, match.start())
    inside = match[0].count("§")
    return marked.names[earlier] if inside and earlier < len(marked.names) else "them"


def _candidates(sentence: Sentence, index: Mapping[str, list[int]], rules: list[Rule]) -> Iterator[Rule]:
    places = {place for word in sentence.words for place in index.get(key_of(word), ())}
    places.update(index.get("§", ()) if sentence.words else ())
    return (rules[place] for place in sorted(places))


def _index(rules: list[Rule]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, rule in enumerate(rules):
        for key in rule.keys:
            found.setdefault(key, []).append(place)
    return found


def _read(path: Path, shared: Mapping[str, tuple[str, ...]]) -> Iterator[Rule]:
    data = tomllib.loads(path.read_text("utf-8"))
    lists = {**shared, **_lists(data.get("lists", {}))}
    for rule in data["rule"]:
        try:
            yield _rule(rule, data, lists)
        except PatternError as error:
            raise PatternError(f"{path.name}: {error}") from error


def _rule(rule: Mapping[str, Any], data: Mapping[str, Any], lists: Mapping[str, tuple[str, ...]]) -> Rule:
    if unknown := set(rule) - _KNOWN:
        raise PatternError(f"unknown: {', '.join(sorted(unknown))}")
    patterns = [*rule.get("refuse", ()), *rule.get("flag", ())]
    return Rule(
        category=data["category"],
        sentence=data["sentence"],
        refuse=_pattern(rule, "refuse", lists),
        flag=_pattern(rule, "flag", lists),
        unless=_pattern(rule, "unless", lists),
        never=_pattern(rule, "never", lists),
        cue=compiled(["@cue"], lists) if rule.get("stance") else None,
        keys=frozenset().union(*(_visible(keys(pattern, lists)) for pattern in patterns)),
        people=rule.get("people", False),
        prompts=rule.get("prompts", False),
        what=rule.get("what", ""),
    )


def _pattern(rule: Mapping[str, Any], name: str, lists: Mapping[str, tuple[str, ...]]) -> re.Pattern[str] | None:
    return compiled(rule[name], lists) if rule.get(name) else None


def _visible(found: frozenset[str]) -> frozenset[str]:
    """Names are marked only when a rule asks for them, so a rule that is about a name alone is always asked."""
    return frozenset("§" if key.startswith("§") else key for key in found)


def _lists(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(phrases) for name, phrases in data.items()}
