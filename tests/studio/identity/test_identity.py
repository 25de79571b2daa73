"""Accounts and sessions, on both homes."""

from __future__ import annotations

from uuid import uuid4

import pytest

from studio.errors import (
    CodeInvalid,
    EmailInvalid,
    EmailNotVerified,
    GoogleRefused,
    PasswordWeak,
    SessionInvalid,
    SignInFailed,
)
from studio.identity import LinkKind
from tests.fakes.google import GoogleAccount

from .conftest import RETURN_TO, Bench

EMAIL, PASSWORD = "ada@example.com", "correct horse 42"


class TestSigningUp:
    def test_an_account_waits_for_its_letter(self, bench: Bench):
        assert bench.identity.sign_up(EMAIL, PASSWORD) is None
        with pytest.raises(EmailNotVerified):
            bench.identity.sign_in(EMAIL, PASSWORD)

    def test_the_letters_link_signs_in_and_makes_the_password_good(self, bench: Bench):
        session = bench.member()
        assert bench.identity.verify(session.access_token).email == EMAIL
        assert bench.identity.sign_in(EMAIL, PASSWORD).person.id == session.person.id

    def test_the_database_makes_a_profile_and_gives_ten_credits(self, bench: Bench):
        bench.identity.sign_up(EMAIL, PASSWORD, display_name="Ada")
        person = bench.identity.confirm(bench.link(), LinkKind.EMAIL).person
        name = bench.sql.execute("select display_name from public.profiles where id = %s", [person.id]).fetchone()
        assert name == ("Ada",)
        balance = bench.sql.execute("select balance from public.credit_accounts where user_id = %s", [person.id])
        assert balance.fetchone() == (10,)

    def test_who_referred_somebody_is_noted(self, bench: Bench):
        referrer = bench.member("grace@example.com").person.id
        code = bench.sql.execute("select referral_code from profiles where id = %s", [referrer]).fetchone()[0]
        bench.identity.sign_up(EMAIL, PASSWORD, referral_code=code)
        person = bench.identity.confirm(bench.link(), LinkKind.EMAIL).person
        referred_by = bench.sql.execute("select referred_by from profiles where id = %s", [person.id]).fetchone()
        assert referred_by == (referrer,)

    def test_a_taken_address_is_not_told_and_stays_as_it_is(self, bench: Bench):
        bench.member()
        assert bench.identity.sign_up(EMAIL, "another password 7") is None
        with pytest.raises(SignInFailed):
            bench.identity.sign_in(EMAIL, "another password 7")
        assert bench.sql.execute("select count(*) from auth.users").fetchone() == (1,)

    def test_an_address_has_one_spelling(self, bench: Bench):
        bench.member(" Ada@Example.COM ")
        assert bench.identity.sign_in("ADA@example.com", PASSWORD).person.email == EMAIL

    @pytest.mark.parametrize("email", ["", "ada", "ada@", "@example.com", "a b@example.com", "a@b", "a@b..com",
                                       "ada@example.com\nbcc:x@y.zz", "a" * 250 + "@example.com"])  # fmt: skip
    def test_what_is_no_address_is_refused(self, bench: Bench, email: str):
        for attempt in (
            lambda: bench.identity.sign_up(email, PASSWORD),
            lambda: bench.identity.send_magic_link(email),
            lambda: bench.identity.send_reset(email),
        ):
            with pytest.raises(EmailInvalid):
                attempt()
        assert bench.letters() == []

    @pytest.mark.parametrize(
        "password", ["", "short", "a" * 73, "aaaaaaaaaaaa", "password123", EMAIL, "null\x00null12"]
    )
    def test_a_weak_password_is_refused(self, bench: Bench, password: str):
        with pytest.raises(PasswordWeak):
            bench.identity.sign_up(EMAIL, password)
        assert bench.sql.execute("select count(*) from auth.users").fetchone() == (0,)


