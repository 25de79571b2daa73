"""Storage's endpoints as supabase-py calls them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..database import Row
from ..keys import TokenRefused
from .errors import StorageRefused, no_such_bucket, unauthorized
from .objects import LOGIN, Objects, Put, shown
from .resumable import Resumable
from .signing import LinkSigner

if TYPE_CHECKING:
    from ..project import Project

Handler = Callable[[Request], Awaitable[Response]]


def storage_routes(project: Project) -> list[Route]:
    objects = Objects(project.database)
    storage = Storage(project, objects)
    table: list[tuple[str, str, Handler]] = [
        ("GET", "/bucket", storage.list_buckets),
        ("POST", "/bucket", storage.create_bucket),
        ("GET", "/bucket/{bucket}", storage.get_bucket),
        ("POST", "/object/list/{bucket}", storage.list),
        ("POST", "/object/list-v2/{bucket}", storage.list_flat),
        ("POST", "/object/sign/{bucket}", storage.sign_many),
        ("POST", "/object/sign/{bucket}/{name:path}", storage.sign),
        ("GET", "/object/sign/{bucket}/{name:path}", storage.download_signed),
        ("GET", "/object/info/{bucket}/{name:path}", storage.info),
        ("GET", "/object/authenticated/{bucket}/{name:path}", storage.download),
        ("GET", "/object/{bucket}/{name:path}", storage.download),
        ("POST", "/object/{bucket}/{name:path}", storage.upload),
        ("PUT", "/object/{bucket}/{name:path}", storage.upload),
        ("DELETE", "/object/{bucket}", storage.remove),
    ]
    routes = [Route("/storage/v1" + path, _guarded(handler), methods=[method]) for method, path, handler in table]
    return Resumable(project, objects).routes() + routes


def _guarded(handler: Handler) -> Handler:
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except TokenRefused as error:
            return unauthorized(str(error)).response()
        except StorageRefused as error:
            return error.response()

    return answer


class Storage:
    def __init__(self, project: Project, objects: Objects) -> None:
        self._project = project
        self._objects = objects
        self._links = LinkSigner(project.clock)

    async def upload(self, request: Request) -> Response:
        caller = self._project.storage_caller(request)
        bucket, name = _place(request)
        data, mime, cache = await _content(request)
        upsert = request.method == "PUT" or request.headers.get("x-upsert") == "true"
        put = Put(bucket, name, mime, cache, upsert, caller.user_id)
        await self._objects.may_put(caller, put, len(data))
        row = await self._objects.put(put, data)
        return JSONResponse({"Key": f"{bucket}/{name}", "Id": str(row["id"])})

    async def download(self, request: Request) -> Response:
        row = await self._objects.get(self._project.storage_caller(request), *_place(request))
        return self._file(row, request)

    async def download_signed(self, request: Request) -> Response:
        bucket, name = _place(request)
        self._links.check(request.query_params.get("token", ""), bucket, name)
        return self._file(await self._objects.get_signed(bucket, name), request)

    async def sign(self, request: Request) -> Response:
        bucket, name = _place(request)
        seconds = int((await _body(request)).get("expiresIn", 0))
        if seconds < 1:
            raise StorageRefused(400, "InvalidRequest", "body/expiresIn must be >= 1", error="Error")
        await self._objects.get(self._project.storage_caller(request), bucket, name)
        token = self._links.sign(bucket, name, seconds)
        return JSONResponse({"signedURL": f"/object/sign/{bucket}/{quote(name)}?token={token}"})

    async def sign_many(self, request: Request) -> Response:
        body, bucket = await _body(request), request.path_params["bucket"]
        caller = self._project.storage_caller(request)
        found = {row["name"] for row in await self._objects.find_many(caller, bucket, body["paths"])}
        missing = "Either the object does not exist or you do not have access to it"
        answer = []
        for path in body["paths"]:
            token = self._links.sign(bucket, path, int(body["expiresIn"])) if path in found else None
            url = f"/object/sign/{bucket}/{quote(path)}?token={token}" if token else None
            answer.append({"error": None if token else missing, "path": path, "signedURL": url})
        return JSONResponse(answer)

    async def info(self, request: Request) -> Response:
        row = await self._objects.get(self._project.storage_caller(request), *_place(request))
        metadata = row["metadata"]
        more = {"size": metadata["size"], "content_type": metadata["mimetype"], "etag": metadata["eTag"]}
        return JSONResponse({**shown(row, row["name"]), "version": row["version"], **more})

    async def remove(self, request: Request) -> Response:
        names = (await _body(request)).get("prefixes") or []
        caller = self._project.storage_caller(request)
        rows = await self._objects.remove(caller, request.path_params["bucket"], names)
        return JSONResponse([shown(row, row["name"]) for row in rows])

    async def list(self, request: Request) -> Response:
        body = await _body(request)
        prefix = str(body.get("prefix", "")).strip("/")
        caller = self._project.storage_caller(request)
        found = await self._objects.list(
            caller,
            request.path_params["bucket"],
            f"{prefix}/" if prefix else "",
            int(body.get("limit", 100)),
            int(body.get("offset", 0)),
        )
        return JSONResponse(found)

    async def list_flat(self, request: Request) -> Response:
        body, bucket = await _body(request), request.path_params["bucket"]
        limit = min(int(body.get("limit", 1000)), 1000)
        caller = self._project.storage_caller(request)
        rows = await self._objects.under(caller, bucket, str(body.get("prefix", "")), str(body.get("cursor", "")))
        page: dict[str, Any] = {"hasNext": len(rows) > limit, "folders": []}
        page["objects"] = [shown(row, row["name"]) for row in rows[:limit]]
        if page["hasNext"]:
            page["nextCursor"] = rows[limit - 1]["name"]
        return JSONResponse(page)

    async def list_buckets(self, request: Request) -> Response:
        return JSONResponse([_bucket(row) for row in await self._buckets(request, "true")])

    async def get_bucket(self, request: Request) -> Response:
        rows = await self._buckets(request, "id = %s", request.path_params["bucket"])
        if not rows:
            raise no_such_bucket()
        return JSONResponse(_bucket(rows[0]))

    async def create_bucket(self, request: Request) -> Response:
        body = await _body(request)
        values = [body["id"], body["name"], bool(body.get("public")), body.get("file_size_limit")]
        query = (
            "insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)"
            " values (%s, %s, %s, %s, %s)"
        )
        caller = self._project.storage_caller(request)
        async with self._project.database.as_caller(caller, login=LOGIN) as connection:
            await connection.execute(query, [*values, body.get("allowed_mime_types")])
        return JSONResponse({"name": body["name"]})

    async def _buckets(self, request: Request, condition: str, *values: str) -> list[Row]:
        caller = self._project.storage_caller(request)
        async with self._project.database.as_caller(caller, login=LOGIN) as connection:
            cursor = await connection.execute(f"select * from storage.buckets where {condition}", values)  # type: ignore[arg-type]
            return await cursor.fetchall()

    def _file(self, row: Row, request: Request) -> Response:
        data, metadata = self._objects.data(row), row["metadata"]
        headers = {"accept-ranges": "bytes", "etag": metadata["eTag"], "cache-control": metadata["cacheControl"]}
        download = request.query_params.get("download")
        if download is not None:
            name = quote(download)
            headers["content-disposition"] = (
                f"attachment; filename={name}; filename*=UTF-8''{name}" if name else "attachment;"
            )
        span = request.headers.get("range")
        if span is None:
            return Response(data, media_type=metadata["mimetype"], headers=headers)
        first, last = _span(span, len(data))
        headers["content-range"] = f"bytes {first}-{last}/{len(data)}"
        return Response(data[first : last + 1], 206, media_type=metadata["mimetype"], headers=headers)


def _span(header: str, size: int) -> tuple[int, int]:
    first, _, last = header.removeprefix("bytes=").partition("-")
    if not first:
        return max(0, size - int(last)), size - 1
    if int(first) >= size:
        raise StorageRefused(416, "InvalidRange", "The requested range is not satisfiable", error="invalid_range")
    return int(first), min(int(last or size - 1), size - 1)


def _place(request: Request) -> tuple[str, str]:
    return request.path_params["bucket"], request.path_params["name"]


def _bucket(row: Row) -> dict[str, Any]:
    stamps = {stamp: row[stamp].isoformat() for stamp in ("created_at", "updated_at")}
    names = ("id", "name", "public", "file_size_limit", "allowed_mime_types")
    return {**{name: row[name] for name in names}, "owner": row["owner_id"] or "", **stamps}


async def _content(request: Request) -> tuple[bytes, str, str]:
    """The bytes, their type and how long they may be cached, from a form or from the body as it is."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        headers = request.headers
        mime, cache = headers.get("content-type", "application/octet-stream"), headers.get("cache-control", "no-cache")
        return await request.body(), mime, cache
    form = await request.form()
    file = next(value for value in form.values() if not isinstance(value, str))
    seconds = str(form.get("cacheControl", ""))
    cache = f"max-age={seconds}" if seconds.isdigit() else "no-cache"
    return await file.read(), file.content_type or "application/octet-stream", cache


async def _body(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError as error:
        raise StorageRefused(400, "InvalidRequest", "Body is not valid JSON", error="Error") from error
    return body if isinstance(body, dict) else {}
