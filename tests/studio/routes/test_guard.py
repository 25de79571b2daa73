"""Other sites act in nobody's name, and of Gradio only what the studio uses is open."""

from __future__ import annotations

import httpx
import pytest

from tests.studio.app_fixtures import PASSWORD
from tests.studio.routes.conftest import new_email

EVIL = {"origin": "https://evil.example"}
JOIN = {"data": [], "fn_index": 0, "session_hash": "abc"}


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost", "garbage"]
)
@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/session/sign-out", "/session/password", "/drafts"])
def test_another_site_cannot_act_with_a_visitors_cookies(studio_app, origin, path):
    with studio_app.client(studio_app.person()) as client:
        answer = client.post(path, json=JOIN, headers={"origin": origin})
        assert (answer.status_code, answer.json()["error"]) == (403, "forbidden")
        assert client.get("/session").json()["signed_in"]


@pytest.mark.parametrize("path", ["/session", "/", "/config", "/gradio_api/info", "/drafts"])
def test_another_site_cannot_read_with_a_visitors_cookies(studio_app, path):
    with studio_app.client(studio_app.person()) as client:
        assert client.get(path, headers=EVIL).status_code == 403


def test_a_key_that_another_site_adds_does_not_open_the_cookies(studio_app):
    person = studio_app.person()
    with studio_app.client(person) as client:
        for extra in ({"x-canvascast-key": "cck_made_up"}, {"authorization": "Bearer x"}):
            assert client.post("/session/sign-out", json={}, headers={**EVIL, **extra}).status_code == 403
        assert client.get("/session").json()["signed_in"]


def test_a_browser_that_names_no_origin_but_another_site_is_refused_too(studio_app):
    with studio_app.client(studio_app.person()) as client:
        answer = client.post("/session/sign-out", json={}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_another_site_cannot_sign_a_visitor_in(studio_app):
    with httpx.Client(base_url=studio_app.url) as client:
        body = {"email": new_email(), "password": PASSWORD}
        answer = client.post("/session/sign-up", json=body, headers=EVIL)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_owners_browser_does_nothing_for_another_site(studio_app):
    with studio_app.client(owner=True) as client:
        assert client.get("/gradio_api/user", headers=EVIL).json() == "anyone"
        assert client.get("/session", headers=EVIL).json()["signed_in"] is False
        assert client.post("/session/owner", json={}, headers=EVIL).status_code == 403


def test_a_name_that_was_made_to_point_at_this_machine_is_not_the_owner(studio_app):
    with studio_app.client(owner=True) as client:
        rebound = {"host": "rebound.example", "origin": "http://rebound.example"}
        assert client.get("/gradio_api/user", headers=rebound).json() == "anyone"
        assert not client.get("/session", headers=rebound).json()["signed_in"]


def test_what_everybody_may_see_other_sites_may_ask_for_without_cookies(studio_app):
    with httpx.Client(base_url=studio_app.url) as client:
        for path in ("/config", "/gradio_api/info", "/"):
            assert client.get(path, headers=EVIL).status_code == 200


def test_a_program_on_another_site_calls_with_its_key(studio_app):
    person = studio_app.person()
    headers = {**EVIL, "X-CanvasCast-Key": studio_app.key(person.id)}
    with httpx.Client(base_url=studio_app.url) as client:
        assert client.get("/gradio_api/user", headers=headers).json().startswith(f"key:{person.id}")


def test_our_own_pages_act_under_every_name_that_is_ours(studio_app):
    with studio_app.client(studio_app.person()) as client:
        assert client.get("/session", headers={"origin": studio_app.url}).json()["signed_in"]
        here = {"host": "studio.example", "origin": "https://studio.example"}
        assert client.get("/session", headers=here).json()["signed_in"]


@pytest.mark.parametrize(
    "path",
    [
        "/monitoring",
        "/monitoring/summary",
        "/gradio_api/deep_link?session_hash=a",
        "/gradio_api/proxy=https://example.com",
        "/gradio_api/file=https://example.com/a.png",
        "/gradio_api/runs",
        "/gradio_api/run-history/buckets",
        "/gradio_api/token",
        "/gradio_api/vibe-code/",
        "/gradio_api/custom_component/a/client/b/c",
        "/gradio_api/stream/a/b/1/playlist.m3u8",
        "/gradio_api/dev/reload",
        "/gradio_api/file/etc/passwd",
        "/gradio_api%2Fdeep_link?session_hash=a",
        "/login",
        "/logout",
        "/?deep_link=abc",
        "/config?deep_link=abc",
    ],
)
def test_what_gradio_offers_and_the_studio_does_not_use_is_not_there(studio_app, path):
    with studio_app.client(owner=True) as client:
        assert client.get(path).status_code == 404
