"""Pace: slow, normal or fast, as factors on a niche's own speaking rate and silences."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from presets.errors import PresetInvalid, UnknownPreset
from presets.records import Record, build_record, read_table

FILE = Path(__file__).with_suffix(".toml")


class Pace(Record):
    name: str
    title: str = Field(min_length=1, max_length=40)
    rate_factor: float = Field(ge=0.75, le=1.3)
    pause_factor: float = Field(ge=0.3, le=2)


def names() -> tuple[str, ...]:
    return tuple(_paces())


def load(name: str) -> Pace:
    """The pace of that name, or UnknownPreset."""
    paces = _paces()
    if name not in paces:
        raise UnknownPreset(f'There is no pace "{name}". Choose one of: {", ".join(paces)}.')
    return paces[name]


def read(path: Path) -> dict[str, Pace]:
    """All paces of a file, by name, in its order."""
    paces = {}
    for name, table in read_table(path).items():
        if not isinstance(table, dict):
            raise PresetInvalid(f"{path.name}: {name}: must be a table")
        paces[name] = build_record(path.name, table, Pace, name=name)
    return paces


@cache
def _paces() -> dict[str, Pace]:
    return read(FILE)
