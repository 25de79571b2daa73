"""The worker that the app starts: it gives way to pages, comes back when it dies, and ends with the app."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.jobs import Jobs
from studio.worker import WorkerProcess
from tests.studio.arrange import job_of
from tests.studio.worker.test_worker import eventually

ROOT = Path(__file__).parents[3]
RUNNERS = "tests.studio.worker.runners"
APP = f"""
import time
from studio.worker import WorkerProcess
worker = WorkerProcess(slots=1, runner="{RUNNERS}:endless")
worker.start()
time.sleep(600)
"""


@pytest.fixture
def here(monkeypatch, database_url, tmp_path):
    """The environment that the app's worker reads its settings from."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("CANVASCAST_DATA_FOLDER", str(tmp_path))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def begin(here):
    started = []

    def make(runner):
        worker = WorkerProcess(slots=1, runner=f"{RUNNERS}:{runner}")
        worker.start()
        started.append(worker)
        return worker

    yield make
    for worker in started:
        worker.stop()


def holder(store):
    """The process that makes a film just now."""
    owners = store.call("job_lease_owners")
    return int(owners[0].split(":")[1]) if owners else None


def test_it_makes_films_and_gives_way_to_pages(direct_store, user, begin):
    job = job_of(direct_store, user)
    begin("endless")
    eventually(lambda: Jobs(direct_store).get(user, job.id).state, "RENDERING", seconds=40)
    process = holder(direct_store)
    assert process != os.getpid()
    assert os.getpriority(os.PRIO_PROCESS, process) > os.getpriority(os.PRIO_PROCESS, os.getpid())


def test_stopping_it_hands_the_film_back(direct_store, user, begin):
    job = job_of(direct_store, user)
    worker = begin("endless")
    eventually(lambda: Jobs(direct_store).get(user, job.id).state, "RENDERING", seconds=40)
    worker.stop()
    left = Jobs(direct_store).get(user, job.id)
    assert (left.state, left.attempts) == ("QUEUED", 0)


def test_a_worker_that_dies_is_started_again(direct_store, user, sign_up, begin):
    first, another = job_of(direct_store, user), sign_up()
    begin("endless")
    eventually(lambda: Jobs(direct_store).get(user, first.id).state, "RENDERING", seconds=40)
    second = job_of(direct_store, another)
    os.kill(holder(direct_store), signal.SIGKILL)
    eventually(lambda: Jobs(direct_store).get(another, second.id).state, "RENDERING", seconds=40)


def test_when_the_app_is_killed_its_worker_hands_the_film_back_and_leaves(direct_store, user, here):
    job = job_of(direct_store, user)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    app = subprocess.Popen([sys.executable, "-c", APP], env=environment)
    eventually(lambda: Jobs(direct_store).get(user, job.id).state, "RENDERING", seconds=40)
    process = holder(direct_store)
    app.kill()
    app.wait()
    eventually(lambda: Jobs(direct_store).get(user, job.id).state, "QUEUED", seconds=20)
    end = time.monotonic() + 20
    while Path(f"/proc/{process}").exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not Path(f"/proc/{process}").exists()
