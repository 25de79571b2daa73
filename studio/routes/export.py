"""Everything that is kept about somebody, as one file to take along."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from studio.desk import Desk
from studio.errors import SignInNeeded, StudioError

_HEADERS = {"content-disposition": 'attachment; filename="canvascast.json"', "cache-control": "private, no-store"}


def routes(desk: Desk) -> list[BaseRoute]:
    async def export(request: Request) -> Response:
        caller = await desk.installation.callers.of(request)
        try:
            pieces = await run_in_threadpool(desk.account.export, caller)
        except SignInNeeded:
            return RedirectResponse("/sign-in?next=/settings", status_code=303)
        except StudioError as error:
            return JSONResponse({"error": error.code, "message": str(error)}, status_code=403)
        return StreamingResponse(pieces, media_type="application/json", headers=_HEADERS)

    return [Route("/account/export", export)]
