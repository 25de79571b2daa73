"""How often a browser may knock: counted by address before anybody is known."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from studio.callers import Caller
from studio.installation import Installation
from studio.safety.gate import Action


async def count(installation: Installation, request: HTTPConnection, action: Action) -> None:
    """Count one act, or raise RateLimited."""
    stranger = Caller(address=installation.callers.address_of(request))
    await run_in_threadpool(installation.gate.limit, stranger, action)
