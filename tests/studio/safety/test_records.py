"""What was asked of a job and what came of it: noted once, cut where it is endless, forgotten in time."""

from __future__ import annotations

from uuid import uuid4

import pytest

from studio.safety import JobRecords


@pytest.fixture
def records(store):
    return JobRecords(store, keep_days=7)


def test_an_attempt_that_is_taken_up_tells_the_same_once(records, user):
    job = uuid4()
    for _ in range(3):
        records.keep(job, user, "asked", {"notes": "Tea is warm."})
    records.keep(job, user, "script", {"title": "Tea"})
    assert [record.kind for record in records.of(job)] == ["asked", "script"]
    assert {(record.keep_until - record.created_at).days for record in records.of(job)} == {7}


def test_endless_notes_are_cut_and_strange_letters_replaced(records, user):
    job = uuid4()
    records.keep(job, user, "asked", {"notes": "a\x00b\ud800" + "x" * 2_000_000, "links": ["https://example.com"]})
    (record,) = records.of(job)
    assert record.content["notes"].startswith("ab?x")
    assert len(record.content["notes"]) <= 200_000
    assert record.content["links"] == ["https://example.com"]


def test_records_are_forgotten_when_their_time_is_over(records, store, user, sql):
    job = uuid4()
    records.keep(job, user, "asked", {"notes": "Tea."})
    assert store.call("sweep")["records"] == 0
    sql.execute("update public.job_records set keep_until = now() - interval '1 minute'")
    assert store.call("sweep")["records"] == 1
    assert records.of(job) == []
