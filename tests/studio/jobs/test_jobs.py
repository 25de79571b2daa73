"""Jobs as their owners meet them: started with a reservation, watched, cancelled, tried again."""

from __future__ import annotations

from uuid import uuid4

import pytest

from studio.credits import Credits, Usage
from studio.errors import IllegalTransition, InsufficientCredits, InvalidValue, JobCancelled, KeyReused, NotFound
from studio.jobs import Jobs, Leases
from studio.projects import Projects
from tests.studio.arrange import ONE_MINUTE, job_of, project_of


@pytest.fixture
def jobs(store):
    return Jobs(store)


@pytest.fixture
def leases(store):
    return Leases(store, worker="w", lanes=["gpu", "cpu"])


@pytest.fixture
def figures(store, user):
    def look():
        account = Credits(store).account(user)
        return account.balance, account.held

    return look


def test_starting_reserves_the_price_and_joins_the_line(store, user, figures):
    job = job_of(store, user, usage=Usage(seconds=150))
    assert (job.state, job.reserved, job.spent) == ("QUEUED", 3, None)
    assert figures() == (7, 3)


def test_starting_again_with_the_same_id_starts_nothing(store, jobs, user, figures):
    ask = {"user": user, "project": project_of(store, user), "request": {"niche": "history"}, "usage": ONE_MINUTE}
    job = uuid4()
    assert jobs.start(job, **ask) == jobs.start(job, **ask)
    assert figures() == (9, 1)


def test_the_same_id_with_another_request_is_refused(store, jobs, user, figures):
    ask = {"user": user, "project": project_of(store, user), "usage": ONE_MINUTE}
    job = uuid4()
    jobs.start(job, request={"niche": "history"}, **ask)
    with pytest.raises(KeyReused):
        jobs.start(job, request={"niche": "science"}, **ask)
    assert figures() == (9, 1)


def test_a_job_that_cannot_be_paid_is_not_started(store, jobs, user, figures):
    with pytest.raises(InsufficientCredits):
        job_of(store, user, usage=Usage(seconds=660))
    assert jobs.list_of(user) == []
    assert figures() == (10, 0)


def test_a_film_longer_than_the_plan_allows_is_refused(store, user, figures):
    with pytest.raises(InvalidValue, match="12 minutes"):
        job_of(store, user, usage=Usage(seconds=721))
    assert figures() == (10, 0)


def test_a_job_in_somebody_elses_project_is_not_started(store, jobs, user, sign_up, figures):
    theirs = project_of(store, sign_up())
    with pytest.raises(NotFound):
        jobs.start(uuid4(), user=user, project=theirs, request={}, usage=ONE_MINUTE)
    assert figures() == (10, 0)


def test_removing_a_project_cancels_its_films_and_starts_no_more(store, jobs, leases, user, figures):
    running, waiting = job_of(store, user), job_of(store, user)
    claimed = leases.claim()
    Projects(store).delete(user, running.project_id)
    assert [jobs.get(user, job.id).state for job in (running, waiting)] == ["CANCELLED", "QUEUED"]
    assert figures() == (9, 1)
    with pytest.raises(JobCancelled):
        leases.heartbeat(claimed)
    with pytest.raises(NotFound):
        jobs.start(uuid4(), user=user, project=running.project_id, request={}, usage=ONE_MINUTE)


def test_a_job_may_wait_for_its_creator_before_it_joins_the_line(store, jobs, leases, user):
    job = job_of(store, user, queue=False)
    assert job.state == "PENDING"
    assert leases.claim() is None
    assert jobs.resume(user, job.id).state == "QUEUED"
    assert jobs.resume(user, job.id).state == "QUEUED"
    assert leases.claim().id == job.id


def test_an_owner_sees_their_jobs_newest_first_and_nobody_elses(store, jobs, user, sign_up):
    job_of(store, sign_up())
    first, second = job_of(store, user), job_of(store, user)
    assert [job.id for job in jobs.list_of(user)] == [second.id, first.id]
    assert [job.id for job in jobs.list_of(user, before=second.number)] == [first.id]
    assert [job.id for job in jobs.list_of(user, project=first.project_id)] == [first.id]


