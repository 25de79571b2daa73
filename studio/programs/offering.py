"""Makes endpoints of functions: who calls, how often, what was sent, and what they are told if it cannot be done."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import gradio as gr
from gradio.events import api
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from studio.callers import Caller
from studio.callers.callers import presents_key
from studio.desk import Desk
from studio.errors import InvalidValue, SignInNeeded
from studio.programs.answers import EXPECTED, absolute, told
from studio.programs.endpoint import Endpoint
from studio.programs.endpoints import ENDPOINTS
from studio.programs.signatures import described, names_of
from studio.routes.visits import Visits

_log = logging.getLogger(__name__)
_OUR_FAULT = "internal: Something went wrong on our side. Try again, and tell us if it happens once more."
_NO_KEY = "Send an API key with the call, in the header X-CanvasCast-Key. Keys are made on the Settings page."
_DEAD_KEY = "This API key is unknown, revoked or expired. Make another one on the Settings page."
Answering = Callable[..., Awaitable[Any]]


def offer(desk: Desk) -> None:
    """Call it within the Blocks. Not queued: a call is answered at once, and for the very request that asked."""
    visits = Visits(desk.installation.settings)
    for endpoint in ENDPOINTS:
        answer = described(_answering(desk, visits, endpoint), endpoint)
        api(answer, api_name=endpoint.name, api_visibility="public", queue=False)


def _answering(desk: Desk, visits: Visits, endpoint: Endpoint) -> Answering:
    names = names_of(endpoint)

    async def answer(request: Any, *given: Any) -> Any:
        # A call of an MCP tool comes as Starlette's own request, any other one wrapped into Gradio's.
        asking: HTTPConnection = getattr(request, "request", request)
        caller = await desk.installation.callers.of(asking)
        try:
            found = await run_in_threadpool(_run, desk, endpoint, caller, dict(zip(names, given, strict=True)))
        except SignInNeeded as error:
            raise _failure(f"{error.code}: {_DEAD_KEY if presents_key(asking) else _NO_KEY}") from error
        except EXPECTED as error:
            raise _failure(told(error)) from error
        except Exception as error:
            # Whatever it was, a stranger reads none of it.
            _log.exception("%s failed", endpoint.name)
            raise _failure(_OUR_FAULT) from error
        return absolute(found, visits.origin(asking))

    return answer


class _Told(gr.Error):
    def __str__(self) -> str:
        """As MCP passes it on: Gradio's own puts it in quotes."""
        return str(self.message)


def _failure(text: str) -> gr.Error:
    return _Told(text, duration=None, print_exception=False)


def _run(desk: Desk, endpoint: Endpoint, caller: Caller, given: dict[str, Any]) -> dict[str, Any]:
    desk.installation.gate.limit(caller, "api")
    try:
        asked = endpoint.asked.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise InvalidValue(f"{place}: {first['msg']}.", details={"field": place}) from error
    return endpoint.run(desk, caller, asked).model_dump(mode="json")
