"""The moderation log: verdicts, once each, forgotten in time."""

from __future__ import annotations

from uuid import uuid4

import pytest

from studio.errors import InvalidValue, KeyReused
from studio.safety import ModerationLog


@pytest.fixture
def log(store):
    return ModerationLog(store)


def test_verdicts_are_kept_and_found(log, user):
    log.record(uuid4(), user=user, subject="notes", verdict="allowed", judge="rules")
    log.record(uuid4(), user=user, subject="prompt", verdict="refused", judge="openai", categories=["violence"])
    [refused] = log.list_of(verdict="refused")
    assert (refused.subject, refused.categories) == ("prompt", ["violence"])
    assert len(log.list_of()) == 2


def test_a_verdict_told_twice_is_one_and_cannot_become_another(log, user):
    verdict = uuid4()
    ask = {"user": user, "subject": "notes", "judge": "rules"}
    assert log.record(verdict, verdict="flagged", **ask) == log.record(verdict, verdict="flagged", **ask)
    with pytest.raises(KeyReused):
        log.record(verdict, verdict="allowed", **ask)


def test_an_unheard_of_verdict_is_refused(store, log, user):
    with pytest.raises(InvalidValue):
        log.record(uuid4(), user=user, subject="notes", verdict="perhaps", judge="rules")


def test_a_long_excerpt_is_cut(log, user):
    row = log.record(uuid4(), user=user, subject="notes", verdict="flagged", judge="rules", excerpt="x" * 9000)
    assert len(row.excerpt) == 2000


def test_after_its_time_it_is_forgotten(store, log, user, sql):
    log.record(uuid4(), user=user, subject="notes", verdict="flagged", judge="rules", keep_days=1)
    sql.execute("update public.moderation_log set keep_until = now() - interval '1 second'")
    assert store.call("sweep")["verdicts"] == 1
    assert log.list_of() == []
