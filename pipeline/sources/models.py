"""Clean text, with where each part of it came from."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Origin(BaseModel):
    """A document, page or paste that passages were taken from."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="o1, o2, ...")
    kind: Literal["notes", "file", "page", "topic"]
    title: str
    address: str = Field(default="", description="file name or address")


class Passage(BaseModel):
    """One paragraph, list item or heading of a source, in reading order."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="p1, p2, ...")
    origin: str
    kind: Literal["paragraph", "heading", "item", "quote"] = "paragraph"
    level: int = Field(default=0, description="of a heading: 1 is the highest; of an item: its depth, from 1")
    text: str
    by: str = Field(default="", description="of a quote: who said it")


class Source(BaseModel):
    """Everything the film may draw on."""

    model_config = ConfigDict(frozen=True)

    origins: tuple[Origin, ...]
    passages: tuple[Passage, ...]
    language: str = "en"
    notes: tuple[str, ...] = Field(default=(), description="what was left out, a sentence each")

    @property
    def words(self) -> int:
        return sum(len(passage.text.split()) for passage in self.passages if passage.kind != "heading")
