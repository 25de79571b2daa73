"""Parts of a text that an engine can take at once, parted where a speaker would breathe."""

from __future__ import annotations

import re
from dataclasses import dataclass

# From the best place to part a text to the worst.
BREAKS = (r"(?<=[.!?…。！？])[\"'”’)]*\s*", r"(?<=[;:,、，；：—])\s*", r"\s+")


@dataclass(frozen=True)
class Part:
    """A stretch of the text, and the character that it begins at."""

    start: int
    text: str


def parts(text: str, limit: int) -> tuple[Part, ...]:
    """As few parts as their limit of characters allows, together saying all of the text."""
    joined: list[tuple[int, int]] = []
    for start, end in _pieces(text, 0, len(text), limit, 0):
        if joined and end - joined[-1][0] <= limit:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(_part(text, start, end) for start, end in joined if text[start:end].strip())


def _part(text: str, start: int, end: int) -> Part:
    piece = text[start:end]
    return Part(start + len(piece) - len(piece.lstrip()), piece.strip())


def _pieces(text: str, start: int, end: int, limit: int, level: int) -> list[tuple[int, int]]:
    if end - start <= limit and level > 0:
        return [(start, end)]
    if level == len(BREAKS):
        return [(at, min(at + limit, end)) for at in range(start, end, limit)]
    cuts = [match.end() for match in re.compile(BREAKS[level]).finditer(text, start, end) if start < match.end() < end]
    return [
        piece
        for first, last in zip([start, *cuts], [*cuts, end], strict=True)
        for piece in ([(first, last)] if last - first <= limit else _pieces(text, first, last, limit, level + 1))
    ]
