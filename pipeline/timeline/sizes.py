"""Frames by their shape and their number of lines."""

from __future__ import annotations

from typing import Literal

Aspect = Literal["16:9", "9:16", "1:1"]
Resolution = Literal["360p", "720p", "1080p", "1440p", "4k"]

SHORT_SIDES: dict[Resolution, int] = {"360p": 360, "720p": 720, "1080p": 1080, "1440p": 1440, "4k": 2160}


def frame_size(aspect: Aspect, resolution: Resolution) -> tuple[int, int]:
    """Width and height in pixels; a resolution names the short side."""
    short = SHORT_SIDES[resolution]
    long = short * 16 // 9
    return {"16:9": (long, short), "9:16": (short, long), "1:1": (short, short)}[aspect]
