"""Notes to try the studio with, each with the niche and the length that suit it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[2] / "examples"


class Sample(NamedTuple):
    name: str
    title: str
    niche: str
    minutes: int

    @property
    def notes(self) -> str:
        return (FOLDER / f"{self.name}.md").read_text(encoding="utf-8")

    @property
    def picture(self) -> str:
        return f"/studio/pictures/samples/{self.name}.webp"


_ALL = (
    Sample("volcanoes", "How volcanoes work", "explainer", 2),
    Sample("tea", "The history of tea", "history", 3),
    Sample("deep-sea", "The deep sea", "scary-facts", 2),
    Sample("gps", "How your phone knows where it is", "tech-explainer", 2),
    Sample("compound-interest", "Compound interest", "finance", 2),
    Sample("endurance", "The crew that would not give up", "documentary", 2),
)


@cache
def samples() -> tuple[Sample, ...]:
    """Those whose notes came along with this copy of the studio."""
    return tuple(one for one in _ALL if (FOLDER / f"{one.name}.md").is_file())


def find_sample(name: str) -> Sample | None:
    return next((one for one in samples() if one.name == name), None)
