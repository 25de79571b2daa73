"""The door to jobs for those who order films: start, look, cancel, try again."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from studio.credits.records import Usage
from studio.jobs.records import Job, JobDetail, Lane, Load
from studio.store.store import Store


class Jobs:
    def __init__(self, store: Store) -> None:
        self._store = store

    def start(
        self,
        job: UUID,
        *,
        user: UUID,
        project: UUID,
        request: Mapping[str, object],
        usage: Usage,
        lane: Lane = "cpu",
        queue: bool = True,
    ) -> Job:
        """Create the job and reserve its price, or neither. The id is the caller's: the same again starts nothing."""
        arguments = {
            "p_id": job,
            "p_user": user,
            "p_project": project,
            "p_request": dict(request),
            "p_usage": usage.model_dump(),
            "p_lane": lane,
            "p_queue": queue,
        }
        return Job.of(self._store.call("job_start", arguments))

    def get(self, user: UUID, job: UUID) -> JobDetail:
        return JobDetail.of(self._store.call("job_get", {"p_job": job}, as_user=user))

    def list_of(
        self, user: UUID, *, limit: int = 50, before: int | None = None, project: UUID | None = None
    ) -> list[Job]:
        """Newest first; a page begins below the number `before`."""
        arguments = {"p_limit": limit, "p_before": before, "p_project": project}
        return Job.all_of(self._store.call("job_list", arguments, as_user=user))

    def cancel(self, user: UUID, job: UUID) -> Job:
        """Stop it in whatever state and give back what was reserved. What has ended stays as it ended."""
        return Job.of(self._store.call("job_cancel", {"p_job": job, "p_user": user}))

    def resume(self, user: UUID, job: UUID) -> Job:
        """A job that waited for its creator goes on."""
        return Job.of(self._store.call("job_resume", {"p_job": job, "p_user": user}))

    def retry(self, user: UUID, job: UUID, *, key: str) -> Job:
        """A failed or cancelled job once more, at today's price; what it had made already is still there."""
        return Job.of(self._store.call("job_retry", {"p_job": job, "p_user": user, "p_key": key}))

    def dead_letters(self, *, limit: int = 50, before: int | None = None) -> list[Job]:
        return Job.all_of(self._store.call("dead_letters", {"p_limit": limit, "p_before": before}))

    def load(self) -> list[Load]:
        return Load.all_of(self._store.call("job_load"))
