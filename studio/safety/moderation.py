"""The door to the moderation log: what was judged, by whom, and how; forgotten after a set time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from studio.store.records import Record
from studio.store.store import Store

Verdict = Literal["allowed", "flagged", "refused"]
Subject = Literal["prompt", "notes", "upload", "output", "voice"]


class VerdictRow(Record):
    id: UUID
    user_id: UUID | None
    subject: Subject
    verdict: Verdict
    judge: str
    categories: list[Any]
    excerpt: str
    job_id: UUID | None
    created_at: datetime
    keep_until: datetime


class ModerationLog:
    def __init__(self, store: Store) -> None:
        self._store = store

    def record(
        self,
        verdict_id: UUID,
        *,
        user: UUID | None,
        subject: Subject,
        verdict: Verdict,
        judge: str,
        categories: Sequence[str] = (),
        excerpt: str = "",
        job: UUID | None = None,
        keep_days: int = 90,
    ) -> VerdictRow:
        arguments = {
            "p_id": verdict_id,
            "p_user": user,
            "p_subject": subject,
            "p_verdict": verdict,
            "p_judge": judge,
            "p_categories": list(categories),
            "p_excerpt": excerpt[:2000],
            "p_job": job,
            "p_keep_days": keep_days,
        }
        return VerdictRow.of(self._store.call("moderation_record", arguments))

    def list_of(self, *, limit: int = 100, verdict: Verdict | None = None) -> list[VerdictRow]:
        return VerdictRow.all_of(self._store.call("moderation_list", {"p_limit": limit, "p_verdict": verdict}))
