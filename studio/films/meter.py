"""Measures what each step of one attempt takes: how long it lasted, what was made, what was found, how many bytes."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Unpack

from pipeline.build import Artifact, Recipe, Workspace
from pipeline.build.mirror import BlobStore
from pipeline.progress import Event, Progress
from studio.errors import StudioError
from studio.jobs import Stage, StepMetrics, StepNews, StepState
from studio.worker.runner import Recorder

_log = logging.getLogger(__name__)

_STAGES: dict[str, Stage] = {
    "source": "SCRIPTING",
    "script": "SCRIPTING",
    "revision": "SCRIPTING",
    "narration": "VOICE_GEN",
    "speech": "VOICE_GEN",
    "picture": "IMAGE_GEN",
    "sound": "RENDERING",
    "stretch": "RENDERING",
    "film": "RENDERING",
    "check": "PACKAGING",
}
"""Which step a kind of artifact belongs to. What is only written beside another artifact is not counted."""


@dataclass
class _Count:
    began_s: float
    last_s: float
    made: int = 0
    found: int = 0
    bytes: int = 0


@dataclass
class Meter:
    """Takes events and artifacts from any thread, without ever waiting."""

    _counts: dict[Stage, _Count] = field(default_factory=dict)
    _fallbacks: tuple[str, ...] = ()
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def beside(self, progress: Progress) -> Progress:
        """Hears every event before it is passed on."""

        def both(event: Event) -> None:
            with self._lock:
                self._count(event.stage)
            progress(event)

        return both

    def begin(self, kind: str) -> None:
        if kind in _STAGES:
            with self._lock:
                self._count(_STAGES[kind])

    def end(self, artifact: Artifact) -> None:
        if artifact.kind in _STAGES:
            with self._lock:
                count = self._count(_STAGES[artifact.kind])
                count.made += artifact.fresh
                count.found += not artifact.fresh
                count.bytes += artifact.bytes if artifact.fresh else 0

    def fell_back(self, notes: Iterable[str]) -> None:
        """What was done in a second-best way; it is known when the film is packed."""
        self._fallbacks = tuple(notes)

    def of(self, stage: Stage) -> StepMetrics:
        with self._lock:
            count = self._counts.get(stage) or _Count(0.0, 0.0)
        fallbacks = self._fallbacks if stage == "PACKAGING" else ()
        seconds = count.last_s - count.began_s
        return StepMetrics(stage, seconds, count.made, count.found, count.bytes, fallbacks)

    def _count(self, stage: Stage) -> _Count:
        now = time.monotonic()
        count = self._counts.setdefault(stage, _Count(now, now))
        count.last_s = now
        return count


class MeteredRecorder:
    """Notes what a step took when it is done, once in an attempt; a film never waits for or fails by its figures."""

    def __init__(self, record: Recorder, meter: Meter) -> None:
        self._record = record
        self._meter = meter
        self._noted: set[Stage] = set()
        self.check = record.check

    def step(self, stage: Stage, state: StepState = "RUNNING", **news: Unpack[StepNews]) -> None:
        self._record.step(stage, state, **news)
        if state == "DONE" and stage not in self._noted:
            self._noted.add(stage)
            self.note(self._meter.of(stage))

    def note(self, metrics: StepMetrics) -> None:
        _log.info("%s took %.1f s", metrics.step, metrics.seconds, extra={"figures": asdict(metrics)})
        try:
            self._record.note(metrics)
        except StudioError as error:
            _log.warning("figures were not noted: %s", error)


class MeteredWorkspace(Workspace):
    """A build in which every artifact is counted."""

    def __init__(self, root: Path, mirror: BlobStore | None, meter: Meter) -> None:
        super().__init__(root, mirror)
        self._meter = meter

    def make(self, recipe: Recipe, produce: Callable[[Path], None]) -> Artifact:
        self._meter.begin(recipe.kind)
        artifact = super().make(recipe, produce)
        if not artifact.fresh:
            _mark_used(artifact.path)
        self._meter.end(artifact)
        return artifact


def _mark_used(path: Path) -> None:
    """Upkeep clears away by the last use. Where the time cannot be set, by the making."""
    with suppress(OSError):
        os.utime(path)
