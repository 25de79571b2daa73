"""What stands where nothing is: a page for people, and JSON for everything else."""

from __future__ import annotations

from fastapi.exception_handlers import http_exception_handler
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from studio.routes.leaflet import leaflet, link

_WORDS = "The address may be mistyped, or what it led to was removed. Your films are in the library."


async def missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if "text/html" in request.headers.get("accept", ""):
        return leaflet("There is no such page", _WORDS, link("Open CanvasCast", "/"), status=404)
    return await http_exception_handler(request, error)
