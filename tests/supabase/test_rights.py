"""Who may do what, as one table: every table and every function, each role. What is not listed is forbidden."""

from __future__ import annotations

import json
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from tests.supabase.world import furnish

# anon: a visitor. owner: the user whose rows they are. other: another signed-in user. service: who has the secret key.
# An update names its columns. Nobody, not even the service, writes a ledger, job, asset or log but through a function.
OWN = {"owner": "select", "service": "select"}
PUBLIC = {"anon": "select", "owner": "select", "other": "select", "service": "select"}
TABLES: dict[str, dict[str, str]] = {
    "api_keys": OWN,
    "assets": OWN,
    "audit_log": OWN,
    "credit_accounts": OWN,
    "credit_holds": OWN,
    "credit_ledger": OWN,
    "drafts": {"owner": "select update(brief) delete", "service": "select"},
    "downloads": OWN,
    "email_log": OWN,
    "generations": OWN,
    "job_records": {"service": "select"},
    "job_steps": OWN,
    "jobs": OWN,
    "moderation_log": OWN,
    "notification_preferences": {
        "owner": "select update(film_failed,film_ready,low_credits,product_news)",
        "service": "select",
    },
    "plans": PUBLIC,
    "prices": PUBLIC,
    "profiles": {"owner": "select update(avatar_url,display_name)", "service": "select"},
    "project_versions": OWN,
    "projects": {
        "owner": "select insert update(aspect,brief,current_version,deleted_at,niche,settings,target_minutes,title,"
        "transcript_mode,voice,workflow_step)",
        "service": "select",
    },
    "rate_limits": {"service": "select"},
    "rate_rules": PUBLIC,
    "scenes": {"owner": "select insert update(narration,position,settings,state,visual) delete", "service": "select"},
    "step_metrics": {"service": "select"},
    "uploads": OWN,
    "voice_consents": OWN,
    "voice_profiles": OWN,
}
VIEWS: dict[str, dict[str, str]] = {"credit_statement": OWN, "job_cards": OWN}

USER_FUNCTIONS = frozenset(
    [
        "account_export",
        "api_key_list",
        "asset_get",
        "asset_list",
        "credit_balance",
        "credit_history",
        "credit_lines",
        "credit_overview",
        "draft_delete",
        "draft_list",
        "job_get",
        "job_list",
        "job_watch",
        "preferences_get",
        "preferences_save",
        "profile_get",
        "profile_save",
        "project_cards",
        "project_create",
        "project_delete",
        "project_export",
        "project_get",
        "project_list",
        "project_restore",
        "project_save",
        "scene_list",
        "scenes_save",
        "version_get",
        "version_list",
        "version_use",
        "voice_list",
    ]
)
SHARED_FUNCTIONS = frozenset({"price_list", "quote"})
SERVICE_FUNCTIONS = frozenset(
    [
        "account_delete",
        "act_as",
        "api_key_create",
        "api_key_revoke",
        "api_key_use",
        "asset_record",
        "asset_remove",
        "audit_list",
        "audit_record",
        "audit_verify",
        "credit_account",
        "credit_adjust",
        "credit_audit",
        "credit_expire",
        "credit_finish",
        "credit_grant",
        "credit_purchase",
        "credit_refund",
        "credit_release",
        "credit_reserve",
        "dead_letters",
        "download_note",
        "draft_claim",
        "draft_open",
        "draft_save",
        "email_begin",
        "email_note",
        "generation_begin",
        "generation_note",
        "generations_of",
        "job_cancel",
        "job_claim",
        "job_fail",
        "job_finish",
        "job_hand_back",
        "job_heartbeat",
        "job_lease_drop",
        "job_lease_owners",
        "job_load",
        "job_record",
        "job_records_of",
        "job_resume",
        "job_retry",
        "job_start",
        "job_step",
        "job_wait",
        "moderation_list",
        "moderation_record",
        "office_audit",
        "office_days",
        "office_job_steps",
        "office_jobs",
        "office_metrics",
        "office_steps",
        "office_users",
        "office_verdicts",
        "plan_set",
        "profile_of",
        "profile_of_customer",
        "project_duplicate",
        "project_purge",
        "projects_to_purge",
        "rate_check",
        "showcase_projects",
        "step_note",
        "sweep",
        "upload_begin",
        "upload_forget",
        "uploads_unneeded",
        "version_record",
        "voice_consent",
        "voice_create",
        "voice_revoke",
        "voice_use",
        "voice_verify",
    ]
)

