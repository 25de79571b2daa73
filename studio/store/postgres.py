"""The direct transport: an SQL function called through psycopg as PostgREST would call it, in the caller's role."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from studio.errors import StudioError, UnknownFunction
from studio.store.failures import body, failure, unavailable
from studio.store.patience import patiently
from studio.store.store import Json

_OPTIONS = "-c timezone=UTC -c statement_timeout=20000 -c idle_in_transaction_session_timeout=60000"
_SIGNATURE = """
select p.proargnames, array(select format_type(kind, null) from unnest(p.proargtypes) kind), p.pronargdefaults
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname = 'public' and p.proname = %s and p.prokind = 'f'
"""


_BECOME = "select set_config('role', %s, false), set_config('request.jwt.claims', %s, false)"


class _Connection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that knows in whose name it speaks."""

    caller = ""


@dataclass(frozen=True)
class _Signature:
    names: tuple[str, ...]
    types: tuple[str, ...]
    defaults: int

    def accepts(self, given: frozenset[str]) -> bool:
        required = self.names[: len(self.names) - self.defaults]
        return given.issubset(self.names) and given.issuperset(required)


class PostgresStore:
    """Calls functions over a pool of connections; tries again when the server went away in mid-call."""

    def __init__(
        self,
        url: str | Callable[[], str],
        *,
        revive: Callable[[], object] | None = None,
        size: int = 10,
        patience_s: float = 15.0,
    ) -> None:
        """`revive` is called when the database cannot be reached, before the next try; `url` is read again then."""
        self._revive = revive
        self._patience_s = patience_s
        self._statements: dict[tuple[str, frozenset[str]], Composed] = {}
        # The pool wants None or a callable; a dead server is found by the call itself, so connections are not checked.
        self._pool = ConnectionPool(
            url,
            connection_class=_Connection,
            min_size=1,
            max_size=size,
            timeout=min(5.0, patience_s),
            open=True,
            kwargs={"autocommit": True, "options": _OPTIONS, "connect_timeout": 5, "application_name": "canvascast"},
        )

    def call(
        self, function: str, arguments: Mapping[str, object] | None = None, *, as_user: UUID | None = None
    ) -> Json:
        """Run one function in a transaction of its own, as that user or as the service, and return its JSON."""
        text, names = body(arguments), frozenset(arguments or {})
        return patiently(
            lambda: self._once(function, names, text, as_user), patience_s=self._patience_s, recover=self._recover
        )

    def close(self) -> None:
        self._pool.close()

    def _recover(self) -> None:
        if self._revive is not None:
            self._revive()
        # Where one connection broke, the others that wait in the pool are likely broken too.
        self._pool.check()

    def _once(self, function: str, names: frozenset[str], text: str, as_user: UUID | None) -> Json:
        try:
            with self._pool.connection() as connection:
                _become(connection, as_user)
                row = connection.execute(self._statement(connection, function, names), [text]).fetchone()
                return row[0] if row else None
        except (PoolTimeout, PoolClosed) as error:
            raise unavailable(str(error)) from error
        except psycopg.Error as error:
            raise _translated(error) from error

    def _statement(self, connection: _Connection, function: str, names: frozenset[str]) -> Composed:
        known = self._statements.get((function, names))
        if known is None:
            known = self._statements[function, names] = _compose(
                function, _signature(connection, function, names), names
            )
        return known


def _signature(connection: _Connection, function: str, names: frozenset[str]) -> _Signature:
    for given, types, defaults in connection.execute(_SIGNATURE, [function]):
        signature = _Signature(names=tuple(given or ()), types=tuple(types), defaults=defaults)
        if signature.accepts(names):
            return signature
    given_names = ", ".join(sorted(names)) or "none"
    raise UnknownFunction(f"The store has no function {function} with the arguments {given_names}.")


def _compose(function: str, signature: _Signature, names: frozenset[str]) -> Composed:
    """The call with its arguments read from one JSON object, which is how PostgREST types them too."""
    wanted = [(name, kind) for name, kind in zip(signature.names, signature.types, strict=True) if name in names]
    if not wanted:
        return SQL("select to_jsonb(public.{}()) from (select %s::text) nothing").format(Identifier(function))
    # A type's name comes from the catalogue, not from the caller.
    fields = SQL(", ").join(SQL("{} " + kind).format(Identifier(name)) for name, kind in wanted)
    passed = SQL(", ").join(SQL("{0} => given.{0}").format(Identifier(name)) for name, _ in wanted)
    return SQL("select to_jsonb(public.{}({})) from json_to_record(%s::json) as given({})").format(
        Identifier(function), passed, fields
    )


def _become(connection: _Connection, as_user: UUID | None) -> None:
    """Take the caller's role and claims; a connection keeps them for the next call of the same caller."""
    role = "service_role" if as_user is None else "authenticated"
    claims = json.dumps({"role": role} if as_user is None else {"role": role, "sub": str(as_user)})
    if connection.caller != claims:
        connection.caller = ""
        connection.execute(_BECOME, [role, claims])
        connection.caller = claims


def _translated(error: psycopg.Error) -> StudioError:
    diagnosis = error.diag
    if error.sqlstate is None and isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return unavailable(str(error))
    return failure(
        error.sqlstate or "", diagnosis.message_primary or str(error), diagnosis.message_hint, diagnosis.message_detail
    )
