"""What is to be made again although nothing changed: another take of a script, a section's voice or its picture."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.errors import BriefError
from pipeline.making.job import Takes

HOW = "Write script, section:3:voice, section:3:picture or section:3:picture:2."
_PART = re.compile(r"section:(\d{1,2}):(voice|picture)(?::(\d))?")


def apply(wanted: Iterable[str], takes: Takes) -> None:
    """Count up the takes; sections and their pictures are numbered from 1, as in outline.json."""
    for name in [name for part in wanted for name in _names(part, takes)]:
        takes.again(name)


def _names(part: str, takes: Takes) -> list[str]:
    if part == "script":
        return ["script"]
    match = _PART.fullmatch(part)
    if not match:
        raise BriefError(f'"{part}" cannot be made again. {HOW}')
    section, what, number = int(match[1]), match[2], match[3]
    section_id = takes.section_id(section)
    if what == "voice":
        return [f"narration:{section_id}"]
    return [f"picture:{section_id}-{number}"] if number else takes.pictures_of(section_id)
