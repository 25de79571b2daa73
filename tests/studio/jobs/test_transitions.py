"""Which changes of a job's state there are, all of them, tried one by one on the table itself."""

from __future__ import annotations

from typing import get_args

import psycopg
import pytest

from studio.jobs import STAGES, JobState
from tests.studio.arrange import job_of

_WAYS_OUT = {"PENDING", "QUEUED", "FAILED", "CANCELLED"}
LEGAL: dict[str, set[str]] = {
    "PENDING": {"QUEUED", "CANCELLED"},
    "QUEUED": {"SCRIPTING", "CANCELLED"},
    **{stage: {*STAGES[number + 1 :], *_WAYS_OUT} for number, stage in enumerate(STAGES)},
    "PACKAGING": {"READY", *_WAYS_OUT},
    "READY": set(),
    "FAILED": {"QUEUED"},
    "CANCELLED": {"QUEUED"},
}


@pytest.mark.parametrize("start", get_args(JobState))
def test_only_the_legal_transitions_pass(direct_store, user, sql, start):
    job = job_of(direct_store, user).id
    passed = {end for end in get_args(JobState) if end != start and moves(sql, job, start, end)}
    assert passed == LEGAL[start]


def moves(sql, job, start, end):
    """Whether a superuser, who passes every policy, gets the row from one state to the other."""
    with sql.transaction(force_rollback=True):
        sql.execute("alter table public.jobs disable trigger guard")
        put(sql, job, start)
        sql.execute("alter table public.jobs enable trigger guard")
        try:
            with sql.transaction():
                put(sql, job, end)
        except psycopg.errors.RaiseException as error:
            return error.diag.message_hint != "illegal_transition"
    return True


def put(sql, job, state):
    leased = state in STAGES
    sql.execute(
        "update public.jobs set state = %s, place = null, lease_key = case when %s then gen_random_uuid() end,"
        " lease_until = case when %s then now() end where id = %s",
        [state, leased, leased, job],
    )
