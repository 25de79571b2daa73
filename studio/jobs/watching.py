"""Looking at a job while it is made: everything that is shown of it, in one question to the store."""

from __future__ import annotations

from uuid import UUID

from studio.jobs.records import JobDetail
from studio.store.store import Store


class WatchedJob(JobDetail):
    """`ahead` films are taken from the line before this one; None once it is not waiting there."""

    ahead: int | None


def watch(store: Store, user: UUID, job: UUID) -> WatchedJob:
    return WatchedJob.of(store.call("job_watch", {"p_job": job}, as_user=user))


def newest(store: Store, user: UUID, project: UUID) -> WatchedJob | None:
    """The project's last job, or None while it has none."""
    answer = store.call("job_watch", {"p_project": project}, as_user=user)
    return None if answer is None else WatchedJob.of(answer)
