"""The tables behind embedded accounts. Every write may be repeated with the same arguments without harm."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from psycopg.rows import class_row
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool, PoolTimeout

from studio.errors import IdentityUnavailable
from studio.identity.records import LinkKind
from studio.store.patience import pause_s

_SCHEMA = Path(__file__).with_name("accounts.sql")
_ONE_AT_A_TIME = 4_711_002
_REFRESH_DAYS = 30
_Result = TypeVar("_Result")
Connection = psycopg.Connection[tuple[Any, ...]]


# The password of a sign-up that waits for its letter counts as one that was given, though not yet as the account's.
_ACCOUNT = """
select id, email, email_confirmed_at is not null as is_confirmed,
  case when email_confirmed_at is not null or encrypted_password is not null then encrypted_password else (
    select password_hash from auth.one_time_tokens
    where user_id = users.id and password_hash is not null and expires_at > now()
    order by created_at desc limit 1
  ) end as password_hash
from auth.users where """


@dataclass(frozen=True)
class Account:
    id: UUID
    email: str
    password_hash: str | None
    is_confirmed: bool


@dataclass(frozen=True)
class RefreshFound:
    session_id: UUID
    user_id: UUID
    used_s_ago: float | None
    """Seconds since it was exchanged, or None if it was not."""


@dataclass(frozen=True)
class LinkFound:
    user_id: UUID
    password_hash: str | None


@dataclass(frozen=True)
class SigningKeyRow:
    kid: UUID
    private_pem: str


class AccountTables:
    """Runs each piece of work in a transaction of its own, again when the database went away in between."""

    def __init__(
        self,
        url: str | Callable[[], str],
        *,
        revive: Callable[[], object] | None = None,
        patience_s: float = 10.0,
    ) -> None:
        self._revive = revive
        self._patience_s = patience_s
        self._pool = ConnectionPool(
            url, min_size=1, max_size=6, timeout=min(5.0, patience_s), open=True, kwargs={"connect_timeout": 5}
        )
        self.run(_prepare)

    def close(self) -> None:
        self._pool.close()

    def run(self, work: Callable[[Connection], _Result]) -> _Result:
        end, attempt = time.monotonic() + self._patience_s, 0
        while True:
            try:
                with self._pool.connection() as connection:
                    return work(connection)
            except (psycopg.OperationalError, PoolTimeout) as error:
                if time.monotonic() > end:
                    raise IdentityUnavailable(
                        "The accounts cannot be reached just now. Try again in a moment."
                    ) from error
            time.sleep(pause_s(attempt))
            attempt += 1
            if self._revive is not None:
                self._revive()


def digest(token: str) -> str:
    """What is kept of a token: who reads the table cannot use it."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def by_email(connection: Connection, email: str) -> Account | None:
    return _account(connection, "email = %s", email)


def by_id(connection: Connection, user: UUID) -> Account | None:
    return _account(connection, "id = %s", user)


def by_identity(connection: Connection, provider: str, provider_id: str) -> Account | None:
    condition = "id = (select user_id from auth.identities where (provider, provider_id) = (%s, %s))"
    return _account(connection, condition, provider, provider_id)


def add(connection: Connection, user: UUID, email: str, facts: dict[str, str], *, confirmed: bool) -> Account | None:
    """The new account, or None when the address has one. What else an account needs is made by triggers."""
    connection.execute(
        "insert into auth.users (id, email, raw_user_meta_data, email_confirmed_at)"
        " values (%s, %s, %s, case when %s then now() end) on conflict (email) do nothing",
        [user, email, Jsonb(facts), confirmed],
    )
    return by_id(connection, user)


def confirm(connection: Connection, user: UUID) -> None:
    connection.execute(
        "update auth.users set email_confirmed_at = coalesce(email_confirmed_at, now()) where id = %s", [user]
    )


def set_password(connection: Connection, user: UUID, password_hash: str | None) -> None:
    connection.execute("update auth.users set encrypted_password = %s where id = %s", [password_hash, user])


def link_identity(connection: Connection, provider: str, provider_id: str, user: UUID) -> None:
    connection.execute(
        "insert into auth.identities (provider, provider_id, user_id) values (%s, %s, %s) on conflict do nothing",
        [provider, provider_id, user],
    )


def count_try(connection: Connection, email: str, *, allowed: int, window_s: int, lock_s: int) -> float | None:
    """Count a try before it is made, so that many at once are counted too. Returns the seconds left of a lock."""
    row = connection.execute(
        "insert into auth.sign_in_tries as tries (email, failures, last_at) values (%(email)s, 1, now())"
        " on conflict (email) do update set last_at = now(),"
        "   failures = case"
        "     when tries.locked_until > now() then tries.failures"
        "     when tries.locked_until is not null or tries.last_at < now() - make_interval(secs => %(window)s) then 1"
        "     else tries.failures + 1 end,"
        "   locked_until = case"
        "     when tries.locked_until > now() then tries.locked_until"
        "     when tries.locked_until is null and tries.failures >= %(allowed)s"
        "       and tries.last_at >= now() - make_interval(secs => %(window)s)"
        "     then now() + make_interval(secs => %(lock)s) end"
        " returning extract(epoch from locked_until - now())::float8",
        {"email": email, "allowed": allowed, "window": window_s, "lock": lock_s},
    ).fetchone()
    return row[0] if row else None


