"""What is known of jobs, people and figures to whoever runs the studio."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from studio.jobs.records import Job, Stage
from studio.projects import Titled
from studio.safety.audit import AuditRow
from studio.safety.moderation import VerdictRow
from studio.store.records import Record


class OfficeJob(Titled, Job):
    """A job, whose it is and which worker makes it."""

    email: str | None
    title: str
    lease_owner: str | None
    lease_until: dt.datetime | None


class OfficeUser(Record):
    """`films` and `failed` count jobs, `spent` credits."""

    id: UUID
    email: str | None
    display_name: str
    plan: str
    balance: int
    held: int
    debt: int
    films: int
    failed: int
    spent: int
    created_at: dt.datetime
    last_seen: dt.datetime | None


class AuditLine(AuditRow):
    email: str | None


class VerdictLine(VerdictRow):
    email: str | None


class Metrics(Record):
    """Over the last days. Times are seconds, None while there is nothing to measure."""

    signed_up: int
    activated: int
    """Of those who signed up in these days: who has a finished film."""
    first_film_median_s: float | None
    first_film_p95_s: float | None
    ready: int
    failed: int
    cancelled: int
    film_median_s: float | None
    film_p95_s: float | None
    remade: int
    """Films of projects that had one before."""
    retried: int
    taken_over: int
    """Films that needed more than one attempt."""
    downloads: int
    downloaded_films: int
    active: int
    two_in_a_week: int
    spent: int
    cost_micros: int

    @property
    def activation(self) -> float | None:
        return self.activated / self.signed_up if self.signed_up else None

    @property
    def completion(self) -> float | None:
        """Of the films that were not cancelled: how many were finished."""
        ended = self.ready + self.failed
        return self.ready / ended if ended else None

    @property
    def remade_share(self) -> float | None:
        return self.remade / self.ready if self.ready else None


class Day(Record):
    day: dt.date
    signed_up: int
    ready: int
    failed: int
    downloads: int


class StepFigures(Record):
    """What a step took the finished films of the last days."""

    step: Stage
    films: int
    median_s: float
    p95_s: float
    made: int
    found: int
    bytes: int
    fallbacks: int


class StepSum(Record):
    """What a step took one job, over all of its attempts."""

    step: Stage
    seconds: float
    made: int
    found: int
    bytes: int
    attempts: int
