"""Which accounts and which files the settings ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.errors import SettingsError
from studio.files import FolderHome, open_files
from studio.files.storage import StorageHome
from studio.identity import open_identity
from studio.identity.embedded import EmbeddedIdentity
from studio.identity.supabase import SupabaseIdentity
from studio.settings import Settings
from studio.store import EmbeddedPostgres, PostgresStore
from studio.store.home import EmbeddedStore
from studio.store.supabase import SupabaseStore

from .conftest import Mailbox


def settings(folder: Path, **more: object) -> Settings:
    return Settings(_env_file=None, data_folder=folder, **more)


def test_on_a_plain_machine_both_are_on_this_disk(tmp_path: Path, postgres_server: EmbeddedPostgres):
    told = settings(tmp_path)
    # Joins the session's server, whose databases are whole already.
    store = EmbeddedStore(EmbeddedPostgres(postgres_server.folder))
    identity = open_identity(told, store, Mailbox())
    assert isinstance(identity, EmbeddedIdentity)
    assert isinstance(open_files(told).home, FolderHome)
    assert (tmp_path / "files").is_dir()
    identity.close()
    store.close()


def test_with_a_database_url_accounts_are_in_that_database(tmp_path: Path, database_url: str):
    told = settings(tmp_path, database_url=database_url)
    store = PostgresStore(database_url)
    identity = open_identity(told, store, Mailbox())
    assert identity.sign_up("ada@example.com", "correct horse 42")
    identity.close()
    store.close()


def test_with_supabase_both_are_there(tmp_path: Path, supabase):
    told = settings(
        tmp_path,
        supabase_url=supabase.url,
        supabase_secret_key=supabase.keys.secret,
        supabase_publishable_key=supabase.keys.publishable,
    )
    store = SupabaseStore.from_settings(told)
    assert isinstance(open_identity(told, store, Mailbox()), SupabaseIdentity)
    assert isinstance(open_files(told).home, StorageHome)
    store.close()


def test_supabase_without_its_publishable_key_says_so(tmp_path: Path, supabase):
    told = settings(tmp_path, supabase_url=supabase.url, supabase_secret_key=supabase.keys.secret)
    with pytest.raises(SettingsError, match="SUPABASE_PUBLISHABLE_KEY"):
        open_identity(told, SupabaseStore.from_settings(told), Mailbox())


def test_google_is_on_with_both_of_its_keys(tmp_path: Path, database_url: str):
    told = settings(tmp_path, database_url=database_url, google_client_id="id", google_client_secret="secret")
    store = PostgresStore(database_url)
    identity = open_identity(told, store, Mailbox())
    assert identity.begin_google("http://127.0.0.1/back").url.startswith("https://accounts.google.com/")
    identity.close()
    store.close()