ROLES = {"anon": "anon", "owner": "authenticated", "other": "authenticated", "service": "service_role"}
REFUSED = (psycopg.errors.InsufficientPrivilege,)


@pytest.fixture
def world(direct_store, user):
    return furnish(direct_store, user)


@pytest.fixture
def people(world, sign_up):
    return {"anon": None, "owner": world.user, "other": sign_up(), "service": None}


def test_the_table_below_names_every_table_and_view(sql):
    kinds = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = any(%s)"
    assert {name for (name,) in sql.execute(kinds, [["r", "p"]])} == set(TABLES)
    assert {name for (name,) in sql.execute(kinds, [["v", "m"]])} == set(VIEWS)


@pytest.mark.parametrize("actor", ROLES)
def test_every_table_for_every_actor_and_operation(sql, people, actor):
    found = {table: rights(sql, people, actor, table) for table in TABLES}
    assert found == {table: declared.get(actor, "") for table, declared in TABLES.items()}


@pytest.mark.parametrize("actor", ROLES)
def test_every_view_for_every_actor(sql, people, actor):
    found = {view: "select" if can_select(sql, people, actor, view) else "" for view in VIEWS}
    assert found == {view: declared.get(actor, "") for view, declared in VIEWS.items()}


def test_every_function_for_every_role(sql):
    found = {"anon": set(), "authenticated": set(), "service_role": set()}
    for name, role in sql.execute(
        "select p.proname, r.rolname from pg_proc p, pg_roles r where p.pronamespace = 'public'::regnamespace"
        " and r.rolname = any(%s) and has_function_privilege(r.oid, p.oid, 'execute')",
        [list(found)],
    ):
        found[role].add(name)
    assert found == {
        "anon": set(),
        "authenticated": USER_FUNCTIONS | SHARED_FUNCTIONS,
        "service_role": SERVICE_FUNCTIONS | SHARED_FUNCTIONS,
    }


def test_no_role_executes_what_is_private_but_the_few_that_user_functions_stand_on(sql):
    listed = sql.execute(
        "select r.rolname, array_agg(p.proname order by p.proname) from pg_proc p, pg_roles r"
        " where p.pronamespace = 'private'::regnamespace and r.rolname in ('anon', 'authenticated', 'service_role')"
        " and has_function_privilege(r.oid, p.oid, 'execute')"
        " and has_schema_privilege(r.oid, 'private', 'usage') group by 1"
    ).fetchall()
    steps = [
        "bill",
        "expect_same",
        "fail",
        "fingerprint",
        "job_ahead",
        "job_order",
        "me",
        "opening",
        "project",
        "project_shown",
        "project_with",
    ]
    assert dict(listed) == {"authenticated": steps, "service_role": ["bill", "fail"]}


@pytest.mark.parametrize("role", ["anon", "authenticated"])
def test_a_call_of_a_service_function_is_refused_before_it_looks_at_its_arguments(sql, role):
    calls = sql.execute(
        "select p.proname, array(select format_type(kind, null) from unnest(p.proargtypes) kind) from pg_proc p"
        " where p.pronamespace = 'public'::regnamespace and p.proname = any(%s)",
        [list(SERVICE_FUNCTIONS)],
    ).fetchall()
    assert len(calls) == len(SERVICE_FUNCTIONS)
    for name, types in calls:
        nothing = SQL(", ").join(SQL("null::" + kind) for kind in types)
        assert is_refused(sql, role, uuid4(), SQL("select public.{}({})").format(Identifier(name), nothing)), name


def test_the_service_key_has_no_way_past_the_functions_into_the_private_schema(sql):
    tables = sql.execute(
        "select relname from pg_class where relnamespace = 'private'::regnamespace and relkind in ('r', 'S')"
    ).fetchall()
    assert {name for (name,) in tables} == {"audit_end", "line"}
    for (name,) in tables:
        assert is_refused(sql, "service_role", None, SQL("select * from private.{}").format(Identifier(name)))


