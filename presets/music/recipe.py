"""What a bed is described by, and the reader that checks it: every fault names the file and the field."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from presets.music.synth.drums import DRUMS
from presets.music.synth.instruments import INSTRUMENTS
from presets.music.theory import MODES, Chord, chord, pitch_class
from presets.records import Record, read_record

BEATS = 4
"""Every bed is in four."""
_STEPS = {"chords": "xXo-.", "beat": "xXo-.", "bass": "r3578l-.", "arp": "0123456789-."}

Strength = Annotated[float, Field(gt=0, le=1)]


class Section(Record):
    """A stretch of the bed: its name and its chords, bars separated by |, several chords in a bar by spaces."""

    name: str
    chords: str

    @property
    def bars(self) -> tuple[tuple[Chord, ...], ...]:
        return tuple(tuple(chord(symbol) for symbol in bar.split()) for bar in self.chords.split("|"))

    @model_validator(mode="after")
    def _chords_are_known(self) -> Self:
        if not all(self.bars):
            raise ValueError("a bar has no chord")
        return self


class Part(Record):
    """What one instrument plays.

    Patterns are written bar by bar, separated by |, and go round; a bar's characters share it evenly.
    chords, beat: x struck, X accented, o soft, - held, . silent. bass: r root, 3, 5, 7, 8 (octave), l (fifth below).
    arp: the number of a chord tone from below. melody: degree/sixteenths tokens, r for a rest.
    """

    instrument: str
    role: Literal["chords", "arp", "bass", "melody", "beat"]
    pattern: str
    sections: tuple[str, ...] = Field(default=(), description="where it plays; everywhere if empty")
    fill: str | None = Field(default=None, description="instead of the pattern in the last bar of a section")
    octave: int = Field(default=4, ge=0, le=7)
    voices: int = Field(default=4, ge=1, le=6)
    level_db: float = Field(default=0, ge=-40, le=12)
    strength: Strength = 0.7
    pan: float = Field(default=0, ge=-1, le=1)
    gate: float = Field(default=0.95, gt=0, le=8, description="how much of its length a note sounds")
    room: float = Field(default=0.2, ge=0, le=1)
    echo: float = Field(default=0, ge=0, le=1)
    chorus: bool = False
    ducked: float = Field(default=0, ge=0, le=1, description="how much it gives way to the kick drum")
    low_cut_hz: float = Field(default=30, ge=20, le=2000)
    high_cut_hz: float = Field(default=16_000, ge=200, le=20_000)
    strum_ms: float = Field(default=0, ge=0, le=80)
    swell: bool = Field(default=False, description="grows from half its level to full through each section")

    @model_validator(mode="after")
    def _can_be_played(self) -> Self:
        known = DRUMS if self.role == "beat" else INSTRUMENTS
        if self.instrument not in known:
            raise ValueError(f"no instrument {self.instrument!r} for {self.role}; there are {', '.join(known)}")
        for bar in (*self.pattern.split("|"), *((self.fill,) if self.fill else ())):
            self._check_bar("".join(bar.split()) if self.role != "melody" else bar)
        return self

    def _check_bar(self, bar: str) -> None:
        if self.role == "melody":
            if sum(int(token.split("/")[1]) for token in bar.split()) != 4 * BEATS:
                raise ValueError(f"{bar.strip()!r} does not fill its bar")
        elif not bar or set(bar) - set(_STEPS[self.role]):
            raise ValueError(f"{bar!r} may hold only {_STEPS[self.role]}")


class Bed(Record):
    """A piece of music that loops."""

    name: str
    title: str
    mood: str = Field(description="a sentence for whoever chooses it")
    bpm: float = Field(ge=40, le=180)
    key: str
    mode: str = "major"
    seed: int
    swing: float = Field(default=0.5, ge=0.5, le=0.7, description="where the offbeat falls in its pair")
    swing_steps: Literal[8, 16] = 16
    humanise_ms: float = Field(default=6, ge=0, le=20)
    room_s: float = Field(default=2.2, ge=0.3, le=8)
    echo_beats: float = Field(default=0.75, gt=0, le=4)
    sections: tuple[Section, ...] = Field(min_length=1)
    parts: tuple[Part, ...] = Field(min_length=1)

    @property
    def bars(self) -> int:
        return sum(len(section.bars) for section in self.sections)

    @property
    def length_s(self) -> float:
        return self.bars * BEATS * 60 / self.bpm

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        pitch_class(self.key)
        if self.mode not in MODES:
            raise ValueError(f"mode: one of {', '.join(MODES)}")
        names = {section.name for section in self.sections}
        for part in self.parts:
            if unknown := set(part.sections) - names:
                raise ValueError(f"{part.instrument} plays in {', '.join(sorted(unknown))}, which is no section")
        if self.length_s < 60:
            raise ValueError(f"lasts {self.length_s:.1f} s; a bed lasts 60 s or more")
        return self


def read_bed(path: Path) -> Bed:
    return read_record(path, Bed, name=path.stem)
