"""The HTTPS transport when things go wrong on the way: done once or reported, never done twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from studio.errors import Forbidden, SettingsError, StoreFault, StoreUnavailable
from studio.settings import Settings
from studio.store import EmbeddedPostgres, Migrator
from studio.store.supabase import SupabaseStore
from tests.fakes.google import GoogleStandIn
from tests.fakes.supabase import PLATFORM_FILE, Project
from tests.studio.conftest import NewDatabase

# A movement of money in miniature: the key makes a repeated request harmless.
_LEDGER = """
create table public.till (key text primary key, amount bigint not null);
create sequence public.attempts;
grant all on public.till, public.attempts to service_role, authenticated;
create function public.role_of_call() returns jsonb language sql as $$ select to_jsonb(current_user) $$;
create function public.pay(key text, amount bigint, seconds float default 0) returns jsonb
language plpgsql as $$
begin
  perform nextval('public.attempts');
  insert into public.till values (key, amount) on conflict do nothing;
  perform pg_sleep(seconds);
  return to_jsonb((select sum(t.amount) from public.till t));
end $$;
grant execute on function public.pay, public.role_of_call to service_role, authenticated;
"""


@pytest.fixture(scope="module")
def database_url(new_database: NewDatabase) -> Iterator[str]:
    with new_database() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(_LEDGER)
        yield url


@pytest.fixture
def till(https_store: SupabaseStore, sql: psycopg.Connection) -> Callable[[], tuple[int, int]]:
    """(payments made, times the function ran to the end or was begun)"""
    sql.execute("truncate public.till; alter sequence public.attempts restart")

    def look() -> tuple[int, int]:
        made = sql.execute("select count(*) from public.till").fetchone()
        begun = sql.execute("select case when is_called then last_value else 0 end from public.attempts").fetchone()
        return made[0], begun[0]

    return look


def pay(store: SupabaseStore, *, as_user: UUID | None = None, **more: object) -> object:
    return store.call("pay", {"key": str(uuid4()), "amount": 5, **more}, as_user=as_user)


def test_a_503_before_the_work_is_tried_again(https_store, supabase_server, till):
    supabase_server.faults.answer(503, "/rpc/pay")
    assert pay(https_store) == 5
    assert till() == (1, 1)


@pytest.mark.parametrize("status", [502, 503, 504, 520, 522])
def test_an_answer_lost_after_the_work_does_not_do_it_twice(https_store, supabase_server, till, status):
    supabase_server.faults.answer(status, "/rpc/pay", after=True)
    assert pay(https_store) == 5
    assert till() == (1, 2)


def test_a_connection_cut_before_the_work_is_tried_again(https_store, supabase_server, till):
    supabase_server.faults.cut("/rpc/pay")
    assert pay(https_store) == 5
    assert till() == (1, 1)


def test_a_connection_cut_after_the_work_does_not_do_it_twice(https_store, supabase_server, till):
    supabase_server.faults.cut("/rpc/pay", after=True)
    assert pay(https_store) == 5
    assert till() == (1, 2)


def test_a_call_for_a_user_is_repeated_just_as_safely(https_store, supabase_server, till, user):
    supabase_server.faults.cut("/rpc/act_as", after=True, times=2)
    assert pay(https_store, as_user=user) == 5
    assert till() == (1, 3)


def test_an_answer_that_comes_too_late_does_not_do_it_twice(supabase_server, https_store, till):
    impatient = SupabaseStore(supabase_server.url, supabase_server.keys.secret, answer_limit_s=0.3)
    supabase_server.faults.slow(0.8, "/rpc/pay")
    assert pay(impatient) == 5
    impatient.close()
    time.sleep(0.8)
    assert till()[0] == 1


def test_a_failure_that_lasts_is_reported_and_nothing_is_done(supabase_server, https_store, till):
    impatient = SupabaseStore(supabase_server.url, supabase_server.keys.secret, patience_s=0.3)
    supabase_server.faults.answer(503, "/rpc/pay", times=1000)
    with pytest.raises(StoreUnavailable) as failure:
        pay(impatient)
    assert failure.value.code == "store_unavailable"
    assert till() == (0, 0)
    impatient.close()


def test_a_server_that_is_not_there_is_reported():
    store = SupabaseStore("http://127.0.0.1:9", "sb_secret_x", patience_s=0.1)
    with pytest.raises(StoreUnavailable):
        store.call("anything")


def test_connections_ended_by_the_database_in_mid_call_are_survived(https_store, till, sql):
    """What a caller sees of a database that is restarted: its transaction is gone, then all is well again."""
    results: list[object] = []
    caller = threading.Thread(target=lambda: results.append(pay(https_store, seconds=0.5)))
    caller.start()
    time.sleep(0.25)
    sql.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
    )
    caller.join(10)
    assert results == [5]
    assert till() == (1, 2)


@pytest.mark.parametrize("kind", ["secret", "legacy_service"])
def test_new_and_legacy_keys_are_the_service(supabase_server, https_store, kind):
    store = SupabaseStore(supabase_server.url, getattr(supabase_server.keys, kind))
    assert store.call("role_of_call") == "service_role"
    store.close()


def test_a_key_of_another_project_is_a_matter_of_settings(supabase_server, https_store):
    store = SupabaseStore(supabase_server.url, "sb_secret_of_another_project")
    with pytest.raises(SettingsError, match="SUPABASE_SECRET_KEY"):
        store.call("profile_get")
    assert supabase_server.faults.count("POST", "/rpc/profile_get") == 1


def test_a_publishable_key_is_not_enough(supabase_server, https_store, till):
    store = SupabaseStore(supabase_server.url, supabase_server.keys.publishable)
    with pytest.raises(Forbidden):
        pay(store)
    assert till() == (0, 0)


def test_settings_open_it(supabase_server, https_store, till, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUPABASE_URL", supabase_server.url + "/")
    monkeypatch.setenv("SUPABASE_SECRET_KEY", supabase_server.keys.secret)
    store = SupabaseStore.from_settings(Settings())
    assert pay(store) == 5
    store.close()


def test_settings_without_a_key_are_refused():
    with pytest.raises(SettingsError):
        SupabaseStore.from_settings(Settings(supabase_url="https://example.supabase.co", supabase_secret_key=None))


def test_a_page_that_is_not_json_is_a_fault(https_store, supabase_server):
    supabase_server.faults.answer(418, "/rpc/pay")
    with pytest.raises(StoreFault):
        pay(https_store)


@pytest.fixture
def own_project(tmp_path_factory: pytest.TempPathFactory, google: GoogleStandIn) -> Iterator[tuple]:
    folder = tmp_path_factory.mktemp("own")
    for place in (folder, *folder.parents[:3]):
        place.chmod(0o755)
    server = EmbeddedPostgres(Path(folder), options={"fsync": "off"}).start()
    (folder / "none").mkdir()
    Migrator(server.url(), folder=folder / "none", extras=[PLATFORM_FILE]).migrate()
    project = Project(google).start()
    project.attach(server.url())
    yield server, project
    project.stop()
    server.stop()


def test_a_database_that_is_restarted_is_waited_for(own_project):
    server, project = own_project
    with psycopg.connect(server.url(), autocommit=True) as sql:
        sql.execute(_LEDGER)
    store = SupabaseStore(project.url, project.keys.secret)
    assert pay(store) == 5
    server.stop()
    revival = threading.Timer(0.5, server.start)
    revival.start()
    assert pay(store) == 10
    revival.join()
    store.close()
