"""In with Google: over there and back, with what ties the two together in one browser's cookie."""

from __future__ import annotations

import httpx
import pytest

from tests.fakes.google import GoogleAccount
from tests.studio.routes.conftest import cookies_of


def to_google(client, **query):
    return client.get("/auth/google", params=query)


def back_from(url):
    """Where Google sends the browser, as path and query."""
    target = httpx.URL(httpx.get(url).headers["location"])
    return target.raw_path.decode()


def test_google_signs_in_and_goes_on_where_somebody_came_from(fresh_letters, google):
    with fresh_letters.client() as client:
        start = to_google(client, next="/library?search=tea")
        home = client.get(back_from(start.headers["location"]))
        assert (home.status_code, home.headers["location"]) == (303, "/library?search=tea")
        assert client.get("/session").json()["email"] == google.account.email


def test_the_secret_waits_in_a_cookie_for_ten_minutes_and_only_there(fresh_letters):
    with fresh_letters.client() as client:
        start = to_google(client)
    cookie = cookies_of(start)["cc_google"]
    assert {"HttpOnly", "SameSite=Lax", "Max-Age=600", "Path=/auth/google"} <= set(cookie)
    assert "code_challenge=" in start.headers["location"]
    assert "code_challenge_method=S256" in start.headers["location"]


def test_a_code_that_was_begun_in_another_browser_signs_nobody_in(fresh_letters):
    with fresh_letters.client() as attacker, fresh_letters.client() as victim:
        planted = back_from(to_google(attacker).headers["location"])
        without = victim.get(planted)
        to_google(victim)
        with_another = victim.get(planted)
        assert (without.status_code, with_another.status_code) == (403, 403)
        assert not victim.get("/session").json()["signed_in"]


def test_a_code_works_once(fresh_letters):
    with fresh_letters.client() as client:
        back = back_from(to_google(client).headers["location"])
        assert client.get(back).status_code == 303
        assert client.get(back).status_code == 403


def test_whoever_declines_at_google_is_told_so_and_led_back(fresh_letters, google):
    google.account = None
    with fresh_letters.client() as client:
        answer = client.get(back_from(to_google(client).headers["location"]), headers={"accept": "text/html"})
    assert answer.status_code == 403
    assert "/sign-in" in answer.text


def test_an_address_that_google_has_not_verified_is_nobodys(fresh_letters, google):
    google.account = GoogleAccount("ada@example.com", email_verified=False)
    with fresh_letters.client() as client:
        assert client.get(back_from(to_google(client).headers["location"])).json()["error"] == "google_refused"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_google_leads_back_into_the_studio_and_nowhere_else(fresh_letters, address):
    with fresh_letters.client() as client:
        start = to_google(client, next=address)
        assert client.get(back_from(start.headers["location"])).headers["location"] == "/"


def test_without_google_the_address_says_so(studio_app):
    with studio_app.client() as client:
        assert client.get("/auth/google").json()["error"] == "google_refused"
