"""The own sound effects: each a recipe in effects/ and the file in files/ that `python -m presets.music build` made."""

from __future__ import annotations

from pathlib import Path

from presets.music.manifest import Shipped, find_shipped, shipped

RECIPES = Path(__file__).parent / "effects"
FILES = Path(__file__).parent / "files"


def find(name: str) -> Path:
    """The Ogg Opus file of a sound effect; UnknownPreset lists what there is."""
    return FILES / find_shipped(FILES, name, noun="sound effect").file


def effects() -> tuple[Shipped, ...]:
    """Every sound effect with its title, length and licence."""
    return shipped(FILES)
