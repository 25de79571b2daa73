"""Credits, Settings and About in a browser."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from studio.callers import Caller
from studio.credits import Credits
from studio.errors import NotFound
from studio.jobs import Jobs
from studio.projects import ProjectFields, Projects
from tests.studio.app_fixtures import PASSWORD
from tests.studio.arrange import ONE_MINUTE


@pytest.fixture
def person(studio_app):
    return studio_app.person()


def section(page, name):
    return page.get_by_role("region", name=name)


def test_credits_say_what_there_is_what_is_held_and_why(studio_app, page_of, person):
    store = studio_app.installation.store
    project = Projects(store).create(person.id, uuid4(), ProjectFields(title="Volcanoes")).id
    Jobs(store).start(uuid4(), user=person.id, project=project, request={}, usage=ONE_MINUTE, lane="gpu")
    page = page_of(person, width=390)
    page.goto("/credits")
    expect(page.locator(".ac-big")).to_have_text("9")
    expect(page.get_by_role("heading", name="1 credit held")).to_be_visible()
    assert page.locator(".ac-held a").get_attribute("href") == f"/project?id={project}"
    expect(page.locator("[data-rows] .ac-words")).to_have_text(["Film “Volcanoes”: 1 credit held", "Welcome credits"])
    expect(page.get_by_text("Credits are counted on this installation, not sold")).to_be_visible()
    expect(page.get_by_role("row", name="A minute of finished film")).to_contain_text("1 credit")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_long_ledger_is_read_in_pieces(studio_app, page_of, person):
    for _ in range(34):
        Credits(studio_app.installation.store).grant(person.id, 1, key=str(uuid4()))
    page = page_of(person)
    page.goto("/credits")
    expect(page.locator("[data-rows] tr")).to_have_count(30)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("[data-rows] tr")).to_have_count(35)
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


@pytest.mark.parametrize("path", ["/credits", "/settings"])
def test_a_visitor_is_invited_and_sees_nobodys_figures(page_of, path):
    page = page_of()
    page.goto(path)
    expect(page.locator(".ac-visitor a.cc-button")).to_have_attribute("href", f"/sign-in?next={path}")
    expect(page.locator(".ac-big, [data-keys]")).to_have_count(0)


def test_a_visitor_may_read_the_prices(page_of):
    page = page_of()
    page.goto("/credits")
    expect(page.get_by_role("row", name="A minute of finished film")).to_be_visible()


def test_a_name_and_letters_are_kept(page_of, person, studio_app):
    page = page_of(person)
    page.goto("/settings")
    page.get_by_label("Your name").fill("Ada 爱达")
    page.get_by_role("button", name="Save").click()
    expect(section(page, "Account").get_by_role("status")).to_have_text("Your name was saved.")
    page.get_by_label("News about CanvasCast").check()
    expect(section(page, "Notifications").get_by_role("status")).to_have_text("Saved.")
    page.reload()
    expect(page.get_by_label("Your name")).to_have_value("Ada 爱达")
    expect(page.get_by_label("News about CanvasCast")).to_be_checked()


def test_a_key_is_shown_once_and_revoked(page_of, person, studio_app):
    page = page_of(person)
    page.goto("/settings")
    page.locator("summary", has_text="New key").click()
    page.get_by_label("What is it for?").fill("Upload <script>")
    page.get_by_label("Make").uncheck()
    page.get_by_role("button", name="Create key").click()
    key = page.get_by_label("Your new key").input_value()
    assert [scope.value for scope in studio_app.installation.keys.use(key).scopes] == ["read"]
    page.reload()
    expect(page.locator(".ac-keys")).to_contain_text("Upload <script>")
    expect(page.get_by_label("Your new key")).to_have_count(0)
    assert key not in page.content()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Revoke Upload").click()
    expect(section(page, "API keys").get_by_role("status").last).to_contain_text("works no more")
    expect(page.get_by_text("1 that work no more")).to_be_visible()


def test_a_page_can_be_lit_as_one_likes_and_stays_so(page_of, person):
    page = page_of(person)
    page.goto("/settings")
    page.get_by_text("Dark", exact=True).click()
    assert "dark" in page.locator("body").get_attribute("class")
    page.goto("/about")
    expect(page.locator("body.dark")).to_have_count(1)


def test_a_password_is_changed_and_opens_the_door(page_of, studio_app):
    email = f"{uuid4().hex[:12]}@example.com"
    page = page_of(studio_app.person(email))
    page.goto("/settings")
    page.get_by_label("New password").fill("another horse 43")
    page.get_by_role("button", name="Change password").click()
    expect(section(page, "Account").get_by_role("status")).to_contain_text("Your password was changed")
    assert studio_app.installation.identity.sign_in(email, "another horse 43")
    page.get_by_label("New password").fill("1234567890")
    page.get_by_role("button", name="Change password").click()
    expect(section(page, "Account").get_by_role("alert")).to_be_visible()


def test_signing_out_everywhere_ends_other_sessions(page_of, studio_app):
    email = f"{uuid4().hex[:12]}@example.com"
    here = studio_app.person(email)
    elsewhere = studio_app.installation.identity.sign_in(email, PASSWORD)
    page = page_of(here)
    page.goto("/settings")
    page.get_by_role("button", name="Sign out everywhere").click()
    page.wait_for_url("**/")
    with studio_app.client() as client:
        client.cookies.set("cc_session", elsewhere.access_token)
        assert client.get("/session").json()["signed_in"] is False


def test_data_is_taken_along_by_its_owner_alone(studio_app, person):
    with studio_app.client(person) as client:
        answer = client.get("/account/export")
        assert json.loads(answer.text)["profile"]["id"] == str(person.id)
        assert answer.headers["content-disposition"].startswith("attachment")
    with studio_app.client() as client:
        assert client.get("/account/export").headers["location"] == "/sign-in?next=/settings"
    with studio_app.client(key=studio_app.key(person.id)) as client:
        assert client.get("/account/export").status_code == 403


def test_an_account_is_deleted_by_its_sentence(page_of, person, studio_app):
    page = page_of(person)
    page.goto("/settings")
    page.locator("summary", has_text="Delete my account").click()
    typed = page.get_by_label("Type “delete my account” to go on")
    typed.fill("yes")
    page.get_by_role("button", name="Delete everything").click()
    expect(section(page, "Delete account").get_by_role("alert")).to_contain_text("Nothing was deleted")
    typed.fill("delete my account")
    page.get_by_role("button", name="Delete everything").click()
    page.wait_for_url("**/")
    with pytest.raises(NotFound):
        studio_app.installation.profiles.of(person.id)
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_a_key_cannot_ask_for_what_is_a_persons(studio_app, person):
    key = studio_app.key(person.id)
    parts = studio_app.client().get("/config").json()["components"]
    settings = next(part for part in parts if "create_key" in (part["props"].get("server_fns") or []))
    with studio_app.client(key=key) as client:
        asked = {"data": {"name": "x", "scopes": ["read"]}, "component_id": settings["id"], "session_hash": "x"}
        answer = client.post("/gradio_api/component_server", json={**asked, "fn_name": "create_key"})
    assert "An API key may not do that" in answer.json()["problem"]
    assert len(studio_app.desk.account.keys(Caller(person.id))) == 1


def test_about_says_what_is_on_and_off_and_why(page_of):
    page = page_of(width=390)
    page.goto("/about")
    expect(page.get_by_text("All that is switched on works")).to_be_visible()
    expect(page.locator(".ac-features > div", has_text="Sign in with Google")).to_contain_text("GOOGLE_CLIENT_ID")
    expect(page.get_by_role("heading", name="How it works")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
