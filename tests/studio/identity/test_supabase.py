"""Accounts at Supabase Auth: its ways of refusing, its bad days, and clients that do not get mixed up."""

from __future__ import annotations

import threading

import pytest

from studio.errors import EmailTaken, IdentityUnavailable, RateLimited, SettingsError, SignInFailed
from studio.identity.supabase import SupabaseIdentity

from .conftest import Bench

EMAIL, PASSWORD = "ada@example.com", "correct horse 42"


def test_a_project_that_asks_for_no_letter_signs_in_at_once(supabase_bench: Bench, supabase):
    supabase.autoconfirm = True
    session = supabase_bench.identity.sign_up(EMAIL, PASSWORD)
    assert session is not None
    assert supabase_bench.identity.verify(session.access_token).email == EMAIL
    with pytest.raises(EmailTaken):
        supabase_bench.identity.sign_up(EMAIL, PASSWORD)


def test_legacy_keys_open_it_too(supabase):
    supabase.autoconfirm = True
    identity = SupabaseIdentity(supabase.url, supabase.keys.legacy_anon)
    assert identity.verify(identity.sign_up(EMAIL, PASSWORD).access_token).email == EMAIL
    identity.close()


@pytest.mark.parametrize("fault", [{"status": 502}, {"status": 503}, {"status": 500}, {"status": 522}])
def test_a_server_in_trouble_is_reported(supabase_bench: Bench, supabase, fault: dict):
    supabase_bench.member()
    supabase.faults.answer(fault["status"], "/auth/v1/token")
    with pytest.raises(IdentityUnavailable):
        supabase_bench.identity.sign_in(EMAIL, PASSWORD)
    assert supabase_bench.identity.sign_in(EMAIL, PASSWORD)


def test_a_cut_connection_is_reported(supabase_bench: Bench, supabase):
    supabase_bench.member()
    supabase.faults.cut("/auth/v1/token", after=True)
    with pytest.raises(IdentityUnavailable):
        supabase_bench.identity.sign_in(EMAIL, PASSWORD)
    assert supabase_bench.identity.sign_in(EMAIL, PASSWORD)


@pytest.mark.parametrize("body", [b'{"error_code": "over_request_rate_limit", "message": "slow down"}', b"slow down"])
def test_too_many_tries_are_told_from_wrong_ones(supabase_bench: Bench, supabase, body: bytes):
    supabase.faults.answer(429, "/auth/v1/token", body=body)
    with pytest.raises(RateLimited):
        supabase_bench.identity.sign_in(EMAIL, PASSWORD)


def test_a_wrong_key_is_a_matter_of_settings(supabase):
    identity = SupabaseIdentity(supabase.url, "sb_publishable_of_another_project")
    with pytest.raises(SettingsError, match="SUPABASE_PUBLISHABLE_KEY"):
        identity.sign_in(EMAIL, PASSWORD)


def test_a_server_that_is_not_there_is_reported():
    with pytest.raises(IdentityUnavailable):
        SupabaseIdentity("http://127.0.0.1:9", "sb_publishable_x").sign_in(EMAIL, PASSWORD)


def test_people_who_sign_in_at_once_get_their_own_sessions(supabase_bench: Bench):
    emails = [f"person{number}@example.com" for number in range(6)]
    for email in emails:
        supabase_bench.member(email)
    found: dict[str, str | None] = {}

    def sign_in(email: str) -> None:
        session = supabase_bench.identity.sign_in(email, PASSWORD)
        found[email] = supabase_bench.identity.verify(session.access_token).email

    threads = [threading.Thread(target=sign_in, args=[email]) for email in emails]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {email: email for email in emails}


def test_a_refusal_in_the_older_spelling_is_a_refusal(supabase_bench: Bench, supabase):
    supabase.faults.answer(400, "/auth/v1/token", body=b'{"error_code": "invalid_credentials", "message": "no"}')
    with pytest.raises(SignInFailed):
        supabase_bench.identity.sign_in(EMAIL, PASSWORD)
