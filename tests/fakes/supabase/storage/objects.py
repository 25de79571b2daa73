"""The rows of storage.objects under the caller's policies, and the bytes that they stand for."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from ..database import Connection, Database, Row
from ..keys import Caller
from .errors import StorageRefused, from_database, no_such_bucket, no_such_key

LOGIN = "supabase_storage_admin"
_KEY = re.compile(r"^[A-Za-z0-9_/!.*'() &$=@;:+,?-]+$")


@dataclass(frozen=True)
class Put:
    """One file on its way in."""

    bucket: str
    name: str
    mime: str
    cache_control: str
    upsert: bool
    owner: str | None

    def metadata(self, data: bytes) -> dict[str, Any]:
        return {
            "eTag": f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"',
            "size": len(data),
            "mimetype": self.mime,
            "cacheControl": self.cache_control,
            "contentLength": len(data),
            "httpStatusCode": 200,
        }


class Objects:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._bytes: dict[str, bytes] = {}

    @asynccontextmanager
    async def _as(self, caller: Caller) -> AsyncIterator[Connection]:
        settings = {"search_path": "storage, public", "storage.allow_delete_query": "true"}
        try:
            async with self._database.as_caller(caller, login=LOGIN, settings=settings) as connection:
                yield connection
        except psycopg.Error as error:
            if error.sqlstate is None:
                raise
            raise from_database(error) from error

    async def bucket(self, bucket: str) -> Row:
        async with self._database.as_service(LOGIN) as connection:
            row = await (await connection.execute("select * from storage.buckets where id = %s", [bucket])).fetchone()
        if row is None:
            raise no_such_bucket()
        return row

    async def may_put(self, caller: Caller, put: Put, size: int | None) -> None:
        """Insert the row under the caller's policies and take it back, before any byte is kept."""
        if not _KEY.match(put.name):
            raise StorageRefused(400, "InvalidKey", f"Invalid key: {put.name}")
        bucket = await self.bucket(put.bucket)
        if bucket["file_size_limit"] and (size or 0) > bucket["file_size_limit"]:
            message = "The object exceeded the maximum allowed size"
            raise StorageRefused(413, "EntityTooLarge", message, error="Payload too large")
        if bucket["allowed_mime_types"] and not _allowed(put.mime, bucket["allowed_mime_types"]):
            message = f"mime type {put.mime} is not supported"
            raise StorageRefused(415, "InvalidMimeType", message, error="invalid_mime_type")
        async with self._as(caller) as connection, connection.transaction(force_rollback=True):
            await connection.execute(*_write(put, "1", {}))

    async def put(self, put: Put, data: bytes) -> Row:
        version = str(uuid.uuid4())
        self._bytes[version] = data
        async with self._database.as_service(LOGIN) as connection:
            old = await self._find(connection, put.bucket, put.name)
            row = await (await connection.execute(*_write(put, version, put.metadata(data), force=True))).fetchone()
        if old is not None:
            self._bytes.pop(old["version"], None)
        assert row is not None
        return row

    async def get(self, caller: Caller, bucket: str, name: str) -> Row:
        async with self._as(caller) as connection:
            row = await self._find(connection, bucket, name)
        if row is None:
            raise no_such_key()
        return row

    async def get_signed(self, bucket: str, name: str) -> Row:
        async with self._database.as_service(LOGIN) as connection:
            row = await self._find(connection, bucket, name)
        if row is None:
            raise no_such_key()
        return row

    def data(self, row: Row) -> bytes:
        return self._bytes[row["version"]]

    async def remove(self, caller: Caller, bucket: str, names: list[str]) -> list[Row]:
        query = "delete from storage.objects where bucket_id = %s and name = any(%s) returning *"
        async with self._as(caller) as connection:
            rows = await (await connection.execute(query, [bucket, names])).fetchall()
        for row in rows:
            self._bytes.pop(row["version"], None)
        return rows

    async def find_many(self, caller: Caller, bucket: str, names: list[str]) -> list[Row]:
        query = "select * from storage.objects where bucket_id = %s and name = any(%s)"
        async with self._as(caller) as connection:
            return await (await connection.execute(query, [bucket, names])).fetchall()

    async def under(self, caller: Caller, bucket: str, prefix: str, after: str) -> list[Row]:
        query = (
            'select * from storage.objects where bucket_id = %s and starts_with(name, %s) and name > %s collate "C"'
            ' order by name collate "C"'
        )
        async with self._as(caller) as connection:
            return await (await connection.execute(query, [bucket, prefix, after])).fetchall()

    async def list(self, caller: Caller, bucket: str, prefix: str, limit: int, offset: int) -> list[dict[str, Any]]:
        """The files and folders directly under a prefix, as a file browser shows them."""
        async with self._as(caller) as connection:
            query = "select * from storage.objects where bucket_id = %s and starts_with(name, %s) order by name"
            rows = await (await connection.execute(query, [bucket, prefix])).fetchall()
        entries: dict[str, dict[str, Any]] = {}
        for row in rows:
            head, slash, _ = row["name"][len(prefix) :].partition("/")
            entries.setdefault(head, _folder(head) if slash else shown(row, head))
        return list(entries.values())[offset : offset + limit]

    @staticmethod
    async def _find(connection: Connection, bucket: str, name: str) -> Row | None:
        query = "select * from storage.objects where bucket_id = %s and name = %s"
        return await (await connection.execute(query, [bucket, name])).fetchone()


def shown(row: Row, name: str) -> dict[str, Any]:
    stamps = {stamp: row[stamp].isoformat() for stamp in ("created_at", "updated_at", "last_accessed_at")}
    return {"name": name, "id": str(row["id"]), "metadata": row["metadata"], "bucket_id": row["bucket_id"], **stamps}


def _folder(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "id": None,
        "updated_at": None,
        "created_at": None,
        "last_accessed_at": None,
        "metadata": None,
    }


def _write(put: Put, version: str, metadata: dict[str, Any], *, force: bool = False) -> tuple[str, list[Any]]:
    query = (
        "insert into storage.objects (bucket_id, name, owner, owner_id, version, metadata)"
        " values (%s, %s, %s, %s, %s, %s)"
    )
    if put.upsert or force:
        query += (
            " on conflict (bucket_id, name) do update set owner = excluded.owner, owner_id = excluded.owner_id,"
            " version = excluded.version, metadata = excluded.metadata, updated_at = now()"
        )
    return query + " returning *", [put.bucket, put.name, put.owner, put.owner, version, json.dumps(metadata)]


def _allowed(mime: str, allowed: list[str]) -> bool:
    kind = mime.split("/")[0]
    return any(mime == one or one == f"{kind}/*" for one in allowed)
