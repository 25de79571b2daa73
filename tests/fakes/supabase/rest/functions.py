"""The schema cache for functions: which one a call means, and the query that runs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg import sql

from ..database import Connection, Database
from .errors import RestError

_CATALOGUE = """
select p.proname as name, p.provolatile as volatility, p.proretset as returns_set,
       p.prorettype = 'void'::regtype as returns_void,
       (t.typtype = 'c' or p.prorettype = 'record'::regtype) as returns_rows,
       coalesce(p.proargnames, '{}') as arg_names,
       coalesce(p.proargmodes::text[], '{}') as arg_modes,
       array(select format_type(a, null) from unnest(coalesce(p.proallargtypes, p.proargtypes)) as a) as arg_types,
       p.pronargs - p.pronargdefaults as required_count
from pg_proc p join pg_type t on t.oid = p.prorettype
where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
"""


@dataclass(frozen=True)
class Parameter:
    name: str
    type: str
    required: bool


@dataclass(frozen=True)
class Function:
    name: str
    parameters: tuple[Parameter, ...]
    read_only: bool
    returns_set: bool
    returns_void: bool
    returns_rows: bool

    def accepts(self, names: frozenset[str]) -> bool:
        known = {parameter.name for parameter in self.parameters}
        needed = {parameter.name for parameter in self.parameters if parameter.required}
        return needed <= names <= known

    def query(self, names: frozenset[str]) -> sql.Composed:
        """The call in one statement: arguments are unpacked from one JSON object by their declared types."""
        given = [parameter for parameter in self.parameters if parameter.name in names]
        columns = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(p.name), sql.SQL(p.type))
            for p in given  # type: ignore[arg-type]
        )
        arguments = sql.SQL(", ").join(
            sql.SQL("{} := args.{}").format(sql.Identifier(p.name), sql.Identifier(p.name)) for p in given
        )
        call = sql.SQL("public.{}({})").format(sql.Identifier(self.name), arguments)
        result = call if self.returns_rows else sql.SQL("(select {} as scalar)").format(call)
        unpacked = (
            sql.SQL("json_to_record(payload.data) as args({})").format(columns) if given else sql.SQL("(select) args")
        )
        return sql.SQL(
            "with source as (select result.* from (select %s::json as data) payload, lateral {}, lateral {} result) "
            "select {} as body from source"
        ).format(unpacked, result, sql.SQL(self._shape()))

    def _shape(self) -> str:
        value = "source" if self.returns_rows else "source.scalar"
        return f"coalesce(json_agg({value}), '[]')::text" if self.returns_set else f"(json_agg({value})->0)::text"


class Functions:
    """Loaded once, and again when a call fits nothing that is known."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Function]] = {}

    async def find(self, name: str, names: frozenset[str], database: Database) -> Function:
        found = self._match(name, names)
        if not found:
            async with database.as_service("authenticator") as connection:
                await self._load(connection)
            found = self._match(name, names)
        if len(found) == 1:
            return found[0]
        if found:
            raise RestError(300, "PGRST203", "Could not choose the best candidate function between: " + name)
        raise _unknown(name, names)

    def _match(self, name: str, names: frozenset[str]) -> list[Function]:
        return [function for function in self._by_name.get(name, []) if function.accepts(names)]

    async def _load(self, connection: Connection) -> None:
        rows = await (await connection.execute(_CATALOGUE)).fetchall()
        self._by_name = {}
        for row in rows:
            self._by_name.setdefault(row["name"], []).append(_function(row))


def _function(row: dict[str, Any]) -> Function:
    modes = row["arg_modes"] or ["i"] * len(row["arg_types"])
    inputs = [
        (name, kind)
        for name, kind, mode in zip(row["arg_names"], row["arg_types"], modes, strict=False)
        if mode in ("i", "b", "v")
    ]
    parameters = tuple(
        Parameter(name, kind, required=position < row["required_count"]) for position, (name, kind) in enumerate(inputs)
    )
    return Function(
        row["name"],
        parameters,
        read_only=row["volatility"] != "v",
        returns_set=row["returns_set"],
        returns_void=row["returns_void"],
        returns_rows=row["returns_rows"],
    )


def _unknown(name: str, names: frozenset[str]) -> RestError:
    listed = ", ".join(sorted(names))
    suffix = f"({listed})" if names else " without parameters"
    searched = f" with parameter{'s' if len(names) > 1 else ''} {listed}" if names else " without parameters"
    return RestError(
        404,
        "PGRST202",
        f"Could not find the function public.{name}{suffix} in the schema cache",
        details=f"Searched for the function public.{name}{searched} or with a single unnamed json/jsonb parameter, "
        "but no matches were found in the schema cache.",
    )
