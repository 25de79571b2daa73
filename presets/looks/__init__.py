"""Looks: visual styles that combine with any niche. One file each; adding a look is adding a file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from presets.looks.models import Edge, Light, Lines, Look, Shading, Texture, Tones
from presets.records import find_record, read_record, record_names

__all__ = ["Edge", "Light", "Lines", "Look", "Shading", "Texture", "Tones", "all_looks", "load", "names", "read"]

FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    return record_names(FOLDER)


@cache
def load(name: str) -> Look:
    """The look of that name, or UnknownPreset."""
    return read(find_record(FOLDER, name, noun="look"))


def all_looks() -> tuple[Look, ...]:
    return tuple(load(name) for name in names())


def read(path: Path) -> Look:
    """A look from any file; its name is the file's."""
    return read_record(path, Look, name=path.stem)
