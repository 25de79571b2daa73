"""What is shipped: the list that the build writes beside the files, and that everybody else reads."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from presets.errors import PresetInvalid, UnknownPreset
from presets.records import Record

LICENCE = (
    "CC0-1.0: made by this project's own code; to the extent possible under law all rights are waived, "
    "so use it in any film, commercial or not, without credit."
)
_NAME = "manifest.json"


class Shipped(Record):
    """A file of the library and what a creator wants to know of it. Bpm and key are a bed's."""

    name: str
    title: str
    mood: str
    length_s: float
    licence: str
    recipe_sha256: str
    file: str
    sha256: str
    bpm: float | None = None
    key: str | None = None


@cache
def shipped(folder: Path) -> tuple[Shipped, ...]:
    """Everything in a folder's manifest, by name."""
    path = folder / _NAME
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Shipped.model_validate(record) for record in records)
    except (OSError, ValueError, ValidationError) as error:
        raise PresetInvalid(f"{path.name}: cannot be read; run python -m presets.music build ({error})") from error


def write_manifest(folder: Path, records: list[Shipped]) -> None:
    ordered = sorted(records, key=lambda record: record.name)
    listed = [record.model_dump(mode="json", exclude_none=True) for record in ordered]
    (folder / _NAME).write_text(json.dumps(listed, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    shipped.cache_clear()


def find_shipped(folder: Path, name: str, *, noun: str) -> Shipped:
    """By name; UnknownPreset lists what there is."""
    known = {record.name: record for record in shipped(folder)}
    if name not in known:
        raise UnknownPreset(f'There is no {noun} "{name}". Choose one of: {", ".join(known)}.')
    return known[name]


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
