"""API keys for programs, on both transports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from studio.errors import Forbidden, InvalidValue, NotFound
from studio.identity import ApiKeys, Scope


@pytest.fixture
def database_url(supabase_database_url: str) -> str:
    """Keys are rows of the store: the database that both transports reach."""
    return supabase_database_url


@pytest.fixture
def keys(store) -> ApiKeys:
    return ApiKeys(store)


def test_a_key_says_whose_it_is_and_what_it_may_do(keys: ApiKeys, user: UUID):
    made = keys.create(user, "my script", [Scope.READ])
    program = keys.use(made.key)
    assert (program.user_id, program.scopes) == (user, {Scope.READ})


def test_a_key_is_shown_once_and_kept_as_a_hash(keys: ApiKeys, user: UUID, sql: psycopg.Connection):
    made = keys.create(user, "my script", [Scope.READ, Scope.MAKE])
    assert made.key not in repr(made)
    assert made.key.startswith(made.facts.prefix)
    kept = str(sql.execute("select * from public.api_keys").fetchall())
    assert made.key not in kept
    assert made.key[len(made.facts.prefix) :] not in kept


def test_the_owner_sees_their_keys_and_their_last_use(keys: ApiKeys, user: UUID):
    made = keys.create(user, "my script", [Scope.READ])
    assert keys.of(user)[0].last_used_at is None
    keys.use(made.key)
    (seen,) = keys.of(user)
    assert (seen.id, seen.name, seen.prefix) == (made.facts.id, "my script", made.facts.prefix)
    assert seen.last_used_at is not None


def test_nobody_else_sees_or_revokes_them(keys: ApiKeys, user: UUID, sign_up):
    made, stranger = keys.create(user, "my script", [Scope.READ]), sign_up()
    assert keys.of(stranger) == []
    with pytest.raises(NotFound):
        keys.revoke(stranger, made.facts.id)
    assert keys.use(made.key)


def test_a_revoked_key_opens_nothing_from_that_moment(keys: ApiKeys, user: UUID):
    made = keys.create(user, "my script", [Scope.READ])
    revoked = keys.revoke(user, made.facts.id)
    assert keys.revoke(user, made.facts.id).revoked_at == revoked.revoked_at
    with pytest.raises(Forbidden):
        keys.use(made.key)


def test_an_expired_key_opens_nothing(keys: ApiKeys, user: UUID):
    made = keys.create(user, "my script", [Scope.READ], expires_at=datetime.now(UTC) - timedelta(seconds=1))
    with pytest.raises(Forbidden):
        keys.use(made.key)


@pytest.mark.parametrize("key", ["", "cck_guess", "é", "a" * 5000, "\x00"])
def test_a_guessed_key_opens_nothing(keys: ApiKeys, user: UUID, key: str):
    keys.create(user, "my script", [Scope.READ])
    with pytest.raises(Forbidden):
        keys.use(key)


def test_a_key_without_a_name_or_a_scope_is_refused(keys: ApiKeys, user: UUID):
    with pytest.raises(InvalidValue):
        keys.create(user, "", [Scope.READ])
    with pytest.raises(InvalidValue):
        keys.create(user, "my script", [])
    with pytest.raises(NotFound):
        keys.create(uuid4(), "of nobody", [Scope.READ])
