"""The door to the office. It knows no rights: whoever asks must have been let in before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from studio.jobs.records import JobState, Lane
from studio.office.records import AuditLine, Day, Metrics, OfficeJob, OfficeUser, StepFigures, StepSum, VerdictLine
from studio.safety.moderation import Subject, Verdict
from studio.store.store import Store


class Office:
    def __init__(self, store: Store) -> None:
        self._store = store

    def jobs(
        self,
        *,
        states: Sequence[JobState] = (),
        lane: Lane | None = None,
        search: str = "",
        limit: int = 50,
        before: int | None = None,
    ) -> list[OfficeJob]:
        """Newest first; a page begins below the number `before`."""
        arguments = {
            "p_states": list(states) or None,
            "p_lane": lane,
            "p_search": search,
            "p_limit": limit,
            "p_before": before,
        }
        return OfficeJob.all_of(self._store.call("office_jobs", arguments))

    def steps_of(self, job: UUID) -> list[StepSum]:
        return StepSum.all_of(self._store.call("office_job_steps", {"p_job": job}))

    def users(
        self, *, search: str = "", plan: str | None = None, limit: int = 50, before: datetime | None = None
    ) -> list[OfficeUser]:
        """Newest first; a page begins before the last one's created_at."""
        arguments = {"p_search": search, "p_plan": plan, "p_limit": limit, "p_before": before}
        return OfficeUser.all_of(self._store.call("office_users", arguments))

    def audit(
        self, *, action: str = "", user: UUID | None = None, limit: int = 100, before: int | None = None
    ) -> list[AuditLine]:
        """`action` may be the beginning of one."""
        arguments = {"p_action": action, "p_user": user, "p_limit": limit, "p_before": before}
        return AuditLine.all_of(self._store.call("office_audit", arguments))

    def verdicts(
        self,
        *,
        verdict: Verdict | None = None,
        subject: Subject | None = None,
        limit: int = 100,
        before: datetime | None = None,
    ) -> list[VerdictLine]:
        arguments = {"p_verdict": verdict, "p_subject": subject, "p_limit": limit, "p_before": before}
        return VerdictLine.all_of(self._store.call("office_verdicts", arguments))

    def metrics(self, *, days: int = 30) -> Metrics:
        return Metrics.of(self._store.call("office_metrics", {"p_days": days}))

    def days(self, *, days: int = 30) -> list[Day]:
        return Day.all_of(self._store.call("office_days", {"p_days": days}))

    def steps(self, *, days: int = 30) -> list[StepFigures]:
        return StepFigures.all_of(self._store.call("office_steps", {"p_days": days}))
