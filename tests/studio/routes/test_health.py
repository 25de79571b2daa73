"""What is told to whoever restarts the app, and to whoever sends it visitors."""

from __future__ import annotations

import time

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from studio.desk import Desk
from studio.installation import Installation
from studio.routes import health
from studio.store import Migrator
from tests.studio.app_fixtures import app_settings, free_port


@pytest.fixture
def short_lived(postgres_server, administrator, tmp_path):
    """An app whose database can be taken away."""
    administrator.execute("create database short_lived")
    Migrator(postgres_server.url("short_lived")).migrate()
    installation = Installation.open(app_settings(postgres_server.url("short_lived"), tmp_path, free_port()))
    with TestClient(Starlette(routes=health.routes(Desk(installation)))) as client:
        yield client
    installation.close()
    administrator.execute("drop database if exists short_lived with (force)")


def test_everybody_may_ask_a_running_studio(studio_app):
    for name, status in (("live", "live"), ("ready", "ready")):
        answer = studio_app.client().get(f"/health/{name}")
        assert (answer.status_code, answer.json()) == (200, {"status": status})


def test_without_its_database_it_lives_and_says_soon_that_it_is_not_ready(short_lived, administrator):
    assert short_lived.get("/health/ready").status_code == 200
    administrator.execute("drop database short_lived with (force)")
    began = time.monotonic()
    answer = short_lived.get("/health/ready")
    assert time.monotonic() - began < 8
    assert (answer.status_code, answer.json()["status"]) == (503, "not ready")
    assert answer.json()["reason"] == "store_unavailable"
    assert short_lived.get("/health/live").json() == {"status": "live"}
