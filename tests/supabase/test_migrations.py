"""The migrations: from nothing, step by step, twice, at once, on an older PostgreSQL; what was applied is history."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from studio.errors import MigrationError, StoreUnavailable
from studio.store import EmbeddedPostgres, Migrator
from studio.store.migrations import MIGRATIONS, Migration
from studio.store.programs import packaged_binaries

_CATALOGUE = [
    "select attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull, attacl::text"
    " from pg_attribute a join pg_class c on c.oid = attrelid where attnum > 0 and not attisdropped and {schemas}",
    "select oid::regclass::text, relkind, relrowsecurity, relacl::text, reloptions::text from pg_class c"
    " where {schemas}",
    "select conrelid::regclass::text, conname, pg_get_constraintdef(k.oid) from pg_constraint k"
    " join pg_class c on c.oid = conrelid where {schemas}",
    "select pg_get_indexdef(indexrelid) from pg_index i join pg_class c on c.oid = indrelid where {schemas}",
    "select pg_get_functiondef(p.oid), proacl::text from pg_proc p"
    " where pronamespace in ('public'::regnamespace, 'private'::regnamespace) and prokind = 'f'",
    "select pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = tgrelid where not tgisinternal"
    " and {schemas}",
    "select schemaname, tablename, policyname, cmd, roles::text, qual, with_check from pg_policies"
    " where schemaname in ('public', 'private')",
    "select viewname, definition from pg_views where schemaname in ('public', 'private')",
    "select * from public.plans",
    "select * from public.prices",
    "select * from public.rate_rules",
]
_SCHEMAS = "c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)"


def catalogue(url: str) -> list[str]:
    """Everything that the migrations define."""
    with psycopg.connect(url) as connection:
        return sorted(str(row) for query in _CATALOGUE for row in connection.execute(query.format(schemas=_SCHEMAS)))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations"))


def test_from_nothing_and_then_nothing_more(empty_url):
    assert Migrator(empty_url).migrate() == [one.version for one in Migrator(empty_url).migrations()]
    before = catalogue(empty_url)
    assert Migrator(empty_url).migrate() == []
    assert catalogue(empty_url) == before


def test_each_from_the_one_before_arrives_at_the_same(empty_url, database_url):
    for migration in Migrator(empty_url).migrations():
        assert Migrator(empty_url).migrate(up_to=migration.version) == [migration.version]
    assert catalogue(empty_url) == catalogue(database_url)


def test_several_processes_at_once_apply_each_migration_once(empty_url):
    with ThreadPoolExecutor(4) as pool:
        applied = list(pool.map(lambda _: Migrator(empty_url).migrate(), range(4)))
    assert sorted(len(some) for some in applied)[:3] == [0, 0, 0]
    assert sum(map(len, applied)) == len(Migrator(empty_url).migrations())


def test_a_migration_that_fails_leaves_nothing_of_itself(empty_url, copied):
    (copied / "29990101000000_broken.sql").write_text("create table public.half (id int); select nonsense;")
    with pytest.raises(MigrationError, match="29990101000000_broken"):
        Migrator(empty_url, folder=copied).migrate()
    with psycopg.connect(empty_url) as connection:
        assert connection.execute("select to_regclass('public.half')").fetchone() == (None,)
    assert Migrator(empty_url).migrate() == []


def test_a_migration_that_was_changed_after_it_was_applied_is_refused(empty_url, copied):
    Migrator(empty_url, folder=copied).migrate()
    first = sorted(copied.glob("*.sql"))[0]
    first.write_text(first.read_text() + "\ncreate table public.late (id int);")
    with pytest.raises(MigrationError, match="add a new one"):
        Migrator(empty_url, folder=copied).migrate()


def test_another_comment_or_another_line_break_is_no_change(empty_url, copied):
    Migrator(empty_url, folder=copied).migrate()
    first = sorted(copied.glob("*.sql"))[0]
    first.write_text("-- A word more.\n\n" + first.read_text())
    assert Migrator(empty_url, folder=copied).migrate() == []


def test_what_is_applied_is_noted_where_the_cli_looks(database_url):
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(
            "select version, name, cardinality(statements) from supabase_migrations.schema_migrations order by 1"
        ).fetchall()
    assert [(version, name) for version, name, _ in rows] == [
        (one.version, one.name) for one in Migrator(database_url).migrations()
    ]


def test_a_file_that_the_cli_would_not_take_is_refused(tmp_path):
    (tmp_path / "first.sql").write_text("select 1;")
    with pytest.raises(MigrationError, match=r"first\.sql"):
        Migration.read(tmp_path / "first.sql")


def test_versions_are_told_apart():
    versions = [Migration.read(path).version for path in MIGRATIONS.glob("*.sql")]
    assert len(versions) == len(set(versions))


def test_an_auth_schema_that_is_not_ours_is_left_alone(empty_url, database_url):
    with psycopg.connect(empty_url, autocommit=True) as connection:
        connection.execute("""
            create schema auth;
            create table auth.users (id uuid primary key, email text, raw_user_meta_data jsonb);
            create function auth.uid() returns uuid language sql stable as $$ select null::uuid $$;
        """)
        Migrator(empty_url).migrate()
        row = connection.execute("select obj_description('auth'::regnamespace), to_regproc('auth.jwt')").fetchone()
    assert row == (None, None)


def test_a_database_that_is_not_there_is_said_to_be_unavailable():
    with pytest.raises(StoreUnavailable):
        Migrator("postgresql://postgres:x@127.0.0.1:1/postgres?connect_timeout=2").migrate()


def test_the_migrations_are_valid_on_the_older_postgresql_of_the_wheel_too(server_folder):
    """16; the embedded default, 18, is what every other test runs on."""
    older = packaged_binaries().parents[1] / "pginstall" / "bin"
    with EmbeddedPostgres(server_folder, binaries=older, options={"fsync": "off"}) as server:
        assert Migrator(server.url()).migrate()[-1] == Migrator(server.url()).migrations()[-1].version
        with psycopg.connect(server.url()) as connection:
            assert connection.info.server_version // 10_000 == 16
