"""The door in front of the services: checks the API key and tells who is calling."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse

from .keys import Caller, ProjectKeys


class KeyRefused(Exception):
    """No API key, or one of another project."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def response(self) -> JSONResponse:
        return JSONResponse({"message": self.message, "hint": self.hint}, status_code=401)


def caller_of(request: Request, keys: ProjectKeys) -> Caller:
    """The bearer token decides; without one (or with the key itself as one) the API key does."""
    key = request.headers.get("apikey") or request.query_params.get("apikey")
    if not key:
        raise KeyRefused("No API key found in request", "No `apikey` request header or url param was found.")
    role = keys.role_of_api_key(key)
    if role is None:
        raise KeyRefused("Invalid API key", "Double check your API key.")
    token = bearer_of(request)
    if token is None or token == key:
        return Caller(role, {"role": role})
    return keys.caller_of_token(token)


def bearer_of(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None
