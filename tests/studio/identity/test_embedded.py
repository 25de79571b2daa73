"""Embedded accounts: what they keep, how guessing is stopped, the machine's owner, and bad days."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from uuid import uuid4

import psycopg
import pytest

from studio.errors import (
    CodeInvalid,
    EmailTaken,
    GoogleRefused,
    IdentityUnavailable,
    SessionInvalid,
    SignInFailed,
    SignInLocked,
)
from studio.identity import LetterKind, LinkKind
from studio.identity.embedded import EmbeddedIdentity, Visit
from studio.identity.google import GoogleEndpoints, GoogleSignIn
from studio.identity.passwords import Hasher
from tests.fakes.google import GoogleAccount, GoogleStandIn
from tests.studio.signing_in import QUICK, google_client

from .conftest import RETURN_TO, Bench, Mailbox

EMAIL, PASSWORD = "ada@example.com", "correct horse 42"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def trusting(database_url: str, mailbox: Mailbox, google: GoogleStandIn) -> Iterator[EmbeddedIdentity]:
    """Accounts that need no letter before they can be used."""
    google.account = GoogleAccount(EMAIL, sub="1001")
    google.claims_override = {}
    identity = EmbeddedIdentity(database_url, postman=mailbox, google=google_client(google), hasher=QUICK)
    yield identity
    identity.close()


class TestWithoutLetters:
    def test_signing_up_signs_in(self, trusting: EmbeddedIdentity, mailbox: Mailbox):
        session = trusting.sign_up(EMAIL, PASSWORD)
        assert session is not None
        assert trusting.verify(session.access_token).email == EMAIL
        assert mailbox.letters == []

    def test_a_taken_address_is_told(self, trusting: EmbeddedIdentity):
        trusting.sign_up(EMAIL, PASSWORD)
        with pytest.raises(EmailTaken):
            trusting.sign_up(EMAIL, "another password 7")
        assert trusting.sign_in(EMAIL, PASSWORD)

    def test_of_many_at_once_one_gets_the_address(self, trusting: EmbeddedIdentity, sql: psycopg.Connection):
        outcomes: list[str] = []

        def attempt() -> None:
            try:
                trusting.sign_up(EMAIL, PASSWORD)
                outcomes.append("in")
            except EmailTaken:
                outcomes.append("taken")

        _together(attempt, 8)
        assert sorted(outcomes) == ["in"] + ["taken"] * 7
        assert sql.execute("select count(*) from auth.users").fetchone() == (1,)

    def test_who_signed_up_with_anothers_address_is_out_once_its_holder_comes(
        self, trusting: EmbeddedIdentity, mailbox: Mailbox
    ):
        stranger = trusting.sign_up(EMAIL, PASSWORD)
        assert trusting.sign_in(EMAIL, PASSWORD)
        trusting.send_magic_link(EMAIL)
        trusting.confirm(mailbox.letters[-1].token_hash, LinkKind.EMAIL)
        with pytest.raises(SessionInvalid):
            trusting.verify(stranger.access_token)
        with pytest.raises(SignInFailed):
            trusting.sign_in(EMAIL, PASSWORD)


class TestGuessing:
    def guess(self, identity: EmbeddedIdentity, email: str = EMAIL, password: str = "wrong password 1") -> str:
        try:
            identity.sign_in(email, password)
        except (SignInFailed, SignInLocked) as error:
            return error.code
        return "in"

    @pytest.mark.parametrize("email", [EMAIL, "nobody@example.com"])
    def test_five_wrong_passwords_lock_the_address(self, trusting: EmbeddedIdentity, email: str):
        trusting.sign_up(EMAIL, PASSWORD)
        assert [self.guess(trusting, email) for _ in range(5)] == ["sign_in_failed"] * 5
        assert self.guess(trusting, email) == "sign_in_locked"
        assert self.guess(trusting, email, PASSWORD) == "sign_in_locked"

    def test_the_lock_says_how_long(self, trusting: EmbeddedIdentity):
        for _ in range(5):
            self.guess(trusting)
        with pytest.raises(SignInLocked, match="15 minutes") as refusal:
            trusting.sign_in(EMAIL, PASSWORD)
        assert refusal.value.details["retry_after_s"] == pytest.approx(900, abs=5)

    def test_the_lock_opens_by_itself(self, embedded_bench: Bench):
        embedded_bench.member()
        for _ in range(6):
            self.guess(embedded_bench.identity)
        embedded_bench.age(901)
        assert self.guess(embedded_bench.identity) == "sign_in_failed"
        assert self.guess(embedded_bench.identity, EMAIL, PASSWORD) == "in"

    def test_old_mistakes_are_forgotten(self, embedded_bench: Bench):
        embedded_bench.member()
        for _ in range(5):
            self.guess(embedded_bench.identity)
        embedded_bench.age(901)
        assert [self.guess(embedded_bench.identity) for _ in range(5)] == ["sign_in_failed"] * 5

    def test_signing_in_forgets_the_mistakes_before(self, trusting: EmbeddedIdentity):
        trusting.sign_up(EMAIL, PASSWORD)
        for _ in range(3):
            assert [self.guess(trusting) for _ in range(4)] == ["sign_in_failed"] * 4
            assert self.guess(trusting, EMAIL, PASSWORD) == "in"

    def test_guesses_at_once_are_counted_all_the_same(self, trusting: EmbeddedIdentity):
        trusting.sign_up(EMAIL, PASSWORD)
        outcomes: list[str] = []
        _together(lambda: outcomes.append(self.guess(trusting)), 20)
        assert outcomes.count("sign_in_failed") == 5
        assert outcomes.count("sign_in_locked") == 15

    def test_a_letter_opens_a_locked_account(self, embedded_bench: Bench):
        embedded_bench.member()
        for _ in range(6):
            self.guess(embedded_bench.identity)
        embedded_bench.identity.send_magic_link(EMAIL)
        embedded_bench.identity.confirm(embedded_bench.link(), LinkKind.EMAIL)
        assert self.guess(embedded_bench.identity, EMAIL, PASSWORD) == "in"


class TestSomebodyElsesAddress:
    """A stranger who signs up with an address first must gain nothing when its holder comes."""

    @pytest.fixture
    def taken(self, embedded_bench: Bench) -> Bench:
        embedded_bench.identity.sign_up(EMAIL, "the stranger's 1")
        embedded_bench.google.account = GoogleAccount(EMAIL, sub="1001")
        return embedded_bench

    def assert_the_stranger_is_out(self, bench: Bench) -> None:
        with pytest.raises(SignInFailed):
            bench.identity.sign_in(EMAIL, "the stranger's 1")

    def test_by_google(self, taken: Bench):
        start = taken.identity.begin_google(RETURN_TO)
        taken.identity.finish_google(taken.through_google(start.url)["code"], start)
        self.assert_the_stranger_is_out(taken)

    def test_by_magic_link(self, taken: Bench):
        taken.identity.send_magic_link(EMAIL)
        taken.identity.confirm(taken.link(), LinkKind.EMAIL)
        self.assert_the_stranger_is_out(taken)

    def test_by_signing_up_too(self, taken: Bench):
        taken.identity.sign_up(EMAIL, PASSWORD)
        taken.identity.confirm(taken.link(), LinkKind.EMAIL)
        assert taken.identity.sign_in(EMAIL, PASSWORD)
        self.assert_the_stranger_is_out(taken)


def test_the_holder_of_a_taken_address_is_told_by_letter(embedded_bench: Bench, database_url: str, mailbox: Mailbox):
    embedded_bench.member()
    identity = EmbeddedIdentity(database_url, postman=mailbox, verify_emails=True, hasher=QUICK)
    identity.sign_up(EMAIL, "another password 7")
    assert [(letter.kind, letter.email, letter.token_hash) for letter in mailbox.letters] == [
        (LetterKind.ACCOUNT_EXISTS, EMAIL, None)
    ]
    identity.close()


def test_signing_out_ends_the_access_token_at_once(embedded_bench: Bench):
    session = embedded_bench.member()
    embedded_bench.identity.sign_out(session.access_token)
    with pytest.raises(SessionInvalid):
        embedded_bench.identity.verify(session.access_token)


def test_a_changed_password_voids_older_letters(embedded_bench: Bench):
    session = embedded_bench.member()
    embedded_bench.identity.send_reset(EMAIL)
    embedded_bench.identity.set_password(session.access_token, "a fresh password 9")
    with pytest.raises(CodeInvalid):
        embedded_bench.identity.confirm(embedded_bench.link(), LinkKind.RECOVERY)


class TestTheOwner:
    HERE = Visit(peer="127.0.0.1", host="localhost:7860", forwarded=False)

    def test_they_are_signed_in_without_a_password(self, trusting: EmbeddedIdentity, sql: psycopg.Connection):
        first, second = trusting.sign_in_owner(self.HERE), trusting.sign_in_owner(self.HERE)
        assert first.person.id == second.person.id
        assert trusting.verify(first.access_token).id == first.person.id
        assert sql.execute("select display_name from profiles").fetchall() == [("Owner",)]

    @pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "[::1]:7860", "[::1]", "LOCALHOST:1"])
    def test_this_machine_has_several_names(self, trusting: EmbeddedIdentity, host: str):
        assert trusting.sign_in_owner(Visit(peer="::1", host=host, forwarded=False))

    @pytest.mark.parametrize(
        "visit",
        [
            Visit(peer="192.168.1.20", host="localhost:7860", forwarded=False),
            Visit(peer="127.0.0.1", host="evil.example:7860", forwarded=False),
            Visit(peer="127.0.0.1", host="localhost.evil.example", forwarded=False),
            Visit(peer="127.0.0.1", host="", forwarded=False),
            Visit(peer="127.0.0.1", host="localhost:7860", forwarded=True),
            Visit(peer="", host="localhost", forwarded=False),
        ],
    )
    def test_nobody_else_is(self, trusting: EmbeddedIdentity, sql: psycopg.Connection, visit: Visit):
        with pytest.raises(SignInFailed):
            trusting.sign_in_owner(visit)
        assert sql.execute("select count(*) from auth.users").fetchone() == (0,)

    def test_their_account_has_no_password_to_guess(self, trusting: EmbeddedIdentity, sql: psycopg.Connection):
        trusting.sign_in_owner(self.HERE)
        assert sql.execute("select encrypted_password from auth.users").fetchall() == [(None,)]


class TestWhatIsKept:
    def test_no_password_and_no_token_is_readable(self, embedded_bench: Bench):
        session = embedded_bench.member()
        embedded_bench.identity.send_reset(EMAIL)
        kept = "\n".join(
            str(row)
            for table in ("users", "sessions", "refresh_tokens", "one_time_tokens", "sign_in_tries")
            for row in embedded_bench.sql.execute(f"select * from auth.{table}")
        )
        for secret in (PASSWORD, session.access_token, session.refresh_token, embedded_bench.link()):
            assert secret not in kept

    def test_equal_passwords_are_kept_differently(self):
        assert QUICK.hash(PASSWORD) != QUICK.hash(PASSWORD)
        assert QUICK.matches(PASSWORD, QUICK.hash(PASSWORD))
        assert not QUICK.matches(PASSWORD + " ", QUICK.hash(PASSWORD))
        assert not QUICK.matches(PASSWORD, None)

    def test_a_password_kept_too_cheaply_is_kept_anew(self, trusting, database_url, sql: psycopg.Connection):
        trusting.sign_up(EMAIL, PASSWORD)
        dearer = EmbeddedIdentity(database_url, postman=Mailbox(), hasher=Hasher(cost=9))
        dearer.sign_in(EMAIL, PASSWORD)
        (kept,) = sql.execute("select encrypted_password from auth.users").fetchone()
        assert kept.startswith("scrypt$9$")
        assert dearer.sign_in(EMAIL, PASSWORD)
        dearer.close()

    @pytest.mark.parametrize("role", ["anon", "authenticated", "service_role"])
    @pytest.mark.parametrize(
        "table",
        ["users", "sessions", "refresh_tokens", "one_time_tokens", "identities", "signing_keys", "sign_in_tries"],
    )
    def test_no_api_role_reads_any_of_it(self, trusting, sql: psycopg.Connection, role: str, table: str):
        sql.execute(f"set role {role}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            sql.execute(f"select * from auth.{table}")


class TestGoogle:
    @pytest.mark.parametrize(
        "claims",
        [
            {"email_verified": False},
            {"email_verified": "true"},
            {"aud": "another-app.apps.googleusercontent.com"},
            {"iss": "https://accounts.evil.example"},
            {"exp": 1_000_000_000},
            {"nonce": "of another browser"},
            {"email": ""},
        ],
        ids=str,
    )
    def test_an_answer_that_does_not_hold_is_refused(self, trusting, google: GoogleStandIn, sql, claims: dict):
        google.claims_override = claims
        start = trusting.begin_google(RETURN_TO)
        code = Bench.through_google(None, start.url)["code"]  # type: ignore[arg-type]
        with pytest.raises(GoogleRefused):
            trusting.finish_google(code, start)
        assert sql.execute("select count(*) from auth.users").fetchone() == (0,)

    def test_google_knows_a_person_by_more_than_the_address(self, trusting, google: GoogleStandIn):
        def through() -> object:
            start = trusting.begin_google(RETURN_TO)
            code = Bench.through_google(None, start.url)["code"]  # type: ignore[arg-type]
            return trusting.finish_google(code, start).person.id

        before = through()
        google.account = GoogleAccount("ada.new@example.com", sub="1001")
        assert through() == before

    def test_google_out_of_reach_is_reported(self, database_url: str):
        nowhere = GoogleEndpoints(
            consent="http://127.0.0.1:9/", token="http://127.0.0.1:9/", keys="http://127.0.0.1:9/"
        )
        sign_in = GoogleSignIn("id", "secret", endpoints=nowhere)
        identity = EmbeddedIdentity(database_url, postman=Mailbox(), google=sign_in, hasher=QUICK)
        with pytest.raises(IdentityUnavailable):
            identity.finish_google("code", identity.begin_google(RETURN_TO))
        identity.close()

    def test_google_switched_off_says_so(self, database_url: str):
        identity = EmbeddedIdentity(database_url, postman=Mailbox(), hasher=QUICK)
        with pytest.raises(GoogleRefused, match="GOOGLE_CLIENT_ID"):
            identity.begin_google(RETURN_TO)
        identity.close()


class TestBadDays:
    def test_connections_ended_by_the_database_are_survived(self, trusting, sql: psycopg.Connection):
        session = trusting.sign_up(EMAIL, PASSWORD)
        sql.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        assert trusting.verify(session.access_token)

    def test_a_database_out_of_reach_is_reported(self):
        with pytest.raises(IdentityUnavailable):
            EmbeddedIdentity("postgresql://nobody@127.0.0.1:9/x", postman=Mailbox(), hasher=QUICK, patience_s=0.1)

    def test_several_processes_may_begin_at_once(self, database_url: str):
        opened: list[EmbeddedIdentity] = []
        _together(lambda: opened.append(EmbeddedIdentity(database_url, postman=Mailbox(), hasher=QUICK)), 4)
        session = opened[0].sign_up(EMAIL, PASSWORD)
        assert [identity.verify(session.access_token).email for identity in opened] == [EMAIL] * 4
        for identity in opened:
            identity.close()

    def test_work_whose_end_was_not_heard_is_done_once(self, trusting, sql: psycopg.Connection):
        from studio.identity import accounts

        user, calls = uuid4(), []

        def add(connection):
            calls.append(1)
            return accounts.add(connection, user, EMAIL, {}, confirmed=True)

        def add_and_lose_the_answer(connection):
            made = add(connection)
            if len(calls) == 1:
                connection.commit()
                raise psycopg.OperationalError("server closed the connection unexpectedly")
            return made

        made = trusting._tables.run(add_and_lose_the_answer)
        assert made.id == user
        assert sql.execute("select count(*) from auth.users").fetchone() == (1,)


def _together(work: Callable[[], object], number: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