class TestSigningIn:
    @pytest.mark.parametrize("email", [EMAIL, "nobody@example.com"])
    def test_a_wrong_password_and_an_unknown_address_sound_the_same(self, bench: Bench, email: str):
        bench.member()
        with pytest.raises(SignInFailed, match="address or the password is wrong"):
            bench.identity.sign_in(email, "wrong password 1")

    def test_each_sign_in_is_a_session_of_its_own(self, bench: Bench):
        bench.member()
        first, second = bench.identity.sign_in(EMAIL, PASSWORD), bench.identity.sign_in(EMAIL, PASSWORD)
        assert first.refresh_token != second.refresh_token
        bench.identity.sign_out(first.access_token)
        assert bench.identity.refresh(second.refresh_token)

    def test_a_session_does_not_show_its_tokens(self, bench: Bench):
        session = bench.member()
        assert session.access_token not in repr(session)
        assert session.refresh_token not in repr(session)


class TestSessions:
    def test_refreshing_gives_the_next_pair(self, bench: Bench):
        session = bench.member()
        fresh = bench.identity.refresh(session.refresh_token)
        assert fresh.refresh_token != session.refresh_token
        assert bench.identity.verify(fresh.access_token).id == session.person.id
        assert bench.identity.refresh(fresh.refresh_token)

    def test_an_answer_that_was_lost_may_be_asked_for_again_at_once(self, bench: Bench):
        session = bench.member()
        bench.identity.refresh(session.refresh_token)
        assert bench.identity.refresh(session.refresh_token)

    def test_a_stolen_refresh_token_ends_the_session_for_both(self, bench: Bench):
        session = bench.member()
        fresh = bench.identity.refresh(session.refresh_token)
        bench.age(60)
        with pytest.raises(SessionInvalid):
            bench.identity.refresh(session.refresh_token)
        with pytest.raises(SessionInvalid):
            bench.identity.refresh(fresh.refresh_token)

    @pytest.mark.parametrize("token", ["", "nonsense", "é" * 10, "a" * 5000])
    def test_an_unknown_refresh_token_is_refused(self, bench: Bench, token: str):
        with pytest.raises(SessionInvalid):
            bench.identity.refresh(token)

    def test_signing_out_ends_this_session_alone(self, bench: Bench):
        here, there = bench.member(), bench.identity.sign_in(EMAIL, PASSWORD)
        bench.identity.sign_out(here.access_token)
        with pytest.raises(SessionInvalid):
            bench.identity.refresh(here.refresh_token)
        assert bench.identity.refresh(there.refresh_token)

    def test_signing_out_everywhere_ends_them_all(self, bench: Bench):
        here, there = bench.member(), bench.identity.sign_in(EMAIL, PASSWORD)
        bench.identity.sign_out(here.access_token, everywhere=True)
        for session in (here, there):
            with pytest.raises(SessionInvalid):
                bench.identity.refresh(session.refresh_token)

    def test_signing_out_twice_is_signing_out(self, bench: Bench):
        session = bench.member()
        bench.identity.sign_out(session.access_token)
        bench.identity.sign_out(session.access_token)


class TestLetters:
    def test_a_link_works_once(self, bench: Bench):
        bench.member()
        with pytest.raises(CodeInvalid):
            bench.identity.confirm(bench.link(), LinkKind.EMAIL)

    def test_a_link_is_good_for_an_hour(self, bench: Bench):
        bench.identity.sign_up(EMAIL, PASSWORD)
        bench.age(3601)
        with pytest.raises(CodeInvalid):
            bench.identity.confirm(bench.link(), LinkKind.EMAIL)

    @pytest.mark.parametrize("token", ["", "guess", "0" * 56])
    def test_a_guessed_link_opens_nothing(self, bench: Bench, token: str):
        bench.identity.sign_up(EMAIL, PASSWORD)
        with pytest.raises(CodeInvalid):
            bench.identity.confirm(token, LinkKind.EMAIL)

    def test_a_confirmation_cannot_be_passed_off_as_a_recovery(self, bench: Bench):
        bench.identity.sign_up(EMAIL, PASSWORD)
        with pytest.raises(CodeInvalid):
            bench.identity.confirm(bench.link(), LinkKind.RECOVERY)

    def test_a_magic_link_signs_in_whoever_has_an_account(self, bench: Bench):
        person = bench.member().person
        bench.identity.send_magic_link(EMAIL)
        assert bench.identity.confirm(bench.link(), LinkKind.EMAIL).person.id == person.id

    def test_a_magic_link_makes_an_account_where_there_is_none(self, bench: Bench):
        bench.identity.send_magic_link("new@example.com")
        session = bench.identity.confirm(bench.link(), LinkKind.EMAIL)
        assert bench.identity.verify(session.access_token).email == "new@example.com"

    def test_a_forgotten_password_is_replaced(self, bench: Bench):
        bench.member()
        bench.identity.send_reset(EMAIL)
        session = bench.identity.confirm(bench.link(), LinkKind.RECOVERY)
        bench.identity.set_password(session.access_token, "a fresh password 9")
        assert bench.identity.sign_in(EMAIL, "a fresh password 9")
        with pytest.raises(SignInFailed):
            bench.identity.sign_in(EMAIL, PASSWORD)

    def test_a_reset_for_nobody_tells_nothing(self, bench: Bench):
        bench.identity.send_reset("nobody@example.com")
        assert bench.letters() == []


