"""PostgREST's error bodies: SQLSTATE or PGRST code, message, details, hint, and the status each code maps to."""

from __future__ import annotations

import psycopg
from psycopg_pool import PoolTimeout
from starlette.responses import JSONResponse

from ..keys import TokenRefused

_EXACT = {
    "23503": 409,
    "23505": 409,
    "25006": 405,
    "21000": 500,
    "57P01": 503,
    "P0001": 400,
    "42883": 404,
    "42P01": 404,
    "42P17": 500,
}
_CLASS = {
    "08": 503,
    "09": 500,
    "0L": 403,
    "0P": 403,
    "25": 500,
    "28": 403,
    "2D": 500,
    "38": 500,
    "39": 500,
    "3B": 500,
    "40": 500,
    "53": 503,
    "54": 500,
    "55": 500,
    "57": 500,
    "58": 500,
    "F0": 500,
    "HV": 500,
    "P0": 500,
    "XX": 500,
}


class RestError(Exception):
    """A refusal of PostgREST itself."""

    def __init__(
        self, status: int, code: str, message: str, *, details: str | None = None, hint: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"code": code, "message": message, "details": details, "hint": hint}

    def response(self) -> JSONResponse:
        return _response(self.status, self.body)


def token_response(error: TokenRefused) -> JSONResponse:
    code = "PGRST303" if str(error) == "JWT expired" else "PGRST301"
    return _response(401, {"code": code, "message": str(error), "details": None, "hint": None})


def database_response(error: psycopg.Error, role: str) -> JSONResponse:
    if isinstance(error, PoolTimeout) or error.sqlstate is None:
        code = "PGRST000" if isinstance(error, PoolTimeout) else "PGRST001"
        message = (
            "Database connection error." if code == "PGRST000" else "Database client error. Retrying the connection."
        )
        return _response(503, {"code": code, "message": message, "details": str(error), "hint": None})
    diagnostics = error.diag
    body = {
        "code": error.sqlstate,
        "message": diagnostics.message_primary,
        "details": diagnostics.message_detail,
        "hint": diagnostics.message_hint,
    }
    return _response(_status(error.sqlstate, diagnostics.message_primary or "", role), body)


def _status(sqlstate: str, message: str, role: str) -> int:
    if sqlstate == "42501":
        return 401 if role == "anon" else 403
    if sqlstate == "22023" and message.startswith("role") and message.endswith("does not exist"):
        return 401
    if sqlstate.startswith("PT") and sqlstate[2:].isdigit():
        return int(sqlstate[2:])
    return _EXACT.get(sqlstate) or _CLASS.get(sqlstate[:2], 400)


def _response(status: int, body: dict[str, str | None]) -> JSONResponse:
    return JSONResponse(body, status_code=status, headers={"Proxy-Status": f"PostgREST; error={body['code']}"})
