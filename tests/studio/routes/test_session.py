"""Signing up, in and out over HTTP, and who is signed in."""

from __future__ import annotations

import pytest

from tests.studio.app_fixtures import PASSWORD
from tests.studio.routes.conftest import cookies_of, new_email


def sign_up(client, address=None, **more):
    return client.post("/session/sign-up", json={"email": address or new_email(), "password": PASSWORD, **more})


def test_a_stranger_is_told_that_nobody_is_signed_in(studio_app):
    with studio_app.client() as client:
        answer = client.get("/session")
    assert answer.json() == {"signed_in": False, "owner_here": True}
    assert answer.headers["cache-control"] == "no-store"


def test_the_owner_at_this_machine_is_signed_in_without_a_word(studio_app):
    with studio_app.client(owner=True) as client:
        session = client.get("/session").json()
    assert session["signed_in"]
    assert session["admin"]
    assert session["email"] == "owner@localhost"


def test_signing_up_signs_in_and_shows_name_address_and_credits(studio_app):
    address = new_email()
    with studio_app.client() as client:
        assert sign_up(client, address, name="Ada").json() == {"signed_in": True, "next": "/"}
        session = client.get("/session").json()
    assert (session["name"], session["email"], session["admin"]) == ("Ada", address, False)
    assert session["balance"] > 0
    assert session["held"] == 0
    assert session["plan"] == "free"


def test_signing_in_again_works_in_another_browser(studio_app):
    address = new_email()
    with studio_app.client() as one, studio_app.client() as other:
        sign_up(one, address)
        other.post("/session/sign-in", json={"email": address.upper(), "password": PASSWORD}).raise_for_status()
        assert other.get("/session").json()["email"] == address


def test_cookies_of_a_page_are_for_no_script_and_for_no_other_site(studio_app):
    with studio_app.client() as client:
        cookies = cookies_of(sign_up(client))
    assert set(cookies) == {"cc_session", "cc_refresh"}
    for parts in cookies.values():
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
        assert "Secure" not in parts, "plain http at this machine keeps no secure cookies"


def test_cookies_in_a_frame_are_partitioned_and_secure(studio_app):
    with studio_app.client() as client:
        cookies = cookies_of(sign_up(client, framed=True))
    assert set(cookies) == {"cc_session", "cc_refresh", "cc_framed"}
    for parts in cookies.values():
        assert {"HttpOnly", "Secure", "SameSite=None", "Partitioned"} <= set(parts)


def test_cookies_under_another_name_than_this_machines_are_secure(studio_app):
    with studio_app.client() as client:
        cookies = cookies_of(
            client.post(
                "/session/sign-up",
                json={"email": new_email(), "password": PASSWORD},
                headers={"host": "studio.example"},
            )
        )
    assert all("Secure" in parts for parts in cookies.values())


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"email": "nobody@example.com", "password": "wrong horse 42"}, 401, "sign_in_failed"),
        ({"email": "not an address", "password": PASSWORD}, 422, "email_invalid"),
        ({"email": "ada@example.com"}, 422, "value_invalid"),
        ({"email": "ada@example.com", "password": PASSWORD, "admin": True}, 422, "value_invalid"),
        ({"email": "ada@example.com", "password": "x" * 30_000}, 422, "value_invalid"),
    ],
)
def test_a_sign_in_that_fails_says_why_as_code_and_sentence(studio_app, body, status, code):
    with studio_app.client() as client:
        answer = client.post("/session/sign-in", json=body)
    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert answer.json()["message"].endswith(".")
    assert "set-cookie" not in answer.headers


def test_what_was_typed_is_never_said_back(studio_app):
    with studio_app.client() as client:
        answer = client.post("/session/sign-in", json={"email": "ada@example.com", "password": ["secret horse"]})
    assert answer.status_code == 422
    assert "secret horse" not in answer.text


def test_a_form_or_a_plain_text_as_other_sites_can_send_is_not_taken(studio_app):
    with studio_app.client() as client:
        plain = client.post("/session/sign-in", content=b'{"email": "a@example.com", "password": "x"}')
        form = client.post("/session/sign-in", data={"email": "a@example.com", "password": "x"})
    assert (plain.status_code, form.status_code) == (422, 422)


def test_an_address_that_is_taken_is_a_conflict_and_a_weak_password_is_said_to_be_one(studio_app):
    address = new_email()
    with studio_app.client() as client:
        sign_up(client, address)
        again = sign_up(client, address)
        weak = client.post("/session/sign-up", json={"email": new_email(), "password": "1234567890"})
    assert (again.status_code, again.json()["error"]) == (409, "email_taken")
    assert (weak.status_code, weak.json()["error"]) == (422, "password_weak")


