"""A Supabase project for tests: one server for the session, attached to each test's own database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from studio.store.supabase import SupabaseStore
from tests.fakes.google import GoogleAccount, GoogleStandIn
from tests.fakes.supabase import Project


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


@pytest.fixture
def supabase(supabase_server: Project, supabase_database_url: str) -> Project:
    """A whole project with Auth, Storage and the migrations, as if new for each test."""
    supabase_server.attach(supabase_database_url)
    return supabase_server


@pytest.fixture(scope="session")
def kept_https_store(supabase_server: Project) -> Iterator[SupabaseStore]:
    store = SupabaseStore(supabase_server.url, supabase_server.keys.secret)
    yield store
    store.close()


@pytest.fixture
def https_store(supabase_server: Project, kept_https_store: SupabaseStore, database_url: str) -> SupabaseStore:
    """The HTTPS transport over the very database that the test's other fixtures look into."""
    supabase_server.attach(database_url)
    return kept_https_store
