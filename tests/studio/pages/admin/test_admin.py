"""The Admin page: shown to the owner alone, and what it does is done by the desk."""

from __future__ import annotations

from uuid import uuid4

import pytest

from studio.callers import ANYONE, Caller
from studio.desk.office import OfficeDesk
from studio.jobs import Leases
from studio.pages.admin.answers import Answers
from studio.pages.admin.parts import Ask, seconds, size, spark
from studio.projects import ProjectFields, Projects
from tests.studio.arrange import job_of

VIEWS = ("overview", "jobs", "people", "moderation", "audit")


@pytest.fixture
def answers(studio_app):
    return Answers(studio_app.desk)


@pytest.fixture
def admin(studio_app):
    return Caller(studio_app.person().id, is_admin=True)


@pytest.fixture
def creator(studio_app):
    return studio_app.person(f"{uuid4().hex[:8]}@creators.example")


def failed_film(studio_app, user, title=""):
    store = studio_app.installation.store
    job = job_of(store, user)
    Projects(store).save(user, job.project_id, ProjectFields(title=title))
    leases = Leases(store, worker="w", lanes=["cpu"])
    while (claimed := leases.claim()) is not None and claimed.id != job.id:
        leases.hand_back(claimed)
    leases.fail(claimed, "picture_failed", "No picture came.")
    return job


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_shown_to_the_owner(answers, admin, view):
    answer = answers.show(admin, {"view": view})
    assert "ad-menu" in answer["html"]
    assert answer["title"]


@pytest.mark.parametrize("view", VIEWS)
def test_nobody_else_sees_anything(answers, creator, view):
    failed = [answers.show(caller, {"view": view})["html"] for caller in (ANYONE, Caller(creator.id))]
    assert all("ad-menu" not in html and "@" not in html for html in failed)


def test_nobody_else_does_anything(studio_app, answers, creator):
    job = failed_film(studio_app, creator.id)
    given = {"act": "retry", "job": str(job.id)}
    for caller in (ANYONE, Caller(creator.id), Caller(creator.id, is_admin=True, by_key=True)):
        assert "problem" in answers.act(caller, given)
        assert "No step" not in answers.steps(caller, given)["html"]
    assert studio_app.installation.jobs.get(creator.id, job.id).state == "FAILED"


def test_what_people_wrote_is_text_and_never_markup(studio_app, answers, admin, creator):
    job = failed_film(studio_app, creator.id, title="<img src=x onerror=alert(1)>")
    html = answers.show(admin, {"view": "jobs", "q": str(job.id)})["html"]
    assert "<img" not in html
    assert "&lt;img" in html
    assert "<b>" not in answers.show(admin, {"view": "people", "q": "<b>"})["html"]


def test_what_was_asked_of_a_film_is_shown_to_the_owner_as_text(studio_app, answers, admin, creator):
    job = failed_film(studio_app, creator.id)
    studio_app.installation.records.keep(job.id, creator.id, "asked", {"notes": "<b>Tea</b> is warm."})
    html = answers.steps(admin, {"job": str(job.id)})["html"]
    assert "What was asked" in html
    assert "&lt;b&gt;Tea&lt;/b&gt; is warm." in html
    assert "Tea" not in answers.steps(Caller(creator.id), {"job": str(job.id)})["html"]


def test_a_dead_letter_goes_back_into_the_line(studio_app, answers, admin, creator):
    job = failed_film(studio_app, creator.id)
    answer = answers.act(admin, {"act": "retry", "job": str(job.id)})
    assert "in the line again" in answer["said"]
    assert studio_app.installation.jobs.get(creator.id, job.id).state == "QUEUED"


def test_credits_are_adjusted_once_however_often_the_button_is_pressed(studio_app, answers, admin, creator):
    given = {"act": "adjust", "user": str(creator.id), "amount": "7", "reason": "A gift", "key": uuid4().hex}
    assert "17 credits" in answers.act(admin, given)["said"]
    assert "17 credits" in answers.act(admin, given)["said"]
    assert studio_app.installation.credits.account(creator.id).balance == 17


@pytest.mark.parametrize(
    "wrong", [{"amount": "many"}, {"amount": "-500"}, {"reason": ""}, {"user": "nobody"}, {"act": "explode"}]
)
def test_what_cannot_be_done_is_said_in_a_sentence(answers, admin, creator, wrong):
    given = {"act": "adjust", "user": str(creator.id), "amount": "5", "reason": "A gift", "key": "k", **wrong}
    assert answers.act(admin, given)["problem"].endswith(".")


def test_filters_that_make_no_sense_show_everything(answers, admin):
    odd = {"state": "odd", "lane": "x", "before": "soon", "verdict": "?", "plan": "emperor", "days": "-1"}
    for view in VIEWS:
        assert "cc-notice bad" not in answers.show(admin, {"view": view, **odd})["html"]


def test_an_unknown_view_is_the_overview(answers, admin):
    assert answers.show(admin, {"view": "secrets"})["title"] == "Overview"


def test_the_desk_is_where_rights_are_checked(studio_app):
    assert isinstance(studio_app.desk.office, OfficeDesk)


def test_links_keep_the_filters_and_drop_where_the_list_stood():
    ask = Ask.of({"view": "jobs", "q": "tea & cake", "before": "12", "lane": ""})
    assert ask.address(state="failed", before="") == "/admin?view=jobs&q=tea+%26+cake&state=failed"


@pytest.mark.parametrize(
    ("value", "words"), [(None, "–"), (0.04, "0.0 s"), (42, "42 s"), (185, "3 min 5 s"), (7800, "2 h 10 min")]
)
def test_times_are_as_short_as_they_can_be_read(value, words):
    assert seconds(value) == words


def test_sizes_and_hills():
    assert [size(count) for count in (12, 1500, 2_000_000, 3 * 10**9)] == ["12 B", "1.5 kB", "2.0 MB", "3.0 GB"]
    assert spark([], "nothing") == ""
    assert "0.0,3.0" in spark([4, 0], "two days")


def test_in_a_browser_the_owner_looks_around_and_gives_credits(studio_app, page_of, creator):
    page = page_of(owner=True)
    page.goto("/admin")
    page.get_by_role("heading", name="The last 30 days").wait_for()
    page.get_by_role("link", name="7 days").click()
    page.get_by_role("heading", name="The last 7 days").wait_for()
    page.get_by_role("link", name="People").click()
    page.get_by_label("Address, name or account number").fill(str(creator.id))
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/admin?view=people&q=*")
    theirs = page.locator("details", has_text=str(creator.id))
    theirs.locator("summary").click()
    theirs.get_by_label("Credits, minus to take").fill("5")
    theirs.get_by_label("Why (kept in the audit log)").fill("Thanks")
    theirs.get_by_role("button", name="Adjust").click()
    page.get_by_text("the balance is now 15 credits").wait_for()
    page.go_back()
    page.get_by_role("heading", name="People").wait_for()
    assert studio_app.installation.credits.account(creator.id).balance == 15


def test_in_a_browser_a_creator_is_turned_away(page_of, creator):
    page = page_of(creator)
    page.goto("/admin")
    page.get_by_text("Not for this account").wait_for()
