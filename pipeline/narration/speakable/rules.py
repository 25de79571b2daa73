"""A rule says a stretch of text in another way; the first rule that claims a stretch wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """`say` gives None where the pattern matched but the rule does not apply."""

    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str | None]


@dataclass(frozen=True)
class Edit:
    """Characters [start, end) are said as `spoken`."""

    start: int
    end: int
    spoken: str


def rule(pattern: str, say: Callable[[re.Match[str]], str | None], flags: re.RegexFlag = re.NOFLAG) -> Rule:
    return Rule(re.compile(pattern, flags), say)


def edits(text: str, rules: Iterable[Rule]) -> tuple[Edit, ...]:
    """In the order of the text, never overlapping."""
    claimed = bytearray(len(text))
    found: list[Edit] = []
    for each in rules:
        for match in each.pattern.finditer(text):
            start, end = match.span()
            if start == end or any(claimed[start:end]):
                continue
            spoken = each.say(match)
            if spoken is None:
                continue
            claimed[start:end] = b"\x01" * (end - start)
            found.append(Edit(start, end, spoken))
    return tuple(sorted(found, key=lambda edit: edit.start))
