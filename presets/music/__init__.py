"""The own music. Each bed is a recipe in beds/ and the file in files/ that `python -m presets.music build` made."""

from __future__ import annotations

from pathlib import Path

from presets.music.manifest import Shipped, find_shipped, shipped

RECIPES = Path(__file__).parent / "beds"
FILES = Path(__file__).parent / "files"


def find(name: str) -> Path:
    """The Ogg Opus file of a bed, which loops without a seam; UnknownPreset lists what there is."""
    return FILES / find_shipped(FILES, name, noun="music").file


def beds() -> tuple[Shipped, ...]:
    """Every bed with its title, mood, tempo, key, length and licence."""
    return shipped(FILES)