class TestPasswords:
    def test_a_new_password_ends_the_other_sessions(self, bench: Bench):
        here, there = bench.member(), bench.identity.sign_in(EMAIL, PASSWORD)
        bench.identity.set_password(here.access_token, "a fresh password 9")
        with pytest.raises(SessionInvalid):
            bench.identity.refresh(there.refresh_token)
        assert bench.identity.refresh(here.refresh_token)

    def test_a_new_password_must_be_good(self, bench: Bench):
        session = bench.member()
        with pytest.raises(PasswordWeak):
            bench.identity.set_password(session.access_token, "short")
        assert bench.identity.sign_in(EMAIL, PASSWORD)

    def test_nobody_sets_a_password_without_being_signed_in(self, bench: Bench):
        bench.member()
        with pytest.raises(SessionInvalid):
            bench.identity.set_password("nonsense", "a fresh password 9")


class TestGoogle:
    def test_google_makes_an_account(self, bench: Bench):
        bench.google.account = GoogleAccount("new@example.com", name="New Person")
        start = bench.identity.begin_google(RETURN_TO)
        session = bench.identity.finish_google(bench.through_google(start.url)["code"], start)
        assert bench.identity.verify(session.access_token).email == "new@example.com"
        name = bench.sql.execute("select display_name from profiles where id = %s", [session.person.id]).fetchone()
        assert name == ("New Person",)

    def test_google_opens_the_account_of_its_address(self, bench: Bench):
        person = bench.member().person
        start = bench.identity.begin_google(RETURN_TO)
        session = bench.identity.finish_google(bench.through_google(start.url)["code"], start)
        assert session.person.id == person.id

    def test_declining_brings_an_error_and_no_code(self, bench: Bench):
        bench.google.account = None
        back = bench.through_google(bench.identity.begin_google(RETURN_TO).url)
        assert back["error"] == "access_denied"
        assert "code" not in back

    def test_a_code_of_another_browser_is_refused(self, bench: Bench):
        mine, theirs = bench.identity.begin_google(RETURN_TO), bench.identity.begin_google(RETURN_TO)
        code = bench.through_google(theirs.url)["code"]
        with pytest.raises(GoogleRefused):
            bench.identity.finish_google(code, mine)

    def test_a_code_works_once(self, bench: Bench):
        start = bench.identity.begin_google(RETURN_TO)
        code = bench.through_google(start.url)["code"]
        bench.identity.finish_google(code, start)
        with pytest.raises(GoogleRefused):
            bench.identity.finish_google(code, start)

    def test_the_verifier_is_not_in_the_address(self, bench: Bench):
        start = bench.identity.begin_google(RETURN_TO)
        assert start.verifier not in start.url
        assert start.verifier not in repr(start)


def test_an_account_that_was_deleted_is_signed_in_no_more(bench: Bench):
    session = bench.member()
    bench.sql.execute("set session_replication_role = replica")
    bench.sql.execute("delete from auth.users where id = %s", [session.person.id])
    with pytest.raises((SessionInvalid, SignInFailed)):
        bench.identity.refresh(session.refresh_token)
    with pytest.raises(SignInFailed):
        bench.identity.sign_in(EMAIL, PASSWORD)


def test_a_token_of_nobody_is_nobodys(bench: Bench):
    with pytest.raises(SessionInvalid):
        bench.identity.verify(str(uuid4()))
