"""What the owner of the studio sees, and what their acts leave behind."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from studio.callers import ANYONE, Caller
from studio.credits import Usage
from studio.desk.office import OfficeDesk
from studio.errors import Forbidden, IllegalTransition, InsufficientCredits, InvalidValue, NotFound, SignInNeeded
from studio.installation import Installation
from studio.jobs import Leases, StepMetrics
from studio.office import Downloads
from studio.projects import Making
from studio.worker import Worker
from tests.studio.arrange import SOME_SHA, job_of, project_of
from tests.studio.worker import runners


@pytest.fixture
def installation(direct_store):
    return Installation(settings=None, store=direct_store, files=None, identity=None, callers=None)


@pytest.fixture
def office(installation):
    return OfficeDesk(installation)


@pytest.fixture
def admin(sign_up):
    return Caller(sign_up(), is_admin=True)


def fail_one(store, user, code="picture_failed"):
    job = job_of(store, user)
    leases = Leases(store, worker="here:1:a", lanes=["cpu"])
    leases.fail(leases.claim(), code, "No picture came.")
    return job


ASKS = {
    "load": (),
    "jobs": (),
    "steps_of": (uuid4(),),
    "records_of": (uuid4(),),
    "retry": (uuid4(),),
    "cancel": (uuid4(),),
    "users": (),
    "plans": (),
    "adjust": (uuid4(), 1, "because"),
    "set_plan": (uuid4(), "free"),
    "audit": (),
    "audit_broken_at": (),
    "books_broken": (),
    "verdicts": (),
    "metrics": (),
    "days": (),
    "steps": (),
}


def test_the_table_of_questions_names_them_all():
    assert set(ASKS) == {name for name in vars(OfficeDesk) if not name.startswith("_")}


@pytest.mark.parametrize("question", ASKS)
def test_nobody_but_the_owner_is_answered(office, user, question):
    ask = getattr(office, question)
    with pytest.raises(SignInNeeded):
        ask(ANYONE, *ASKS[question])
    for stranger in (Caller(user), Caller(user, by_key=True, is_admin=True)):
        with pytest.raises(Forbidden):
            ask(stranger, *ASKS[question])


def test_jobs_are_shown_with_whose_they_are_and_who_makes_them(office, admin, direct_store, user):
    first, second = job_of(direct_store, user), job_of(direct_store, user)
    Leases(direct_store, worker="here:1:a", lanes=["cpu"]).claim()
    newest, oldest = office.jobs(admin)
    assert (newest.id, newest.email, newest.lease_owner) == (second.id, f"{user}@example.com", None)
    assert (oldest.id, oldest.lease_owner) == (first.id, "here:1:a")
    assert [one.id for one in office.jobs(admin, states=["SCRIPTING"])] == [first.id]
    assert [one.id for one in office.jobs(admin, before=second.number)] == [first.id]
    assert [one.id for one in office.jobs(admin, search=str(second.id))] == [second.id]
    assert office.jobs(admin, lane="gpu") == ()


def test_the_load_of_each_lane(office, admin, direct_store, user):
    job_of(direct_store, user), job_of(direct_store, user)
    Leases(direct_store, worker="w", lanes=["cpu"]).claim()
    lanes = {lane.lane: lane for lane in office.load(admin)}
    assert (lanes["cpu"].running, lanes["cpu"].waiting) == (1, 1)
    assert lanes["cpu"].oldest is not None
    assert (lanes["gpu"].running, lanes["gpu"].waiting, lanes["gpu"].oldest) == (0, 0, None)


def test_a_dead_letter_is_tried_again_once_and_that_is_written_down(office, admin, direct_store, user):
    job = fail_one(direct_store, user)
    (dead,) = office.jobs(admin, states=["FAILED"])
    assert (dead.id, dead.error_code) == (job.id, "picture_failed")
    assert office.retry(admin, job.id).state == "QUEUED"
    with pytest.raises(IllegalTransition):
        office.retry(admin, job.id)
    (line,) = office.audit(admin, action="office.")
    assert (line.action, line.user_id, line.actor) == ("office.retry", user, f"user:{admin.user}")


def test_a_job_that_does_not_exist_cannot_be_tried_again(office, admin):
    with pytest.raises(NotFound):
        office.retry(admin, uuid4())


def test_cancelling_gives_the_credits_back(office, admin, direct_store, user):
    job = job_of(direct_store, user)
    assert office.cancel(admin, job.id).state == "CANCELLED"
    (shown,) = office.users(admin, search=str(user))
    assert (shown.balance, shown.held) == (10, 0)


def test_people_are_found_by_address_and_shown_with_what_they_have(office, admin, direct_store, user):
    job_of(direct_store, user)
    Worker(direct_store, runners.quick).run(once=True)
    (shown,) = office.users(admin, search=f"{user}@EXAMPLE".upper())
    assert (shown.films, shown.spent, shown.balance, shown.plan) == (1, 1, 9, "free")
    assert shown.last_seen is not None
    assert {one.id for one in office.users(admin)} == {user, admin.user}
    assert office.users(admin, plan="studio") == ()


def test_credits_are_adjusted_with_a_reason_once_a_key(office, admin, user):
    for _ in range(2):
        office.adjust(admin, user, 25, "A film went wrong", key="one")
    (shown,) = office.users(admin, search=str(user))
    assert shown.balance == 35
    (line,) = office.audit(admin, action="credit.adjust")
    assert (line.actor, line.details["note"], line.email) == (
        f"user:{admin.user}",
        "A film went wrong",
        f"{user}@example.com",
    )
    with pytest.raises(InsufficientCredits):
        office.adjust(admin, user, -36, "Too much")


@pytest.mark.parametrize(("amount", "reason"), [(0, "because"), (5, "  "), (5, "x" * 301)])
def test_an_adjustment_needs_an_amount_and_a_reason(office, admin, user, amount, reason):
    with pytest.raises(InvalidValue):
        office.adjust(admin, user, amount, reason)


def test_a_plan_is_set_and_the_change_is_written_down(office, admin, user):
    assert office.set_plan(admin, user, "studio").plan == "studio"
    office.set_plan(admin, user, "studio")
    (line,) = office.audit(admin, action="office.plan", user=user)
    assert line.details["from"] == "free"
    assert line.details["to"] == "studio"
    with pytest.raises(InvalidValue):
        office.set_plan(admin, user, "emperor")


def test_a_changed_line_of_the_audit_log_shows(office, admin, user, sql):
    office.set_plan(admin, user, "studio")
    assert office.audit_broken_at(admin) is None
    with sql.transaction(force_rollback=False):
        sql.execute("set local session_replication_role = replica")
        sql.execute("update public.audit_log set actor = 'nobody' where id = 1")
    assert office.audit_broken_at(admin) == 1


def test_verdicts_are_filtered(office, admin, installation, user):
    for verdict in ("allowed", "refused"):
        installation.moderation.record(uuid4(), user=user, subject="notes", verdict=verdict, judge="rules")
    assert [one.verdict for one in office.verdicts(admin)] == ["refused", "allowed"]
    (refused,) = office.verdicts(admin, verdict="refused")
    assert refused.email == f"{user}@example.com"
    assert office.verdicts(admin, subject="voice") == ()


def test_the_figures_count_newcomers_films_and_downloads(office, admin, direct_store, sign_up, user, sql):
    idle, path = sign_up(), f"{user}/outputs/film.mp4"
    project = project_of(direct_store, user)
    Making(direct_store).record_asset(
        uuid4(), user=user, project=project, kind="video", path=path, size_bytes=1, mime="video/mp4", sha256=SOME_SHA
    )
    for number in range(2):
        job_of(direct_store, user)
        Worker(direct_store, runners.quick).run(once=True)
        sql.execute("update public.jobs set finished_at = finished_at - interval '2 days' where %s = 0", [number])
    fail_one(direct_store, user)
    for _ in range(2):
        Downloads(direct_store).note(path, "a link")
    Downloads(direct_store).note(f"{user}/assets/nothing.png", "a link")
    sql.execute("update public.profiles set created_at = now() - interval '3 days' where id = %s", [user])
    figures = office.metrics(admin, days=7)
    assert (figures.signed_up, figures.activated, figures.two_in_a_week) == (3, 1, 1)
    assert (figures.ready, figures.failed, figures.completion) == (2, 1, pytest.approx(2 / 3))
    assert (figures.downloads, figures.downloaded_films, figures.spent, figures.active) == (1, 1, 2, 1)
    assert figures.first_film_median_s == pytest.approx(86_400, rel=0.01)
    assert office.users(admin, search=str(idle))[0].films == 0
    days = office.days(admin, days=7)
    assert len(days) == 7
    assert sum(day.ready for day in days) == 2
    assert (days[-1].failed, days[-1].downloads) == (1, 1)


def test_without_anybody_the_figures_are_empty_and_not_wrong(office, admin, sql):
    sql.execute("update public.profiles set created_at = now() - interval '60 days'")
    figures = office.metrics(admin)
    assert (figures.activation, figures.completion, figures.remade_share) == (None, None, None)
    assert office.steps(admin) == ()


def test_the_steps_of_a_film_add_up_over_its_attempts(office, admin, direct_store, user):
    job, spent = job_of(direct_store, user), StepMetrics("RENDERING", seconds=10, made=4, bytes=100)
    leases = Leases(direct_store, worker="w", lanes=["cpu"])
    claimed = leases.claim()
    leases.note(claimed, replace(spent, seconds=1))
    leases.note(claimed, spent)
    leases.hand_back(claimed)
    claimed = leases.claim()
    leases.note(claimed, StepMetrics("RENDERING", seconds=5, made=2, found=4, fallbacks=("Music was left out.",)))
    leases.step(claimed, "PACKAGING", "DONE")
    leases.finish(claimed, Usage(seconds=60), {})
    (step,) = office.steps_of(admin, job.id)
    assert (step.seconds, step.made, step.found, step.attempts) == (15, 6, 4, 2)
    (figures,) = office.steps(admin)
    assert (figures.films, figures.median_s, figures.p95_s, figures.bytes, figures.fallbacks) == (1, 15, 15, 100, 1)


def test_a_dead_workers_jobs_may_be_taken_over_at_once(direct_store, user):
    job_of(direct_store, user)
    dead, living = (Leases(direct_store, worker=name, lanes=["cpu"], lease_s=600) for name in ("a", "b"))
    dead.claim()
    assert living.claim() is None
    assert living.owners() == ["a"]
    living.drop("a")
    taken = living.claim()
    assert taken is not None
    assert taken.attempts == 2
