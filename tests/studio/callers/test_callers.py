"""Who asks, found out from a request's cookie, key or place."""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import Request

from studio.callers import ANYONE, Callers
from studio.identity import Scope
from studio.identity.embedded import OWNER

HERE = {"host": "localhost:7860"}


def request_of(headers=None, *, peer="127.0.0.1", cookies=None):
    given = {**(headers or {}), **({"cookie": "; ".join(f"{a}={b}" for a, b in cookies.items())} if cookies else {})}
    raw = [(name.encode(), value.encode()) for name, value in given.items()]
    return Request(
        {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": raw, "client": (peer, 5)}
    )


@pytest.fixture
def callers(studio_app):
    """Fresh ones, who remember nobody."""
    installation = studio_app.installation
    return Callers(installation.identity, installation.keys, is_admin={OWNER, "boss@example.com"}.__contains__)


def who(callers, *args, **more):
    return asyncio.run(callers.of(request_of(*args, **more)))


def test_a_cookie_makes_a_person(studio_app, callers):
    person = studio_app.person()
    caller = who(callers, cookies=person.cookies)
    assert (caller.user, caller.by_key, caller.is_admin) == (person.id, False, False)


def test_the_settings_name_admins_by_address(studio_app, callers):
    assert who(callers, cookies=studio_app.person("Boss@example.com").cookies).is_admin


@pytest.mark.parametrize("header", ["x-canvascast-key", "authorization"])
def test_a_key_makes_a_program_with_its_scopes(studio_app, callers, header):
    person = studio_app.person()
    key = studio_app.key(person.id, frozenset({Scope.READ}))
    caller = who(callers, {header: f"Bearer {key}" if header == "authorization" else key})
    assert (caller.user, caller.by_key, caller.scopes) == (person.id, True, frozenset({Scope.READ}))


def test_a_key_counts_more_than_a_cookie(studio_app, callers):
    person, other = studio_app.person(), studio_app.person()
    caller = who(callers, {"x-canvascast-key": studio_app.key(other.id)}, cookies=person.cookies)
    assert (caller.user, caller.by_key) == (other.id, True)


@pytest.mark.parametrize(
    "headers",
    [{"x-canvascast-key": "cck_made_up"}, {"authorization": "Bearer cck_made_up"}, {"cookie": "cc_session=x"}],
)
def test_wrong_credentials_make_nobody_not_even_the_owner(callers, headers):
    assert who(callers, {**HERE, **headers}) == ANYONE


def test_a_token_of_another_service_is_no_key(callers):
    assert who(callers, {"host": "studio.example", "authorization": "Bearer hf_something"}) == ANYONE


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1:7860", "[::1]:7860", "LOCALHOST"])
def test_a_browser_at_this_machine_is_the_owners(callers, host):
    caller = who(callers, {"host": host}, peer="::1" if host.startswith("[") else "127.0.0.1")
    assert caller.is_admin


@pytest.mark.parametrize(
    ("headers", "peer"),
    [
        ({"host": "rebound.example"}, "127.0.0.1"),
        ({"host": "localhost.evil.example:7860"}, "127.0.0.1"),
        (HERE, "203.0.113.9"),
        ({**HERE, "x-forwarded-for": "127.0.0.1"}, "127.0.0.1"),
        ({**HERE, "forwarded": "for=127.0.0.1"}, "127.0.0.1"),
        ({**HERE, "x-real-ip": "203.0.113.9"}, "127.0.0.1"),
        ({**HERE, "via": "1.1 proxy"}, "127.0.0.1"),
        ({**HERE, "cf-connecting-ip": "203.0.113.9"}, "127.0.0.1"),
        ({**HERE, "origin": "https://evil.example"}, "127.0.0.1"),
        ({**HERE, "origin": "null"}, "127.0.0.1"),
        ({**HERE, "origin": "http://localhost:9999"}, "127.0.0.1"),
        ({**HERE, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, "127.0.0.1"),
        ({**HERE, "cookie": "cc_guest=1"}, "127.0.0.1"),
    ],
)
def test_nobody_else_is_the_owner(callers, headers, peer):
    assert who(callers, headers, peer=peer) == ANYONE


def test_the_owner_may_follow_a_link_from_another_site(callers):
    caller = who(callers, {**HERE, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"})
    assert caller.is_admin


def test_the_owner_is_at_home_with_an_account_too(studio_app, callers):
    assert callers.is_at_home(request_of(HERE, cookies=studio_app.person().cookies))
    assert not callers.is_at_home(request_of({"host": "studio.example"}))


def test_somebody_forgotten_is_asked_for_again_at_once(studio_app, callers):
    person = studio_app.person()
    token = person.cookies["cc_session"]
    assert who(callers, cookies=person.cookies).user == person.id
    studio_app.installation.identity.sign_out(token)
    callers.forget(token)
    assert who(callers, cookies=person.cookies) == ANYONE


def test_a_revoked_key_is_nobodys_once_everybody_is_forgotten(studio_app, callers):
    person = studio_app.person()
    key = studio_app.key(person.id)
    assert who(callers, {"x-canvascast-key": key}).user == person.id
    (facts,) = studio_app.installation.keys.of(person.id)
    studio_app.installation.keys.revoke(person.id, facts.id)
    callers.forget_all()
    assert who(callers, {"x-canvascast-key": key}) == ANYONE


def test_nobody_is_remembered_for_long(studio_app, callers, monkeypatch):
    person = studio_app.person()
    assert who(callers, cookies=person.cookies).user == person.id
    studio_app.installation.identity.sign_out(person.cookies["cc_session"])
    import studio.callers.callers as module

    later = module.time.monotonic() + 6
    monkeypatch.setattr(module.time, "monotonic", lambda: later)
    assert who(callers, cookies=person.cookies) == ANYONE


def test_the_name_for_gradio_is_never_empty(callers):
    assert asyncio.run(callers.name(request_of({"host": "studio.example"}))) == "anyone"


@pytest.mark.parametrize(
    ("proxies", "passed_on", "address"),
    [
        (0, "198.51.100.7", "203.0.113.9"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "1.1.1.1, 198.51.100.7", "198.51.100.7"),
        (2, "1.1.1.1, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "203.0.113.9"),
        (1, "", "203.0.113.9"),
        (1, "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_an_address_is_what_the_last_trusted_proxy_saw(studio_app, proxies, passed_on, address):
    installation = studio_app.installation
    callers = Callers(installation.identity, installation.keys, is_admin=bool, proxies=proxies)
    request = request_of({"x-forwarded-for": passed_on} if passed_on else {}, peer="203.0.113.9")
    assert callers.address_of(request) == address
