"""What goes in and out of our own routes: small JSON bodies, and failures as a code with a sentence."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio import errors
from studio.errors import InvalidValue, StudioError

_MOST_BYTES = 16_384
_Body = TypeVar("_Body", bound=BaseModel)
Handler = Callable[[Request], Awaitable[Response]]
_STATUS: tuple[tuple[type[StudioError], int], ...] = (
    (errors.RateLimited, 429),
    (errors.SignInLocked, 429),
    (errors.EmailTaken, 409),
    (errors.Conflict, 409),
    (errors.InvalidValue, 422),
    (errors.EmailInvalid, 422),
    (errors.PasswordWeak, 422),
    (errors.CodeInvalid, 422),
    (errors.EmailNotVerified, 403),
    (errors.GoogleRefused, 403),
    (errors.Forbidden, 403),
    (errors.SignInNeeded, 401),
    (errors.SignInFailed, 401),
    (errors.SessionInvalid, 401),
    (errors.NotFound, 404),
    (errors.FileMissing, 404),
    (errors.LinkInvalid, 403),
    (errors.LinkExpired, 410),
    (errors.FileRefused, 422),
    (errors.SettingsError, 503),
    (errors.StoreUnavailable, 503),
    (errors.StoreFault, 500),
    (errors.UnknownFunction, 500),
    (errors.IdentityUnavailable, 503),
    (errors.FilesUnavailable, 503),
)
_PRIVATE = {"cache-control": "no-store"}


class Wish(BaseModel):
    """A body that a route takes: what it does not know, it refuses."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def told(content: object, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status_code=status, headers=_PRIVATE)


def status_of(error: StudioError) -> int:
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 400)


def refused(error: StudioError) -> JSONResponse:
    answer = told({"error": error.code, "message": error.message}, status_of(error))
    wait_s = error.details.get("retry_after_s")
    if answer.status_code == 429:
        answer.headers["retry-after"] = str(wait_s if isinstance(wait_s, int) else 60)
    return answer


def answered(handler: Handler) -> Handler:
    """The handler, whose failures become answers."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except StudioError as error:
            return refused(error)

    return answer


async def body_of(request: Request, kind: type[_Body], *, most_bytes: int = _MOST_BYTES) -> _Body:
    """The request's body, or InvalidValue: a form or a plain text, as other sites could send, is not taken."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise InvalidValue("Send this as JSON.")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most_bytes:
            raise InvalidValue("That is too long.")
    try:
        return kind.model_validate_json(bytes(body))
    except ValidationError as error:
        # Its own words would repeat what was sent, which may be a password.
        field = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InvalidValue(f"This is missing or not right: {field}." if field else "This is not right.") from None
