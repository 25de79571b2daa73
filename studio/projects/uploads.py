"""The door to what creators bring: how much room it takes, and what of it nothing of theirs refers to any more."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from studio.store.records import Record
from studio.store.store import Store


class Unneeded(Record):
    user_id: UUID
    path: str
    brought_at: datetime


class Uploads:
    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, user: UUID, path: str, *, size_bytes: int, most_bytes: int) -> bool:
        """Whether there is room for it beside what its owner has brought already; then the room is taken."""
        arguments = {"p_user": user, "p_path": path, "p_bytes": size_bytes, "p_most_bytes": most_bytes}
        answer: Any = self._store.call("upload_begin", arguments)
        return bool(answer["taken"])

    def unneeded(self, *, after_days: int, limit: int) -> list[Unneeded]:
        """Brought that long ago, and in no project, version or draft. `limit` is how many are looked at."""
        return Unneeded.all_of(self._store.call("uploads_unneeded", {"p_days": after_days, "p_limit": limit}))

    def forget(self, one: Unneeded) -> None:
        """Its file must be gone by then."""
        arguments = {"p_user": one.user_id, "p_path": one.path, "p_brought_at": one.brought_at}
        self._store.call("upload_forget", arguments)
