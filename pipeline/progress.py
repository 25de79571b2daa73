"""How work is told: a stream of events, the same for a command line's bar and for a page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.errors import Cancelled

Stage = Literal["SCRIPTING", "VOICE_GEN", "ALIGNMENT", "VISUAL_PLAN", "IMAGE_GEN", "TIMELINE", "RENDERING", "PACKAGING"]


@dataclass(frozen=True)
class Made:
    """Something of a film that can be shown while the rest is still being made.

    A text has its words; sound (M4A), picture (JPEG) and moving (MP4 without sound) are small files of their own.
    """

    kind: Literal["text", "hook", "sound", "picture", "moving"]
    name: str
    """Of its kind, once in a film: made again, it takes the place of what was shown before."""
    section: str
    title: str = ""
    text: str = ""
    data: bytes = b""


@dataclass(frozen=True)
class Event:
    """One step forward. The fraction is of the stage; seconds left are an estimate, None while there is none."""

    stage: Stage
    artifact: str
    fraction: float
    seconds_left: float | None = None
    made: Made | None = None


Progress = Callable[[Event], None]


def silent(_event: Event) -> None:
    """For callers that do not watch."""


class Steady:
    """Passes events on one by one, from whatever thread they come. A stage that begins anew does not go backwards."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._lock = threading.Lock()
        self._furthest: dict[Stage, float] = {}

    def __call__(self, event: Event) -> None:
        with self._lock:
            furthest = max(event.fraction, self._furthest.get(event.stage, 0.0))
            self._furthest[event.stage] = furthest
            self._progress(replace(event, fraction=furthest))


class Cancel:
    """Asked for from one thread, noticed in all others."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def ask(self) -> None:
        self._asked.set()

    @property
    def asked(self) -> bool:
        return self._asked.is_set()

    def check(self) -> None:
        if self._asked.is_set():
            raise Cancelled("Stopped. Everything made so far is kept: start again to go on from here.")


class Meter:
    """Counts what is done of one stage and says how long the rest will take, at most a few times a second.

    `span` is the part of the stage that is counted, where a stage may need several rounds.
    """

    def __init__(
        self,
        stage: Stage,
        total: float,
        progress: Progress,
        *,
        span: tuple[float, float] = (0.0, 1.0),
        every_s: float = 0.2,
    ) -> None:
        self._stage: Stage = stage
        self._total = max(total, 1e-9)
        self._span = span
        self._progress = progress
        self._every_s = every_s
        self._lock = threading.Lock()
        self._done = self._skipped = self._told_s = 0.0
        self._began_s = time.monotonic()

    def add(self, amount: float, artifact: str, *, found: bool = False, made: Made | None = None) -> None:
        """Some more is done. What was merely found says nothing about the speed of the rest."""
        with self._lock:
            self._done += amount
            self._skipped += amount if found else 0
            now = time.monotonic()
            if made is None and now - self._told_s < self._every_s and self._done < self._total:
                return
            self._told_s = now
            event = Event(self._stage, artifact, self._fraction(), self._left_s(now), made)
        self._progress(event)

    def _fraction(self) -> float:
        first, last = self._span
        return first + (last - first) * min(1.0, self._done / self._total)

    def _left_s(self, now: float) -> float | None:
        worked = self._done - self._skipped
        if worked <= 0:
            return None
        return max(0.0, (self._total - self._done) * (now - self._began_s) / worked)
