"""The audit log: a chain that shows what was changed or is missing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from studio.errors import KeyReused
from studio.safety import AuditLog


@pytest.fixture
def log(store):
    return AuditLog(store)


@pytest.fixture
def tamper(sql):
    """Change history as somebody would who has the database itself."""

    def change(statement):
        sql.execute("set session_replication_role = replica")
        sql.execute(statement)
        sql.execute("set session_replication_role = origin")

    return change


def test_an_empty_log_and_an_honest_one_are_whole(log):
    assert log.broken_at() is None
    for _ in range(3):
        log.record("test.act", actor="test")
    assert log.broken_at() is None


def test_an_act_recorded_twice_under_one_key_is_one_row(log):
    key = uuid4()
    assert log.record("test.act", actor="test", key=key) == log.record("test.act", actor="test", key=key)
    assert len(log.list_of()) == 1


def test_a_key_that_comes_back_with_another_act_is_refused(log, user):
    key = uuid4()
    log.record("test.act", actor="test", key=key)
    for other in ({"subject": "x"}, {"user": user}, {"details": {"n": 1}}):
        with pytest.raises(KeyReused):
            log.record("test.act", actor="test", key=key, **other)
    assert len(log.list_of()) == 1


def test_without_details_the_key_still_counts(log, store):
    entry = {"p_key": uuid4(), "p_action": "test.act", "p_user": None, "p_actor": "test", "p_details": None}
    assert store.call("audit_record", entry) == store.call("audit_record", entry)
    assert len(log.list_of()) == 1


def test_many_writers_at_once_make_one_chain(log):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: log.record("test.act", actor="test", details={"n": number}), range(20)))
    assert sorted(row.id for row in log.list_of()) == list(range(1, 21))
    assert log.broken_at() is None


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("delete from public.audit_log where id = 2", 2),
        ("update public.audit_log set actor = 'nobody' where id = 2", 2),
        ("update public.audit_log set at = at + interval '1 microsecond' where id = 3", 3),
        ("delete from public.audit_log where id = 1", 1),
        ("delete from public.audit_log where id = 4", 4),
        ("delete from public.audit_log", 4),
    ],
)
def test_a_removed_or_changed_row_shows(log, tamper, statement, place):
    for _ in range(4):
        log.record("test.act", actor="test")
    tamper(statement)
    assert log.broken_at() == place


def test_the_list_pages_and_filters(log, user):
    log.record("test.act", actor="a", user=user)
    log.record("test.act", actor="b")
    assert [row.actor for row in log.list_of()] == ["b", "a"]
    assert [row.actor for row in log.list_of(user=user)] == ["a"]
    assert [row.actor for row in log.list_of(before=2)] == ["a"]
