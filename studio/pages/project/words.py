"""What things are called on the Project page, and its few drawings."""

from __future__ import annotations

import re

from studio.desk.scenes import SceneView

AUTOMATIC = "automatic"
MOTIONS = (
    ("Automatic", AUTOMATIC),
    ("Hold still", "none"),
    ("Zoom in", "kenburns_in"),
    ("Zoom out", "kenburns_out"),
    ("Pan left", "pan_left"),
    ("Pan right", "pan_right"),
)
_KINDS = {
    "hook": "Hook",
    "setup": "Setting the scene",
    "beat": "Point",
    "recap": "In short",
    "call_to_action": "Last words",
}
_SECTION = re.compile(r"s\d+_([a-z_]+)")
_SVG = '<svg viewBox="0 0 20 20" aria-hidden="true">{}</svg>'
ICONS = {
    "done": _SVG.format('<circle cx="10" cy="10" r="9"/><path d="m6 10.3 2.8 2.8L14.2 7.4"/>'),
    "running": _SVG.format('<circle cx="10" cy="10" r="8"/><path d="M10 2a8 8 0 0 1 8 8"/>'),
    "failed": _SVG.format('<circle cx="10" cy="10" r="9"/><path d="m7 7 6 6m0-6-6 6"/>'),
    "stopped": _SVG.format('<circle cx="10" cy="10" r="9"/><path d="M8 7v6m4-6v6"/>'),
    "waiting": _SVG.format('<circle cx="10" cy="10" r="8"/>'),
}


def motion_of(scene: SceneView) -> str:
    return scene.motion if scene.own_motion else AUTOMATIC


def kind_of(kind: str) -> str:
    return _KINDS.get(kind, "Scene")


def kind_of_section(section: str) -> str:
    """From its name, s03_beat."""
    found = _SECTION.fullmatch(section)
    return kind_of(found[1]) if found else "Scene"


def clock(seconds: float) -> str:
    """How long something takes, as short as it is worth: 8 seconds, 40 seconds, 3 minutes."""
    if seconds < 1:
        return "under a second"
    if seconds < 20:
        return _counted(round(seconds), "second")
    if seconds < 55:
        return f"{round(seconds / 10) * 10} seconds"
    return _counted(max(1, round(seconds / 60)), "minute")


def size(bytes_: int) -> str:
    """1 byte, 840 kB, 12.4 MB."""
    if bytes_ < 1000:
        return _counted(bytes_, "byte")
    if bytes_ < 1_000_000:
        return f"{bytes_ / 1000:.0f} kB"
    return f"{bytes_ / 1_000_000:.1f} MB"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
