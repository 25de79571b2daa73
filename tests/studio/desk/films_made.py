"""A small film of a creator's own, made once for the session by a real worker beside the app under test."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from studio.callers import Caller
from studio.desk.naming import slug
from studio.films import Films
from studio.worker import Worker
from tests.studio.app_fixtures import Person, StudioApp
from tests.studio.films.town import SMALL, TEA


@dataclass(frozen=True)
class Made:
    app: StudioApp
    person: Person
    project: UUID
    job: UUID
    title: str

    @property
    def creator(self) -> Caller:
        return Caller(self.person.id)

    @property
    def stem(self) -> str:
        return slug(self.title)


def work(app: StudioApp) -> None:
    """One job of the app's line is made."""
    installation = app.installation
    films = Films.of(installation.settings, installation.store, installation.files)
    Worker(installation.store, films.make, poll_s=0.05, grace_s=0).run(once=True)


def make_one(app: StudioApp) -> Made:
    person = app.person()
    creator = Caller(person.id)
    project = app.desk.orders.create_project(creator, {**SMALL, "notes": TEA})
    job = app.desk.films.generate(creator, project.id)
    while not app.desk.films.job(creator, job.id).ended:
        work(app)
    return Made(app, person, project.id, job.id, app.desk.films.project(creator, project.id).title)


@pytest.fixture(scope="session")
def made(studio_app: StudioApp) -> Made:
    return make_one(studio_app)
