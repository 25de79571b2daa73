"""One caption's words set in lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.captions.rules import Breaks, Limits, ends_clause, ends_sentence
from pipeline.narration.writing import space_between

AT_SENTENCE, AT_CLAUSE, AT_OPENER, ANYWHERE, AFTER_BINDER = 0.0, 0.15, 0.3, 3.0, 25.0
UNEVEN = 1.2


@dataclass(frozen=True)
class Piece:
    """A written word, or a part of one that is too long for a line: that part clings to the one before."""

    text: str
    start_ms: int
    end_ms: int
    clings: bool = False


@dataclass(frozen=True)
class Setting:
    """Where the line breaks, if it does; how many characters there are; and how far from ideal it is."""

    place: int | None
    characters: int
    cost: float


class Text:
    """All pieces of a section as one line, measured once."""

    def __init__(self, pieces: Sequence[Piece], limits: Limits, breaks: Breaks) -> None:
        self.pieces = tuple(pieces)
        self._limits = limits
        self._starts, self._ends, line = [], [], ""
        for piece in self.pieces:
            spaced = not piece.clings and space_between(line, piece.text)
            self._starts.append(len(line) + spaced)
            line += f" {piece.text}" if spaced else piece.text
            self._ends.append(len(line))
        self._line = line
        self.break_costs = [break_cost(before, after, breaks) for before, after in pairwise(self.pieces)]

    def characters(self, first: int, last: int) -> int:
        return self._ends[last] - self._starts[first]

    def set_in_lines(self, first: int, last: int) -> Setting | None:
        """One line if it is enough, else the best two; None when they do not fit."""
        characters = self.characters(first, last)
        if characters <= self._limits.characters:
            return Setting(None, characters, 0.0)
        if characters > self._limits.lines * self._limits.characters + 1:
            return None
        best: Setting | None = None
        for place in range(first + 1, last + 1):
            upper, lower = self.characters(first, place - 1), self.characters(place, last)
            if max(upper, lower) <= self._limits.characters:
                cost = self.break_costs[place - 1] + UNEVEN * abs(upper - lower) / self._limits.characters
                if best is None or cost < best.cost:
                    best = Setting(place, upper + lower + 1, cost)
        return best

    def shown(self, first: int, last: int, setting: Setting) -> str:
        if setting.place is None:
            return self._line[self._starts[first] : self._ends[last]]
        upper = self._line[self._starts[first] : self._ends[setting.place - 1]]
        return f"{upper}\n{self._line[self._starts[setting.place] : self._ends[last]]}"


def break_cost(before: Piece, after: Piece, breaks: Breaks) -> float:
    """How much a break between two words hurts."""
    if after.clings:
        return ANYWHERE
    if ends_sentence(before.text):
        return AT_SENTENCE
    if ends_clause(before.text):
        return AT_CLAUSE
    if breaks.is_bad(before.text):
        return AFTER_BINDER
    return AT_OPENER if breaks.is_good(before.text, after.text) else ANYWHERE