def test_many_wrong_passwords_lock_the_account_for_a_while(studio_app):
    address = new_email()
    wrong = {"email": address, "password": "wrong horse 42"}
    with studio_app.client() as client:
        sign_up(client, address)
        statuses = [client.post("/session/sign-in", json=wrong).status_code for _ in range(6)]
        answer = client.post("/session/sign-in", json=wrong)
    assert statuses[:5] == [401] * 5
    assert (answer.status_code, answer.json()["error"]) == (429, "sign_in_locked")
    assert 0 < int(answer.headers["retry-after"]) <= 900


def test_an_address_that_knocks_too_often_is_told_how_long_to_wait(studio_app):
    with studio_app.client() as client:
        for _ in range(25):
            answer = client.post("/session/sign-in", json={"email": new_email(), "password": "wrong horse 42"})
            if answer.status_code == 429:
                break
    assert answer.json()["error"] == "rate_limited"
    assert int(answer.headers["retry-after"]) > 0


def test_a_session_that_somebody_planted_before_is_replaced_and_ended(studio_app):
    planted = studio_app.person()
    address = new_email()
    with studio_app.client(planted) as client:
        sign_up(client, address)
        assert client.get("/session").json()["email"] == address
    with studio_app.client(planted) as attacker:
        assert not attacker.get("/session").json()["signed_in"]


def test_signing_out_ends_the_session_and_not_only_its_cookie(studio_app):
    with studio_app.client() as client, studio_app.client() as thief:
        sign_up(client)
        thief.cookies.update(client.cookies)
        assert thief.get("/session").json()["signed_in"]
        answer = client.post("/session/sign-out", json={})
        assert not client.get("/session").json()["signed_in"]
        assert not thief.get("/session").json()["signed_in"]
    assert {name for name, parts in cookies_of(answer).items() if "Max-Age=0" in parts} >= {"cc_session", "cc_refresh"}


def test_signing_out_everywhere_ends_every_browsers_session_at_once(studio_app):
    address = new_email()
    with studio_app.client() as one, studio_app.client() as other:
        sign_up(one, address)
        other.post("/session/sign-in", json={"email": address, "password": PASSWORD})
        assert other.get("/session").json()["signed_in"]
        one.post("/session/sign-out", json={"everywhere": True})
        assert not other.get("/session").json()["signed_in"]
        assert other.get("/gradio_api/user").json() == "anyone"


def test_the_owner_who_signs_out_sees_what_strangers_see_and_can_come_back(studio_app):
    with studio_app.client(owner=True) as client:
        answer = client.post("/session/sign-out", json={})
        assert "cc_guest=1" in cookies_of(answer)["cc_guest"]
        assert not client.get("/session").json()["signed_in"]
        client.post("/session/owner", json={}).raise_for_status()
        assert client.get("/session").json()["admin"]


def test_nobody_elsewhere_can_go_on_as_the_owner(studio_app):
    with studio_app.client() as client:
        passed_on = client.post("/session/owner", json={}, headers={"x-forwarded-for": "203.0.113.9"})
        renamed = client.post("/session/owner", json={}, headers={"host": "rebound.example"})
    assert (passed_on.status_code, renamed.status_code) == (403, 403)
    assert "set-cookie" not in passed_on.headers


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(studio_app):
    address = new_email()
    with studio_app.client() as one, studio_app.client() as other, studio_app.client() as third:
        sign_up(one, address)
        other.post("/session/sign-in", json={"email": address, "password": PASSWORD})
        one.post("/session/password", json={"password": "another horse 43"}).raise_for_status()
        assert one.get("/session").json()["signed_in"]
        assert not other.get("/session").json()["signed_in"]
        old = third.post("/session/sign-in", json={"email": address, "password": PASSWORD})
        new = third.post("/session/sign-in", json={"email": address, "password": "another horse 43"})
    assert (old.status_code, new.status_code) == (401, 200)


def test_a_password_is_chosen_by_somebody_signed_in_at_a_page(studio_app):
    person = studio_app.person()
    with studio_app.client() as stranger, studio_app.client(key=studio_app.key(person.id)) as program:
        assert stranger.post("/session/password", json={"password": "another horse 43"}).status_code == 401
        assert program.post("/session/password", json={"password": "another horse 43"}).status_code == 403


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", "x"]
)
def test_nobody_is_sent_to_another_site_after_signing_in(studio_app, address):
    with studio_app.client() as client:
        assert sign_up(client, next=address).json()["next"] == "/"


def test_whoever_came_from_a_page_goes_back_to_it(studio_app):
    with studio_app.client() as client:
        assert sign_up(client, next="/library?search=tea").json()["next"] == "/library?search=tea"


def test_no_answer_and_no_log_line_holds_a_password_or_a_token(studio_app, caplog):
    caplog.set_level("DEBUG")
    with studio_app.client() as client:
        answer = sign_up(client)
        page = client.get("/")
        tokens = [client.cookies["cc_session"], client.cookies["cc_refresh"]]
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("httpcore")]
    for secret in (*tokens, PASSWORD):
        assert secret not in answer.text + page.text
        assert not [line for line in ours if secret in line]
