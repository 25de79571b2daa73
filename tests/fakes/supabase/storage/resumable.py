"""TUS 1.0 at /storage/v1/upload/resumable: what arrived is kept, however the connection ended."""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from ..keys import Caller, TokenRefused
from .errors import StorageRefused, unauthorized
from .objects import Objects, Put

if TYPE_CHECKING:
    from ..project import Project

CHUNK_BYTES = 6 * 1024 * 1024
_BASE = "/storage/v1/upload/resumable"


@dataclass
class Upload:
    bucket: str
    name: str
    mime: str
    cache_control: str
    length: int
    data: bytearray = field(default_factory=bytearray)
    version: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def id(self) -> str:
        text = f"{self.bucket}/{self.name}/{self.version}"
        return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


class Resumable:
    def __init__(self, project: Project, objects: Objects) -> None:
        self._project = project
        self._objects = objects
        self._uploads: dict[str, Upload] = {}

    def routes(self) -> list[Route]:
        return [
            Route(_BASE, self._answer, methods=["POST"]),
            Route(_BASE + "/{upload_id}", self._answer, methods=["HEAD", "PATCH"]),
        ]

    async def _answer(self, request: Request) -> Response:
        handlers = {"POST": self._create, "HEAD": self._head, "PATCH": self._patch}
        try:
            if request.headers.get("tus-resumable") != "1.0.0":
                raise StorageRefused(412, "TusError", "Tus-Resumable Required\n")
            return await handlers[request.method](request)
        except TokenRefused as error:
            return unauthorized(str(error)).tus_response()
        except StorageRefused as error:
            return error.tus_response()

    async def _create(self, request: Request) -> Response:
        caller = self._project.storage_caller(request)
        metadata = _metadata(request.headers.get("upload-metadata", ""))
        upload = Upload(
            metadata.get("bucketName", ""),
            metadata.get("objectName", ""),
            metadata.get("contentType", "application/octet-stream"),
            f"max-age={metadata['cacheControl']}" if metadata.get("cacheControl", "").isdigit() else "no-cache",
            int(request.headers["upload-length"]),
        )
        await self._objects.may_put(caller, _put(upload, request, caller), upload.length)
        self._uploads[upload.id] = upload
        location = f"{self._project.url}{_BASE}/{upload.id}"
        return Response(status_code=201, headers={"tus-resumable": "1.0.0", "location": location, "upload-offset": "0"})

    async def _head(self, request: Request) -> Response:
        upload = self._find(request)
        return Response(headers={"cache-control": "no-store", "upload-length": str(upload.length), **_offset(upload)})

    async def _patch(self, request: Request) -> Response:
        caller = self._project.storage_caller(request)
        upload = self._find(request)
        # The permission is asked for again with every piece, and so is the wish to overwrite.
        put = _put(upload, request, caller)
        await self._objects.may_put(caller, put, upload.length)
        self._check_chunk(request, upload)
        try:
            async for piece in request.stream():
                upload.data += piece
        except ClientDisconnect:
            return Response(status_code=499)
        if len(upload.data) == upload.length:
            await self._objects.put(put, bytes(upload.data))
        return Response(status_code=204, headers=_offset(upload))

    def _check_chunk(self, request: Request, upload: Upload) -> None:
        if request.headers.get("content-type") != "application/offset+octet-stream":
            raise StorageRefused(415, "TusError", "Content-Type must be application/offset+octet-stream\n")
        if int(request.headers.get("upload-offset", "-1")) != len(upload.data):
            raise StorageRefused(409, "TusError", "Upload-Offset conflict\n")
        size = int(request.headers.get("content-length", "0"))
        last = len(upload.data) + size == upload.length
        if len(upload.data) + size > upload.length:
            raise StorageRefused(413, "TusError", "Upload-Length exceeded\n")
        if size != CHUNK_BYTES and not last:
            raise StorageRefused(400, "TusError", "every piece but the last is 6 MiB\n")

    def _find(self, request: Request) -> Upload:
        upload = self._uploads.get(request.path_params["upload_id"])
        if upload is None:
            raise StorageRefused(404, "TusError", "The file for this url was not found\n")
        return upload


def _put(upload: Upload, request: Request, caller: Caller) -> Put:
    upsert = request.headers.get("x-upsert") == "true"
    return Put(upload.bucket, upload.name, upload.mime, upload.cache_control, upsert, caller.user_id)


def _offset(upload: Upload) -> dict[str, str]:
    return {"tus-resumable": "1.0.0", "upload-offset": str(len(upload.data))}


def _metadata(header: str) -> dict[str, str]:
    pairs = (item.strip().partition(" ") for item in header.split(",") if item.strip())
    return {name: base64.b64decode(value).decode() for name, _, value in pairs}
