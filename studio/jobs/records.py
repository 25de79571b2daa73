"""What is known of a job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

from studio.credits.records import Usage
from studio.store.records import Record

Stage = Literal["SCRIPTING", "VOICE_GEN", "ALIGNMENT", "VISUAL_PLAN", "IMAGE_GEN", "TIMELINE", "RENDERING", "PACKAGING"]
JobState = Literal[
    "PENDING",
    "QUEUED",
    "SCRIPTING",
    "VOICE_GEN",
    "ALIGNMENT",
    "VISUAL_PLAN",
    "IMAGE_GEN",
    "TIMELINE",
    "RENDERING",
    "PACKAGING",
    "READY",
    "FAILED",
    "CANCELLED",
]
Lane = Literal["gpu", "cpu"]
StepState = Literal["RUNNING", "DONE", "FAILED"]
STAGES: tuple[Stage, ...] = get_args(Stage)
_ENDS = frozenset({"READY", "FAILED", "CANCELLED"})


class JobStep(Record):
    step: Stage
    state: StepState
    progress: int
    message: str
    artifacts: list[Any]
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class StepMetrics:
    """What a step took in one attempt: how long, what it made and found, and what it did in a second-best way."""

    step: Stage
    seconds: float
    made: int = 0
    found: int = 0
    bytes: int = 0
    fallbacks: tuple[str, ...] = ()


class Job(Record):
    """A job as its owner sees it; `place` is its place in the line, or None while earlier films of theirs run."""

    id: UUID
    number: int
    user_id: UUID
    project_id: UUID
    lane: Lane
    state: JobState
    progress: int
    message: str
    error_code: str | None
    error_message: str | None
    failed_step: str | None
    attempts: int
    max_attempts: int
    run: int
    usage: Usage
    reserved: int
    spent: int | None
    result: dict[str, Any] | None
    place: int | None
    created_at: datetime
    queued_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    updated_at: datetime

    @property
    def has_ended(self) -> bool:
        return self.state in _ENDS


class JobDetail(Job):
    steps: list[JobStep]


class Load(Record):
    """How many jobs of a lane are in a state, and since when the oldest of them waits."""

    lane: Lane
    state: JobState
    jobs: int
    oldest: datetime | None
