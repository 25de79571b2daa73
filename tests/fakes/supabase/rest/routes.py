"""The two doors of PostgREST: /rest/v1/rpc/<function> and /rest/v1/<table>."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg_pool import PoolTimeout
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..gateway import KeyRefused, caller_of
from ..keys import Caller, TokenRefused
from . import tables
from .errors import RestError, database_response, token_response
from .functions import Function, Functions

if TYPE_CHECKING:
    from ..project import Project

_ONE_OBJECT = "application/vnd.pgrst.object+json"


def rest_routes(project: Project) -> list[Route]:
    rest = Rest(project)
    return [
        Route("/rest/v1/rpc/{name}", rest.call, methods=["POST", "GET", "HEAD"]),
        Route("/rest/v1/{table}", rest.table, methods=["GET", "HEAD", "POST", "PATCH", "DELETE"]),
    ]


class Rest:
    def __init__(self, project: Project) -> None:
        self._project = project
        self._functions = Functions()

    async def call(self, request: Request) -> Response:
        return await self._answer(request, self._call)

    async def table(self, request: Request) -> Response:
        return await self._answer(request, self._table)

    async def _answer(self, request: Request, handler: Any) -> Response:
        role = "anon"
        try:
            caller = caller_of(request, self._project.keys)
            role = caller.role
            return await handler(request, caller)
        except KeyRefused as error:
            return error.response()
        except TokenRefused as error:
            return token_response(error)
        except RestError as error:
            return error.response()
        except (psycopg.Error, PoolTimeout) as error:
            return database_response(error, role)

    async def _call(self, request: Request, caller: Caller) -> Response:
        names, arguments = await _arguments(request)
        function = await self._functions.find(request.path_params["name"], names, self._project.database)
        read_only = request.method != "POST" or function.read_only
        settings = _settings(request)
        async with self._project.database.as_caller(caller, settings=settings, read_only=read_only) as connection:
            cursor = await connection.execute(function.query(names), [arguments])
            row = await cursor.fetchone()
        return _function_answer(function, row["body"] if row else None, request)

    async def _table(self, request: Request, caller: Caller) -> Response:
        statement, values, wanted = await _statement(request)
        read_only = request.method in ("GET", "HEAD")
        settings = _settings(request)
        async with self._project.database.as_caller(caller, settings=settings, read_only=read_only) as connection:
            cursor = await connection.execute(statement, values)
            row = await cursor.fetchone() if wanted else None
        if row is None:
            return Response(status_code=201 if request.method == "POST" else 204)
        return _rows_answer(row["body"], row["total"], request)


async def _statement(request: Request) -> tuple[Any, list[Any], bool]:
    table, query = request.path_params["table"], request.query_params
    if request.method in ("GET", "HEAD"):
        return *tables.select_query(table, query), True
    wanted = "return=representation" in request.headers.get("prefer", "")
    if request.method == "DELETE":
        statement, values = tables.delete_query(table, query)
    else:
        body = await _json(request)
        rows = body if isinstance(body, list) else [body]
        make = tables.insert_query if request.method == "POST" else None
        statement, values = make(table, query, rows) if make else tables.update_query(table, query, rows[0])
    return (tables.returning(statement, query) if wanted else statement), values, wanted


async def _arguments(request: Request) -> tuple[frozenset[str], str]:
    """The names given and the JSON as it came, so that Postgres itself reads the values."""
    if request.method != "POST":
        return frozenset(request.query_params), json.dumps(dict(request.query_params))
    body = await _json(request)
    if not isinstance(body, dict):
        raise RestError(400, "PGRST102", "Empty or invalid json")
    return frozenset(body), (await request.body()).decode() or "{}"


async def _json(request: Request) -> Any:
    try:
        return json.loads(await request.body() or b"{}")
    except ValueError as error:
        raise RestError(400, "PGRST102", "Empty or invalid json") from error


def _settings(request: Request) -> dict[str, str]:
    headers = {name: value for name, value in request.headers.items() if name not in ("apikey", "authorization")}
    return {
        "request.method": request.method,
        "request.path": request.url.path,
        "request.headers": json.dumps(headers),
    }


def _function_answer(function: Function, body: str | None, request: Request) -> Response:
    if function.returns_void:
        return Response(status_code=204)
    if function.returns_set and function.returns_rows:
        rows = json.loads(body or "[]")
        return _rows_answer(body or "[]", len(rows), request)
    return Response(body or "null", media_type="application/json; charset=utf-8")


def _rows_answer(body: str, total: int, request: Request) -> Response:
    span = f"0-{total - 1}" if total else "*"
    headers = {"content-range": f"{span}/{total if 'count=exact' in request.headers.get('prefer', '') else '*'}"}
    if request.headers.get("accept", "").startswith(_ONE_OBJECT):
        rows = json.loads(body)
        if len(rows) != 1:
            details = f"The result contains {len(rows)} rows"
            raise RestError(406, "PGRST116", "Cannot coerce the result to a single JSON object", details=details)
        return JSONResponse(rows[0], headers=headers)
    return Response(
        body,
        status_code=201 if request.method == "POST" and "/rpc/" not in request.url.path else 200,
        media_type="application/json; charset=utf-8",
        headers=headers,
    )
