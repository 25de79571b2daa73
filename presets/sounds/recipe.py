"""What a sound effect is described by, and the reader that checks it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from presets.music.synth.drums import DRUMS
from presets.records import Record, read_record


class Layer(Record):
    """One sound among those that an effect is made of, struck once or several times.

    noise: a band of noise that glides; tone: a sine that glides; partials: sines in the given (ratio, level,
    half-life in ms) over from_hz; drum: one of the music's drums.
    """

    kind: Literal["noise", "tone", "partials", "drum"]
    at_ms: tuple[float, ...] = (0,)
    length_ms: float = Field(default=500, gt=0, le=8000)
    from_hz: float = Field(default=1000, ge=20, le=16_000)
    to_hz: float | None = Field(default=None, ge=20, le=16_000)
    octaves: float = Field(default=1.2, gt=0, le=6, description="how wide a band of noise is")
    shape: Literal["fall", "rise", "arch"] = "fall"
    attack_ms: float = Field(default=2, ge=0)
    half_life_ms: float = Field(default=80, gt=0)
    level_db: float = Field(default=0, ge=-60, le=12)
    pan_from: float = Field(default=0, ge=-1, le=1)
    pan_to: float | None = Field(default=None, ge=-1, le=1)
    vary: float = Field(default=0, ge=0, le=1, description="how unlike each other the strikes are")
    partials: tuple[tuple[float, float, float], ...] = ()
    drum: str | None = None

    @model_validator(mode="after")
    def _can_be_made(self) -> Self:
        if self.kind == "partials" and not self.partials:
            raise ValueError("partials are missing")
        if self.kind == "drum" and self.drum not in DRUMS:
            raise ValueError(f"drum: one of {', '.join(DRUMS)}")
        return self


class Effect(Record):
    """A sound effect."""

    name: str
    title: str
    mood: str = Field(description="a sentence for whoever chooses it")
    seed: int
    length_s: float = Field(gt=0, le=8)
    room_s: float = Field(default=1.0, ge=0.2, le=6)
    room: float = Field(default=0.15, ge=0, le=1)
    layers: tuple[Layer, ...] = Field(min_length=1)


def read_effect(path: Path) -> Effect:
    return read_record(path, Effect, name=path.stem)
