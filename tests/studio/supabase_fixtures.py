"""A Supabase project for tests: one server for the session, attached to each test's own database."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from studio.store import EmbeddedPostgres
from studio.store.supabase import SupabaseStore
from tests.fakes.google import GoogleAccount, GoogleStandIn
from tests.fakes.supabase import PLATFORM_FILE, Project
from tests.studio.shared_database import SharedDatabase


@pytest.fixture(scope="session")
def google() -> Iterator[GoogleStandIn]:
    server = GoogleStandIn(GoogleAccount("ada@example.com")).start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def supabase_server(google: GoogleStandIn) -> Iterator[Project]:
    server = Project(google).start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def supabase_database(postgres_server: EmbeddedPostgres) -> SharedDatabase:
    """Migrated as Supabase would be: its own schemas are there before the first migration."""
    return SharedDatabase.migrated(postgres_server, "supabase", [PLATFORM_FILE])


@pytest.fixture
def supabase_database_url(supabase_database: SharedDatabase) -> str:
    """The URL of a database that holds what the migrations put there and nothing else."""
    return supabase_database.emptied()


@pytest.fixture
def supabase(supabase_server: Project, supabase_database_url: str) -> Iterator[Project]:
    """A whole project with Auth, Storage and the migrations, new for each test."""
    supabase_server.attach(supabase_database_url)
    yield supabase_server
    supabase_server.detach()


@pytest.fixture
def https_store(supabase_server: Project, database_url: str) -> Iterator[SupabaseStore]:
    """The HTTPS transport over the very database that the test's other fixtures look into."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(PLATFORM_FILE.read_bytes())
    supabase_server.attach(database_url)
    store = SupabaseStore(supabase_server.url, supabase_server.keys.secret)
    yield store
    store.close()
    supabase_server.detach()
