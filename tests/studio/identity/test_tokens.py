"""Which access tokens open the studio, on both homes: ours, for signed-in people, in time. Nothing else."""

from __future__ import annotations

import base64
import json
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from studio.errors import IdentityUnavailable, SessionInvalid, SettingsError
from studio.identity.supabase import SupabaseIdentity
from tests.studio.signing_in import QUICK

from .conftest import Bench, Mailbox

LONG_AGO, FAR_AHEAD = 1_000_000_000, 4_000_000_000
"""In seconds since 1970. Set and not counted from now: processes that share the tests out must name them alike."""


@pytest.fixture
def claims(bench: Bench) -> dict[str, Any]:
    """What a good token says, of somebody who is signed in."""
    session = bench.member()
    return jwt.decode(session.access_token, options={"verify_signature": False})


def test_a_good_token_says_who_it_is(bench: Bench, claims: dict[str, Any]):
    person = bench.identity.verify(bench.mint(claims))
    assert (str(person.id), person.email, str(person.session_id)) == (
        claims["sub"],
        "ada@example.com",
        claims["session_id"],
    )


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "another-audience"},
        {"aud": ["another", "and-another"]},
        {"iss": "https://another-project.supabase.co/auth/v1"},
        {"iss": ""},
        {"exp": LONG_AGO},
        {"exp": "never"},
        {"role": "service_role"},
        {"role": "anon"},
        {"role": "supabase_admin"},
        {"role": ""},
        {"sub": "not-an-id"},
        {"sub": ""},
        {"nbf": FAR_AHEAD},
        {"session_id": "not-an-id"},
    ],
    ids=lambda change: "-".join(f"{name}={str(value)[:24]}" for name, value in change.items()),
)
def test_a_token_that_is_wrong_in_one_claim_is_refused(bench: Bench, claims: dict[str, Any], change: dict[str, Any]):
    with pytest.raises(SessionInvalid):
        bench.identity.verify(bench.mint({**claims, **change}))


@pytest.mark.parametrize("name", ["exp", "sub", "iss", "aud", "role"])
def test_a_token_that_lacks_a_claim_is_refused(bench: Bench, claims: dict[str, Any], name: str):
    del claims[name]
    with pytest.raises(SessionInvalid):
        bench.identity.verify(bench.mint(claims))


def test_a_token_that_somebody_else_signed_is_refused(bench: Bench, claims: dict[str, Any]):
    kid = jwt.get_unverified_header(bench.mint(claims))["kid"]
    forged = jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), algorithm="ES256", headers={"kid": kid})
    with pytest.raises(SessionInvalid):
        bench.identity.verify(forged)


def test_a_token_with_an_unknown_key_is_refused(bench: Bench, claims: dict[str, Any]):
    key = ec.generate_private_key(ec.SECP256R1())
    for headers in ({"kid": str(uuid4())}, {}):
        with pytest.raises(SessionInvalid):
            bench.identity.verify(jwt.encode(claims, key, algorithm="ES256", headers=headers))


def test_an_unsigned_token_is_refused(bench: Bench, claims: dict[str, Any]):
    header = {"alg": "none", "typ": "JWT", "kid": jwt.get_unverified_header(bench.mint(claims))["kid"]}
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims))
    with pytest.raises(SessionInvalid):
        bench.identity.verify(".".join(parts) + ".")


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(bench: Bench, claims: dict[str, Any]):
    kid = jwt.get_unverified_header(bench.mint(claims))["kid"]
    forged = jwt.encode(claims, "x" * 32, algorithm="HS256", headers={"kid": kid})
    with pytest.raises(SessionInvalid):
        bench.identity.verify(forged)


@pytest.mark.parametrize("change", [lambda t: t[:-4] + "AAAA", lambda t: t + "x", lambda t: t.rsplit(".", 1)[0],
                                    lambda t: "", lambda t: "\x00", lambda t: "a.b.c", lambda t: "é.é.é"])  # fmt: skip
def test_a_damaged_token_is_refused(bench: Bench, claims: dict[str, Any], change):
    with pytest.raises(SessionInvalid):
        bench.identity.verify(change(bench.mint(claims)))


def test_an_api_key_is_no_token(supabase):
    identity = SupabaseIdentity(supabase.url, supabase.keys.publishable)
    for key in (supabase.keys.secret, supabase.keys.legacy_anon, supabase.keys.legacy_service):
        with pytest.raises(SessionInvalid):
            identity.verify(key)


def test_keys_may_change_while_sessions_go_on(supabase_bench, supabase, monkeypatch):
    old = supabase_bench.member()
    supabase_bench.identity.verify(old.access_token)
    supabase.keys.rotate()
    new = supabase_bench.identity.sign_in("ada@example.com", "correct horse 42")
    # The old set of keys was fetched this instant; a real change of keys is announced long before it happens.
    monkeypatch.setattr(supabase_bench.identity._verifier._keys._client, "cooldown_duration", 0)
    assert supabase_bench.identity.verify(new.access_token).id == old.person.id
    assert supabase_bench.identity.verify(old.access_token).id == old.person.id


def test_embedded_keys_may_change_while_sessions_go_on(embedded_bench, database_url):
    from studio.identity.embedded import EmbeddedIdentity

    old = embedded_bench.member()
    beside = EmbeddedIdentity(database_url, postman=Mailbox(), hasher=QUICK)
    beside.rotate_keys()
    new = beside.sign_in("ada@example.com", "correct horse 42")
    for identity in (embedded_bench.identity, beside):
        assert identity.verify(new.access_token).id == identity.verify(old.access_token).id
    beside.close()


def test_tokens_are_verified_without_asking_the_server_each_time(supabase_bench, supabase):
    session = supabase_bench.member()
    for _ in range(5):
        supabase_bench.identity.verify(session.access_token)
    assert supabase.faults.count("GET", "/.well-known/jwks.json") == 1


def test_without_its_keys_a_token_cannot_be_judged(supabase_bench, supabase):
    session = supabase_bench.member()
    supabase.faults.answer(503, "/.well-known/jwks.json")
    with pytest.raises(IdentityUnavailable):
        supabase_bench.identity.verify(session.access_token)
    assert supabase_bench.identity.verify(session.access_token)


def test_a_project_without_signing_keys_is_a_matter_of_settings(supabase_bench, supabase):
    session = supabase_bench.member()
    supabase.keys.signing_keys.clear()
    with pytest.raises(SettingsError, match="asymmetric"):
        supabase_bench.identity.verify(session.access_token)
