"""The office part of the desk: what the owner of the studio sees and does. Everybody else is turned away first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args
from uuid import UUID, uuid4

from studio.callers import Caller
from studio.credits.records import Movement, Plan
from studio.errors import InvalidValue, NotFound
from studio.installation import Installation
from studio.jobs import Job, JobState, Lane, Load
from studio.office import (
    AuditLine,
    Day,
    Metrics,
    Office,
    OfficeJob,
    OfficeUser,
    StepFigures,
    StepSum,
    VerdictLine,
)
from studio.profiles.service import ProfileOf
from studio.safety import JobRecord
from studio.safety.moderation import Subject, Verdict

_ENDED: frozenset[JobState] = frozenset({"READY", "FAILED", "CANCELLED"})
_WAITING: frozenset[JobState] = frozenset({"PENDING", "QUEUED"})
OPEN: tuple[JobState, ...] = tuple(state for state in get_args(JobState) if state not in _ENDED)
RUNNING: tuple[JobState, ...] = tuple(state for state in OPEN if state not in _WAITING)
LONGEST_REASON = 300


@dataclass(frozen=True)
class LaneLoad:
    """One lane of work: how many films are made, how many wait, and since when the oldest of them does."""

    lane: Lane
    running: int
    waiting: int
    oldest: datetime | None


class OfficeDesk:
    """Every method asks for the admin before it looks at anything."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._office = Office(installation.store)

    def load(self, caller: Caller) -> tuple[LaneLoad, ...]:
        caller.require_admin()
        load = self._installation.jobs.load()
        return tuple(_lane(lane, [one for one in load if one.lane == lane]) for lane in get_args(Lane))

    def jobs(
        self,
        caller: Caller,
        *,
        states: Sequence[JobState] = (),
        lane: Lane | None = None,
        search: str = "",
        before: int | None = None,
        limit: int = 50,
    ) -> tuple[OfficeJob, ...]:
        """Newest first; a page begins below the number `before`."""
        caller.require_admin()
        return tuple(self._office.jobs(states=states, lane=lane, search=search, before=before, limit=limit))

    def steps_of(self, caller: Caller, job: UUID) -> tuple[StepSum, ...]:
        caller.require_admin()
        return tuple(self._office.steps_of(job))

    def records_of(self, caller: Caller, job: UUID) -> tuple[JobRecord, ...]:
        """What was asked, written and made, for as long as the audit keeps it."""
        caller.require_admin()
        return tuple(self._installation.records.of(job))

    def retry(self, caller: Caller, job: UUID) -> Job:
        """A failed film once more, at its creator's cost, as if they had pressed the button; it is written down."""
        admin = caller.require_admin()
        failed = self._job(job)
        again = self._installation.jobs.retry(failed.user_id, job, key=f"office:{job}:{failed.run}")
        self._installation.audit.record(
            "office.retry", actor=f"user:{admin}", user=failed.user_id, subject=f"job:{job}", details={"run": again.run}
        )
        return again

    def cancel(self, caller: Caller, job: UUID) -> Job:
        """Stop a film and give its credits back."""
        admin = caller.require_admin()
        running = self._job(job)
        ended = self._installation.jobs.cancel(running.user_id, job)
        self._installation.audit.record(
            "office.cancel", actor=f"user:{admin}", user=running.user_id, subject=f"job:{job}"
        )
        return ended

    def users(
        self,
        caller: Caller,
        *,
        search: str = "",
        plan: str | None = None,
        before: datetime | None = None,
        limit: int = 50,
    ) -> tuple[OfficeUser, ...]:
        caller.require_admin()
        return tuple(self._office.users(search=search.strip(), plan=plan, before=before, limit=limit))

    def plans(self, caller: Caller) -> tuple[Plan, ...]:
        caller.require_admin()
        return tuple(self._installation.credits.prices().plans)

    def adjust(self, caller: Caller, user: UUID, amount: int, reason: str, *, key: str = "") -> Movement:
        """Credits given or taken by hand. The reason goes into the ledger and the audit log; a key counts once."""
        admin = caller.require_admin()
        if amount == 0:
            raise InvalidValue("Say how many credits to give, or to take with a minus before the number.")
        if len(reason.strip()) < 3:
            raise InvalidValue("Say why, in a few words: the reason stays in the audit log.")
        if len(reason) > LONGEST_REASON:
            raise InvalidValue(f"Keep the reason under {LONGEST_REASON} letters.")
        return self._installation.credits.adjust(
            user, amount, key=f"office:{key or uuid4()}", note=reason.strip(), actor=f"user:{admin}"
        )

    def set_plan(self, caller: Caller, user: UUID, plan: str) -> ProfileOf:
        admin = caller.require_admin()
        before = self._installation.profiles.of(user)
        changed = self._installation.profiles.set_plan(user, plan)
        if changed.plan != before.plan:
            self._installation.audit.record(
                "office.plan",
                actor=f"user:{admin}",
                user=user,
                subject=f"profile:{user}",
                details={"from": before.plan, "to": changed.plan},
            )
        return changed

    def audit(
        self,
        caller: Caller,
        *,
        action: str = "",
        user: UUID | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> tuple[AuditLine, ...]:
        """`action` may be the beginning of one, as "credit."."""
        caller.require_admin()
        return tuple(self._office.audit(action=action.strip(), user=user, before=before, limit=limit))

    def audit_broken_at(self, caller: Caller) -> int | None:
        """The first row of the audit log that was changed or is missing, or None while the chain is whole."""
        caller.require_admin()
        return self._installation.audit.broken_at()

    def books_broken(self, caller: Caller) -> tuple[UUID, ...]:
        """Accounts whose figures do not follow from their ledger."""
        caller.require_admin()
        return tuple(self._installation.credits.unbalanced())

    def verdicts(
        self,
        caller: Caller,
        *,
        verdict: Verdict | None = None,
        subject: Subject | None = None,
        before: datetime | None = None,
        limit: int = 100,
    ) -> tuple[VerdictLine, ...]:
        caller.require_admin()
        return tuple(self._office.verdicts(verdict=verdict, subject=subject, before=before, limit=limit))

    def metrics(self, caller: Caller, *, days: int = 30) -> Metrics:
        caller.require_admin()
        return self._office.metrics(days=days)

    def days(self, caller: Caller, *, days: int = 30) -> tuple[Day, ...]:
        caller.require_admin()
        return tuple(self._office.days(days=days))

    def steps(self, caller: Caller, *, days: int = 30) -> tuple[StepFigures, ...]:
        caller.require_admin()
        return tuple(self._office.steps(days=days))

    def _job(self, job: UUID) -> OfficeJob:
        found = [one for one in self._office.jobs(search=str(job), limit=10) if one.id == job]
        if not found:
            raise NotFound("There is no such job.")
        return found[0]


def _lane(lane: Lane, load: Sequence[Load]) -> LaneLoad:
    waiting = [one for one in load if one.state in _WAITING]
    return LaneLoad(
        lane,
        running=sum(one.jobs for one in load if one.state not in _WAITING),
        waiting=sum(one.jobs for one in waiting),
        oldest=min((one.oldest for one in waiting if one.oldest), default=None),
    )
