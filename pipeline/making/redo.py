"""What is to be made again although nothing changed: another take of a script, a section's voice or its picture."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.errors import BriefError
from pipeline.making.job import Takes

HOW = "Write script, section:3:voice, section:3:picture or section:3:picture:2."
_PART = re.compile(r"section:(?:(\d{1,2})|(s\d\d_[a-z_]+)):(voice|picture)(?::(\d))?")


def apply(wanted: Iterable[str], takes: Takes) -> None:
    """Count up the takes; sections are named by their ids or numbered from 1, as in outline.json."""
    for name in [name for part in wanted for name in _names(part, takes)]:
        takes.again(name)


def _names(part: str, takes: Takes) -> list[str]:
    if part == "script":
        return ["script"]
    match = _PART.fullmatch(part)
    if not match:
        raise BriefError(f'"{part}" cannot be made again. {HOW}')
    place, named, what, number = match.groups()
    section_id = named or takes.section_id(int(place))
    if not takes.knows(section_id):
        raise BriefError(f"There is no section {section_id} in this film.")
    if what == "voice":
        return [f"narration:{section_id}"]
    if not number:
        return [f"picture:{section_id}"]
    pictures = takes.pictures(section_id)
    if pictures and f"{section_id}-{number}" not in pictures:
        raise BriefError(f"There is no picture {number} in section {section_id}: it has {len(pictures)}.")
    return [f"picture:{section_id}-{number}"]
