"""Ordering a film: its price follows from the project's brief, and it may ask for another take of something."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from studio.credits import Usage
from studio.errors import InvalidValue
from studio.films.briefs import FilmBrief, usage_of
from studio.jobs import ClaimedJob, Job, Jobs, Lane
from studio.projects import Projects
from studio.store import Store


class Order(BaseModel):
    """What a job's request holds: what is to be made again although nothing changed, and the version's name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    redo: tuple[str, ...] = Field(default=(), max_length=50, description="script, section:3:voice, section:3:picture")
    note: str = Field(default="", max_length=500)

    @classmethod
    def of(cls, job: ClaimedJob) -> Order:
        try:
            return cls.model_validate(job.request)
        except ValidationError as error:
            raise InvalidValue("This film was ordered in a way that is not understood. Order it again.") from error


def place(store: Store, user: UUID, project: UUID, job: UUID, order: Order | None = None, *, lane: Lane = "cpu") -> Job:
    """Order a project's film at the price of its brief. The same job id again orders nothing."""
    asked = FilmBrief.of(Projects(store).get(user, project))
    request = (order or Order()).model_dump(mode="json")
    return Jobs(store).start(job, user=user, project=project, request=request, usage=usage_of(asked.brief), lane=lane)


def require_paid(asked: FilmBrief, ordered: Usage) -> None:
    """A brief may change while its film waits, but not into a dearer film than the one that was ordered."""
    now = usage_of(asked.brief)
    if now.seconds > ordered.seconds or (now.hd and not ordered.hd):
        raise InvalidValue(
            "Since this film was ordered its project asks for a longer or larger one. Order it again at its new price."
        )