def test_every_table_has_row_level_security_and_no_table_forces_it_on_its_own_functions(sql):
    rows = sql.execute(
        "select relname, relrowsecurity, relforcerowsecurity from pg_class where relkind = 'r'"
        " and relnamespace in ('public'::regnamespace, 'private'::regnamespace)"
    ).fetchall()
    assert {name: (on, forced) for name, on, forced in rows if (on, forced) != (True, False)} == {}


# How a right is tried.


def rights(sql, people, actor, table):
    parts = [
        "select" if can_select(sql, people, actor, table) else "",
        "insert" if can_insert(sql, people, actor, table) else "",
        updates(sql, people, actor, table),
        "delete" if can_delete(sql, people, actor, table) else "",
    ]
    return " ".join(part for part in parts if part)


def become(sql, role, person):
    claims = {"role": role} | ({"sub": str(person)} if person else {})
    sql.execute(
        "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)", [role, json.dumps(claims)]
    )


def is_refused(sql, role, person, statement):
    try:
        with sql.transaction(force_rollback=True):
            become(sql, role, person)
            sql.execute(statement)
    except REFUSED:
        return True
    return False


def attempt(sql, people, actor, statement, parameters=()):
    """How many rows the actor reaches with this statement, which is then undone."""
    try:
        with sql.transaction(force_rollback=True):
            become(sql, ROLES[actor], people[actor])
            cursor = sql.execute(statement, parameters)
            return cursor.fetchone()[0] if cursor.description else cursor.rowcount
    except REFUSED:
        return 0


def owner_column(sql, table):
    columns = {
        name for (name,) in sql.execute("select attname from pg_attribute where attrelid = %s::regclass", [table])
    }
    for name in ("user_id", "claimed_by"):
        if name in columns:
            return name
    return "id" if table == "public.profiles" else None


def theirs(sql, people, table):
    """A condition for the owner's rows: another actor's own rows must not count."""
    column = owner_column(sql, f"public.{table}")
    return SQL("true") if column is None else SQL("{} = {}").format(Identifier(column), str(people["owner"]))


def can_select(sql, people, actor, table):
    where = theirs(sql, people, table)
    everything = SQL("select count(*) from public.{} where {}").format(Identifier(table), where)
    assert sql.execute(everything).fetchone()[0] > 0, f"the world has no row of {table}"
    return attempt(sql, people, actor, everything) > 0


def updates(sql, people, actor, table):
    columns = [
        name
        for (name,) in sql.execute(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and attgenerated = ''"
            " and attidentity = '' and not attisdropped order by attname",
            [f"public.{table}"],
        )
    ]
    where = theirs(sql, people, table)
    change = SQL("update public.{0} set {1} = {1} where {2}")
    reached = [
        name
        for name in columns
        if attempt(sql, people, actor, change.format(Identifier(table), Identifier(name), where)) > 0
    ]
    return f"update({','.join(reached)})" if reached else ""


def can_delete(sql, people, actor, table):
    where = theirs(sql, people, table)
    return attempt(sql, people, actor, SQL("delete from public.{} where {}").format(Identifier(table), where)) > 0


def can_insert(sql, people, actor, table):
    """Try a copy of one of the owner's rows under a new key, in the columns that the role may give (or else in all)."""
    columns = insertable(sql, ROLES[actor], table)
    row = copy_of(sql, people, table)
    chosen = SQL(", ").join(Identifier(name) for name in columns)
    statement = SQL("insert into public.{0} ({1}) select {1} from jsonb_populate_record(null::public.{0}, %s)").format(
        Identifier(table), chosen
    )
    return attempt(sql, people, actor, statement, [json.dumps(row)]) > 0


def insertable(sql, role, table):
    rows = sql.execute(
        "select attname, has_column_privilege(%s, attrelid, attnum, 'insert') from pg_attribute"
        " where attrelid = %s::regclass and attnum > 0 and attidentity = '' and not attisdropped",
        [role, f"public.{table}"],
    ).fetchall()
    return [name for name, may in rows if may] or [name for name, _ in rows]


def copy_of(sql, people, table):
    where = theirs(sql, people, table)
    (row,) = sql.execute(
        SQL("select to_jsonb(t) from public.{} t where {} limit 1").format(Identifier(table), where)
    ).fetchone()
    if table in ("projects", "scenes"):
        row["id"], row["position"] = str(uuid4()), 7
    return row
