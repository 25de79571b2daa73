"""What is to be painted, and what a painter gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

ShotKind = Literal[
    "illustration", "big_number", "quote", "timeline", "comparison", "list", "idea_map", "title", "process"
]
Scale = Literal["wide", "medium", "close"]
Composition = Literal["centre", "left_third", "right_third", "symmetry", "diagonal"]


class Style(BaseModel):
    """One look for the whole film: a look from presets/ met with the niche's palette."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    look: str
    prompt: str
    palette: tuple[str, ...] = Field(min_length=4, description="#rrggbb: background, surface, text, accents")
    heading_font: str
    body_font: str
    texture: str = Field(default="none", description="a texture that the look names")


class Shot(BaseModel):
    """One picture of the film, as planned. Everything that decides what is painted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(description="section id and number: s03_beat-1")
    section_id: str
    kind: ShotKind
    scale: Scale
    composition: Composition
    instruction: str = Field(description="what the picture shows, in words")
    narration: str = Field(description="what is said while it is seen")
    keywords: tuple[str, ...] = ()
    topic: str = Field(default="", description="what the whole film is about")
    emphasis: Literal["topic", "detail"] = Field(
        default="topic", description="detail: what is particular to these words comes before the film's topic"
    )
    heading: str = ""
    lines: tuple[str, ...] = Field(default=(), description="list items, quote, number and unit, steps, dates")
    seed: int = 0
    width: int = 1920
    height: int = 1080
    start_fraction: float = Field(default=0, ge=0, lt=1, description="of its section, where it begins")


@dataclass(frozen=True)
class Painted:
    """A finished picture or clip: encoded bytes, and how it came to be."""

    data: bytes
    mime: str
    painter: str
    prompt: str = ""
    cost_cents: float = 0
    notes: tuple[str, ...] = field(default=())


class Painter(Protocol):
    """Paints one shot. Deterministic where it can be; a paid one passes `idempotency_key` to its provider."""

    @property
    def name(self) -> str: ...

    @property
    def paid(self) -> bool:
        """Its pictures cost money, so they are kept whatever changes in the program."""
        ...

    def expected_cents(self, pictures: float) -> float:
        """What that many pictures will cost, about."""
        ...

    def paint(self, shot: Shot, style: Style, *, idempotency_key: str, reference: bytes | None = None) -> Painted: ...
