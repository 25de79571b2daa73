"""The pipeline's events, gathered into what is worth writing down: few notes, none of them going backwards."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.progress import Event, Made
from studio.jobs import STAGES, JobStep, Stage, StepState

_WORDS: dict[Stage, str] = {
    "SCRIPTING": "Writing the script",
    "VOICE_GEN": "Speaking the narration",
    "ALIGNMENT": "Timing the words",
    "VISUAL_PLAN": "Planning the pictures",
    "IMAGE_GEN": "Painting the pictures",
    "TIMELINE": "Laying out the film",
    "RENDERING": "Drawing the film",
    "PACKAGING": "Packing everything up",
}
_NAMED: frozenset[Stage] = frozenset({"SCRIPTING", "VOICE_GEN"})
"""Stages whose artifacts have names that mean something to a creator."""
_DELIVERED_LAST: Stage = "PACKAGING"
_SHARE_WITHOUT_DELIVERY = 0.8
_TELLING = 0.1


@dataclass(frozen=True)
class Note:
    """How a stage stands, ready to be written down."""

    stage: Stage
    state: StepState
    progress: int
    message: str
    job_progress: int
    left_s: int | None = None


@dataclass
class _Line:
    fraction: float = 0.0
    artifact: str = ""
    changed: bool = False
    told: StepState | None = None
    told_s: float = 0.0
    shows: bool = False
    """Something to see or hear of it was made since it was told."""

    @property
    def done(self) -> bool:
        return self.fraction >= 1.0


@dataclass
class Board:
    """Takes events from any thread, at any rate, without ever waiting. What earlier attempts noted stays noted."""

    expected_s: Mapping[Stage, float]
    steps: Sequence[JobStep] = ()
    _lines: dict[Stage, _Line] = field(default_factory=dict)
    _made: list[tuple[Stage, Made]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _began_s: float = field(default_factory=time.monotonic)
    _latest: Stage = "SCRIPTING"

    def __post_init__(self) -> None:
        for step in self.steps:
            done = step.state == "DONE"
            self._lines[step.step] = _Line(1.0 if done else step.progress / 100, told="DONE" if done else None)
        self._at_first = self._fraction()

    def __call__(self, event: Event) -> None:
        share = _SHARE_WITHOUT_DELIVERY if event.stage == _DELIVERED_LAST else 1.0
        with self._lock:
            self._move(event.stage, event.fraction * share, event.artifact)
            self._settle(event.stage)
            if event.made is not None:
                self._made.append((event.stage, event.made))

    def packing(self, fraction: float) -> None:
        """Of the way from the finished folder into the file store."""
        with self._lock:
            share = _SHARE_WITHOUT_DELIVERY + (1 - _SHARE_WITHOUT_DELIVERY) * min(fraction, 0.99)
            self._move(_DELIVERED_LAST, share, "")

    def closing(self) -> Note:
        """The last note of all."""
        return Note(_DELIVERED_LAST, "DONE", 100, "The film is ready.", 100)

    def due(self) -> list[Note]:
        """Every stage that began or ended since it was told, and one more that has something new."""
        with self._lock:
            ended = [stage for stage, line in self._known() if line.done and line.told != "DONE"]
            begun = [stage for stage, line in self._known() if not line.done and line.told is None]
            rest = [(stage, line) for stage, line in self._known() if stage not in (*ended, *begun)]
            showing = sorted((line.told_s, stage) for stage, line in rest if line.shows)
            moving = [stage for stage, line in rest if stage == self._latest and line.changed and not line.done]
            one_more = [stage for _, stage in showing][:1] or moving
            return [self._note(stage) for stage in (*ended, *begun, *one_more)]

    def again(self) -> Note:
        """How the latest stage stands, for a word with the store when there is nothing new."""
        with self._lock:
            return self._note(self._latest)

    def told(self, note: Note) -> None:
        with self._lock:
            line = self._lines.setdefault(note.stage, _Line())
            line.told, line.told_s, line.shows = note.state, time.monotonic(), False
            line.changed = round(line.fraction * 100) > note.progress

    def take_made(self, files: int) -> list[tuple[Stage, Made]]:
        """What can be shown, in order: at most so many files, and the words that come before the next one."""
        with self._lock:
            taken: list[tuple[Stage, Made]] = []
            while self._made and (files or not self._made[0][1].data):
                stage, made = self._made.pop(0)
                files -= bool(made.data)
                taken.append((stage, made))
                self._lines.setdefault(stage, _Line()).shows = True
            return taken

    def _known(self) -> list[tuple[Stage, _Line]]:
        return [(stage, self._lines[stage]) for stage in STAGES if stage in self._lines]

    def _move(self, stage: Stage, fraction: float, artifact: str) -> None:
        line = self._lines.setdefault(stage, _Line())
        line.changed |= fraction > line.fraction or artifact != line.artifact
        line.fraction, line.artifact = max(line.fraction, fraction), artifact
        self._latest = stage

    def _settle(self, stage: Stage) -> None:
        """Painting begins when the plan stands; packing when everything else is done."""
        before = STAGES.index(stage) if stage == _DELIVERED_LAST else 0
        ended: list[Stage] = ["VISUAL_PLAN"] if stage == "IMAGE_GEN" else list(STAGES[:before])
        for one in ended:
            self._lines.setdefault(one, _Line()).fraction = 1.0

    def _note(self, stage: Stage) -> Note:
        line = self._lines.setdefault(stage, _Line())
        state: StepState = "DONE" if line.done else "RUNNING"
        left_s = self._left_s()
        # A stage that ended before has only something new to show: the job's message is of what goes on now.
        told = self._latest if line.told == "DONE" else stage
        message = self._message(told, self._lines.get(told, line), left_s)
        left = None if left_s is None else round(left_s)
        return Note(stage, state, int(line.fraction * 100), message, int(self._fraction() * 99), left)

    def _message(self, stage: Stage, line: _Line, left_s: float | None) -> str:
        what = f"{_WORDS[stage]}: {line.artifact}" if stage in _NAMED and line.artifact else _WORDS[stage]
        return what[:400] if left_s is None else f"{what[:400]} · {_in_words(left_s)}"

    def _left_s(self) -> float | None:
        """From the speed so far, once there is enough of it to go by."""
        fraction = self._fraction()
        made = fraction - self._at_first
        if made < _TELLING:
            return None
        return (time.monotonic() - self._began_s) * (1 - fraction) / made

    def _fraction(self) -> float:
        whole = sum(self.expected_s.values())
        done = sum(
            seconds * self._lines[stage].fraction for stage, seconds in self.expected_s.items() if stage in self._lines
        )
        return done / whole if whole else 0.0


def _in_words(seconds: float) -> str:
    if seconds < 50:
        return "less than a minute left"
    minutes = round(seconds / 60)
    return f"about {minutes} minute{'s' if minutes > 1 else ''} left"
