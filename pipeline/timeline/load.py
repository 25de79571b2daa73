"""timeline.json read, checked and written, and the JSON Schema that other programs check it with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.errors import TimelineError
from pipeline.timeline.models import Timeline

MAX_BYTES = 64 * 1024 * 1024


def load(path: Path) -> Timeline:
    """The timeline in a file, or a TimelineError that names the place in the document."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise TimelineError(f"This file cannot be read: {error.strerror}.", where=str(path)) from error
    if size > MAX_BYTES:
        raise TimelineError("This file is larger than 64 MB: that is no timeline.", where=str(path))
    return parse(data, name=path.name)


def parse(data: bytes | str, name: str = "timeline.json") -> Timeline:
    """A timeline from JSON text."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise TimelineError(f"This is not valid JSON: {error}.", where=name) from error
    try:
        return Timeline.model_validate(document)
    except ValidationError as error:
        raise _translated(error, name) from error


def dump(timeline: Timeline) -> str:
    """JSON text with what was set, and what every reader of version 1 expects to see."""
    full = timeline.model_dump(mode="json", by_alias=True, exclude_unset=True)
    head = {
        "version": 1,
        "title": timeline.title,
        "fps": timeline.fps,
        "width": timeline.width,
        "height": timeline.height,
    }
    sound = {"bgmPath": timeline.bgm_path, "bgmVolume": timeline.bgm_volume}
    return json.dumps({**head, **sound, **full}, ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of version 1."""
    made = Timeline.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "CanvasCast timeline, version 1",
    }


def _translated(error: ValidationError, name: str) -> TimelineError:
    first, *others = error.errors()
    message = first["msg"].removeprefix("Value error, ")
    more = f" ({len(others)} more {'fault' if len(others) == 1 else 'faults'} after this one)" if others else ""
    return TimelineError(f"{message}.{more}", where=f"{name} at {_pointer(first['loc'])}")


def _pointer(location: Sequence[int | str]) -> str:
    """segments[2].visuals[0].motion"""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "the top level"
