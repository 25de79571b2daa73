"""Who writes scripts: one Protocol, and what goes in and comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pipeline.brief import Brief
from pipeline.scripts.budget import WordBudget
from pipeline.scripts.models import Script
from pipeline.sources.models import Source
from presets.niches import Niche


@dataclass(frozen=True)
class Assignment:
    """Everything that a writer goes by."""

    source: Source
    brief: Brief
    niche: Niche
    budget: WordBudget
    take: int = 1
    """Another number for another try at the same."""


@dataclass(frozen=True)
class Cost:
    """What a provider was asked for and what that costs; cents are None where no price is known."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cents: float | None = 0.0

    def __add__(self, other: Cost) -> Cost:
        cents = None if self.cents is None or other.cents is None else self.cents + other.cents
        return Cost(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            cents,
        )


@dataclass(frozen=True)
class Written:
    """A script with what the source would carry at most; None where a model can go on for as long as asked."""

    script: Script
    minutes_carried: float | None = None
    cost: Cost = Cost()


@dataclass(frozen=True)
class LengthChange:
    """A section that is to speak for that many average words instead of what it has now."""

    section_id: str
    words: float


Progress = Callable[[str], None]


def silent(title: str) -> None:
    """The progress of a caller that does not watch."""


class Writer(Protocol):
    """`progress` hears the title of each section as it is written."""

    name: str
    paid: bool
    """What it writes costs money or cannot be had again, so it is kept whatever changes in the program."""

    def expected_cents(self, minutes: float) -> float | None:
        """What a script of that length will cost, about; None where no price is known."""
        ...

    def write(self, assignment: Assignment, *, progress: Progress = silent) -> Written: ...

    def revise(
        self, script: Script, changes: tuple[LengthChange, ...], assignment: Assignment, *, progress: Progress = silent
    ) -> Written:
        """The script with those sections longer or shorter and every other one as it was."""
        ...
