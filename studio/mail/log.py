"""The door to the log of letters. Ask it before sending, tell it how it went."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from studio.store.records import Record
from studio.store.store import Store

LetterState = Literal["sending", "sent", "failed", "suppressed", "bounced", "complained"]


class Letter(Record):
    id: UUID
    user_id: UUID | None
    idempotency_key: str
    template: str
    recipient: str
    state: LetterState
    provider_id: str | None
    error: str | None
    tries: int
    created_at: datetime
    send: bool = False


class MailLog:
    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, key: str, *, template: str, recipient: str, user: UUID | None = None) -> Letter:
        """`send` is true once per key, and again after a try that failed or was never heard of again.

        Give the provider the same key, for the case that its answer was lost.
        """
        arguments = {"p_key": key, "p_template": template, "p_recipient": recipient, "p_user": user}
        return Letter.of(self._store.call("email_begin", arguments))

    def note(self, key: str, state: LetterState, *, provider_id: str | None = None, error: str | None = None) -> Letter:
        arguments = {"p_key": key, "p_state": state, "p_provider_id": provider_id, "p_error": error}
        return Letter.of(self._store.call("email_note", arguments))
