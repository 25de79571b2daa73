"""One film is made for the whole folder; what needs no film has a town of its own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

import pytest

from studio.jobs import JobDetail
from tests.studio.films.town import TEA, Town, town


@pytest.fixture(scope="package")
def shared_town(new_database, tmp_path_factory):
    with new_database() as url:
        made = town(url, tmp_path_factory.mktemp("town"))
        yield made
        made.store.close()


@dataclass
class Finished:
    """The film that many tests look at."""

    town: Town
    user: UUID
    project: UUID
    job: JobDetail
    notes: int
    seconds: float


@pytest.fixture(scope="package")
def finished(shared_town) -> Finished:
    user = shared_town.creator()
    project = shared_town.project(user, notes=TEA)
    began = time.monotonic()
    job = shared_town.made(user, project)
    seconds = time.monotonic() - began
    return Finished(shared_town, user, project, job, shared_town.store.calls["job_step"], seconds)


@pytest.fixture
def empty_town(database_url, tmp_path):
    made = town(database_url, tmp_path)
    yield made
    made.store.close()
