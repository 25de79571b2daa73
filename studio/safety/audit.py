"""The door to the audit log: rows are added, chained by hashes, and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from studio.store.records import Record
from studio.store.store import Store


class AuditRow(Record):
    id: int
    at: datetime
    action: str
    user_id: UUID | None
    actor: str
    subject: str
    details: dict[str, Any]
    hash: str


class AuditLog:
    def __init__(self, store: Store) -> None:
        self._store = store

    def record(
        self,
        action: str,
        *,
        actor: str,
        user: UUID | None = None,
        subject: str = "",
        details: Mapping[str, object] | None = None,
        key: UUID | None = None,
    ) -> AuditRow:
        """`user` is whom it concerns, `actor` who did it; a `key` makes repeating it harmless."""
        arguments = {
            "p_key": key or uuid4(),
            "p_action": action,
            "p_user": user,
            "p_actor": actor,
            "p_subject": subject,
            "p_details": dict(details or {}),
        }
        return AuditRow.of(self._store.call("audit_record", arguments))

    def list_of(self, *, limit: int = 100, before: int | None = None, user: UUID | None = None) -> list[AuditRow]:
        arguments = {"p_limit": limit, "p_before": before, "p_user": user}
        return AuditRow.all_of(self._store.call("audit_list", arguments))

    def broken_at(self) -> int | None:
        """The first row that was changed or is missing, or None while the chain is whole."""
        place = self._store.call("audit_verify")
        return place if isinstance(place, int) else None