def test_somebody_elses_job_does_not_exist_for_me(store, jobs, user, sign_up):
    job = job_of(store, sign_up())
    for act in (jobs.get, jobs.cancel, jobs.resume):
        with pytest.raises(NotFound):
            act(user, job.id)
    with pytest.raises(NotFound):
        jobs.retry(user, job.id, key="k")


@pytest.mark.parametrize("state", ["PENDING", "QUEUED", "SCRIPTING", "RENDERING", "PACKAGING"])
def test_cancelling_works_in_every_state_and_gives_everything_back(store, jobs, leases, user, figures, state):
    job = job_of(store, user, queue=state != "PENDING")
    if state not in ("PENDING", "QUEUED"):
        claimed = leases.claim()
        leases.step(claimed, state)
    assert jobs.get(user, job.id).state == state
    assert jobs.cancel(user, job.id).state == "CANCELLED"
    assert jobs.cancel(user, job.id).state == "CANCELLED"
    assert figures() == (10, 0)


def test_cancelling_what_has_ended_changes_nothing(store, jobs, leases, user, figures):
    job_of(store, user)
    claimed = leases.claim()
    leases.step(claimed, "PACKAGING")
    leases.finish(claimed, ONE_MINUTE, {})
    assert jobs.cancel(user, claimed.id).state == "READY"
    assert figures() == (9, 0)


def test_a_failed_job_is_tried_again_under_a_new_reservation(store, jobs, leases, user, figures):
    job_of(store, user)
    claimed = leases.claim()
    leases.step(claimed, "RENDERING", progress=40, job_progress=70)
    leases.fail(claimed, "render_failed", "The picture could not be drawn.", step="RENDERING")
    assert figures() == (10, 0)
    again = jobs.retry(user, claimed.id, key="first")
    assert (again.state, again.run, again.attempts, again.progress, again.error_code) == ("QUEUED", 2, 0, 0, None)
    assert figures() == (9, 1)
    assert jobs.retry(user, claimed.id, key="first").run == 2
    assert figures() == (9, 1)


def test_only_what_failed_or_was_cancelled_can_be_tried_again(store, jobs, user, figures):
    job = job_of(store, user)
    with pytest.raises(IllegalTransition):
        jobs.retry(user, job.id, key="k")
    jobs.cancel(user, job.id)
    assert jobs.retry(user, job.id, key="k").state == "QUEUED"
    assert figures() == (9, 1)


def test_a_film_of_a_removed_project_is_tried_again_only_once_it_is_restored(store, jobs, user, figures):
    job = job_of(store, user)
    Projects(store).delete(user, job.project_id)
    with pytest.raises(NotFound, match="restore"):
        jobs.retry(user, job.id, key="k")
    assert figures() == (10, 0)
    Projects(store).restore(user, job.project_id)
    assert jobs.retry(user, job.id, key="k").state == "QUEUED"


def test_a_finished_job_cannot_be_resumed(store, jobs, user):
    job = job_of(store, user)
    jobs.cancel(user, job.id)
    with pytest.raises(IllegalTransition):
        jobs.resume(user, job.id)


def test_removing_an_account_gives_the_credits_of_its_jobs_back_and_keeps_the_books(store, user, sql):
    job_of(store, user)
    sql.execute("delete from auth.users where id = %s", [user])
    account = sql.execute("select balance, held from public.credit_accounts where user_id = %s", [user]).fetchone()
    assert account == (10, 0)
    assert Credits(store).unbalanced() == []


def test_the_load_counts_what_waits_and_runs(store, jobs, leases, user, sign_up):
    job_of(store, user)
    job_of(store, sign_up(), lane="gpu")
    leases.claim()
    assert {(line.lane, line.state, line.jobs) for line in jobs.load()} == {
        ("cpu", "SCRIPTING", 1),
        ("gpu", "QUEUED", 1),
    }
