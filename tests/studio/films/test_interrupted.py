"""Films that are killed, cancelled and stopped on the way: each ends once, and is paid for once or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from studio.errors import LeaseLost, StoreUnavailable
from studio.films import Films, Order
from studio.jobs import STAGES
from studio.worker import Worker
from tests.studio.films.town import GPS, Town, eventually, report_of
from tests.studio.worker.runners import quick

ROOT = Path(__file__).parents[3]


@pytest.fixture
def launch(empty_town):
    """Starts worker processes on the town's database and data folder, as an operator would."""
    started = []

    def begin():
        environment = {
            **os.environ,
            "DATABASE_URL": empty_town.url,
            "CANVASCAST_DATA_FOLDER": str(empty_town.folder),
        }
        command = [sys.executable, "-m", "studio", "worker", "--once", "--lease", "1"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def begin(empty_town):
    """Starts a worker in a thread."""
    started = []

    def launch() -> Worker:
        worker = Worker(empty_town.store, empty_town.films.make, poll_s=0.05, grace_s=0.0, lease_s=1)
        thread = threading.Thread(target=worker.run)
        thread.start()
        started.append((worker, thread))
        return worker

    yield launch
    for worker, thread in started:
        worker.stop()
        thread.join(30)
        assert not thread.is_alive()


def state_of(town: Town, user, job):
    return lambda: town.jobs.get(user, job.id).state


def made_so_far(town: Town) -> int:
    return len(list((town.folder / "films" / "builds").glob("*/records/*/*.json")))


def test_a_film_whose_worker_is_killed_is_finished_by_the_next_and_paid_once(empty_town, launch):
    town, user = empty_town, empty_town.creator()
    project = town.project(user, notes=GPS)
    job = town.order(user, project)
    first = launch()
    eventually(state_of(town, user, job), lambda state: state in ("RENDERING", "READY"))
    first.kill()
    first.wait()
    assert made_so_far(town) > 10
    painting = next(step for step in town.ended(user, job).steps if step.step == "IMAGE_GEN")
    painted = [one["path"] for one in painting.artifacts if one["kind"] == "picture"]
    assert all(town.files.open(path, owner=user).read(3) == b"\xff\xd8\xff" for path in painted)
    assert painted
    assert launch().wait(120) == 0
    ended = town.ended(user, job)
    assert (ended.state, ended.attempts, ended.spent) == ("READY", 2, 1)
    assert [step.state for step in ended.steps] == ["DONE"] * len(STAGES)
    account = town.credits.account(user)
    assert (account.balance, account.held) == (9, 0)
    assert len(town.projects.versions(user, project)) == 1
    names = [asset.meta["name"] for asset in town.projects.assets(user, project)]
    assert len(names) == len(set(names)) > 11
    assert town.leftovers() == []


def test_a_cancelled_film_stops_and_gives_everything_back(empty_town, begin):
    town, user = empty_town, empty_town.creator()
    project = town.project(user, notes=GPS)
    job = town.order(user, project)
    begin()
    eventually(state_of(town, user, job), lambda state: state in ("IMAGE_GEN", "RENDERING"))
    town.jobs.cancel(user, job.id)
    eventually(town.leftovers, lambda left: left == [])
    assert town.ended(user, job).state == "CANCELLED"
    account = town.credits.account(user)
    assert (account.balance, account.held) == (10, 0)
    assert town.projects.assets(user, project) == []
    assert town.projects.versions(user, project) == []


def test_a_stopping_worker_hands_the_film_back_without_counting_an_attempt(empty_town, begin):
    town, user = empty_town, empty_town.creator()
    job = town.order(user, town.project(user, notes=GPS))
    worker = begin()
    eventually(state_of(town, user, job), lambda state: state in ("IMAGE_GEN", "RENDERING"))
    worker.stop()
    eventually(state_of(town, user, job), lambda state: state == "QUEUED")
    assert town.ended(user, job).attempts == 0
    assert town.credits.account(user).held == 1


def test_a_worker_that_lost_its_lease_stops_and_leaves_the_film_to_the_other(empty_town, begin):
    town, user = empty_town, empty_town.creator()
    project = town.project(user, notes=GPS)
    job = town.order(user, project)
    begin()
    eventually(state_of(town, user, job), lambda state: state in ("IMAGE_GEN", "RENDERING"))

    def take_over() -> int:
        with psycopg.connect(town.url, autocommit=True) as connection:
            connection.execute("update public.jobs set lease_until = now() - interval '1 second'")
        return Worker(town.store, quick).run(once=True)

    eventually(take_over, lambda taken: taken == 1)
    eventually(lambda: list((town.folder / "films" / "attempts").glob("*")), lambda left: left == [])
    ended = town.ended(user, job)
    assert (ended.state, ended.attempts, ended.result) == ("READY", 2, {"made_by": os.getpid()})
    assert town.projects.assets(user, project) == []
    assert town.credits.account(user).balance == 9


def test_a_store_that_is_away_while_progress_is_noted_costs_no_film(finished):
    town, user = finished.town, finished.user
    job = town.order(user, finished.project, Order(redo=("section:1:picture",)))
    refused = []

    class Away:
        """The real store, but for the thread that notes progress."""

        def call(self, function, arguments=None, *, as_user=None):
            if function == "job_step" and threading.current_thread().name == "film-progress":
                refused.append(arguments)
                raise StoreUnavailable("The database is away.")
            return town.store.call(function, arguments, as_user=as_user)

        def close(self):
            """Shared."""

    away = Away()
    films = Films(away, town.files, town.folder / "films", mirrored=False)
    Worker(away, films.make).run(once=True)
    ended = town.ended(user, job)
    assert refused
    assert ended.state == "READY"
    assert {step.state for step in ended.steps} == {"DONE"}


def test_a_worker_that_dies_between_delivery_and_the_end_leaves_no_double(finished):
    """The lease runs out although all is noted; whoever takes over makes and notes the same once more."""
    town, user, project = finished.town, finished.user, finished.project
    job = town.order(user, project, Order(redo=("section:2:picture",)))

    def dying(claimed, record):
        town.films.make(claimed, record)
        raise LeaseLost("The machine is gone.")

    town.work(runner=dying, lease_s=1)
    assert town.ended(user, job).spent is None
    eventually(lambda: town.work(lease_s=1) or town.ended(user, job).state, lambda state: state == "READY")
    ended = town.ended(user, job)
    assert (ended.attempts, ended.spent) == (2, 1)
    names = [asset.meta["name"] for asset in town.projects.assets(user, project) if asset.job_id == job.id]
    assert len(names) == len(set(names)) > 11
    (version,) = [one for one in town.projects.versions(user, project) if one.job_id == job.id]
    takes = json.loads(town.projects.version(user, version.id).snapshot["takes"])["takes"]
    assert set(takes.values()) == {2}
    report = report_of(town, user, project, job)
    assert report["stages"]["IMAGE_GEN"]["made"] == report["render"]["stretchesMade"] == 0


def test_cancelled_at_the_last_moment_no_file_of_it_stays_until_it_is_tried_again(finished):
    """The creator presses cancel while the film is being noted in the project."""
    town, user = finished.town, finished.user
    project = finished.same_again()
    job = town.order(user, project)

    class Cancelling:
        """The store, in front of a creator who is quick."""

        def call(self, function, arguments=None, *, as_user=None):
            answer = town.store.call(function, arguments, as_user=as_user)
            if function == "scenes_save":
                town.jobs.cancel(user, job.id)
            return answer

        def close(self):
            """Shared."""

    films = Films(Cancelling(), town.files, town.folder / "films", mirrored=False)
    town.work(runner=films.make)
    assert town.ended(user, job).state == "CANCELLED"
    assert town.projects.assets(user, project) == []
    before = town.credits.account(user).balance
    town.jobs.retry(user, job.id, key="once more")
    town.work()
    assert town.ended(user, job).state == "READY"
    assert town.credits.account(user).balance == before - 1
    assert len(town.projects.assets(user, project)) == len(finished.assets)
    assert len(town.projects.versions(user, project)) == 1
