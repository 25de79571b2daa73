"""The worker inside the app: it takes up what its predecessor left, gives jobs back, outlives a store that is away."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest

from studio.errors import StoreFault, StoreUnavailable
from studio.jobs import Jobs, Leases
from studio.store import PostgresStore
from studio.store.home import EmbeddedStore
from studio.worker import Worker, WorkerBeside, beside
from tests.studio.arrange import job_of
from tests.studio.worker import runners
from tests.studio.worker.test_worker import eventually


class Home(EmbeddedStore):
    """The embedded home as the worker knows it, over the database of the tests."""

    def __init__(self, url):
        PostgresStore.__init__(self, url, size=4)

    def close(self):
        PostgresStore.close(self)


class Flaky:
    """The real store, with failures to come."""

    def __init__(self, store):
        self._store = store
        self.failures = []

    def call(self, function, arguments=None, *, as_user=None):
        if self.failures:
            raise self.failures.pop()
        return self._store.call(function, arguments, as_user=as_user)

    def close(self):
        """It is the fixture's."""


@pytest.fixture
def home(database_url):
    store = Home(database_url)
    yield store
    store.close()


def dead_name():
    code = "from studio.worker.names import name_of; print(name_of(object()))"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_films_of_a_dead_process_are_taken_up_at_once(home, user):
    job = job_of(home, user)
    Leases(home, worker=dead_name(), lanes=["cpu"], lease_s=600).claim()
    beside = WorkerBeside(home, runners.quick, slots=1)
    beside.start()
    try:
        eventually(lambda: Jobs(home).get(user, job.id).state, "READY", seconds=5)
    finally:
        beside.stop()
    assert Jobs(home).get(user, job.id).attempts == 2


def test_stopping_hands_the_film_back(home, user):
    job = job_of(home, user)
    beside = WorkerBeside(home, runners.endless, slots=1)
    beside.start()
    eventually(lambda: Jobs(home).get(user, job.id).state, "RENDERING")
    began = time.monotonic()
    beside.stop()
    left = Jobs(home).get(user, job.id)
    assert (left.state, left.attempts) == ("QUEUED", 0)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("error", [StoreUnavailable("away"), StoreFault("not itself")])
def test_a_store_that_is_away_for_a_while_does_not_end_the_worker(direct_store, user, error):
    store = Flaky(direct_store)
    store.failures = [error] * 3
    worker = Worker(store, runners.quick, poll_s=0.02, grace_s=0.0)
    thread = threading.Thread(target=worker.run)
    thread.start()
    job = job_of(direct_store, user)
    try:
        eventually(lambda: Jobs(direct_store).get(user, job.id).state, "READY")
    finally:
        worker.stop()
        thread.join(20)


def test_upkeep_is_done_beside_the_films_and_its_failure_harms_nothing(direct_store, user):
    called = threading.Event()

    def upkeep():
        called.set()
        raise OSError("an odd folder")

    worker = Worker(direct_store, runners.quick, poll_s=0.02, grace_s=0.0, upkeep=upkeep)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        assert called.wait(5)
        job = job_of(direct_store, user)
        eventually(lambda: Jobs(direct_store).get(user, job.id).state, "READY")
    finally:
        worker.stop()
        thread.join(20)


@pytest.mark.skipif(not hasattr(os, "setpriority"), reason="threads have no niceness here")
@pytest.mark.parametrize(("cpus", "gib", "films"), [(1, 2, 1), (2, 16, 1), (8, 64, 4), (8, 7, 2), (500, 4000, 64)])
def test_as_many_films_at_once_as_the_machine_carries(monkeypatch, cpus, gib, films):
    monkeypatch.setattr(beside, "cores", lambda: cpus)
    monkeypatch.setattr(beside, "memory_gib", lambda: gib)
    assert beside.films_at_once() == films


def test_films_give_way_to_pages(home, user):
    seen = []

    def look(job, record):
        seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return runners.quick(job, record)

    job = job_of(home, user)
    started = WorkerBeside(home, look, slots=1)
    started.start()
    try:
        eventually(lambda: Jobs(home).get(user, job.id).state, "READY")
    finally:
        started.stop()
    assert seen[0] >= beside.NICENESS
    assert seen[0] >= os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
