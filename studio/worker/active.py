"""A job while it is being made: its heartbeat, its recorder, and the word to stop."""

from __future__ import annotations

import logging
import threading
from types import TracebackType
from typing import Unpack

from studio.errors import JobCancelled, LeaseLost, StudioError, WorkerStopping
from studio.jobs import ClaimedJob, Leases, Stage, StepMetrics, StepNews, StepState
from studio.logs import here

_log = logging.getLogger(__name__)


class ActiveJob:
    """Beats until it is left. Whoever learns first that the job is lost, the heartbeat or a step, tells the runner."""

    def __init__(self, leases: Leases, job: ClaimedJob, hand_over: threading.Event) -> None:
        self.job = job
        self._leases = leases
        self._hand_over = hand_over
        self._left = threading.Event()
        self._lost: JobCancelled | LeaseLost | None = None
        self._heart = threading.Thread(target=here(self._beat), name=f"heartbeat-{job.number}", daemon=True)

    def __enter__(self) -> ActiveJob:
        self._heart.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        self._heart.join()

    def check(self) -> None:
        if self._lost is not None:
            raise self._lost
        if self._hand_over.is_set():
            raise WorkerStopping("This worker is stopping; the job goes back into the line.")

    def step(self, stage: Stage, state: StepState = "RUNNING", **news: Unpack[StepNews]) -> None:
        self.check()
        try:
            self._leases.step(self.job, stage, state, **news)
        except (JobCancelled, LeaseLost) as error:
            self._lost = error
            raise

    def note(self, metrics: StepMetrics) -> None:
        self._leases.note(self.job, metrics)

    def _beat(self) -> None:
        while not self._left.wait(self._leases.lease_s / 3):
            try:
                self._leases.heartbeat(self.job)
            except (JobCancelled, LeaseLost) as error:
                self._lost = error
                return
            except StudioError as error:
                # The store is away or not itself. The lease may run out meanwhile; should somebody take the job over,
                # the next beat learns it.
                _log.warning("job %s: no heartbeat: %s", self.job.id, error)
