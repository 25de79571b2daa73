"""Both homes of accounts behind one bench: the identity itself, its letters, its clock and its signing key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import psycopg
import pytest

from studio.identity import AccountLetter, Identity, LinkKind
from studio.identity.embedded import EmbeddedIdentity
from studio.identity.supabase import SupabaseIdentity
from studio.store import EmbeddedPostgres, Migrator
from tests.fakes.google import GoogleAccount, GoogleStandIn
from tests.fakes.supabase import Project
from tests.studio.shared_database import SharedDatabase
from tests.studio.signing_in import QUICK, google_client

RETURN_TO = "http://127.0.0.1:7860/auth/google"


class Mailbox:
    """The letters that the embedded accounts wanted sent."""

    def __init__(self) -> None:
        self.letters: list[AccountLetter] = []

    def post(self, letter: AccountLetter) -> None:
        self.letters.append(letter)


@dataclass
class Bench:
    """One home with what a test must be able to arrange and to look at."""

    identity: Identity
    sql: psycopg.Connection
    google: GoogleStandIn
    issuer: str
    letters: Callable[[], list[tuple[str, str | None]]]
    """(address, token for the link) of every letter, oldest first."""
    age: Callable[[float], None]
    """Let that many seconds pass for refresh tokens and links."""
    mint: Callable[[dict[str, Any]], str]
    """Sign any claims as this home signs its own."""

    def link(self) -> str:
        token = self.letters()[-1][1]
        assert token is not None
        return token

    def member(self, email: str = "ada@example.com", password: str = "correct horse 42"):
        """Somebody who has signed up and answered the letter."""
        self.identity.sign_up(email, password)
        return self.identity.confirm(self.link(), LinkKind.EMAIL)

    def through_google(self, url: str) -> dict[str, str]:
        """What a browser that is sent to Google brings back."""
        for _ in range(6):
            url = httpx.get(url).headers["location"]
            if url.startswith(RETURN_TO):
                return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        raise AssertionError("the browser never came back")


@pytest.fixture(scope="session")
def embedded_database(postgres_server: EmbeddedPostgres, administrator: psycopg.Connection) -> Iterator[SharedDatabase]:
    """Without anything of Supabase's, and with the tables of embedded accounts from the first identity on."""
    administrator.execute("create database embedded_identity")
    url = postgres_server.url("embedded_identity")
    Migrator(url).migrate()
    shared = SharedDatabase(url)
    yield shared
    shared.close()


@pytest.fixture
def database_url(embedded_database: SharedDatabase) -> str:
    return embedded_database.emptied()


@pytest.fixture
def embedded_bench(database_url: str, sql: psycopg.Connection, google: GoogleStandIn) -> Iterator[Bench]:
    mailbox = Mailbox()
    identity = EmbeddedIdentity(
        database_url, postman=mailbox, google=google_client(google), verify_emails=True, hasher=QUICK
    )

    def age(seconds: float) -> None:
        back = f"interval '{seconds} seconds'"
        sql.execute(
            f"update auth.refresh_tokens set used_at = used_at - {back}, created_at = created_at - {back};"
            f"update auth.one_time_tokens set expires_at = expires_at - {back};"
            f"update auth.sign_in_tries set last_at = last_at - {back}, locked_until = locked_until - {back}"
        )

    def mint(claims: dict[str, Any]) -> str:
        kid, pem = sql.execute("select kid::text, private_pem from auth.signing_keys").fetchone()
        return jwt.encode(claims, pem, algorithm="ES256", headers={"kid": kid})

    (installation,) = sql.execute("select id from auth.installation").fetchone()
    yield Bench(
        identity,
        sql,
        google,
        f"urn:uuid:{installation}",
        letters=lambda: [(letter.email, letter.token_hash) for letter in mailbox.letters],
        age=age,
        mint=mint,
    )
    identity.close()


@pytest.fixture
def supabase_bench(supabase: Project, supabase_database_url: str, google: GoogleStandIn) -> Iterator[Bench]:
    identity = SupabaseIdentity(supabase.url, supabase.keys.publishable)
    with psycopg.connect(supabase_database_url, autocommit=True) as sql:
        yield Bench(
            identity,
            sql,
            google,
            f"{supabase.url}/auth/v1",
            letters=lambda: [(letter.to, letter.token_hash) for letter in supabase.letters.outbox],
            age=supabase.clock.advance,
            mint=lambda claims: supabase.keys.signing_key.sign(claims),
        )
    identity.close()


@pytest.fixture(params=["embedded", "supabase"])
def bench(request: pytest.FixtureRequest, google: GoogleStandIn) -> Bench:
    google.account = GoogleAccount("ada@example.com", sub="1001")
    google.claims_override = {}
    return request.getfixturevalue(f"{request.param}_bench")
