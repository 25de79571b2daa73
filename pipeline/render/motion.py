"""How the window moves over a still: a rectangle of the plate for every frame, smooth below one pixel.

A plate is the still at just the size that the motion needs, so that sampling steps stay close to one pixel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipeline.timeline.models import Motion, Point

STRENGTH = 0.12
"""How far a motion goes by default: a zoom of 12 %, or a pan over 12 % of the width."""

MAX_STRENGTH = 0.25


@dataclass(frozen=True)
class Window:
    """The part of the plate that is seen: its top left corner, and its size, in plate pixels."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Path:
    """A motion over a plate of `plate_width` x `plate_height`, seen for `frames` frames."""

    motion: Motion
    plate_width: int
    plate_height: int
    width: int
    height: int
    frames: int
    focus: Point
    zoom: float
    pan_px: float

    def window(self, frame: int) -> Window:
        if self.motion in ("kenburns_in", "kenburns_out"):
            return self._zoomed(frame)
        if self.motion in ("pan_left", "pan_right"):
            return self._panned(frame)
        return Window(0, 0, self.plate_width, self.plate_height)

    def _zoomed(self, frame: int) -> Window:
        """Constant on the logarithm of the zoom, which is what looks constant. The focus stays where it is."""
        along = frame / max(1, self.frames - 1)
        if self.motion == "kenburns_out":
            along = 1 - along
        zoom = self.zoom**along
        width, height = self.plate_width / zoom, self.plate_height / zoom
        return Window(
            (self.plate_width - width) * self.focus.x, (self.plate_height - height) * self.focus.y, width, height
        )

    def _panned(self, frame: int) -> Window:
        x = self.pan_px * frame
        if self.motion == "pan_left":
            x = self.plate_width - self.width - x
        return Window(x, 0, self.width, self.plate_height)


def plan(
    motion: Motion,
    width: int,
    height: int,
    frames: int,
    focus: Point,
    strength: float = STRENGTH,
) -> Path:
    """The plate and the path of a motion over a frame of `width` x `height`."""
    strength = min(max(strength, 0.0), MAX_STRENGTH)
    if strength == 0 or frames < 2:
        motion = "none"
    if motion in ("kenburns_in", "kenburns_out"):
        # Half-way between the two ends, so that the plate is neither enlarged nor reduced by much at either.
        middle = math.sqrt(1 + strength)
        return Path(
            motion, _even(width * middle), _even(height * middle), width, height, frames, focus, 1 + strength, 0
        )
    if motion in ("pan_left", "pan_right"):
        speed = _pan_speed(width * strength, frames)
        travel = math.ceil(speed * (frames - 1))
        return Path(motion, width + _even(travel + 1), height, width, height, frames, focus, 1, speed)
    return Path("none", width, height, width, height, frames, focus, 1, 0)


def _pan_speed(travel_px: float, frames: int) -> float:
    """Pixels a frame. Whole pixels are sharper and cheaper to encode, where they come near what was asked."""
    speed = travel_px / (frames - 1)
    whole = round(speed)
    return float(whole) if whole >= 1 and abs(whole - speed) <= 0.35 * speed else speed


def _even(length: float) -> int:
    return 2 * math.ceil(length / 2 - 1e-9)
