"""Links from letters: what opening one does, what pressing its button does, and what is told to whom."""

from __future__ import annotations

import re

import pytest

from tests.studio.app_fixtures import PASSWORD
from tests.studio.routes.conftest import cookies_of, new_email


def press(client, link):
    """Open the link as a person does, and press the button of its page."""
    page = client.get(link, headers={"accept": "text/html"})
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
    return client.post("/auth/confirm", data=fields, headers={"origin": str(client.base_url).rstrip("/")})


def test_signing_up_sends_a_letter_whose_link_signs_in(fresh_letters, letter_to):
    address = new_email()
    with fresh_letters.client() as client:
        answer = client.post("/session/sign-up", json={"email": address, "password": PASSWORD})
        assert answer.json() == {"signed_in": False, "letter": True}
        assert "set-cookie" not in answer.headers
        arrived = press(client, letter_to(address))
        assert (arrived.status_code, arrived.headers["location"]) == (303, "/")
        assert client.get("/session").json()["email"] == address


def test_opening_a_link_uses_nothing_up(fresh_letters, letter_to):
    address = new_email()
    with fresh_letters.client() as scanner, fresh_letters.client() as client:
        client.post("/session/magic-link", json={"email": address})
        link = letter_to(address)
        for _ in range(3):
            assert scanner.get(link).status_code == 200
            assert scanner.head(link).status_code in (200, 405)
        assert "cc_session" not in scanner.cookies
        assert press(client, link).status_code == 303


def test_a_link_works_once(fresh_letters, letter_to):
    address = new_email()
    with fresh_letters.client() as client, fresh_letters.client() as second:
        client.post("/session/magic-link", json={"email": address})
        press(client, letter_to(address))
        again = press(second, letter_to(address))
    assert again.status_code == 422
    assert "Ask for a new one" in again.text
    assert "set-cookie" not in again.headers


def test_a_link_to_choose_a_password_leads_to_choosing_it(fresh_letters, letter_to):
    address = new_email()
    with fresh_letters.client() as client:
        client.post("/session/magic-link", json={"email": address})
        press(client, letter_to(address))
    with fresh_letters.client() as client:
        assert client.post("/session/reset", json={"email": address}).json() == {"sent": True}
        assert press(client, letter_to(address)).headers["location"] == "/sign-in?view=password"
        client.post("/session/password", json={"password": "another horse 43"}).raise_for_status()
    with fresh_letters.client() as client:
        answer = client.post("/session/sign-in", json={"email": address, "password": "another horse 43"})
    assert answer.json()["signed_in"]


def test_nobody_learns_whether_an_address_has_an_account(fresh_letters, letter_to):
    known, unknown = new_email(), new_email()
    with fresh_letters.client() as client:
        client.post("/session/magic-link", json={"email": known})
        press(client, letter_to(known))
    with fresh_letters.client() as client:
        for route, more in (("reset", {}), ("magic-link", {}), ("sign-up", {"password": PASSWORD})):
            of_known = client.post(f"/session/{route}", json={"email": known, **more})
            of_unknown = client.post(f"/session/{route}", json={"email": unknown, **more})
            assert (of_known.status_code, of_known.text) == (of_unknown.status_code, of_unknown.text), route


def test_an_unverified_address_cannot_sign_in_and_is_told_why(fresh_letters):
    address = new_email()
    with fresh_letters.client() as client:
        client.post("/session/sign-up", json={"email": address, "password": PASSWORD})
        answer = client.post("/session/sign-in", json={"email": address, "password": PASSWORD})
    assert (answer.status_code, answer.json()["error"]) == (403, "email_not_verified")


@pytest.mark.parametrize("query", ["", "?token_hash=a", "?type=email", "?token_hash=a&type=admin"])
def test_a_link_that_is_not_complete_says_so(fresh_letters, query):
    with fresh_letters.client() as client:
        page = client.get(f"/auth/confirm{query}", headers={"accept": "text/html"})
    assert page.status_code == 422
    assert "not complete" in page.text


def test_nothing_from_a_link_becomes_part_of_its_page(fresh_letters):
    with fresh_letters.client() as client:
        page = client.get("/auth/confirm", params={"token_hash": '"><script>alert(1)</script>', "type": "email"})
    assert "<script" not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"


def test_another_site_cannot_sign_a_visitor_in_as_somebody_else(fresh_letters, letter_to):
    address = new_email()
    with fresh_letters.client() as client:
        client.post("/session/magic-link", json={"email": address})
        token = re.search(r"token_hash=([^&]+)", letter_to(address)).group(1)
        fields = {"token_hash": token, "type": "email"}
        answer = client.post("/auth/confirm", data=fields, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert not cookies_of(answer)


def test_letters_are_counted(fresh_letters):
    with fresh_letters.client() as client:
        answers = [client.post("/session/reset", json={"email": new_email()}) for _ in range(12)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
