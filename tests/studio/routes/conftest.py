"""A second studio with letters and Google, which the routes of signing in need; nobody waits for a rate limit."""

from __future__ import annotations

import email
import re
import time
from collections.abc import Callable, Iterator
from email import policy
from pathlib import Path
from uuid import uuid4

import jwt
import psycopg
import pytest

from studio.store import EmbeddedPostgres, Migrator
from tests.fakes.google import GoogleAccount, GoogleStandIn
from tests.studio.app_fixtures import StudioApp, app_settings, free_port, launched
from tests.studio.signing_in import with_google


@pytest.fixture(scope="session")
def letters_app(
    postgres_server: EmbeddedPostgres,
    administrator: psycopg.Connection,
    google: GoogleStandIn,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[StudioApp]:
    """Addresses are verified by letters, and people can come in with Google."""
    administrator.execute("create database letters_app")
    url = postgres_server.url("letters_app")
    Migrator(url).migrate()
    port, folder = free_port(), tmp_path_factory.mktemp("letters")
    settings = app_settings(
        url, folder, port, verify_emails=True, google_client_id=google.client_id, google_client_secret="stand-in"
    )
    with launched(with_google(settings, google), port=port) as app:
        yield app


@pytest.fixture(autouse=True)
def nobody_has_knocked(postgres_server: EmbeddedPostgres, app_database_url: str, studio_app: StudioApp) -> None:
    with psycopg.connect(app_database_url, autocommit=True) as sql:
        sql.execute("delete from public.rate_limits")


@pytest.fixture
def fresh_letters(letters_app: StudioApp, postgres_server: EmbeddedPostgres, google: GoogleStandIn) -> StudioApp:
    google.account, google.claims_override = GoogleAccount(new_email()), {}
    with psycopg.connect(postgres_server.url("letters_app"), autocommit=True) as sql:
        sql.execute("delete from public.rate_limits")
    return letters_app


@pytest.fixture
def letter_to(fresh_letters: StudioApp) -> Callable[[str], str]:
    """The path and query of the link in the newest letter to an address."""
    outbox = fresh_letters.installation.settings.data_folder / "outbox"

    def find(address: str) -> str:
        for path in sorted(outbox.glob("*.eml"), key=lambda one: one.stat().st_mtime_ns, reverse=True):
            letter = email.message_from_bytes(Path(path).read_bytes(), policy=policy.default)
            if letter["To"] == address:
                link = re.search(r"https?://[^/\s]+(/\S+)", letter.get_content())
                assert link is not None
                return link.group(1)
        raise AssertionError(f"no letter to {address}")

    return find


@pytest.fixture
def aged(app_database_url: str) -> Callable[[str, float], str]:
    """The same access token as it would be if it ended that many seconds from now."""

    def make(token: str, seconds: float) -> str:
        claims = jwt.decode(token, options={"verify_signature": False})
        with psycopg.connect(app_database_url) as sql:
            query = "select kid::text, private_pem from auth.signing_keys order by created_at desc"
            kid, pem = sql.execute(query).fetchone()
        return jwt.encode({**claims, "exp": int(time.time() + seconds)}, pem, algorithm="ES256", headers={"kid": kid})

    return make


def new_email() -> str:
    return f"{uuid4().hex[:12]}@example.com"


def cookies_of(answer) -> dict[str, list[str]]:
    """Each set-cookie header by the cookie's name, as its parts."""
    parts = [header.split("; ") for header in answer.headers.get_list("set-cookie")]
    return {one[0].partition("=")[0]: one for one in parts}
