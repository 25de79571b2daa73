"""Applies supabase/migrations to a plain PostgreSQL, noting each where the Supabase CLI does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from studio.errors import MigrationError, StoreUnavailable

MIGRATIONS = Path(__file__).resolve().parents[2] / "supabase" / "migrations"
_STAND_IN = Path(__file__).with_name("stand_in.sql")
_ONE_AT_A_TIME = 4_711_001
_NAME = re.compile(r"(\d{14})_([a-z0-9_]+)\.sql")
_BOOKS = """
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations
  (version text primary key, statements text[], name text);
"""


@dataclass(frozen=True)
class Migration:
    version: str
    name: str
    sql: str

    @classmethod
    def read(cls, path: Path) -> Migration:
        match = _NAME.fullmatch(path.name)
        if match is None:
            raise MigrationError(f"{path.name} is not named <14 digits>_<name>.sql.")
        return cls(version=match[1], name=match[2], sql=path.read_text(encoding="utf-8"))


class Migrator:
    """Brings one database to the newest migration. Any number of processes may try at once."""

    def __init__(self, url: str, *, folder: Path = MIGRATIONS, extras: Sequence[Path] = ()) -> None:
        """`extras` are further SQL files of the stand-in, applied after it and, like it, every time."""
        self._url = url
        self._folder = folder
        self._extras = extras

    def migrations(self) -> list[Migration]:
        return [Migration.read(path) for path in sorted(self._folder.glob("*.sql"))]

    def migrate(self, *, up_to: str | None = None) -> list[str]:
        """Apply what is missing, each in a transaction of its own; return the versions that were applied."""
        try:
            with psycopg.connect(self._url, autocommit=True) as connection:
                return self._migrate(connection, up_to)
        except psycopg.OperationalError as error:
            raise StoreUnavailable(f"The database cannot be reached: {error}") from error

    def _migrate(self, connection: psycopg.Connection, up_to: str | None) -> list[str]:
        connection.execute("set client_min_messages = warning")
        connection.execute("select pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        try:
            self._stand_in(connection)
            connection.execute(_BOOKS)
            done = self._applied(connection)
            wanted = [one for one in self.migrations() if up_to is None or one.version <= up_to]
            _refuse_rewritten(wanted, done)
            missing = [one for one in wanted if one.version not in done]
            for migration in missing:
                _apply(connection, migration)
        finally:
            connection.execute("select pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])
        return [one.version for one in missing]

    def _stand_in(self, connection: psycopg.Connection) -> None:
        row = connection.execute(
            "select coalesce(obj_description(oid, 'pg_namespace'), '') from pg_namespace where nspname = 'auth'"
        ).fetchone()
        if row is not None and row[0] != "stand-in":
            return
        for path in (_STAND_IN, *self._extras):
            with connection.transaction():
                connection.execute(path.read_bytes())

    def _applied(self, connection: psycopg.Connection) -> dict[str, str]:
        rows = connection.execute(
            "select version, array_to_string(statements, '') from supabase_migrations.schema_migrations"
        )
        return {version: text or "" for version, text in rows}


def _refuse_rewritten(wanted: list[Migration], done: dict[str, str]) -> None:
    """A migration that was applied is history. The CLI notes it split into statements, so only letters are compared."""
    for migration in wanted:
        text = done.get(migration.version)
        if text and _letters(text) != _letters(migration.sql):
            raise MigrationError(
                f"Migration {migration.version}_{migration.name} was changed after it was applied: add a new one."
            )


def _letters(sql: str) -> str:
    return re.sub(r"--[^\n]*|[\s;]+", "", sql)


def _apply(connection: psycopg.Connection, migration: Migration) -> None:
    try:
        with connection.transaction():
            connection.execute(migration.sql.encode())
            connection.execute(
                "insert into supabase_migrations.schema_migrations (version, statements, name) values (%s, %s, %s)",
                [migration.version, [migration.sql], migration.name],
            )
    except psycopg.Error as error:
        raise MigrationError(f"Migration {migration.version}_{migration.name} failed: {error}") from error
