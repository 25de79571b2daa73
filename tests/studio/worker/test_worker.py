"""The worker with real runners over the real store: what it claims, how each job ends, and how it stops."""

from __future__ import annotations

import threading
import time

import pytest

from pipeline.errors import BuildError, Cancelled, VoiceError
from studio.credits import Credits, Usage
from studio.errors import JobFailed, WorkerError
from studio.jobs import Jobs
from studio.worker import Finished, Worker, load_runner
from tests.studio.arrange import job_of
from tests.studio.worker import runners


@pytest.fixture
def jobs(store):
    return Jobs(store)


@pytest.fixture
def start(store):
    """Starts workers in threads and stops them in the end."""
    started = []

    def begin(runner, **more):
        worker = Worker(store, runner, **{"poll_s": 0.02, "grace_s": 0.0, **more})
        thread = threading.Thread(target=worker.run)
        thread.start()
        started.append((worker, thread))
        return worker

    yield begin
    for worker, thread in started:
        worker.stop()
        thread.join(20)
        assert not thread.is_alive()


def eventually(look, wanted, seconds=10.0):
    end = time.monotonic() + seconds
    while (seen := look()) != wanted and time.monotonic() < end:
        time.sleep(0.02)
    assert seen == wanted


def test_once_makes_one_film_and_leaves(store, jobs, user):
    first, second = job_of(store, user), job_of(store, user)
    assert Worker(store, runners.quick).run(once=True) == 1
    assert jobs.get(user, first.id).state == "READY"
    assert jobs.get(user, second.id).state == "QUEUED"
    assert len(jobs.get(user, first.id).steps) == 8


def test_once_without_work_leaves_at_once(store):
    assert Worker(store, runners.quick).run(once=True) == 0


def test_it_makes_what_comes_in_until_it_is_stopped(store, jobs, sign_up, start):
    start(runners.quick)
    users = [sign_up() for _ in range(4)]
    made = [(one, job_of(store, one).id) for one in users]
    for one, job in made:
        eventually(lambda one=one, job=job: jobs.get(one, job).state, "READY")


def test_it_makes_several_films_at_once(store, jobs, sign_up, start):
    together = threading.Barrier(3)

    def meeting(job, record):
        together.wait(10)
        return runners.quick(job, record)

    made = [(one, job_of(store, one).id) for one in [sign_up() for _ in range(3)]]
    start(meeting, slots=3)
    for one, job in made:
        eventually(lambda one=one, job=job: jobs.get(one, job).state, "READY")


def test_a_heartbeat_keeps_a_long_step_alive(store, jobs, user, start):
    def silent(job, record):
        time.sleep(1.6)
        return runners.quick(job, record)

    job = job_of(store, user)
    start(silent, lease_s=1)
    time.sleep(0.2)
    start(runners.quick, lease_s=1)
    eventually(lambda: jobs.get(user, job.id).state, "READY")
    assert jobs.get(user, job.id).attempts == 1


def test_a_cancelled_job_stops_its_runner(store, jobs, user, start):
    stopped = threading.Event()

    def watched(job, record):
        try:
            return runners.endless(job, record)
        finally:
            stopped.set()

    job = job_of(store, user)
    start(watched, lease_s=1)
    eventually(lambda: jobs.get(user, job.id).state, "RENDERING")
    jobs.cancel(user, job.id)
    assert stopped.wait(5)
    assert jobs.get(user, job.id).state == "CANCELLED"
    assert Credits(store).account(user).balance == 10


def test_stopping_hands_the_job_back_and_the_next_worker_finishes_it(store, jobs, user, start):
    job = job_of(store, user)
    worker = start(runners.endless)
    eventually(lambda: jobs.get(user, job.id).state, "RENDERING")
    worker.stop()
    eventually(lambda: (jobs.get(user, job.id).state, jobs.get(user, job.id).attempts), ("QUEUED", 0))
    Worker(store, runners.quick).run(once=True)
    assert jobs.get(user, job.id).state == "READY"


def test_stopping_lets_a_film_finish_within_the_grace_time(store, jobs, user, start):
    begun = threading.Event()

    def nearly_done(job, record):
        begun.set()
        time.sleep(0.3)
        return runners.quick(job, record)

    job = job_of(store, user)
    worker = start(nearly_done, grace_s=10.0)
    assert begun.wait(5)
    worker.stop()
    eventually(lambda: jobs.get(user, job.id).state, "READY")


def test_a_job_that_asks_its_creator_goes_on_when_told_to(store, jobs, user, start):
    job = job_of(store, user)
    start(runners.asking)
    eventually(lambda: jobs.get(user, job.id).state, "PENDING")
    assert jobs.get(user, job.id).message == "Choose a hook."
    jobs.resume(user, job.id)
    eventually(lambda: jobs.get(user, job.id).state, "READY")


@pytest.mark.parametrize(
    ("error", "code", "attempts"),
    [
        (JobFailed("No picture came.", reason="picture_failed", step="IMAGE_GEN"), "picture_failed", 1),
        (VoiceError("The voice is not installed."), "voice_failed", 1),
        (BuildError("The disk is full."), "workspace_unusable", 1),
        (ValueError("a bug of ours"), "internal", 1),
    ],
)
def test_how_a_job_fails_is_told_by_code_and_sentence(store, jobs, user, sql, error, code, attempts):
    def failing(job, record):
        raise error

    job = job_of(store, user)
    sql.execute("update public.jobs set max_attempts = 1")
    Worker(store, failing).run(once=True)
    ended = jobs.get(user, job.id)
    assert (ended.state, ended.error_code, ended.attempts) == ("FAILED", code, attempts)
    assert "bug" not in ended.error_message
    assert Credits(store).account(user).balance == 10


@pytest.mark.parametrize("error", [BuildError("The disk is full."), ValueError("a bug of ours")])
def test_what_another_try_may_mend_is_queued_again(store, jobs, user, error):
    def failing(job, record):
        raise error

    job = job_of(store, user)
    Worker(store, failing).run(once=True)
    assert jobs.get(user, job.id).state == "QUEUED"


def test_a_pipeline_that_reports_its_own_cancelling_is_handed_back(store, jobs, user, start):
    def through_the_pipeline(job, record):
        record.step("SCRIPTING")
        while True:
            try:
                record.check()
            except Exception as error:
                raise Cancelled("stopped") from error
            time.sleep(0.01)

    job = job_of(store, user)
    worker = start(through_the_pipeline)
    eventually(lambda: len(jobs.get(user, job.id).steps), 1)
    worker.stop()
    eventually(lambda: jobs.get(user, job.id).state, "QUEUED")


def test_a_runner_that_reports_nonsense_fails_its_job_and_not_the_worker(store, jobs, user, start):
    job = job_of(store, user)
    start(lambda job, record: Finished(Usage(seconds=60), {"too early": True}))
    eventually(lambda: jobs.get(user, job.id).state, "FAILED")
    assert jobs.get(user, job.id).error_code == "illegal_transition"


@pytest.mark.parametrize("name", ["nowhere:make", "studio.jobs:nothing", "studio.jobs", "studio.jobs:STAGES"])
def test_a_runner_that_does_not_exist_is_named(name):
    with pytest.raises(WorkerError, match=name):
        load_runner(name)


def test_a_runner_is_found_by_name():
    assert load_runner("tests.studio.worker.runners:quick") is runners.quick
