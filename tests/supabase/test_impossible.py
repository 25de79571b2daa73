"""Mistakes that hand-written stores of this kind commonly make, each tried here the way it would be exploited."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import uuid4

import psycopg
import pytest

from studio.credits import Credits
from studio.drafts import Drafts, new_token
from studio.errors import Conflict, Forbidden, InsufficientCredits, InvalidValue, KeyReused, NotFound, UnknownFunction
from studio.jobs import Jobs, Leases
from studio.projects import Making, Projects
from studio.store import Migrator, PostgresStore
from tests.fakes.supabase import PLATFORM_FILE
from tests.studio.arrange import ONE_MINUTE, job_of, project_of


@pytest.fixture
def credits(direct_store):
    return Credits(direct_store)


@pytest.fixture
def as_role(sql):
    return partial(run_as, sql)


def run_as(connection, role, person, statement, parameters=()):
    """Run one statement in a role and undo it; its rows, or how many it reached."""
    claims = {"role": role} | ({"sub": str(person)} if person else {})
    with connection.transaction(force_rollback=True):
        connection.execute(
            "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)",
            [role, json.dumps(claims)],
        )
        cursor = connection.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def figures(credits, user):
    account = credits.account(user)
    return account.balance, account.held


def test_a_user_cannot_insert_ledger_rows(as_role, user):
    row = (
        "insert into public.credit_ledger"
        " (user_id, kind, amount, balance_after, held_after, debt_after, idempotency_key, asked)"
        " values (%s, 'purchase', 1000, 1010, 0, 0, 'mine', '')"
    )
    for role in ("anon", "authenticated", "service_role"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_role(role, user, row, [user])


def test_not_even_a_superuser_changes_what_the_ledger_says(sql, user):
    for statement in (
        "update public.credit_ledger set amount = 1000",
        "delete from public.credit_ledger",
        "truncate public.credit_ledger",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
            sql.execute(statement)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        ("credit_reserve", {"p_user": uuid4(), "p_amount": 1, "p_key": "k"}),
        ("credit_finish", {"p_hold": uuid4(), "p_used": 0}),
        ("credit_release", {"p_hold": uuid4()}),
        ("credit_grant", {"p_user": uuid4(), "p_amount": 1, "p_key": "k"}),
        ("job_claim", {"p_worker": "w", "p_lanes": ["cpu"], "p_key": uuid4()}),
        ("job_finish", {"p_job": uuid4(), "p_lease": uuid4(), "p_usage": {"seconds": 1}}),
    ],
)
def test_neither_visitors_nor_users_execute_reserve_finish_release_or_claim(
    direct_store, as_role, user, function, arguments
):
    with pytest.raises(Forbidden):
        direct_store.call(function, arguments, as_user=user)
    (signature,) = as_role("postgres", None, "select %s::regproc::regprocedure::text", [f"public.{function}"])[0]
    nothing = ", ".join(f"null::{kind}" for kind in signature.split("(")[1].rstrip(")").split(","))
    for role in ("anon", "authenticated"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_role(role, user, f"select public.{function}({nothing})")


def test_no_user_updates_any_job_not_even_their_own(direct_store, as_role, user, sign_up):
    job = job_of(direct_store, user)
    for person in (user, sign_up()):
        for change in ("state = 'READY'", "reserved = 0", "priority = 100", "result = '{}'", "attempts = 0"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                as_role("authenticated", person, f"update public.jobs set {change}")
    assert Jobs(direct_store).get(user, job.id) == Jobs(direct_store).get(user, job.id)


def test_no_view_and_no_table_shows_somebody_elses_balance(as_role, user, sign_up):
    other = sign_up()
    for place in ("public.credit_statement", "public.credit_accounts", "public.credit_ledger"):
        seen = as_role("authenticated", user, f"select distinct user_id from {place}")
        assert seen == [(user,)]
        assert as_role("service_role", None, f"select 1 from {place} where user_id = %s", [other]) != []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_role("anon", None, f"select * from {place}")


def test_two_parallel_reserves_do_not_overspend(credits, database_url, user):
    """The first one stands between its reservation and its commit while the second one asks."""
    reserve = "select public.credit_reserve(%s, 7, %s)"
    with psycopg.connect(database_url) as first, ThreadPoolExecutor(1) as pool:
        first.execute(reserve, [user, "first"])
        second = pool.submit(credits.reserve, user, 7, key="second")
        with pytest.raises(TimeoutError):
            second.result(timeout=0.3)
        first.commit()
        with pytest.raises(InsufficientCredits):
            second.result(timeout=5)
    assert figures(credits, user) == (3, 7)


def test_a_finish_cannot_both_drop_the_reservation_and_give_it_back(credits, sql, user):
    hold = credits.reserve(user, 6, key="h")
    credits.finish(hold.id, 6)
    assert credits.finish(hold.id, 6).state == "spent"
    for other in (0, 5):
        with pytest.raises(Conflict):
            credits.finish(hold.id, other)
    assert figures(credits, user) == (4, 0)
    kinds = sql.execute("select kind from public.credit_ledger where hold_id = %s order by id", [hold.id]).fetchall()
    assert kinds == [("reserve",), ("spend",)]


def test_a_job_finished_by_two_workers_at_once_is_paid_once(direct_store, credits, user):
    job_of(direct_store, user)
    leases = Leases(direct_store, worker="w", lanes=["cpu"])
    claimed = leases.claim()
    leases.step(claimed, "PACKAGING")
    with ThreadPoolExecutor(4) as pool:
        ends = [pool.submit(leases.finish, claimed, ONE_MINUTE, {}) for _ in range(4)]
        assert {end.result().state for end in ends} == {"READY"}
    assert figures(credits, user) == (9, 0)
    assert credits.unbalanced() == []


def test_a_release_does_not_mint_however_often_and_from_wherever_it_comes(credits, user):
    hold = credits.reserve(user, 6, key="h")
    with ThreadPoolExecutor(4) as pool:
        assert {done.state for done in pool.map(lambda _: credits.release(hold.id), range(8))} == {"released"}
    assert figures(credits, user) == (10, 0)
    assert credits.unbalanced() == []


def test_the_reservation_of_a_job_is_released_by_the_end_of_the_job_alone(direct_store, credits, sql, user):
    job = job_of(direct_store, user)
    (hold,) = sql.execute("select hold_id from public.jobs where id = %s", [job.id]).fetchone()
    with pytest.raises(Conflict):
        credits.release(hold)
    assert figures(credits, user) == (9, 1)
    Jobs(direct_store).cancel(user, job.id)
    with pytest.raises(Conflict):
        credits.finish(hold, 1)
    assert figures(credits, user) == (10, 0)


def test_a_removed_film_is_not_made_again_on_the_reservation_that_it_gave_back(direct_store, credits, user):
    """Both ids are the caller's, so a creator could bring them back once the purge has taken the rows."""
    projects, project, job = Projects(direct_store), uuid4(), uuid4()
    ask = {"user": user, "project": project, "request": {}, "usage": ONE_MINUTE}
    projects.create(user, project)
    Jobs(direct_store).start(job, **ask)
    projects.delete(user, project)
    Making(direct_store).purge(project)
    projects.create(user, project)
    with pytest.raises(KeyReused):
        Jobs(direct_store).start(job, **ask)
    assert Leases(direct_store, worker="w", lanes=["cpu"]).claim() is None
    assert figures(credits, user) == (10, 0)


