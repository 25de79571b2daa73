"""How things come and go: easing curves, and parts that enter and leave one after the other.

Fades change opacity and slides change the place, so that nothing is drawn anew; pops use a few fixed scales.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipeline.render.sprites import Sprite
from pipeline.render.text.drawing import Art

Animation = Literal["none", "fade", "rise", "slide", "pop", "wipe"]
ENTER_MS = 520
LEAVE_MS = 320
POP_SCALES = (0.55, 0.86, 1.06, 1.1, 1.06, 1.02)
WIPE_STEPS = 12
POP_SHARE = 1.6
"""A pop is over well before a fade would be."""


def ease_out(progress: float) -> float:
    """Fast, then settling."""
    return 1 - (1 - min(max(progress, 0.0), 1.0)) ** 4


def ease_in(progress: float) -> float:
    return min(max(progress, 0.0), 1.0) ** 3


@dataclass(frozen=True)
class Part:
    """Art at its place, entering `delay_ms` after the whole; `enter` and `leave` override those of the whole.

    `art_at` gives the art of a moment (milliseconds since it entered), for the few that change.
    """

    art: Art
    x: int
    y: int
    delay_ms: int = 0
    enter: Animation | None = None
    leave: Animation | None = None
    art_at: Callable[[float], Art] | None = None


@dataclass(frozen=True)
class Span:
    """When something shows, in frames; it may begin before and end after what it lies on."""

    start: int
    end: int

    def __contains__(self, frame: int) -> bool:
        return self.start <= frame < self.end

    @property
    def frames(self) -> int:
        return self.end - self.start

    def meets(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Pose:
    """Where and how a part is drawn at a moment, relative to its place."""

    dx: float = 0.0
    dy: float = 0.0
    opacity: float = 1.0
    scale: float = 1.0
    shown: float = 1.0


@dataclass
class Animated:
    """A layer of parts that enter, stay and leave together. The parts are composed when first seen."""

    compose: Callable[[], tuple[Part, ...]]
    span: Span
    fps: int
    travel: int
    enter: Animation = "rise"
    leave: Animation = "fade"

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return self.compose()

    def __call__(self, frame: int) -> tuple[Sprite, ...]:
        if frame not in self.span:
            return ()
        drawn = (self._sprite(part, frame) for part in self.parts)
        return tuple(sprite for sprite in drawn if sprite is not None)

    def _sprite(self, part: Part, frame: int) -> Sprite | None:
        since = (frame - self.span.start) * 1000 / self.fps - part.delay_ms
        left = (self.span.end - frame) * 1000 / self.fps
        if since < 0:
            return None
        pose = self._pose(part, since, left)
        art = part.art_at(since) if part.art_at else part.art
        return place(art, part.x, part.y, pose)

    def _pose(self, part: Part, since_ms: float, left_ms: float) -> Pose:
        length_ms = self.span.frames * 1000 / self.fps
        leave_ms = min(LEAVE_MS, length_ms / 4)
        if left_ms <= leave_ms:
            return pose_of(part.leave or self.leave, (left_ms - 1000 / self.fps) / leave_ms, self.travel, leaving=True)
        entering = (since_ms + 1000 / self.fps) / min(ENTER_MS, max(length_ms / 3, 1))
        return pose_of(part.enter or self.enter, entering, self.travel)


def pose_of(animation: Animation, presence: float, travel: int, *, leaving: bool = False) -> Pose:
    """The pose at a presence from 0 (not yet, or no longer) to 1 (fully there)."""
    if presence >= 1 or animation == "none":
        return Pose()
    eased = 1 - ease_in(1 - presence) if leaving else ease_out(presence)
    opacity = min(1.0, max(presence, 0.0) * (1.0 if leaving else 2.2))
    match animation:
        case "rise":
            return Pose(dy=(1 - eased) * travel * (-0.5 if leaving else 1), opacity=opacity)
        case "slide":
            return Pose(dx=-(1 - eased) * travel * 2, opacity=opacity)
        case "pop":
            return Pose(scale=_pop_scale(presence, leaving=leaving), opacity=min(1.0, opacity * 1.6))
        case "wipe":
            return Pose(shown=max(1, round(eased * WIPE_STEPS)) / WIPE_STEPS)
    return Pose(opacity=presence if leaving else ease_out(presence))


def place(art: Art, x: int, y: int, pose: Pose) -> Sprite:
    """A sprite of the art in its pose; scaling keeps the centre, wiping the left edge."""
    posed = art.scaled(pose.scale)
    if pose.shown < 1:
        posed = Art(("wiped", art.key, pose.shown), max(1, round(art.width * pose.shown)), art.height, art.painter)
    dx = pose.dx + ((art.width - posed.width) / 2 if pose.scale != 1 else 0)
    dy = pose.dy + (art.height - posed.height) / 2
    return Sprite(posed.picture(), x + round(dx), y + round(dy), pose.opacity)


def _pop_scale(presence: float, *, leaving: bool) -> float:
    if leaving:
        return POP_SCALES[1] if presence < 0.5 else 1.0
    step = int(max(presence, 0.0) * POP_SHARE * len(POP_SCALES))
    return POP_SCALES[step] if step < len(POP_SCALES) else 1.0
