"""The door to drafts. A draft belongs to whoever holds its token; the store keeps only the token's hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from studio.store.records import Record
from studio.store.store import Store


class Draft(Record):
    id: UUID
    brief: dict[str, Any]
    claimed_at: datetime | None
    created_at: datetime
    updated_at: datetime


def new_token() -> str:
    """A secret for the visitor's browser; 256 bits, so that guessing is hopeless."""
    return secrets.token_urlsafe(32)


class Drafts:
    def __init__(self, store: Store) -> None:
        self._store = store

    def save(self, token: str, brief: Mapping[str, object]) -> Draft:
        """Keep the brief for seven days from now."""
        return Draft.of(self._store.call("draft_save", {**_hashed(token), "p_brief": dict(brief)}))

    def open(self, token: str) -> Draft:
        return Draft.of(self._store.call("draft_open", _hashed(token)))

    def claim(self, token: str, user: UUID) -> Draft:
        """Once, for one account; that account may ask again."""
        return Draft.of(self._store.call("draft_claim", {**_hashed(token), "p_user": user}))

    def list_of(self, user: UUID) -> list[Draft]:
        return Draft.all_of(self._store.call("draft_list", as_user=user))

    def delete(self, user: UUID, draft: UUID) -> None:
        self._store.call("draft_delete", {"p_draft": draft}, as_user=user)


def _hashed(token: str) -> dict[str, object]:
    return {"p_token_hash": hashlib.sha256(token.encode()).hexdigest()}
