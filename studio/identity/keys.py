"""API keys for programs: shown once, kept as a hash, each with its scopes, its last use and an end."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from studio.store.records import Record
from studio.store.store import Store

_MARK = "cck_"
_PREFIX_LENGTH = 12


class Scope(StrEnum):
    """What a program may do with a key."""

    READ = "read"
    """See projects, jobs, credits and files."""

    MAKE = "make"
    """Write projects, and start and cancel jobs: it spends credits."""


class ApiKey(Record):
    """What is known of a key once it has been shown."""

    id: UUID
    name: str
    prefix: str
    scopes: frozenset[Scope]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True)
class NewApiKey:
    """The only time that a key is seen."""

    key: str = field(repr=False)
    facts: ApiKey


class Program(Record):
    """Who calls with a key, and what they may do."""

    id: UUID
    user_id: UUID
    scopes: frozenset[Scope]


class ApiKeys:
    def __init__(self, store: Store) -> None:
        self._store = store

    def create(
        self, user: UUID, name: str, scopes: Collection[Scope], *, expires_at: datetime | None = None
    ) -> NewApiKey:
        key = _MARK + secrets.token_urlsafe(32)
        arguments = {
            "p_id": uuid4(),
            "p_user": user,
            "p_name": name,
            "p_prefix": key[:_PREFIX_LENGTH],
            "p_key_hash": _hash(key),
            "p_scopes": sorted(scopes),
            "p_expires_at": expires_at,
        }
        return NewApiKey(key, ApiKey.of(self._store.call("api_key_create", arguments)))

    def use(self, key: str) -> Program:
        """Whose key this is; an unknown, expired or revoked one is Forbidden, and which of them is not told."""
        return Program.of(self._store.call("api_key_use", {"p_key_hash": _hash(key)}))

    def of(self, user: UUID) -> list[ApiKey]:
        return ApiKey.all_of(self._store.call("api_key_list", as_user=user))

    def revoke(self, user: UUID, key: UUID) -> ApiKey:
        """It works no more from this moment; revoking again changes nothing."""
        return ApiKey.of(self._store.call("api_key_revoke", {"p_user": user, "p_id": key}))


def _hash(key: str) -> str:
    # A key is 256 random bits, so one round of a plain hash cannot be guessed back.
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
