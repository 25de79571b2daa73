"""One migrated database that many tests use in turn: emptied before each, which is far quicker than making another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psycopg

from studio.store import EmbeddedPostgres, Migrator

_TABLES = """
select format('%I.%I', schemaname, tablename) from pg_tables
where schemaname in ('public', 'private', 'auth', 'storage')
"""


@dataclass(frozen=True)
class SharedDatabase:
    url: str
    seeded: frozenset[str]
    """Tables that the migrations themselves filled."""

    @classmethod
    def migrated(cls, server: EmbeddedPostgres, name: str, extras: Sequence[Path] = ()) -> Self:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute(f"create database {name}")
        url = server.url(name)
        Migrator(url, extras=extras).migrate()
        with psycopg.connect(url, autocommit=True) as connection:
            tables = [table for (table,) in connection.execute(_TABLES)]
            filled = [t for t in tables if connection.execute(f"select exists (select from {t})").fetchone() == (True,)]
        return cls(url, frozenset(filled))

    def emptied(self) -> str:
        """The URL, once every row that a test left is gone. Rules against deleting are for others."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            left = [table for (table,) in connection.execute(_TABLES) if table not in self.seeded]
            removals = "; ".join(f"delete from {table}" for table in left)
            connection.execute(f"set session_replication_role = replica; {removals}")
        return self.url
