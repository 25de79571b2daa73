"""Chapters as video platforms want them: the first at 0:00, at least three, each at least ten seconds long."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from pipeline.scripts.models import Script, Section
from pipeline.timeline.models import Timeline

SHORTEST_MS = 10_000
_LEAST = 3


class Chapter(BaseModel):
    model_config = ConfigDict(frozen=True)

    start_ms: int = Field(ge=0)
    title: str

    @property
    def stamp(self) -> str:
        seconds = self.start_ms // 1000
        hours, minutes = seconds // 3600, seconds // 60 % 60
        return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}"


def chapters(script: Script, timeline: Timeline) -> tuple[Chapter, ...]:
    """Empty where a film is too short for chapters."""
    starts = {segment.id: round(1000 * segment.start_frame / timeline.fps) for segment in timeline.segments}
    film_ms = round(1000 * timeline.frames / timeline.fps)
    found = [Chapter(start_ms=0, title=_first(script))]
    for section in script.sections:
        title = _title(section, script.language)
        start = starts.get(section.id)
        if title and start is not None and start - found[-1].start_ms >= SHORTEST_MS and title != found[-1].title:
            found.append(Chapter(start_ms=start, title=title))
    while len(found) > 1 and film_ms - found[-1].start_ms < SHORTEST_MS:
        found.pop()
    return tuple(found) if len(found) >= _LEAST else ()


def _first(script: Script) -> str:
    return "Introduction" if _english(script.language) else script.title


def _title(section: Section, language: str) -> str:
    if section.kind == "beat":
        return section.title or section.on_screen
    return "In short" if section.kind == "recap" and _english(language) else ""


def _english(language: str) -> bool:
    return language.lower().split("-")[0] == "en"
