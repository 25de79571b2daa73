"""Requests on tables and views: the part of PostgREST's query language that supabase-py's builders write."""

from __future__ import annotations

import json
from typing import Any

from psycopg import sql
from starlette.datastructures import QueryParams

from .errors import RestError

_OPERATORS = {"eq": "=", "neq": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<=", "like": "like", "ilike": "ilike"}
_RESERVED = {"select", "order", "limit", "offset", "on_conflict", "columns", "apikey"}
_IS = {"null": "null", "true": "true", "false": "false", "not_null": "not null"}


def select_query(table: str, query: QueryParams) -> tuple[sql.Composed, list[Any]]:
    where, values = _where(query)
    statement = sql.SQL("select {} from public.{} as row{}{}").format(
        _columns(query), sql.Identifier(table), where, _order(query)
    )
    for word in ("limit", "offset"):
        if query.get(word, "").isdigit():
            statement += sql.SQL(f" {word} {int(query[word])}")  # type: ignore[arg-type]
    return _as_body(statement), values


def insert_query(table: str, query: QueryParams, rows: list[dict[str, Any]]) -> tuple[sql.Composed, list[Any]]:
    names = sorted({name for row in rows for name in row})
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    statement = sql.SQL(
        "insert into public.{table} ({columns})"
        " select {columns} from json_populate_recordset(null::public.{table}, %s::json)"
    ).format(table=sql.Identifier(table), columns=columns)
    return statement, [json.dumps(rows)]


def update_query(table: str, query: QueryParams, row: dict[str, Any]) -> tuple[sql.Composed, list[Any]]:
    where, values = _where(query)
    columns = sql.SQL(", ").join(map(sql.Identifier, row))
    assigned = sql.SQL("({}) = (select {} from json_populate_record(null::public.{}, %s::json))").format(
        columns, columns, sql.Identifier(table)
    )
    statement = sql.SQL("update public.{} as row set {}{}").format(sql.Identifier(table), assigned, where)
    return statement, [json.dumps(row), *values]


def delete_query(table: str, query: QueryParams) -> tuple[sql.Composed, list[Any]]:
    where, values = _where(query)
    return sql.SQL("delete from public.{} as row{}").format(sql.Identifier(table), where), values


def returning(statement: sql.Composed, query: QueryParams) -> sql.Composed:
    """The rows that a write touched, as `Prefer: return=representation` asks."""
    return sql.SQL("with row as ({} returning *) ").format(statement) + _as_body(
        sql.SQL("select {} from row").format(_columns(query))
    )


def _as_body(statement: sql.Composed) -> sql.Composed:
    return sql.SQL("select coalesce(json_agg(found), '[]')::text as body, count(*) as total from ({}) found").format(
        statement
    )


def _columns(query: QueryParams) -> sql.Composable:
    names = [name.strip() for name in query.get("select", "*").split(",")]
    if names == ["*"]:
        return sql.SQL("row.*")
    return sql.SQL(", ").join(sql.SQL("row.{}").format(sql.Identifier(name)) for name in names)


def _order(query: QueryParams) -> sql.Composable:
    if not query.get("order"):
        return sql.SQL("")
    parts = []
    for term in query["order"].split(","):
        name, *words = term.split(".")
        parts.append(sql.SQL("row.{} {}").format(sql.Identifier(name), sql.SQL("desc" if "desc" in words else "asc")))
    return sql.SQL(" order by ") + sql.SQL(", ").join(parts)


def _where(query: QueryParams) -> tuple[sql.Composable, list[Any]]:
    conditions: list[sql.Composable] = []
    values: list[Any] = []
    for name, text in query.multi_items():
        if name not in _RESERVED:
            conditions.append(_condition(name, text, values))
    if not conditions:
        return sql.SQL(""), values
    return sql.SQL(" where ") + sql.SQL(" and ").join(conditions), values


def _condition(name: str, text: str, values: list[Any]) -> sql.Composable:
    operator, _, value = text.partition(".")
    if operator == "not":
        return sql.SQL("not {}").format(_condition(name, value, values))
    column = sql.SQL("row.{}").format(sql.Identifier(name))
    if operator == "is" and value in _IS:
        return sql.SQL("{} is {}").format(column, sql.SQL(_IS[value]))
    if operator == "in":
        values.extend(item.strip('"') for item in value.strip("()").split(","))
        marks = ", ".join("%s" for _ in value.strip("()").split(","))
        return sql.SQL("{} in ({})").format(column, sql.SQL(marks))  # type: ignore[arg-type]
    if operator not in _OPERATORS:
        raise RestError(
            400, "PGRST100", f'"failed to parse filter ({text})" (line 1, column 1)', details="unexpected input"
        )
    values.append(value.replace("*", "%") if "like" in operator else value)
    return sql.SQL("{} {} %s").format(column, sql.SQL(_OPERATORS[operator]))
