"""Finds what a timeline names: music and sound effects of the own library, or files beside the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import AssetError
from presets import music, sounds
from presets.errors import UnknownPreset

_OWN_MUSIC = "music:"


@dataclass(frozen=True)
class Music:
    path: Path
    seamless: bool
    """Made to loop: its end flows into its start."""


def find_music(name: str, folder: Path, *, where: str) -> Music:
    """`music:lofi` is the library's, anything else a file."""
    if not name.startswith(_OWN_MUSIC):
        return Music(folder / name, seamless=False)
    try:
        return Music(music.find(name.removeprefix(_OWN_MUSIC)), seamless=True)
    except UnknownPreset as error:
        raise AssetError(str(error), where=where) from error


def find_sound(name: str, folder: Path, *, where: str) -> Path:
    """A name of the library comes first; what looks like a file is one."""
    try:
        return sounds.find(name)
    except UnknownPreset as error:
        if "/" in name or "." in name or (folder / name).is_file():
            return folder / name
        raise AssetError(str(error), where=where) from error
