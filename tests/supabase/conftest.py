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
    own_database_url,
    postgres_server,
    server_folder,
    shared_database,
    sign_up,
    sql,
    store_over,
    supabase_database_url,
    user,
)


@pytest.fixture
def empty_url(postgres_server: EmbeddedPostgres, administrator: psycopg.Connection) -> Iterator[str]:  # noqa: F811
    administrator.execute("create database blank template template0 strategy file_copy")
    yield postgres_server.url("blank")
    administrator.execute("drop database blank with (force)")
