"""The direct transport when the database breaks off: tried again without doing it twice, or reported."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from studio.credits import Credits
from studio.errors import InvalidValue, StoreUnavailable
from studio.store import EmbeddedPostgres, PostgresStore
from studio.store.home import EmbeddedStore


@pytest.fixture
def home(server_folder: Path) -> Iterator[EmbeddedStore]:
    store = EmbeddedStore(EmbeddedPostgres(server_folder))
    yield store
    store.close()


@pytest.fixture
def member(home):
    person = uuid4()
    with psycopg.connect(home.server.url(), autocommit=True) as connection:
        connection.execute("insert into auth.users (id) values (%s)", [person])
    return person


def cut_the_store(url):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name = 'canvascast' and datname = current_database()"
        )


def test_a_cut_connection_is_replaced_and_nobody_notices(direct_store, database_url, user):
    credits = Credits(direct_store)
    credits.purchase(user, 5, key="p1")
    cut_the_store(database_url)
    credits.purchase(user, 5, key="p2")
    assert credits.account(user).balance == 20


def test_a_call_that_is_cut_before_its_answer_is_done_once(direct_store, database_url, user):
    """The purchase waits for the account's lock while its connection is cut; its second try finds the lock free."""
    credits = Credits(direct_store)
    with psycopg.connect(database_url) as holder:
        holder.execute("select 1 from public.credit_accounts where user_id = %s for update", [user])
        buyer = threading.Thread(target=credits.purchase, args=(user, 5), kwargs={"key": "p1"})
        buyer.start()
        time.sleep(0.2)
        cut_the_store(database_url)
    buyer.join(10)
    assert credits.account(user).balance == 15


def test_an_answer_that_was_lost_is_asked_for_again_and_the_work_is_not_repeated(direct_store, sql, user):
    """What the first try did is found by its key when the second try comes."""
    ask = {"p_user": user, "p_amount": 5, "p_key": "p1"}
    first = direct_store.call("credit_purchase", ask)
    assert direct_store.call("credit_purchase", ask) == first
    assert sql.execute("select count(*) from public.credit_ledger where kind = 'purchase'").fetchone() == (1,)


def test_a_killed_server_is_brought_back_by_the_call_that_needs_it(home, member):
    credits = Credits(home)
    credits.purchase(member, 5, key="p1")
    os.kill(home.server.server_pid(), signal.SIGKILL)
    credits.purchase(member, 5, key="p2")
    assert credits.account(member).balance == 20


def test_a_restart_in_the_middle_of_many_calls_loses_and_doubles_nothing(home, member):
    credits, over = Credits(home), threading.Event()

    def restart():
        while not over.wait(0.3):
            os.kill(home.server.server_pid() or 0, signal.SIGINT)
            return

    thread = threading.Thread(target=restart)
    thread.start()
    for number in range(200):
        credits.grant(member, 1, key=f"g{number}")
    over.set()
    thread.join()
    assert credits.account(member).balance == 210
    assert credits.unbalanced() == []


def test_a_database_that_stays_away_is_reported_and_not_waited_for_forever():
    store = PostgresStore("postgresql://postgres:x@127.0.0.1:1/postgres", patience_s=0.5, size=1)
    began = time.monotonic()
    with pytest.raises(StoreUnavailable) as report:
        store.call("credit_audit")
    assert time.monotonic() - began < 10
    assert "try again" in report.value.message
    store.close()


def test_a_connection_that_spoke_for_one_user_does_not_speak_for_another(database_url, sign_up):
    store = PostgresStore(database_url, size=1)
    people = [sign_up(), sign_up()]
    for person in people * 3:
        assert store.call("credit_balance", as_user=person)["user_id"] == str(person)
        assert store.call("credit_account", {"p_user": person})["balance"] == 10
    store.close()


def test_a_failed_call_leaves_the_connection_fit_for_the_next(database_url, user):
    store = PostgresStore(database_url, size=1)
    credits = Credits(store)
    for _ in range(20):
        with pytest.raises(InvalidValue):
            store.call("quote", {"p_usage": {"seconds": -1}})
        assert credits.account(user).balance == 10
    store.close()