def forget_tries(connection: Connection, email: str) -> None:
    connection.execute("delete from auth.sign_in_tries where email = %s", [email])


def start_session(connection: Connection, session: UUID, user: UUID, refresh_token: str) -> None:
    connection.execute(
        "insert into auth.sessions (id, user_id) values (%s, %s) on conflict do nothing", [session, user]
    )
    connection.execute("update auth.users set last_sign_in_at = now() where id = %s", [user])
    add_refresh(connection, session, refresh_token)


def add_refresh(connection: Connection, session: UUID, refresh_token: str) -> None:
    connection.execute(
        "insert into auth.refresh_tokens (token_hash, session_id) values (%s, %s) on conflict do nothing",
        [digest(refresh_token), session],
    )


def use_refresh(connection: Connection, refresh_token: str) -> RefreshFound | None:
    """Marks the token as used, if it belongs to a session that lives. The first use is what counts."""
    row = connection.execute(
        "select s.id, s.user_id, extract(epoch from now() - t.used_at)::float8"
        " from auth.refresh_tokens t join auth.sessions s on s.id = t.session_id"
        " where t.token_hash = %s and s.ended_at is null and t.created_at > now() - make_interval(days => %s)"
        " for update of t",
        [digest(refresh_token), _REFRESH_DAYS],
    ).fetchone()
    if row is None:
        return None
    connection.execute(
        "update auth.refresh_tokens set used_at = coalesce(used_at, now()) where token_hash = %s",
        [digest(refresh_token)],
    )
    return RefreshFound(*row)


def is_live(connection: Connection, session: UUID) -> bool:
    row = connection.execute("select ended_at is null from auth.sessions where id = %s", [session]).fetchone()
    return bool(row and row[0])


def end_session(connection: Connection, session: UUID) -> None:
    connection.execute("update auth.sessions set ended_at = coalesce(ended_at, now()) where id = %s", [session])


def end_sessions(connection: Connection, user: UUID, *, but: UUID | None = None) -> None:
    connection.execute(
        "update auth.sessions set ended_at = now() where user_id = %s and ended_at is null and id is distinct from %s",
        [user, but],
    )


def add_link(
    connection: Connection, user: UUID, kind: LinkKind, token_hash: str, seconds: int, password_hash: str | None
) -> None:
    connection.execute(
        "insert into auth.one_time_tokens (token_hash, user_id, kind, expires_at, password_hash)"
        " values (%s, %s, %s, now() + make_interval(secs => %s), %s) on conflict do nothing",
        [digest(token_hash), user, kind.value, seconds, password_hash],
    )


def spend_link(connection: Connection, token_hash: str, kind: LinkKind, session: UUID) -> LinkFound | None:
    """The link's account, once: only the session that spent it may ask again."""
    row = connection.execute(
        "update auth.one_time_tokens set spent_for = %s"
        " where token_hash = %s and kind = %s and expires_at > now() and (spent_for is null or spent_for = %s)"
        " returning user_id, password_hash",
        [session, digest(token_hash), kind.value, session],
    ).fetchone()
    return LinkFound(*row) if row else None


def void_links(connection: Connection, user: UUID) -> None:
    """After a password was changed, older letters open nothing."""
    connection.execute("delete from auth.one_time_tokens where user_id = %s and spent_for is null", [user])


def installation(connection: Connection) -> UUID:
    row = connection.execute("select id from auth.installation").fetchone()
    assert row is not None
    found: UUID = row[0]
    return found


def signing_keys(connection: Connection) -> list[SigningKeyRow]:
    """Newest first."""
    with connection.cursor(row_factory=class_row(SigningKeyRow)) as cursor:
        return cursor.execute("select kid, private_pem from auth.signing_keys order by created_at desc").fetchall()


def add_signing_key(connection: Connection, private_pem: str, *, only_if_none: bool) -> None:
    connection.execute("select pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    condition = " where not exists (select 1 from auth.signing_keys)" if only_if_none else ""
    connection.execute("insert into auth.signing_keys (private_pem) select %s" + condition, [private_pem])


def _account(connection: Connection, condition: str, *values: object) -> Account | None:
    with connection.cursor(row_factory=class_row(Account)) as cursor:
        return cursor.execute((_ACCOUNT + condition).encode(), values).fetchone()


def _prepare(connection: Connection) -> None:
    """Bring the tables up to date and sweep what is long over."""
    connection.execute("set local client_min_messages = warning")
    connection.execute("select pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    connection.execute(_SCHEMA.read_bytes())
    connection.execute("delete from auth.one_time_tokens where expires_at < now() - interval '1 day'")
    connection.execute("delete from auth.sign_in_tries where last_at < now() - interval '1 day'")
    connection.execute(
        "delete from auth.refresh_tokens where created_at < now() - make_interval(days => %s)", [_REFRESH_DAYS]
    )