def test_a_film_is_not_started_in_a_project_that_is_just_being_removed(direct_store, credits, database_url, user):
    project = project_of(direct_store, user)
    with psycopg.connect(database_url) as first, ThreadPoolExecutor(1) as pool:
        first.execute("update public.projects set deleted_at = now() where id = %s", [project])
        start = pool.submit(Jobs(direct_store).start, uuid4(), user=user, project=project, request={}, usage=ONE_MINUTE)
        with pytest.raises(TimeoutError):
            start.result(timeout=0.3)
        first.commit()
        with pytest.raises(NotFound):
            start.result(timeout=5)
    assert figures(credits, user) == (10, 0)


def test_a_project_that_is_removed_while_a_film_starts_takes_it_along(direct_store, credits, database_url, user):
    project, job = project_of(direct_store, user), uuid4()
    begin = "select public.job_start(%s, %s, %s, '{}', '{\"seconds\": 60}')"
    with psycopg.connect(database_url) as first, ThreadPoolExecutor(1) as pool:
        first.execute(begin, [job, user, project])
        removal = pool.submit(Projects(direct_store).delete, user, project)
        with pytest.raises(TimeoutError):
            removal.result(timeout=0.3)
        first.commit()
        removal.result(timeout=5)
    assert Jobs(direct_store).get(user, job).state == "CANCELLED"
    assert figures(credits, user) == (10, 0)


