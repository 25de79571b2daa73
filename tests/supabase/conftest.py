"""The same databases as the studio's tests use, and one without anything in it."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from studio.store import EmbeddedPostgres
from tests.studio.conftest import (  # noqa: F401
    administrator,
    database_url,
    direct_store,
    new_database,
    postgres_server,
    server_folder,
    sign_up,
    sql,
    user,
)


@pytest.fixture
def empty_url(postgres_server: EmbeddedPostgres) -> Iterator[str]:  # noqa: F811
    with psycopg.connect(postgres_server.url(), autocommit=True) as connection:
        connection.execute("create database blank template template0")
        yield postgres_server.url("blank")
        connection.execute("drop database blank with (force)")
