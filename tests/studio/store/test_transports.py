"""What every transport must do alike, on functions made for the purpose; each test runs on both."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from studio.errors import Forbidden, InsufficientCredits, InvalidValue, NotFound, StoreFault, UnknownFunction
from studio.store import Store
from tests.studio.conftest import NewDatabase

_FUNCTIONS = """
create table public.notes (owner uuid, text text check (length(text) < 10));
alter table public.notes enable row level security;
create policy own on public.notes using ((select auth.uid()) = owner);
grant select, insert on public.notes to authenticated, service_role;

create function public.echo(anything jsonb, label text default 'none') returns jsonb
  language sql as $$ select jsonb_build_object('anything', anything, 'label', label) $$;
create function public.number_of(amount integer) returns integer language sql as $$ select amount $$;
create function public.whoami() returns jsonb language sql as $$
  select jsonb_build_object('role', current_user, 'user', auth.uid()) $$;
create function public.my_notes() returns jsonb language sql as $$
  select coalesce(jsonb_agg(text), '[]') from public.notes $$;
create function public.write_note(note text) returns jsonb language plpgsql as $$
  begin insert into public.notes values (auth.uid(), note); return 'true'; end $$;
create function public.not_for_users() returns jsonb language sql as $$ select '1'::jsonb $$;
create function public.too_poor() returns jsonb language plpgsql as $$
  begin raise exception 'You need 3 more credits.'
    using errcode = 'P0001', hint = 'insufficient_credits', detail = '{"balance": 1, "needed": 4}'; end $$;
create function public.broken() returns jsonb language plpgsql as $$
  begin raise exception 'oops' using errcode = 'XX000'; end $$;
create table public.parts (owner uuid references auth.users);
grant insert on public.parts to service_role;
create function public.add_part(owner uuid) returns jsonb language sql as $$
  insert into public.parts values (owner) returning '1'::jsonb $$;
create function public.absent() returns jsonb language sql as $$ select null::jsonb $$;
grant execute on all functions in schema public to service_role;
grant execute on function public.whoami(), public.my_notes(), public.write_note(text), public.number_of(integer),
  public.too_poor() to authenticated;
"""

ALICE = UUID("00000000-0000-0000-0000-00000000000a")


@pytest.fixture(scope="module")
def database_url(new_database: NewDatabase) -> Iterator[str]:
    with new_database() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(_FUNCTIONS)
        yield url


@pytest.fixture(autouse=True)
def notes(sql: psycopg.Connection) -> None:
    sql.execute(f"truncate public.notes; insert into public.notes values ('{ALICE}', 'a'), (gen_random_uuid(), 'b')")


def test_json_travels_there_and_back_unchanged(store: Store):
    value = {"text": 'é "quoted" \\ 🎬', "list": [1, 2.5, None, True], "empty": {}, "big": 9007199254740993}
    assert store.call("echo", {"anything": value}) == {"anything": value, "label": "none"}


def test_arguments_may_be_left_to_their_defaults_or_given_in_any_order(store: Store):
    assert store.call("echo", {"label": "x", "anything": 1}) == {"anything": 1, "label": "x"}


def test_an_id_may_be_given_as_itself(store: Store):
    assert store.call("echo", {"anything": ALICE}) == {"anything": str(ALICE), "label": "none"}


def test_a_scalar_comes_back_as_itself(store: Store):
    assert store.call("number_of", {"amount": 7}) == 7


def test_null_comes_back_as_none(store: Store):
    assert store.call("absent") is None


def test_without_a_user_the_call_is_the_services(store: Store):
    assert store.call("whoami") == {"role": "service_role", "user": None}


def test_with_a_user_the_call_is_in_their_role_and_name(store: Store):
    assert store.call("whoami", as_user=ALICE) == {"role": "authenticated", "user": str(ALICE)}


def test_the_next_call_does_not_inherit_the_user(store: Store):
    store.call("whoami", as_user=ALICE)
    assert store.call("whoami") == {"role": "service_role", "user": None}


def test_a_users_policies_hold(store: Store):
    assert store.call("my_notes", as_user=ALICE) == ["a"]
    assert store.call("my_notes", as_user=uuid4()) == []
    assert sorted(store.call("my_notes")) == ["a", "b"]


def test_a_user_may_write_what_a_policy_lets_them(store: Store):
    store.call("write_note", {"note": "mine"}, as_user=ALICE)
    assert sorted(store.call("my_notes", as_user=ALICE)) == ["a", "mine"]


def test_a_user_may_not_run_the_services_functions(store: Store):
    assert store.call("not_for_users") == 1
    with pytest.raises(Forbidden):
        store.call("not_for_users", as_user=ALICE)


def test_a_user_may_not_act_as_another(store: Store):
    arguments = {"as_user": uuid4(), "function": "whoami", "arguments": {}}
    with pytest.raises(Forbidden):
        store.call("act_as", arguments, as_user=ALICE)


def test_an_unknown_function_is_named(store: Store):
    with pytest.raises(UnknownFunction):
        store.call("no_such_function", {"a": 1})
    with pytest.raises(UnknownFunction):
        store.call("no_such_function", as_user=ALICE)


@pytest.mark.parametrize("as_user", [None, ALICE])
def test_arguments_that_a_function_does_not_take_are_refused(store: Store, as_user: UUID | None):
    with pytest.raises(UnknownFunction):
        store.call("number_of", {"amount": 1, "extra": 2}, as_user=as_user)
    with pytest.raises(UnknownFunction):
        store.call("number_of", {}, as_user=as_user)


@pytest.mark.parametrize("as_user", [None, ALICE])
@pytest.mark.parametrize("amount", ["many", 2**40, {"a": 1}, 1.5])
def test_a_value_of_the_wrong_type_or_size_is_refused(store: Store, amount: object, as_user: UUID | None):
    with pytest.raises(InvalidValue):
        store.call("number_of", {"amount": amount}, as_user=as_user)


def test_a_null_byte_is_refused(store: Store):
    with pytest.raises(InvalidValue):
        store.call("echo", {"anything": "a\x00b"})


def test_a_broken_rule_is_an_invalid_value_and_changes_nothing(store: Store):
    with pytest.raises(InvalidValue):
        store.call("write_note", {"note": "far too long for it"}, as_user=ALICE)
    assert store.call("my_notes", as_user=ALICE) == ["a"]


def test_our_own_refusals_keep_their_sentence_and_facts(store: Store):
    with pytest.raises(InsufficientCredits) as refusal:
        store.call("too_poor")
    assert refusal.value.message == "You need 3 more credits."
    assert refusal.value.details == {"balance": 1, "needed": 4}
    with pytest.raises(InsufficientCredits):
        store.call("too_poor", as_user=ALICE)


def test_a_fault_of_the_database_is_told_apart(store: Store):
    with pytest.raises(StoreFault):
        store.call("broken")


def test_a_row_that_is_missing_is_not_found(store: Store):
    with pytest.raises(NotFound):
        store.call("add_part", {"owner": uuid4()})
