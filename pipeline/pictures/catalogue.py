"""Who can paint: models, their sizes and prices as data, because models come and go faster than code."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from pipeline.errors import PictureError
from pipeline.pictures.models import Shot

Engine = Literal["canvas", "uploads", "openai", "hub"]
Shape = Literal["wide", "tall", "square"]


class PainterEntry(BaseModel):
    """One way to have pictures painted. Prices are estimates in US cents a picture."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    engine: Engine
    model: str
    title: str
    needs: tuple[str, ...] = Field(description="settings without which it is off")
    licence: str
    cents: float = Field(ge=0)
    edit_cents: float | None = Field(default=None, ge=0, description="with a reference picture")
    quality: Literal["low", "medium", "high"] | None = None
    sizes: dict[Shape, str]

    def size_for(self, shot: Shot) -> tuple[int, int]:
        """The provider's size that is nearest to the shot's shape."""
        width, _, height = self.sizes[shape_of(shot)].partition("x")
        return int(width), int(height)

    def price(self, with_reference: bool) -> float:
        return self.edit_cents if with_reference and self.edit_cents is not None else self.cents


def shape_of(shot: Shot) -> Shape:
    ratio = shot.width / shot.height
    return "wide" if ratio > 1.15 else "tall" if ratio < 0.87 else "square"


@lru_cache(maxsize=1)
def entries() -> dict[str, PainterEntry]:
    text = (Path(__file__).parent / "catalogue.json").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, PainterEntry]).validate_json(text)


def entry(name: str) -> PainterEntry:
    try:
        return entries()[name]
    except KeyError:
        raise PictureError(f'There is no painter "{name}". Choose one of: {", ".join(entries())}.') from None
