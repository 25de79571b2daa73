"""A finished file that somebody saves is counted once; what they only watch is not."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.studio.arrange import filed, project_of
from tests.studio.worker.test_worker import eventually


@pytest.fixture
def film(studio_app, tmp_path):
    """A person, and the path of a film of theirs."""
    person, installation = studio_app.person(), studio_app.installation
    source = tmp_path / "final.mp4"
    source.write_bytes(uuid4().bytes * 100)
    project = project_of(installation.store, person.id)
    return person, filed(installation.files, installation.making, source, user=person.id, project=project)


def counted(studio_app):
    return studio_app.installation.store.call("office_metrics", {"p_days": 1})["downloads"]


def test_saving_counts_and_watching_does_not(studio_app, film):
    person, path = film
    files, before = studio_app.installation.files, counted(studio_app)
    with studio_app.client() as client:
        watched = files.link(path, owner=person.id)
        saved = files.link(path, owner=person.id, download_name="Tea.mp4")
        client.get(watched)
        client.head(saved)
        assert client.get(saved, headers={"range": "bytes=5-"}).status_code == 206
        assert counted(studio_app) == before
        assert client.get(saved).status_code == 200
    # It is counted when the file is on its way.
    eventually(lambda: counted(studio_app), before + 1)
