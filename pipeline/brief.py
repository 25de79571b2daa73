"""What was asked for: everything that decides a film, and nothing about who asked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.timeline.models import CaptionStyle, Motion
from pipeline.timeline.sizes import Aspect, Resolution

Pace = Literal["slow", "normal", "fast"]


class SceneWish(BaseModel):
    """What was chosen for one scene by hand. An empty choice is left to the film."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    motion: Motion | None = None
    picture: str = Field(default="", description="path of an own picture or clip, seen for the whole scene")
    like: str = Field(default="", max_length=40, description="the scene it is a copy of: it is painted alike")


class Brief(BaseModel):
    """A film to be made. An empty choice means the niche's own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    niche: str = "explainer"
    topic: str = Field(default="", max_length=500)
    notes: str = Field(default="", max_length=2_000_000, description="pasted text")
    documents: tuple[str, ...] = Field(default=(), description="paths of files")
    links: tuple[Annotated[str, Field(max_length=2000)], ...] = Field(default=(), max_length=20)
    uploads: tuple[str, ...] = Field(default=(), description="paths of own pictures and clips, placed by name or order")
    title: str = Field(default="", max_length=300)
    language: str = Field(default="en", max_length=35)
    minutes: float = Field(default=2, ge=1, le=12)
    voice: str = "default"
    look: str = ""
    pace: Pace = "normal"
    aspect: Aspect = "16:9"
    resolution: Resolution = "1080p"
    fps: Literal[24, 25, 30, 50, 60] = 30
    captions: CaptionStyle | None = None
    music: str = Field(default="", description="a bed's name, a path, or off")
    pack: str = ""
    hook: int | None = Field(default=None, ge=1, le=3)
    transcript: Literal["auto", "manual"] = Field(default="auto", description="manual: the notes are the script")
    pronunciations: dict[str, str] = Field(default_factory=dict, max_length=500)
    scenes: dict[str, SceneWish] = Field(default_factory=dict, max_length=200, description="wishes by section id")

    @property
    def copies(self) -> dict[str, str]:
        """Which scenes are copies, and of which."""
        return {section: wish.like for section, wish in self.scenes.items() if wish.like}
