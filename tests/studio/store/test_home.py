"""Which home the settings ask for, and that the embedded one is ready when it is opened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from studio.errors import SettingsError
from studio.settings import Settings
from studio.store import PostgresStore, StoreHome, home_of, open_store
from studio.store.home import EmbeddedStore

ROOT = Path(__file__).parents[3]


@pytest.fixture
def no_environment(monkeypatch, tmp_path):
    for name in ("DATABASE_URL", "SUPABASE_URL", "SUPABASE_SECRET_KEY", "SUPABASE_SERVICE_ROLE_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("no_environment")
class TestSettings:
    def test_nothing_set_means_embedded(self):
        assert home_of(Settings()) is StoreHome.EMBEDDED

    def test_a_database_url_means_postgres(self, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgresql://x")
        assert home_of(Settings()) is StoreHome.POSTGRES

    @pytest.mark.parametrize("key", ["SUPABASE_SECRET_KEY", "SUPABASE_SERVICE_ROLE_KEY"])
    def test_supabase_takes_its_address_and_a_key_of_either_kind(self, monkeypatch, key):
        monkeypatch.setenv("SUPABASE_URL", "https://x.supabase.co")
        monkeypatch.setenv(key, "sb_secret_x")
        assert home_of(Settings()) is StoreHome.SUPABASE

    @pytest.mark.parametrize("name", ["SUPABASE_URL", "SUPABASE_SECRET_KEY"])
    def test_half_of_supabase_is_never_quietly_another_home(self, monkeypatch, name):
        monkeypatch.setenv(name, "https://x.supabase.co")
        monkeypatch.setenv("DATABASE_URL", "postgresql://x")
        with pytest.raises(SettingsError, match="SUPABASE_URL and SUPABASE_SECRET_KEY"):
            home_of(Settings())

    def test_secrets_do_not_show(self, monkeypatch):
        monkeypatch.setenv("SUPABASE_SECRET_KEY", "sb_secret_x")
        monkeypatch.setenv("DATABASE_URL", "postgresql://me:hidden@host/db")
        assert "sb_secret_x" not in repr(Settings())
        assert "hidden" not in repr(Settings())

    def test_settings_do_not_change(self):
        with pytest.raises(ValidationError):
            Settings().data_folder = Path("elsewhere")


def test_the_embedded_home_is_migrated_when_it_is_opened(server_folder):
    store = open_store(Settings(data_folder=server_folder, database_url=None, supabase_url=None))
    assert isinstance(store, EmbeddedStore)
    assert store.call("credit_audit") == []
    store.close()


def test_another_process_joins_the_same_home(server_folder):
    store = open_store(Settings(data_folder=server_folder, database_url=None, supabase_url=None))
    code = (
        "import sys, pathlib; from studio.settings import Settings; from studio.store import open_store\n"
        "store = open_store(Settings(data_folder=pathlib.Path(sys.argv[1]), database_url=None, supabase_url=None))\n"
        "print(store.call('credit_audit')); store.close()"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(server_folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
    assert store.call("credit_audit") == []
    store.close()


def test_a_database_url_is_migrated_when_it_is_opened(postgres_server, database_url):
    store = open_store(Settings(DATABASE_URL=database_url, supabase_url=None))
    assert isinstance(store, PostgresStore)
    assert store.call("credit_audit") == []
    store.close()
