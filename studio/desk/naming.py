"""What a film is called, and its files when they are saved."""

from __future__ import annotations

import re
import unicodedata

from pipeline.sources.markdown import named_title
from studio.projects import Project

_LONGEST_TITLE, _LONGEST_NAME = 90, 80
_PLAIN = {"final.mp4": "", "captions.srt": "", "captions.vtt": "", "assets.zip": ""}
"""Files that are told apart by how their names end."""


def told_title(project: Project) -> str:
    """Its own title, or how its topic or notes begin."""
    notes = str(project.brief.get("notes") or "")
    for text in (project.title, str(project.brief.get("topic") or ""), named_title(notes), notes):
        first = next((line for line in text.splitlines() if line.strip(" #*-_>\t")), "")
        words = " ".join(first.strip(" #*-_>\t").split())
        if words:
            return words if len(words) <= _LONGEST_TITLE else words[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
    return "Untitled film"


def file_name(title: str, name: str) -> str:
    """why-volcanoes-erupt.mp4, why-volcanoes-erupt-script.txt"""
    stem, _, suffix = name.rpartition(".")
    part = _PLAIN.get(name, f"-{stem}")
    return f"{slug(title)}{part}.{suffix}"


def slug(title: str) -> str:
    """Letters and digits of any script, joined by hyphens."""
    plain = unicodedata.normalize("NFKC", title).casefold().replace("'", "").replace("’", "")
    return "-".join(re.findall(r"[^\W_]+", plain))[:_LONGEST_NAME].strip("-") or "film"
