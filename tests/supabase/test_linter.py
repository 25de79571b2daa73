"""What Supabase's database linter warns of, looked for in the catalogue. Each rule is shown to bite as well."""

from __future__ import annotations

import psycopg
import pytest

RULES: dict[str, str] = {
    "a table in the API without row-level security": """
        select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not relrowsecurity""",
    "row-level security without a policy": """
        select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relrowsecurity
        and not exists (select 1 from pg_policy p where p.polrelid = c.oid)""",
    "policies without row-level security": """
        select distinct c.relname from pg_policy p join pg_class c on c.oid = p.polrelid where not c.relrowsecurity""",
    "a policy that asks who the user is for every row": """
        select policyname from pg_policies
        where regexp_replace(coalesce(qual, '') || coalesce(with_check, ''),
            'SELECT auth\\.(uid|jwt|role)\\(\\)', '', 'gi') ~ 'auth\\.(uid|jwt|role)\\(\\)'""",
    "a policy that lets everybody write": """
        select policyname from pg_policies where cmd <> 'SELECT' and 'true' in (qual, with_check)""",
    "several permissive policies for one role and act": """
        select tablename || ' ' || role || ' ' || cmd from pg_policies, unnest(roles) role
        where permissive = 'PERMISSIVE' group by schemaname, tablename, role, cmd having count(*) > 1""",
    "a view that runs with its maker's rights": """
        select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v'
        and not coalesce('security_invoker=true' = any (reloptions), false)""",
    "a materialized view in the API": """
        select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'm'""",
    "a function whose search path its caller chooses": """
        select proname from pg_proc where pronamespace in ('public'::regnamespace, 'private'::regnamespace)
        and not coalesce('search_path=""' = any (proconfig), false)""",
    "a definer function that visitors or users may run": """
        select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
        and (has_function_privilege('anon', oid, 'execute')
            or has_function_privilege('authenticated', oid, 'execute'))""",
    "a foreign key without an index": """
        select conname from pg_constraint k where contype = 'f' and connamespace = 'public'::regnamespace
        and not exists (select 1 from pg_index i where i.indrelid = k.conrelid and i.indpred is null
            and (i.indkey::smallint[])[0 : cardinality(k.conkey) - 1] @> k.conkey)""",
    "a policy's column without an index": """
        select c.relname from pg_policy p join pg_class c on c.oid = p.polrelid
        join pg_attribute a on a.attrelid = c.oid and a.attname in ('user_id', 'claimed_by')
        where pg_get_expr(p.polqual, c.oid) like '%' || a.attname || '%' and not exists (
            select 1 from pg_index i where i.indrelid = c.oid and i.indkey[0] = a.attnum and i.indpred is null)""",
    "a table without a primary key": """
        select relname from pg_class c where relnamespace in ('public'::regnamespace, 'private'::regnamespace)
        and relkind = 'r' and not exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary)""",
    "two indexes that are the same": """
        select min(indexrelid::regclass::text) from pg_index i join pg_class c on c.oid = i.indrelid
        where c.relnamespace = 'public'::regnamespace
        group by indrelid, indkey::text, indoption::text, coalesce(pg_get_expr(indpred, indrelid), ''),
            coalesce(pg_get_expr(indexprs, indrelid), '') having count(*) > 1""",
    "an extension in the API's schema": """
        select extname from pg_extension where extnamespace = 'public'::regnamespace""",
    "accounts shown through a view": """
        select distinct v.relname from pg_depend d
        join pg_rewrite r on r.oid = d.objid join pg_class v on v.oid = r.ev_class
        where d.refobjid = 'auth.users'::regclass and v.relnamespace = 'public'::regnamespace""",
}

BAD = """
create table public.open (id int);
create table public.shut (
  id int primary key, user_id uuid references auth.users (id), other int references public.shut (id)
);
alter table public.shut enable row level security;
create index shut_a on public.shut (other, id);
create index shut_b on public.shut (other, id);
create table public.loose (id int primary key, user_id uuid);
alter table public.loose enable row level security;
create policy slow on public.loose for select to authenticated using (auth.uid() = user_id);
create policy wide on public.loose for update to authenticated using (true);
create policy wider on public.loose for update to authenticated using (true);
create table public.idle (id int primary key);
create policy asleep on public.idle using (false);
create view public.everybody as select * from auth.users;
create materialized view public.stale as select 1 as one;
create function public.wild() returns int language sql as 'select 1';
create function public.strong() returns int language sql security definer set search_path = '' as 'select 1';
grant execute on function public.strong() to anon;
create extension vector schema public;
"""


@pytest.fixture(scope="module")
def spoiled(new_database):
    with new_database() as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute(BAD)
        yield connection


def findings(sql, rule):
    return [name for (name,) in sql.execute(RULES[rule])]


@pytest.mark.parametrize("rule", RULES)
def test_the_migrated_database_has_no(sql, rule):
    assert findings(sql, rule) == []


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_would_find(spoiled, rule):
    assert findings(spoiled, rule) != []
