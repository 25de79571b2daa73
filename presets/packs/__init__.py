"""Template packs: how a film looks, as data. A pack names the functions that draw it; it never imports them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from presets.errors import PresetInvalid, UnknownPreset
from presets.packs.models import Fonts, Headline, Pack, Palette, SectionNumbers, TitleCards, Transition
from presets.records import build_record

__all__ = [
    "Fonts",
    "Headline",
    "Pack",
    "Palette",
    "SectionNumbers",
    "TitleCards",
    "Transition",
    "load",
    "names",
    "read",
]

FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


@cache
def load(name: str) -> Pack:
    """The shipped pack of that name, or UnknownPreset."""
    if name not in names():
        raise UnknownPreset(f'There is no pack "{name}". Choose one of: {", ".join(names())}, or give a .json file.')
    return read(FOLDER / f"{name}.json")


def read(path: Path) -> Pack:
    """The pack in a file, anyone's, or PresetInvalid that names the field."""
    return build_record(path.name, _table(path), Pack)


def _table(path: Path) -> dict[str, object]:
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PresetInvalid(f"{path.name}: the file cannot be read ({error.strerror})") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise PresetInvalid(f"{path.name}: not valid JSON: {error}") from error
    if not isinstance(table, dict):
        raise PresetInvalid(f"{path.name}: must be a JSON object")
    return table
