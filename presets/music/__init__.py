"""The own music. Each bed is a recipe in beds/ and the file in files/ that `python -m presets.music build` made."""

from __future__ import annotations

from pathlib import Path

from presets.records import find_record, record_names

_HERE = Path(__file__).parent
RECIPES = _HERE / "beds"
FILES = _HERE / "files"


def find(name: str) -> Path:
    """The Ogg Opus file of a bed, which loops without a seam; UnknownPreset lists what there is."""
    find_record(RECIPES, name, noun="music")
    return FILES / f"{name}.opus"


def names() -> tuple[str, ...]:
    return record_names(RECIPES)
