"""What a model is asked to answer with. Every field is required, so that the schema is a strict one."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DraftHook(_Wire):
    pattern: Literal["number", "question", "contrast", "story", "claim"]
    narration: str
    visual: str
    on_screen: str
    sources: list[str]


class DraftSection(_Wire):
    kind: Literal["setup", "beat", "recap", "call_to_action"]
    title: str
    narration: str
    visual: str
    on_screen: str
    sound: str | None
    sources: list[str]


class Draft(_Wire):
    title: str
    other_titles: list[str]
    summary: str
    hooks: list[DraftHook]
    sections: list[DraftSection]


class Rewrite(_Wire):
    id: str
    narration: str
    sources: list[str]


class Rewrites(_Wire):
    sections: list[Rewrite]
