"""One migrated database that many tests use in turn: emptied before each, which is far quicker than making another."""

from __future__ import annotations

import psycopg
from psycopg.errors import LockNotAvailable

# What the migrations themselves filled is kept as it was, to be put back.
_KEEP = """
do $$
declare
  place text;
  is_filled boolean;
begin
  create schema pristine;
  for place in
    select format('%I.%I', schemaname, tablename) from pg_tables
    where schemaname in ('public', 'private', 'auth', 'storage')
  loop
    execute 'select exists (select from ' || place || ')' into is_filled;
    if is_filled then
      execute format('create table pristine.%I as table %s', place, place);
    end if;
  end loop;
end $$
"""
# Rules against deleting are for others, and numbers begin at one again.
_EMPTY = """
set lock_timeout = '2s';
set session_replication_role = replica;
do $$
declare
  place text;
begin
  for place in
    select format('%I.%I', schemaname, tablename) from pg_tables
    where schemaname in ('public', 'private', 'auth', 'storage')
  loop
    execute 'delete from ' || place;
    if to_regclass(format('pristine.%I', place)) is not null then
      execute format('insert into %s select * from pristine.%I', place, place);
    end if;
  end loop;
  perform setval(s.oid::regclass, 1, false) from pg_class s
    where s.relkind = 'S' and s.relnamespace in ('public'::regnamespace, 'private'::regnamespace);
end $$
"""
_LEAVE = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
"""


class SharedDatabase:
    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = psycopg.connect(url, autocommit=True)
        self._connection.execute(_KEEP)

    def emptied(self) -> str:
        """The URL, once the database is as the migrations left it. Whoever still holds a lock in it is sent away."""
        if self._connection.closed:
            self._connection = psycopg.connect(self.url, autocommit=True)
        try:
            self._connection.execute(_EMPTY)
        except LockNotAvailable:
            self._connection.execute(_LEAVE)
            self._connection.execute(_EMPTY)
        except psycopg.OperationalError:
            self._connection.close()
            return self.emptied()
        return self.url

    def close(self) -> None:
        self._connection.close()
