"""What a film's files are called when they are saved."""

from __future__ import annotations

import re
import unicodedata

_LONGEST_NAME = 80
_PLAIN = {"final.mp4": "", "captions.srt": "", "captions.vtt": "", "assets.zip": ""}
"""Files that are told apart by how their names end."""


def file_name(title: str, name: str) -> str:
    """why-volcanoes-erupt.mp4, why-volcanoes-erupt-script.txt"""
    stem, _, suffix = name.rpartition(".")
    part = _PLAIN.get(name, f"-{stem}")
    return f"{slug(title)}{part}.{suffix}"


def slug(title: str) -> str:
    """Letters and digits of any script, joined by hyphens."""
    plain = unicodedata.normalize("NFKC", title).casefold().replace("'", "").replace("’", "")
    return "-".join(re.findall(r"[^\W_]+", plain))[:_LONGEST_NAME].strip("-") or "film"
