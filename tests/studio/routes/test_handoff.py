"""From a window back into the frame that opened it."""

from __future__ import annotations

import pytest

from studio.errors import CodeInvalid
from tests.studio.app_fixtures import PASSWORD
from tests.studio.routes.conftest import cookies_of, new_email
from tests.studio.routes.test_google import back_from, to_google
from tests.studio.routes.test_letters import press


def begin(frame):
    return {"nonce": frame.post("/session/handoff", json={}).json()["nonce"]}


def test_a_session_made_in_the_window_is_the_frames_and_not_the_windows(fresh_letters, google):
    with fresh_letters.client() as frame, fresh_letters.client() as window:
        number = begin(frame)
        assert frame.post("/session/handoff/take", json=number).status_code == 202
        window.post("/session/handoff/carry", json=number).raise_for_status()
        done = window.get(back_from(to_google(window, handoff="1").headers["location"]))
        assert "Go back to the page" in done.text
        assert not window.get("/session").json()["signed_in"]
        taken = frame.post("/session/handoff/take", json=number)
    cookies = cookies_of(taken)
    assert {"cc_session", "cc_refresh", "cc_framed"} == set(cookies)
    assert all({"SameSite=None", "Secure", "Partitioned", "HttpOnly"} <= set(parts) for parts in cookies.values())


def test_a_letters_link_opened_in_that_browser_signs_the_frame_in(fresh_letters, letter_to):
    address = new_email()
    with fresh_letters.client() as frame, fresh_letters.client() as window:
        number = begin(frame)
        window.post("/session/handoff/carry", json=number)
        window.post("/session/magic-link", json={"email": address})
        assert "Go back to the page" in press(window, letter_to(address)).text
        assert frame.post("/session/handoff/take", json=number).json() == {"signed_in": True}


def test_a_letters_link_opened_elsewhere_signs_in_there_and_leaves_the_frame_alone(fresh_letters, letter_to):
    address = new_email()
    with fresh_letters.client() as frame, fresh_letters.client() as victim:
        number = begin(frame)
        frame.post("/session/magic-link", json={"email": address})
        press(victim, letter_to(address))
        assert victim.get("/session").json()["signed_in"]
        assert frame.post("/session/handoff/take", json=number).status_code == 202


def test_a_password_typed_into_the_window_is_for_the_frame_too(studio_app):
    with studio_app.client() as frame, studio_app.client() as window:
        number = begin(frame)
        window.post("/session/handoff/carry", json=number)
        body = {"email": new_email(), "password": PASSWORD, "handoff": True}
        assert window.post("/session/sign-up", json=body).json() == {"signed_in": False, "handed_over": True}
        assert "cc_handoff" not in window.cookies
        assert frame.post("/session/handoff/take", json=number).json() == {"signed_in": True}


def test_a_session_is_taken_once(studio_app):
    with studio_app.client() as frame, studio_app.client() as window:
        number = begin(frame)
        window.post("/session/handoff/carry", json=number)
        window.post("/session/sign-up", json={"email": new_email(), "password": PASSWORD, "handoff": True})
        assert frame.post("/session/handoff/take", json=number).status_code == 200
        assert frame.post("/session/handoff/take", json=number).status_code == 422


def test_a_number_that_nobody_was_given_opens_nothing(studio_app):
    with studio_app.client() as client:
        for step in ("carry", "take"):
            assert client.post(f"/session/handoff/{step}", json={"nonce": "x" * 43}).status_code == 422


def test_another_site_cannot_make_a_visitor_carry_its_number(studio_app):
    with studio_app.client() as attacker, studio_app.client() as victim:
        number = begin(attacker)
        answer = victim.post("/session/handoff/carry", json=number, headers={"origin": "https://evil.example"})
        assert answer.status_code == 403
        victim.post("/session/sign-up", json={"email": new_email(), "password": PASSWORD, "handoff": True})
        assert attacker.post("/session/handoff/take", json=number).status_code == 202


def test_an_address_has_room_for_so_many_numbers(studio_app):
    with studio_app.client() as frame:
        answers = [frame.post("/session/handoff", json={}).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]


def test_a_number_is_over_after_ten_minutes(studio_app):
    from studio.routes.handoff import Handoffs
    from studio.routes.visits import Visits
    from studio.settings import Settings

    clock = [0.0]
    handoffs = Handoffs(studio_app.installation, Visits(Settings(_env_file=None)), now=lambda: clock[0])
    nonce = handoffs.open()
    clock[0] = 599
    assert handoffs.find(nonce).session is None
    clock[0] = 601
    with pytest.raises(CodeInvalid):
        handoffs.find(nonce)
