"""Transactions of the project's services on the real Postgres, each under the login and role that Supabase gives it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from .keys import Caller

Row = dict[str, Any]
Connection = AsyncConnection[Row]


class Database:
    """One pool; `set local` gives every transaction its login, so that a role can be left only by ending it."""

    def __init__(self) -> None:
        self._pool: AsyncConnectionPool[Connection] | None = None
        self._conninfo = ""

    async def open(self, conninfo: str) -> None:
        """Connections to the database that is open already are kept."""
        if self._pool is not None and self._conninfo == conninfo:
            return
        await self.close()
        self._conninfo = conninfo
        self._pool = AsyncConnectionPool(
            conninfo,
            open=False,
            min_size=1,
            max_size=16,
            timeout=5,
            reconnect_timeout=5,
            check=AsyncConnectionPool.check_connection,
            kwargs={"row_factory": dict_row, "autocommit": True},
        )
        await self._pool.open(wait=True)

    async def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.close()

    def _connection(self) -> AbstractAsyncContextManager[Connection]:
        if self._pool is None:
            raise RuntimeError("the stand-in has no database: attach one first")
        return self._pool.connection()

    @asynccontextmanager
    async def as_caller(
        self,
        caller: Caller,
        *,
        login: str = "authenticator",
        settings: dict[str, str] | None = None,
        read_only: bool = False,
    ) -> AsyncIterator[Connection]:
        """A transaction under the caller's role and claims; it is rolled back when the body raises."""
        claims = json.dumps({**caller.claims, "role": caller.role})
        every = {
            "request.jwt.claims": claims,
            "search_path": "public, extensions",
            **(settings or {}),
            "role": caller.role,
        }
        async with self._connection() as connection, connection.transaction():
            if read_only:
                await connection.execute("set transaction read only")
            await connection.execute(f"set local session authorization {login}")
            calls = ", ".join("set_config(%s, %s, true)" for _ in every)
            await connection.execute(f"select {calls}", [part for item in every.items() for part in item])
            yield connection

    @asynccontextmanager
    async def as_service(self, login: str) -> AsyncIterator[Connection]:
        """A transaction of a service itself, such as Auth writing its users."""
        async with self._connection() as connection, connection.transaction():
            await connection.execute(f"set local session authorization {login}")
            yield connection
