"""A session goes on by itself while it lasts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest

from tests.studio.app_fixtures import PASSWORD
from tests.studio.routes.conftest import cookies_of, new_email


@pytest.fixture
def member(studio_app):
    """A browser in which somebody is signed in."""
    with studio_app.client() as client:
        client.post("/session/sign-up", json={"email": new_email(), "password": PASSWORD}).raise_for_status()
        yield client


def has(client, name, value):
    client.cookies.delete(name)
    client.cookies.set(name, value)


def test_a_page_opened_with_a_token_that_is_over_is_the_signed_in_page(studio_app, member, aged):
    user = member.get("/gradio_api/user").json()
    has(member, "cc_session", aged(member.cookies["cc_session"], -60))
    page = member.get("/")
    assert user in page.text
    assert {"cc_session", "cc_refresh"} <= set(cookies_of(page))


def test_a_browser_that_dropped_the_short_token_goes_on_with_the_long_one(member):
    member.cookies.delete("cc_session")
    answer = member.get("/session")
    assert answer.json()["signed_in"]
    assert "HttpOnly" in cookies_of(answer)["cc_session"]


def test_a_token_that_is_good_for_long_is_left_alone(member):
    assert "set-cookie" not in member.get("/session").headers


def test_a_token_that_is_nearly_over_is_exchanged_before_it_is(member, aged):
    has(member, "cc_session", aged(member.cookies["cc_session"], 60))
    assert "cc_session" in cookies_of(member.get("/session"))


def test_each_exchange_uses_the_long_token_up(studio_app, member, aged, app_database_url):
    used = member.cookies["cc_refresh"]
    member.cookies.delete("cc_session")
    member.get("/session")
    assert member.cookies["cc_refresh"] != used
    with psycopg.connect(app_database_url, autocommit=True) as sql:
        sql.execute("update auth.refresh_tokens set used_at = used_at - interval '1 minute'")
    # Within the seconds for which an exchange is remembered the process itself answers; another one would not know it.
    with pytest.raises(Exception, match="over"):
        studio_app.installation.identity.refresh(used)


def test_many_requests_of_one_page_are_one_exchange(studio_app, member):
    headers = {"cookie": f"cc_guest=1; cc_refresh={member.cookies['cc_refresh']}"}

    def ask(_):
        answer = httpx.get(f"{studio_app.url}/session", headers=headers)
        return answer, cookies_of(answer)["cc_refresh"][0]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert all(answer.json()["signed_in"] for answer, _ in answers)
    assert len({token for _, token in answers}) == 1


def test_a_session_that_was_ended_elsewhere_is_dropped(member, aged):
    has(member, "cc_session", aged(member.cookies["cc_session"], -60))
    has(member, "cc_refresh", "made-up")
    answer = member.get("/session")
    assert not answer.json()["signed_in"]
    assert "Max-Age=0" in cookies_of(answer)["cc_refresh"]


def test_signing_out_with_a_token_that_is_over_still_ends_the_session(studio_app, member, aged):
    refresh = member.cookies["cc_refresh"]
    has(member, "cc_session", aged(member.cookies["cc_session"], -60))
    answer = member.post("/session/sign-out", json={})
    assert "Max-Age=0" in cookies_of(answer)["cc_session"]
    assert not member.get("/session").json()["signed_in"]
    with studio_app.client() as thief:
        thief.cookies.set("cc_refresh", refresh)
        thief.get("/session")
        assert not thief.get("/session").json()["signed_in"]


def test_a_session_in_a_frame_stays_in_its_frame(member, aged):
    member.cookies.set("cc_framed", "1")
    has(member, "cc_session", aged(member.cookies["cc_session"], -60))
    for parts in cookies_of(member.get("/session")).values():
        assert {"Partitioned", "SameSite=None", "Secure"} <= set(parts)