def test_anonymous_sign_ins_are_no_spring_of_welcome_credits(own_database_url):
    """Supabase's Auth has such a column, and fills it where a project allows anonymous users."""
    with psycopg.connect(own_database_url, autocommit=True) as connection:
        connection.execute("alter table auth.users add column is_anonymous boolean not null default false")
        connection.execute(
            "insert into auth.users (id, is_anonymous) select gen_random_uuid(), n > 1 from generate_series(1, 4) n"
        )
        balances = connection.execute("select balance from public.credit_accounts order by 1").fetchall()
    assert balances == [(0,), (0,), (0,), (10,)]


def test_acting_for_a_user_reaches_nothing_but_what_that_user_may_call(direct_store, sql, user):
    """Whoever holds the service's key may act for a user, and in doing so leaves the service's rights behind."""
    sql.execute(
        "create function private.secret() returns jsonb language sql set search_path = '' as 'select ''1''::jsonb'"
    )
    inner = {"as_user": uuid4(), "function": "credit_balance", "arguments": {}}
    attempts = [
        ("credit_grant", {"p_user": user, "p_amount": 5, "p_key": "k"}),
        ("act_as", inner),
        ("job_claim", {"p_worker": "w", "p_lanes": ["cpu"], "p_key": uuid4()}),
        ("private.secret", {}),
        ("secret", {}),
        ("set_config", {"setting_name": "role", "new_value": "service_role", "is_local": True}),
        ("quote(null); select public.credit_audit", {}),
    ]
    try:
        for function, arguments in attempts:
            with pytest.raises((Forbidden, UnknownFunction)):
                direct_store.call("act_as", {"as_user": user, "function": function, "arguments": arguments})
    finally:
        sql.execute("drop function private.secret()")
    with pytest.raises(InvalidValue):
        direct_store.call("act_as", {"as_user": None, "function": "credit_balance", "arguments": {}})
    assert Credits(direct_store).account(user).balance == 10


def test_the_storage_policy_matches_the_paths_that_files_really_have(empty_url):
    Migrator(empty_url, extras=[PLATFORM_FILE]).migrate()
    user, other = uuid4(), uuid4()
    with psycopg.connect(empty_url, autocommit=True) as connection:
        connection.execute(
            "insert into storage.objects (bucket_id, name) values ('project-outputs', %s), ('project-assets', %s)",
            [f"{user}/outputs/film.mp4", f"u_{user}/assets/notes.txt"],
        )
        look = "select name from storage.objects"
        assert run_as(connection, "authenticated", user, look) == [(f"{user}/outputs/film.mp4",)]
        assert run_as(connection, "authenticated", other, look) == []


def test_a_draft_is_not_readable_by_a_guessed_token(direct_store, sql, as_role, user):
    drafts, token = Drafts(direct_store), new_token()
    draft = drafts.save(token, {"notes": "secret"})
    hashed = hashlib.sha256(token.encode()).hexdigest()
    for guess in ("", str(draft.id), token[:-1], token.swapcase(), hashed, "%", "' or true --"):
        with pytest.raises(NotFound):
            drafts.open(guess)
        with pytest.raises(NotFound):
            drafts.claim(guess, user)
    for role in ("anon", "authenticated"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_role(role, user, "select public.draft_open(%s)", [hashed])
    assert as_role("authenticated", user, "select brief from public.drafts") == []
    assert sql.execute("select 1 from public.drafts where token_hash = %s", [token]).fetchone() is None
    assert drafts.open(token).brief == {"notes": "secret"}


def test_a_user_who_speaks_sql_cannot_become_the_service(database_url, user):
    """The role that a request runs in is left for no other, as long as the login is not a superuser's."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("create role visitor_login login noinherit in role anon, authenticated")
        try:
            with connection.transaction(force_rollback=True):
                connection.execute("set local session authorization visitor_login")
                connection.execute("set local role authenticated")
                with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                    connection.execute("set local role service_role")
        finally:
            connection.execute("drop role visitor_login")
    store = PostgresStore(database_url, size=1)
    with pytest.raises(Forbidden):
        store.call("act_as", {"as_user": uuid4(), "function": "credit_balance", "arguments": {}}, as_user=user)
    store.close()
