"""Whether the app lives, and whether it can work: for whoever restarts it and whoever sends it visitors."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from studio.desk import Desk
from studio.errors import StudioError


def routes(desk: Desk) -> list[BaseRoute]:
    async def live(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "live"})

    async def ready(_request: Request) -> JSONResponse:
        try:
            await run_in_threadpool(desk.installation.jobs.load)
        except StudioError as error:
            return JSONResponse({"status": "not ready", "reason": error.code}, status_code=503)
        return JSONResponse({"status": "ready"})

    return [Route("/health/live", live), Route("/health/ready", ready)]
