"""One Supabase project on loopback: gateway, PostgREST, Auth and Storage over one real database."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Self

from starlette.applications import Starlette
from starlette.requests import Request

from ..google import GoogleStandIn
from ..loopback import Loopback
from .auth import auth_routes
from .auth.letters import Letters
from .database import Database
from .faults import Faults, FaultyServer
from .gateway import bearer_of
from .keys import Caller, Clock, ProjectKeys, TokenRefused
from .rest import rest_routes
from .storage import storage_routes

PLATFORM_FILE = pathlib.Path(__file__).with_name("platform.sql")


class Project:
    """One server for many tests: `attach` gives it a database and forgets what it knew; its API keys stay.

    The database holds the plain stand-in, PLATFORM_FILE and the migrations.
    """

    site_url = "http://127.0.0.1:7860"

    def __init__(self, google: GoogleStandIn) -> None:
        self._loopback = Loopback()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.url = self._loopback.url
        self.clock = Clock()
        self.keys = ProjectKeys(f"{self.url}/auth/v1", self.clock)
        self.letters = Letters(self.clock)
        self.faults = Faults()
        self.google = google
        self.autoconfirm = False
        self.database = Database()
        self._app = Starlette(lifespan=self._lifespan)

    def start(self) -> Self:
        self._loopback.serve(FaultyServer(self._app, self.faults))
        return self

    def attach(self, conninfo: str) -> None:
        self.clock.offset_s = 0.0
        self.keys.renew()
        self.letters = Letters(self.clock)
        self.faults.clear()
        self.autoconfirm = False
        self._await(self.database.open(conninfo))
        self._app.router.routes[:] = [*rest_routes(self), *auth_routes(self), *storage_routes(self)]

    def stop(self) -> None:
        self._loopback.stop()

    def _await(self, work: Coroutine[Any, Any, None]) -> None:
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(work, self._loop).result(15)

    def storage_caller(self, request: Request) -> Caller:
        """Storage itself reads only the bearer token; the gateway turns a new API key into one."""
        key = request.headers.get("apikey", "")
        token = bearer_of(request) or key
        role = self.keys.role_of_api_key(token)
        if role is not None and token == key:
            return Caller(role, {"role": role})
        if not token:
            raise TokenRefused("Invalid Compact JWS")
        return self.keys.caller_of_token(token)

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        yield
        await self.database.close()
