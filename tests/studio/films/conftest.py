"""One film is made for the whole folder; what needs no film has a town of its own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

import pytest

from studio.credits import Account
from studio.jobs import JobDetail
from studio.projects import Asset, ProjectDetail, Version
from tests.studio.films.town import TEA, Town, town


@pytest.fixture(scope="package")
def shared_town(new_database, tmp_path_factory):
    with new_database() as url:
        made = town(url, tmp_path_factory.mktemp("town"))
        yield made
        made.store.close()


@dataclass
class Finished:
    """The film that many tests look at, and all that was noted of it when it was ready."""

    town: Town
    user: UUID
    project: UUID
    job: JobDetail
    account: Account
    detail: ProjectDetail
    versions: list[Version]
    assets: list[Asset]
    notes: int
    seconds: float

    def same_again(self) -> UUID:
        """Another project with the same brief: its film is found in the creator's build."""
        return self.town.project(self.user, notes=TEA)


@pytest.fixture(scope="package")
def finished(shared_town) -> Finished:
    user = shared_town.creator()
    project = shared_town.project(user, notes=TEA)
    shared_town.store.calls.clear()
    began = time.monotonic()
    job = shared_town.made(user, project)
    seconds = time.monotonic() - began
    notes = shared_town.store.calls["job_step"]
    return Finished(
        town=shared_town,
        user=user,
        project=project,
        job=job,
        account=shared_town.credits.account(user),
        detail=shared_town.projects.get(user, project),
        versions=shared_town.projects.versions(user, project),
        assets=shared_town.projects.assets(user, project),
        notes=notes,
        seconds=seconds,
    )


@pytest.fixture
def empty_town(database_url, tmp_path):
    made = town(database_url, tmp_path)
    yield made
    made.store.close()
