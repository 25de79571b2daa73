"""Whether the app lives, and whether it can work: for whoever restarts it and whoever sends it visitors."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from studio.desk import Desk
from studio.errors import StoreUnavailable, StudioError

_PATIENCE_S = 3.0
"""Whoever asks does not wait as long as the store is worth waiting for."""


def routes(desk: Desk) -> list[BaseRoute]:
    async def live(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "live"})

    async def ready(_request: Request) -> JSONResponse:
        try:
            with anyio.fail_after(_PATIENCE_S):
                await anyio.to_thread.run_sync(desk.installation.jobs.load, abandon_on_cancel=True)
        except (StudioError, TimeoutError) as error:
            reason = error.code if isinstance(error, StudioError) else StoreUnavailable.code
            return JSONResponse({"status": "not ready", "reason": reason}, status_code=503)
        return JSONResponse({"status": "ready"})

    return [Route("/health/live", live), Route("/health/ready", ready)]
