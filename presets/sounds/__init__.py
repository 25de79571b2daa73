"""The own sound effects: each a recipe in effects/ and the file in files/ that `python -m presets.music build` made."""

from __future__ import annotations

from pathlib import Path

from presets.records import find_record, record_names

_HERE = Path(__file__).parent
RECIPES = _HERE / "effects"
FILES = _HERE / "files"


def find(name: str) -> Path:
    """The Ogg Opus file of a sound effect; UnknownPreset lists what there is."""
    find_record(RECIPES, name, noun="sound effect")
    return FILES / f"{name}.opus"


def names() -> tuple[str, ...]:
    return record_names(RECIPES)
