"""What somebody wrote before they had an account."""

from __future__ import annotations

from tests.studio.app_fixtures import PASSWORD
from tests.studio.routes.conftest import cookies_of, new_email

BRIEF = {"niche": "explainer", "notes": "Tea was found by chance."}


def keep(client, brief=BRIEF):
    return client.post("/drafts", json={"brief": brief})


def found(client):
    return client.get("/drafts").json()["brief"]


def test_a_draft_is_kept_under_a_secret_that_no_script_reads(studio_app):
    with studio_app.client() as client:
        cookie = cookies_of(keep(client))["cc_draft"]
        assert found(client) == BRIEF
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie)
    assert len(cookie[0]) > 40


def test_writing_on_changes_the_same_draft(studio_app):
    with studio_app.client() as client:
        keep(client)
        token = client.cookies["cc_draft"]
        keep(client, {**BRIEF, "notes": "Tea, again."})
        assert client.cookies["cc_draft"] == token
        assert found(client)["notes"] == "Tea, again."


def test_a_draft_outlives_the_sign_up(studio_app):
    with studio_app.client() as client:
        keep(client)
        client.post("/session/sign-up", json={"email": new_email(), "password": PASSWORD}).raise_for_status()
        assert found(client) == BRIEF
        assert found(client) == BRIEF, "asking twice is no harm"


def test_a_draft_belongs_to_the_first_account_that_finds_it(studio_app):
    other = studio_app.person()
    with studio_app.client() as client, studio_app.client(other) as stranger, studio_app.client() as nobody:
        keep(client)
        for browser in (stranger, nobody):
            browser.cookies.set("cc_draft", client.cookies["cc_draft"])
        client.post("/session/sign-up", json={"email": new_email(), "password": PASSWORD})
        assert found(client) == BRIEF
        assert found(stranger) is None
        assert found(nobody) is None


def test_after_signing_out_the_browser_forgets_the_draft(studio_app):
    with studio_app.client() as client:
        keep(client)
        client.post("/session/sign-up", json={"email": new_email(), "password": PASSWORD})
        client.post("/session/sign-out", json={})
        assert found(client) is None


def test_a_draft_that_became_a_project_is_put_away(studio_app):
    with studio_app.client() as client:
        keep(client)
        client.post("/session/sign-up", json={"email": new_email(), "password": PASSWORD})
        client.delete("/drafts").raise_for_status()
        assert "cc_draft" not in client.cookies
        keep(client)
        assert found(client) == BRIEF


def test_a_draft_in_a_frame_lies_in_a_partitioned_cookie(studio_app):
    with studio_app.client() as client:
        cookies = cookies_of(client.post("/drafts", json={"brief": BRIEF, "framed": True}))
    assert {"Secure", "SameSite=None", "Partitioned"} <= set(cookies["cc_draft"])


def test_a_brief_too_long_for_a_draft_is_refused(studio_app):
    with studio_app.client() as client:
        assert keep(client, {"notes": "x" * 300_000}).status_code == 422
