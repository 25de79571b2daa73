"""The door to jobs for those who make films: claim one, keep it, note its steps, end it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID, uuid4

from studio.credits.records import Usage
from studio.jobs.records import Job, JobDetail, Lane, Stage, StepMetrics, StepState
from studio.store.store import Store


class ClaimedJob(JobDetail):
    """A job in a worker's hands; `steps` are what earlier attempts noted."""

    request: dict[str, Any]
    lease_key: UUID
    lease_until: datetime


class StepNews(TypedDict, total=False):
    """What may be told of a step beside its state, by whoever passes it on. Progress is 0 to 100."""

    progress: int
    message: str
    artifacts: Sequence[object] | None
    job_progress: int


class Leases:
    """One worker's view of the line. All but the claim raise LeaseLost or JobCancelled when the job is not theirs."""

    def __init__(self, store: Store, *, worker: str, lanes: Sequence[Lane], lease_s: int = 60) -> None:
        self._store = store
        self._worker = worker
        self._lanes = list(lanes)
        self.lease_s = lease_s

    def claim(self) -> ClaimedJob | None:
        arguments = {
            "p_worker": self._worker,
            "p_lanes": self._lanes,
            "p_key": uuid4(),
            "p_lease_s": self.lease_s,
        }
        answer = self._store.call("job_claim", arguments)
        return None if answer is None else ClaimedJob.of(answer)

    def heartbeat(self, job: ClaimedJob) -> None:
        self._store.call("job_heartbeat", {**_hold(job), "p_lease_s": self.lease_s})

    def step(
        self,
        job: ClaimedJob,
        step: Stage,
        state: StepState = "RUNNING",
        *,
        progress: int = 0,
        message: str = "",
        artifacts: Sequence[object] | None = None,
        job_progress: int = 0,
    ) -> Job:
        """Note how a stage stands; neither the job's state nor its progress ever goes back."""
        arguments = {
            **_hold(job),
            "p_step": step,
            "p_state": state,
            "p_progress": progress,
            "p_message": _told(message, 500),
            "p_artifacts": None if artifacts is None else list(artifacts),
            "p_job_progress": job_progress,
            "p_lease_s": self.lease_s,
        }
        return Job.of(self._store.call("job_step", arguments))

    def finish(self, job: ClaimedJob, usage: Usage, result: Mapping[str, object]) -> Job:
        """READY: what it really took is spent, at most what was reserved; the rest is released."""
        arguments = {**_hold(job), "p_usage": usage.model_dump(), "p_result": dict(result)}
        return Job.of(self._store.call("job_finish", arguments))

    def fail(
        self,
        job: ClaimedJob,
        code: str,
        sentence: str,
        *,
        step: str | None = None,
        again: bool = False,
        pause_s: int = 0,
    ) -> Job:
        """FAILED with everything released; or, with `again` and attempts left, back into the line after a pause."""
        arguments = {
            **_hold(job),
            "p_code": _told(code, 100),
            "p_sentence": _told(sentence, 2000),
            "p_step": None if step is None else _told(step, 60),
            "p_again": again,
            "p_pause_s": pause_s,
        }
        return Job.of(self._store.call("job_fail", arguments))

    def hand_back(self, job: ClaimedJob) -> Job:
        """Back to its place in the line; not counted as an attempt."""
        return Job.of(self._store.call("job_hand_back", _hold(job)))

    def wait(self, job: ClaimedJob, message: str) -> Job:
        """Its creator has something to decide; the credits stay held, the slot is another's."""
        return Job.of(self._store.call("job_wait", {**_hold(job), "p_message": _told(message, 500)}))

    def note(self, job: ClaimedJob, metrics: StepMetrics) -> None:
        """What a step of this attempt took."""
        arguments = {
            **_hold(job),
            "p_step": metrics.step,
            "p_seconds": round(metrics.seconds, 3),
            "p_made": metrics.made,
            "p_found": metrics.found,
            "p_bytes": metrics.bytes,
            "p_fallbacks": [_told(note, 300) for note in metrics.fallbacks[:20]],
        }
        self._store.call("step_note", arguments)

    def owners(self) -> list[str]:
        """The workers that hold jobs just now, by name."""
        names = self._store.call("job_lease_owners")
        return [str(name) for name in names] if isinstance(names, list) else []

    def drop(self, worker: str) -> None:
        """That worker is dead for certain: what it held may be taken over at once."""
        self._store.call("job_lease_drop", {"p_worker": worker})

    def sweep(self) -> None:
        """Forget what has had its time: drafts, verdicts, counted acts."""
        self._store.call("sweep")


def _told(text: str, longest: int) -> str:
    """As the store takes it: how a film went must be noted, whatever an error of some library says."""
    return text.encode(errors="replace").decode().replace("\x00", "")[:longest]


def _hold(job: ClaimedJob) -> dict[str, object]:
    return {"p_job": job.id, "p_lease": job.lease_key}
