"""Claiming: the right job to one worker, kept by heartbeats, taken over when they stop, and in the end let go."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from studio.credits import Credits, Usage
from studio.errors import IllegalTransition, InvalidValue, JobCancelled, LeaseLost
from studio.jobs import STAGES, Jobs, Leases
from studio.profiles import Profiles
from tests.studio.arrange import ONE_MINUTE, job_of


@pytest.fixture
def leases(store):
    return Leases(store, worker="w", lanes=["gpu", "cpu"])


@pytest.fixture
def jobs(store):
    return Jobs(store)


@pytest.fixture
def lose_lease(sql):
    """The worker of this job has died and its time is over."""

    def lose(job):
        sql.execute("update public.jobs set lease_until = now() - interval '1 second' where id = %s", [job.id])

    return lose


def held(store, user):
    return Credits(store).account(user).held


def test_nothing_to_do_is_none(leases):
    assert leases.claim() is None


def test_a_claimed_job_brings_its_request_and_begins_with_the_script(store, leases, user):
    job = job_of(store, user)
    claimed = leases.claim()
    assert (claimed.id, claimed.state, claimed.attempts, claimed.request) == (job.id, "SCRIPTING", 1, {})
    assert leases.claim() is None


def test_the_same_claim_asked_twice_is_answered_with_the_same_job(store, user):
    job_of(store, user)
    job_of(store, user)
    ask = {"p_worker": "w", "p_lanes": ["cpu"], "p_key": uuid4()}
    assert store.call("job_claim", ask)["id"] == store.call("job_claim", ask)["id"]


def test_the_oldest_comes_first_and_a_higher_priority_before_it(store, leases, sign_up):
    paying = sign_up()
    Profiles(store).set_plan(paying, "studio")
    first, second = job_of(store, sign_up()), job_of(store, sign_up())
    urgent = job_of(store, paying)
    assert [leases.claim().id for _ in range(3)] == [urgent.id, first.id, second.id]


def test_a_worker_takes_only_jobs_of_its_lanes(store, user):
    job_of(store, user, lane="gpu")
    assert Leases(store, worker="w", lanes=["cpu"]).claim() is None
    assert Leases(store, worker="w", lanes=["gpu"]).claim() is not None


def test_a_user_runs_no_more_films_at_once_than_their_plan_allows(store, leases, user):
    Profiles(store).set_plan(user, "creator")
    for _ in range(3):
        job_of(store, user)
    running = [leases.claim(), leases.claim()]
    assert leases.claim() is None
    leases.fail(running[0], "x", "It did not work.")
    assert leases.claim() is not None


def test_one_user_with_many_films_does_not_starve_the_others(store, leases, sign_up):
    many, few = sign_up(), sign_up()
    for _ in range(4):
        job_of(store, many)
    job_of(store, few)
    order = []
    while (job := leases.claim()) is not None:
        order.append("many" if job.user_id == many else "few")
        leases.fail(job, "x", "It did not work.")
    assert order == ["many", "few", "many", "many", "many"]


def test_many_workers_at_once_never_get_the_same_job(store, leases, sign_up):
    wanted = {job_of(store, sign_up()).id for _ in range(12)}

    def take(_):
        return [job.id for job in iter(leases.claim, None)]

    with ThreadPoolExecutor(6) as pool:
        taken = [job for some in pool.map(take, range(6)) for job in some]
    assert sorted(taken) == sorted(wanted)


def test_progress_and_state_never_go_back(store, leases, jobs, user):
    job_of(store, user)
    claimed = leases.claim()
    leases.step(claimed, "RENDERING", job_progress=60)
    job = leases.step(claimed, "VOICE_GEN", job_progress=20)
    assert (job.state, job.progress) == ("RENDERING", 60)
    assert [step.step for step in jobs.get(user, job.id).steps] == ["VOICE_GEN", "RENDERING"]


def test_steps_keep_their_message_progress_and_artifacts(store, leases, jobs, user):
    job_of(store, user)
    claimed = leases.claim()
    leases.step(claimed, "SCRIPTING", progress=50, message="Writing the hook")
    leases.step(claimed, "SCRIPTING", "DONE", progress=100, message="Script written", artifacts=[{"key": "abc"}])
    [step] = jobs.get(user, claimed.id).steps
    assert (step.state, step.progress, step.artifacts) == ("DONE", 100, [{"key": "abc"}])
    assert step.finished_at is not None


def test_finishing_spends_the_actual_price_and_returns_the_rest(store, leases, user):
    job_of(store, user, usage=Usage(seconds=300))
    claimed = leases.claim()
    leases.step(claimed, "PACKAGING", "DONE", progress=100)
    job = leases.finish(claimed, Usage(seconds=121), {"title": "Done"})
    assert (job.state, job.progress, job.reserved, job.spent) == ("READY", 100, 5, 3)
    account = Credits(store).account(user)
    assert (account.balance, account.held) == (7, 0)


def test_finishing_is_answered_again_but_not_done_again(store, leases, user):
    job_of(store, user)
    claimed = leases.claim()
    leases.step(claimed, "PACKAGING")
    assert leases.finish(claimed, ONE_MINUTE, {}) == leases.finish(claimed, ONE_MINUTE, {})
    assert Credits(store).account(user).balance == 9


def test_a_film_that_cost_more_than_was_reserved_spends_only_that(store, leases, user):
    job_of(store, user)
    claimed = leases.claim()
    leases.step(claimed, "PACKAGING")
    assert leases.finish(claimed, Usage(seconds=700), {}).spent == 1


def test_a_job_is_not_ready_before_it_was_packaged(store, leases, user):
    job_of(store, user)
    claimed = leases.claim()
    with pytest.raises(IllegalTransition):
        leases.finish(claimed, ONE_MINUTE, {})
    assert held(store, user) == 1


def test_failing_tells_why_and_releases_everything(store, leases, jobs, user):
    job_of(store, user)
    claimed = leases.claim()
    leases.step(claimed, "VOICE_GEN")
    job = leases.fail(claimed, "voice_failed", "The voice did not answer.", step="VOICE_GEN")
    assert (job.state, job.error_code, job.failed_step) == ("FAILED", "voice_failed", "VOICE_GEN")
    assert jobs.get(user, job.id).steps[0].state == "FAILED"
    assert held(store, user) == 0
    assert leases.fail(claimed, "voice_failed", "The voice did not answer.").state == "FAILED"


def test_a_failure_is_noted_however_it_is_worded(store, leases, jobs, user):
    job = job_of(store, user)
    leases.step(claimed := leases.claim(), "SCRIPTING", message="\ud800" * 900)
    leases.fail(claimed, "c" * 200, "no file caf\udce9\x00 " + "x" * 9000, step="s" * 90)
    ended = jobs.get(user, job.id)
    assert (ended.state, ended.error_code) == ("FAILED", "c" * 100)
    assert ended.error_message.startswith("no file caf? x")
    assert len(ended.error_message) == 2000


def test_what_may_pass_by_itself_is_queued_again_until_its_attempts_are_used_up(store, leases, user):
    job_of(store, user)
    states = [leases.fail(leases.claim(), "busy", "The model is busy.", again=True).state for _ in range(3)]
    assert states == ["QUEUED", "QUEUED", "FAILED"]
    assert held(store, user) == 0


def test_a_pause_before_the_next_attempt_is_kept(store, leases, user):
    job_of(store, user)
    leases.fail(leases.claim(), "busy", "The model is busy.", again=True, pause_s=60)
    assert leases.claim() is None


def test_a_lost_workers_job_is_taken_over_where_it_stood(store, leases, user, lose_lease):
    job_of(store, user)
    first = leases.claim()
    leases.step(first, "RENDERING", job_progress=60)
    lose_lease(first)
    second = leases.claim()
    assert (second.id, second.state, second.attempts, second.progress) == (first.id, "RENDERING", 2, 60)
    assert [step.step for step in second.steps] == ["RENDERING"]
    with pytest.raises(LeaseLost):
        leases.heartbeat(first)
    with pytest.raises(LeaseLost):
        leases.finish(first, ONE_MINUTE, {})
    assert held(store, user) == 1


def test_a_worker_that_was_only_late_keeps_its_job_while_nobody_took_it(store, leases, user, lose_lease):
    job_of(store, user)
    claimed = leases.claim()
    lose_lease(claimed)
    leases.heartbeat(claimed)
    assert leases.claim() is None


def test_after_the_last_attempt_it_is_a_dead_letter_and_its_credits_are_back(store, leases, jobs, user, lose_lease):
    job_of(store, user)
    for _ in range(3):
        lose_lease(leases.claim())
    assert leases.claim() is None
    [dead] = jobs.dead_letters()
    assert (dead.state, dead.error_code, dead.attempts) == ("FAILED", "worker_lost", 3)
    assert held(store, user) == 0


def test_a_burial_does_not_keep_the_claim_from_other_work(store, leases, user, sign_up, lose_lease):
    job_of(store, user)
    for _ in range(3):
        lose_lease(leases.claim())
    other = job_of(store, sign_up())
    assert leases.claim().id == other.id


def test_a_worker_learns_that_its_job_was_cancelled(store, leases, jobs, user):
    job_of(store, user)
    claimed = leases.claim()
    jobs.cancel(user, claimed.id)
    for act in (
        lambda: leases.heartbeat(claimed),
        lambda: leases.step(claimed, "RENDERING"),
        lambda: leases.finish(claimed, ONE_MINUTE, {}),
        lambda: leases.hand_back(claimed),
        lambda: leases.fail(claimed, "x", "y"),
    ):
        with pytest.raises(JobCancelled):
            act()
    assert jobs.get(user, claimed.id).state == "CANCELLED"


def test_a_job_handed_back_keeps_its_place_and_its_attempts(store, leases, sign_up):
    first, second = job_of(store, sign_up()), job_of(store, sign_up())
    claimed = leases.claim()
    assert leases.hand_back(claimed).attempts == 0
    assert leases.hand_back(claimed).state == "QUEUED"
    assert [leases.claim().id, leases.claim().id] == [first.id, second.id]


def test_a_job_that_waits_for_its_creator_frees_the_slot_and_keeps_its_credits(store, leases, jobs, user):
    first, second = job_of(store, user), job_of(store, user)
    claimed = leases.claim()
    assert leases.wait(claimed, "Choose a hook.").state == "PENDING"
    assert leases.wait(claimed, "Choose a hook.").message == "Choose a hook."
    assert held(store, user) == 2
    assert leases.claim().id == second.id
    jobs.resume(user, first.id)
    assert leases.claim() is None


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_may_be_the_last_one_that_a_failure_names(store, leases, user, stage):
    job_of(store, user)
    claimed = leases.claim()
    leases.step(claimed, stage)
    assert leases.fail(claimed, "x", "y").failed_step == stage


def test_nonsense_from_a_worker_is_refused_and_changes_nothing(store, leases, jobs, user):
    job_of(store, user)
    claimed = leases.claim()
    before = jobs.get(user, claimed.id)
    for wrong in (
        lambda: leases.step(claimed, "DANCING"),
        lambda: leases.step(claimed, "RENDERING", "MAYBE"),
        lambda: leases.step(claimed, "RENDERING", progress=101),
        lambda: leases.step(claimed, "RENDERING", artifacts=["x" * 300_000]),
        lambda: Leases(store, worker="w", lanes=["cpu"], lease_s=0).claim(),
        lambda: Leases(store, worker="", lanes=["cpu"]).claim(),
    ):
        with pytest.raises(InvalidValue):
            wrong()
    assert jobs.get(user, claimed.id) == before
