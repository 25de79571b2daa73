"""The door to rate limits: how often is data in the store, counted there under a lock."""

from __future__ import annotations

from uuid import UUID, uuid4

from studio.store.store import Store


class RateLimits:
    def __init__(self, store: Store) -> None:
        self._store = store

    def check(self, action: str, *, user: UUID | None = None, address: str | None = None) -> None:
        """Count one act, or raise RateLimited with the seconds to wait in `details["retry_after_s"]`."""
        arguments = {"p_action": action, "p_hit": uuid4(), "p_user": user, "p_address": address}
        self._store.call("rate_check", arguments)
