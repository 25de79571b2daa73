"""What makes a film, as the worker sees it: a function of a job and a recorder."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, Unpack, cast

from studio.credits import Usage
from studio.errors import WorkerError
from studio.jobs import ClaimedJob, Stage, StepMetrics, StepNews, StepState


class Recorder(Protocol):
    """Where a runner notes what it does, and learns that it should stop."""

    def step(self, stage: Stage, state: StepState = "RUNNING", **news: Unpack[StepNews]) -> None:
        """Note how a stage stands. Raises like `check`."""
        ...

    def note(self, metrics: StepMetrics) -> None:
        """Keep with the job what a step of this attempt took."""
        ...

    def check(self) -> None:
        """Return, or raise JobCancelled, LeaseLost or WorkerStopping. Cheap; to be called often."""
        ...


@dataclass(frozen=True)
class Finished:
    """The film is there; `usage` is what its price is made from, `result` what the job shows of it."""

    usage: Usage
    result: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Waiting:
    """The creator has something to decide before it goes on."""

    message: str


Outcome = Finished | Waiting


class JobRunner(Protocol):
    """Makes a job's film. Called again for the same job after a kill, it goes on with what is missing.

    Raises JobFailed (or a pipeline error) with a sentence for the creator; anything else is a fault of ours.
    """

    def __call__(self, job: ClaimedJob, record: Recorder) -> Outcome: ...


def load_runner(name: str) -> JobRunner:
    """The runner named `module:function`."""
    module, _, function = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise WorkerError(f"There is no job runner {name}: name one as module:function.") from error
    if not callable(found):
        raise WorkerError(f"{name} is not a function.")
    return cast("JobRunner", found)
