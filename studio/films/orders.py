"""Ordering a film: its price follows from the project's brief, and it may ask for another take of something."""

from __future__ import annotations

import math
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from studio.credits import Usage
from studio.errors import InvalidValue
from studio.films.changes import redo_of, usage_for
from studio.films.versions import FilmState
from studio.jobs import ClaimedJob, Job, Jobs, Lane
from studio.projects import ProjectDetail, Projects
from studio.store import Store


class Order(BaseModel):
    """What a job's request holds: what is to be made again although nothing changed, and the version's name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    redo: tuple[str, ...] = Field(default=(), max_length=300, description="script, section:3:voice, section:3:picture")
    note: str = Field(default="", max_length=500)
    choose_hook: bool = Field(default=False, description="wait for the creator to choose one of the three openings")

    @classmethod
    def of(cls, job: ClaimedJob) -> Order:
        try:
            return cls.model_validate(job.request)
        except ValidationError as error:
            raise InvalidValue("This film was ordered in a way that is not understood. Order it again.") from error


def place(store: Store, user: UUID, project: UUID, job: UUID, order: Order | None = None, *, lane: Lane = "cpu") -> Job:
    """Order a project's film: its first one at the price of its length, a change of it at that of what is made again.

    Other takes that its creator asked for are part of it. The same job id again orders nothing.
    """
    projects = Projects(store)
    found, order = projects.get(user, project), order or Order()
    order = order.model_copy(update={"redo": tuple(dict.fromkeys((*order.redo, *_asked_again(projects, found))))})
    usage = usage_for(projects, found, order.redo)
    request = order.model_dump(mode="json")
    return Jobs(store).start(job, user=user, project=project, request=request, usage=usage, lane=lane)


def require_paid(now: Usage, ordered: Usage) -> None:
    """A project may change while its film waits, but not into a dearer film than the one that was ordered."""
    if math.ceil(now.seconds / 60) > math.ceil(ordered.seconds / 60) or (now.hd and not ordered.hd):
        raise InvalidValue(
            "Since this film was ordered its project asks for a longer or larger one. Order it again at its new price."
        )


def _asked_again(projects: Projects, project: ProjectDetail) -> tuple[str, ...]:
    if project.current_version is None:
        return ()
    version = FilmState.of(projects.version(project.user_id, project.current_version).snapshot)
    return redo_of(project.scenes, version)
