"""Storage's error body: the true status inside, 400 or 500 outside. TUS answers with the true one."""

from __future__ import annotations

import psycopg
from starlette.responses import JSONResponse, PlainTextResponse, Response


class StorageRefused(Exception):
    def __init__(self, status: int, code: str, message: str, *, error: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.error = error or code

    def response(self) -> Response:
        body = {"statusCode": str(self.status), "error": self.error, "message": self.message, "code": self.code}
        return JSONResponse(body, status_code=500 if self.status == 500 else 400)

    def tus_response(self) -> Response:
        return PlainTextResponse(self.message, status_code=self.status, headers={"tus-resumable": "1.0.0"})


def no_such_key() -> StorageRefused:
    return StorageRefused(404, "NoSuchKey", "Object not found", error="not_found")


def no_such_bucket() -> StorageRefused:
    return StorageRefused(404, "NoSuchBucket", "Bucket not found", error="Bucket not found")


def unauthorized(message: str) -> StorageRefused:
    return StorageRefused(403, "AccessDenied", message, error="Unauthorized")


def from_database(error: psycopg.Error) -> StorageRefused:
    message = error.diag.message_primary or str(error)
    if error.sqlstate == "42501":
        return unauthorized(message.split(" for table")[0])
    if error.sqlstate == "23505":
        return StorageRefused(409, "KeyAlreadyExists", "The resource already exists", error="Duplicate")
    if error.sqlstate == "23503":
        return StorageRefused(404, "NoSuchBucket", "The related resource does not exist", error="Bucket not found")
    return StorageRefused(500, "DatabaseError", message)
