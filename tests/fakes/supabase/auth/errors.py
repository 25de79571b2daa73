"""GoTrue's error body for API version 2024-01-01."""

from __future__ import annotations

from starlette.responses import JSONResponse


class AuthRefused(Exception):
    """A refusal with the status and the code that clients act on."""

    def __init__(self, status: int, code: str, message: str, *, reasons: list[str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.reasons = reasons

    def response(self) -> JSONResponse:
        body: dict[str, object] = {"code": self.code, "message": self.message}
        if self.reasons is not None:
            body["weak_password"] = {"reasons": self.reasons}
        headers = {"x-supabase-api-version": "2024-01-01", "x-sb-error-code": self.code}
        return JSONResponse(body, status_code=self.status, headers=headers)
