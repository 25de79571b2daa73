"""The script: what is said, what is seen and what is written on the screen, section by section."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.brief import Pace

SectionKind = Literal["hook", "setup", "beat", "recap", "call_to_action"]


def section_id(place: int, kind: SectionKind) -> str:
    return f"s{place:02d}_{kind}"


class Section(BaseModel):
    """A part of the film with one narration."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^s\d{2}_[a-z_]+$", description="s01_hook, s02_setup, s03_beat, ...")
    kind: SectionKind
    title: str = Field(default="", max_length=120, description="chapter title")
    narration: str = Field(min_length=1)
    visual: str = Field(default="", description="what the picture shows")
    on_screen: str = Field(default="", max_length=80, description="a few words in the picture")
    sound: str | None = Field(default=None, description="a sound effect's name")
    pace: Pace = "normal"
    pause_after_ms: int = Field(default=450, ge=0, le=4000)
    sources: tuple[str, ...] = Field(default=(), description="ids of the passages that it draws on")


class Hook(BaseModel):
    """One way to open the film."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pattern: str = Field(description="question, number, contrast, story, ...")
    narration: str = Field(min_length=1)
    on_screen: str = Field(default="", max_length=80)
    sources: tuple[str, ...] = Field(default=(), description="ids of the passages that it draws on")


class Script(BaseModel):
    """A whole script. The first section speaks the chosen hook."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=1, max_length=120)
    language: str = "en"
    writer: str = Field(description="outline, manual, or the model that wrote it")
    hooks: tuple[Hook, ...] = Field(max_length=3)
    chosen_hook: int = Field(default=1, ge=1, le=3)
    sections: tuple[Section, ...] = Field(min_length=1)
    other_titles: tuple[str, ...] = Field(default=(), max_length=2, description="two more titles to choose from")
    summary: str = Field(default="", max_length=1000, description="what the film is about, for its description")
    notes: tuple[str, ...] = Field(default=(), description="what the creator should know about this script")

    @property
    def words(self) -> int:
        return sum(len(section.narration.split()) for section in self.sections)
