"""Every function of the store against what no caller should send: a typed error, and nothing changed."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest

from studio.errors import StoreError, StoreFault, StoreUnavailable, UnknownFunction
from studio.store import PostgresStore
from tests.supabase.test_rights import SERVICE_FUNCTIONS, SHARED_FUNCTIONS, USER_FUNCTIONS
from tests.supabase.world import furnish

FAULTS = (StoreFault, StoreUnavailable, UnknownFunction)
LONG = "x" * 30_000
TOO_LONG = "x" * 4_100_000
ALWAYS = ["\x00", "a\x00b", "\ud800", float("nan"), object()]
WRONG: dict[str, list[object]] = {
    "uuid": ["", "not-an-id", 7, {}, [], True, "'; drop table public.jobs; --"],
    "uuid[]": ["", "not-an-id", 7, True, ["not-an-id"], [7], {"a": 1}],
    "text": [LONG],
    "bigint": ["many", -1, -(2**63), 2**63, 10**40, 1.5, {}, []],
    "integer": ["many", 2**31, 10**40, 1.5, {}, []],
    "smallint": ["many", 2**15, 10**40, 1.5, {}],
    "numeric": ["many", -1, 10**400, {}],
    "boolean": ["perhaps", 7, {}],
    "timestamp with time zone": ["yesterday-ish", 7, {}],
    "jsonb": ["text", 7, [1], {"seconds": -1}, {"seconds": "many"}, {"scopes": None}, {"x": TOO_LONG}, {"\x00": 1}],
    "json": ["text", 7, [1]],
}
PLAIN: dict[str, object] = {
    "text": "x",
    "bigint": 5,
    "integer": 5,
    "smallint": 5,
    "numeric": 0.5,
    "boolean": True,
    "timestamp with time zone": "2030-01-01T00:00:00Z",
    "jsonb": {},
    "json": {},
}


@pytest.fixture(scope="module")
def town(new_database):
    """One database for all functions, since none of them may change it: a superuser's connection, a store, a world."""
    with new_database() as url, psycopg.connect(url, autocommit=True) as connection:
        store, user = PostgresStore(url, size=2), uuid4()
        connection.execute("insert into auth.users (id) values (%s)", [user])
        yield connection, store, furnish(store, user)
        store.close()


@pytest.fixture(scope="module")
def digest(town):
    """Everything in every table, in short."""
    tables = [
        f"{schema}.{name}"
        for schema, name in town[0].execute(
            "select schemaname, tablename from pg_tables where schemaname in ('public', 'private', 'auth')"
        )
    ]
    parts = " union all ".join(
        f"(select '{one}', md5(string_agg(t::text, '' order by t::text)) from {one} t)" for one in tables
    )
    return lambda: town[0].execute(parts).fetchall()


def signature(sql, function):
    names, types = sql.execute(
        "select coalesce(proargnames, '{}'), array(select format_type(kind, null) from unnest(proargtypes) kind)"
        " from pg_proc where pronamespace = 'public'::regnamespace and proname = %s",
        [function],
    ).fetchone()
    return dict(zip(names, types, strict=True))


@pytest.mark.parametrize("function", sorted(SERVICE_FUNCTIONS | SHARED_FUNCTIONS | USER_FUNCTIONS))
def test_it_refuses_with_a_typed_error_and_leaves_everything_as_it_was(town, digest, function):
    sql, store, world = town
    caller = world.user if function in USER_FUNCTIONS else None
    parameters = signature(sql, function)
    before = digest()
    for name, kind in parameters.items():
        for wrong in [*WRONG[kind], *ALWAYS]:
            arguments = {one: PLAIN.get(of, str(uuid4())) for one, of in parameters.items()}
            arguments |= {"p_user": world.user} if "p_user" in parameters else {}
            if not refused(store, function, arguments | {name: wrong}, caller):
                before = digest()
    assert digest() == before


def refused(store, function, arguments, caller):
    try:
        store.call(function, arguments, as_user=caller)
    except StoreError as error:
        # `act_as` calls what it is given the name of, so there a wrong name is an unknown function.
        if isinstance(error, FAULTS) and not (function == "act_as" and isinstance(error, UnknownFunction)):
            pytest.fail(f"{function}({arguments!r:.200}): {error} {error.details!r:.400}")
        return bool(error.code and error.message)
    return False


@pytest.mark.parametrize("wrong", ["\x00", "a\x00b", "\ud800", float("inf"), object(), b"bytes"])
def test_what_no_value_of_the_store_can_be_is_always_refused(store, user, wrong):
    for fields in ({"title": wrong}, {str(wrong): 1, "title": wrong}, wrong):
        with pytest.raises(StoreError) as refusal:
            store.call("project_create", {"p_id": uuid4(), "p_fields": fields}, as_user=user)
        assert refusal.value.code == "value_invalid"
    assert store.call("project_list", as_user=user) == []


@pytest.mark.parametrize("function", ["no_such_function", "pg_sleep", "quote; drop table public.jobs", "QUOTE"])
def test_what_is_not_a_function_of_the_store_is_unknown(store, function):
    with pytest.raises(UnknownFunction):
        store.call(function, {"p_usage": {"seconds": 1}})


def test_missing_and_unheard_of_arguments_are_unknown(store):
    for arguments in ({}, {"p_usage": {"seconds": 1}, "p_more": 1}, {"usage": {"seconds": 1}}):
        with pytest.raises(UnknownFunction):
            store.call("quote", arguments)
