"""Niches: how films of one kind are told, sound and look. One file each; adding a niche is adding a file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from presets import looks, packs
from presets.errors import PresetInvalid
from presets.niches.models import Example, HookPattern, Lines, Moment, Niche, Pacing, Sample, Structure, Transition
from presets.records import find_record, read_record, record_names

__all__ = [
    "Example",
    "HookPattern",
    "Lines",
    "Moment",
    "Niche",
    "Pacing",
    "Sample",
    "Structure",
    "Transition",
    "all_niches",
    "load",
    "names",
    "read",
]

FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    return record_names(FOLDER)


@cache
def load(name: str) -> Niche:
    """The niche of that name, or UnknownPreset."""
    return read(find_record(FOLDER, name, noun="niche"))


def all_niches() -> tuple[Niche, ...]:
    return tuple(load(name) for name in names())


def read(path: Path) -> Niche:
    """A niche from any file; its name is the file's."""
    niche = read_record(path, Niche, name=path.stem)
    for field, name, known in (("look", niche.look, looks.names()), ("pack", niche.pack, packs.names())):
        if name not in known:
            raise PresetInvalid(f'{path.name}: {field}: there is no {field} "{name}"; known: {", ".join(known)}')
    return niche
