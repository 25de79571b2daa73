"""What a finished film must hold, line by line: what was measured, what is allowed, and whether it holds."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from pipeline.errors import CheckError

Verdict = Literal["holds", "broken", "not measured"]


class Line(BaseModel):
    """One thing that was checked. A broken hard line means that the film is not to be shipped."""

    model_config = ConfigDict(frozen=True)

    name: str
    measured: str
    allowed: str
    verdict: Verdict
    hard: bool = False
    detail: str = ""


class Report(BaseModel):
    """report.json's part about the film."""

    model_config = ConfigDict(frozen=True)

    film: str
    lines: tuple[Line, ...]

    @property
    def broken(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.verdict == "broken")

    @property
    def fit_to_ship(self) -> bool:
        return not any(line.hard for line in self.broken)

    def demand(self) -> None:
        """Raise a CheckError for the hard lines that are broken."""
        hard = [line for line in self.broken if line.hard]
        if hard:
            faults = "; ".join(f"{line.name}: {line.measured} (allowed: {line.allowed})" for line in hard)
            raise CheckError(f"The finished film breaks what every film must hold. {faults}.", where=self.film)


def line(name: str, measured: str, allowed: str, holds: bool | None, *, hard: bool = False, detail: str = "") -> Line:
    """`holds` is None where there was nothing to measure."""
    verdict: Verdict = "not measured" if holds is None else "holds" if holds else "broken"
    return Line(name=name, measured=measured, allowed=allowed, verdict=verdict, hard=hard, detail=detail)
