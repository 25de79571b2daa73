"""A progress bar on one line of the terminal; one line a stage where there is no terminal."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Mapping
from typing import TextIO, get_args

from pipeline.progress import Cancel, Event, Stage

WIDTH = 28
MEGABYTE = 1_000_000
NAMES: dict[Stage, str] = {
    "SCRIPTING": "writing the script",
    "VOICE_GEN": "speaking",
    "ALIGNMENT": "timing the words",
    "VISUAL_PLAN": "planning pictures",
    "IMAGE_GEN": "painting",
    "TIMELINE": "laying out",
    "RENDERING": "rendering",
    "PACKAGING": "packing",
}


class Download:
    """Shows how a voice's files come, once, before the first film with it; one line where there is no terminal."""

    def __init__(self, cancel: Cancel, file: TextIO = sys.stderr) -> None:
        self._cancel, self._file = cancel, file
        self._live = file.isatty()
        self._told = False

    def __call__(self, done: int, total: int) -> None:
        """Raises Cancelled where it is asked for: what has come is kept."""
        self._cancel.check()
        if self._live:
            filled = WIDTH * done // total
            bar = "█" * filled + "░" * (WIDTH - filled)
            self._file.write(f"\rfetching the voice  {bar} {done // MEGABYTE} of {total // MEGABYTE} MB")
            self._file.write("\n" if done == total else "")
            self._file.flush()
        elif not self._told:
            self._told = True
            self._file.write(f"fetching the voice: {total // MEGABYTE} MB, once\n")


class Bar:
    """Shows stage, percentage of the whole and time left. `weights` are the seconds that each stage may take."""

    def __init__(self, weights: Mapping[Stage, float], file: TextIO = sys.stderr) -> None:
        self._weights = {stage: max(weights.get(stage, 0.0), 0.01) for stage in get_args(Stage)}
        self._done: dict[Stage, float] = {}
        self._file = file
        self._live = file.isatty()
        self._lock = threading.Lock()
        self._began_s = time.monotonic()
        self._told: set[Stage] = set()

    def __call__(self, event: Event) -> None:
        with self._lock:
            self._done[event.stage] = max(event.fraction, self._done.get(event.stage, 0.0))
            if self._live:
                self._file.write("\r" + self.line(event).ljust(78)[:118])
                self._file.flush()
            elif event.fraction >= 1 and event.stage not in self._told:
                self._told.add(event.stage)
                self._file.write(f"{NAMES[event.stage]}: done, {100 * self.fraction:.0f} % of all\n")

    @property
    def fraction(self) -> float:
        """Of the whole work."""
        done = sum(self._weights[stage] * part for stage, part in self._done.items())
        return min(1.0, done / sum(self._weights.values()))

    def line(self, event: Event) -> str:
        filled = round(WIDTH * self.fraction)
        bar = "█" * filled + "░" * (WIDTH - filled)
        return f"{NAMES[event.stage]:<19} {bar} {100 * self.fraction:3.0f} %  {self._left()}"

    def close(self) -> None:
        if self._live:
            self._file.write("\n")

    def _left(self) -> str:
        passed = time.monotonic() - self._began_s
        if self.fraction < 0.02 or passed < 1:
            return ""
        left = round(passed * (1 - self.fraction) / self.fraction)
        return f"{left // 60}:{left % 60:02d} left"
