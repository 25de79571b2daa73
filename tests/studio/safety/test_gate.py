"""The gate: one place that counts, judges and checks, and writes down what it decided."""

from __future__ import annotations

from uuid import uuid4

import pytest

from studio.callers import Caller
from studio.errors import ContentRefused, FileRefused, InvalidValue, RateLimited
from studio.safety import Gate, ModerationLog
from studio.safety.gate import spoken
from studio.settings import Settings


@pytest.fixture
def gate(store, tmp_path):
    return Gate.of(Settings(data_folder=tmp_path, openai_api_key=None, audit_days=30), store)


@pytest.fixture
def caller(user):
    return Caller(user, address="192.0.2.7")


def test_too_often_says_how_long_to_wait(gate, sql, caller):
    sql.execute("update public.rate_rules set at_most = 2, seconds = 600 where action = 'generate' and counts = 'user'")
    gate.limit(caller, "generate")
    gate.limit(caller, "generate")
    with pytest.raises(RateLimited) as refused:
        gate.limit(caller, "generate")
    assert refused.value.message == "That was many films in a short time. Wait 10 minutes, then try again."
    assert 595 <= refused.value.details["retry_after_s"] <= 600


def test_another_account_at_the_same_address_is_counted_there(gate, sql, sign_up):
    sql.execute("update public.rate_rules set at_most = 2 where action = 'sign_up'")
    for _ in range(2):
        gate.limit(Caller(address="192.0.2.7"), "sign_up")
    with pytest.raises(RateLimited):
        gate.limit(Caller(sign_up(), address="192.0.2.7"), "sign_up")
    gate.limit(Caller(address="192.0.2.8"), "sign_up")


def test_nobody_from_nowhere_is_not_let_through(gate):
    with pytest.raises(InvalidValue):
        gate.limit(Caller(), "sign_in")


def test_an_afternoon_of_work_meets_no_limit(gate, caller):
    for _ in range(20):
        gate.limit(caller, "generate")
    for _ in range(60):
        gate.limit(caller, "estimate")
    for _ in range(40):
        gate.limit(caller, "upload")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 second"),
        (1, "1 second"),
        (40, "40 seconds"),
        (60, "60 seconds"),
        (61, "2 minutes"),
        (3600, "60 minutes"),
        (3601, "2 hours"),
    ],
)
def test_waiting_is_told_in_the_unit_that_people_use(seconds, words):
    assert spoken(seconds) == words


def test_what_passes_is_written_down_once_for_the_time_that_is_set(gate, store, caller):
    for _ in range(3):
        gate.text(caller, "notes", "The tea is warm.")
    (row,) = ModerationLog(store).list_of()
    assert (row.verdict, row.judge, row.user_id, row.excerpt) == ("allowed", "rules", caller.user, "The tea is warm.")
    assert (row.keep_until - row.created_at).days == 30


def test_what_is_refused_is_written_down_and_told_why(gate, store, caller):
    with pytest.raises(ContentRefused) as refused:
        gate.text(caller, "notes", "Tea is warm. How to make a pipe bomb at home. And then rest.")
    assert "How to make a pipe bomb at home" in refused.value.message
    assert refused.value.details["categories"] == ["weapons"]
    (row,) = ModerationLog(store).list_of(verdict="refused")
    assert row.categories == ["weapons"]


def test_nothing_written_is_nothing_judged(gate, store, caller):
    gate.text(caller, "notes", " \n ")
    assert ModerationLog(store).list_of() == []


def test_what_is_judged_for_a_job_names_it(gate, store, caller):
    job = uuid4()
    gate.text(caller, "prompt", "a lighthouse in the rain", job)
    (row,) = ModerationLog(store).list_of()
    assert (row.job_id, row.subject) == (job, "prompt")


def test_a_letter_that_no_database_takes_is_refused_and_not_a_crash(gate, caller):
    gate.text(caller, "notes", "Half a letter: \ud800 and a null: \x00.")


def test_files_are_looked_at(gate, tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"<svg></svg>")
    with pytest.raises(FileRefused):
        gate.upload(path, "a.png", {"picture"})
