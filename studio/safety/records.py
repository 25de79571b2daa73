"""The door to what was asked of a job and what came of it, kept for a set time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid5

from studio.store.records import Record
from studio.store.store import Store

Kind = Literal["asked", "script", "film"]
_MOST_CHARACTERS = 200_000


class JobRecord(Record):
    id: UUID
    job_id: UUID
    user_id: UUID
    kind: Kind
    content: dict[str, Any]
    created_at: datetime
    keep_until: datetime


class JobRecords:
    def __init__(self, store: Store, *, keep_days: int = 90) -> None:
        self._store = store
        self._keep_days = keep_days

    def keep(self, job: UUID, user: UUID, kind: Kind, content: Mapping[str, Any]) -> None:
        """Noted once, however often an attempt is taken up. Endless notes are cut; their hash is of the whole."""
        whole = json.dumps(content, sort_keys=True, ensure_ascii=True)
        sha256 = hashlib.sha256(whole.encode()).hexdigest()
        arguments = {
            "p_id": uuid5(job, f"{kind}:{sha256}"),
            "p_job": job,
            "p_user": user,
            "p_kind": kind,
            "p_content": {**_cut(content), "sha256": sha256},
            "p_keep_days": self._keep_days,
        }
        self._store.call("job_record", arguments)

    def of(self, job: UUID) -> list[JobRecord]:
        return JobRecord.all_of(self._store.call("job_records_of", {"p_job": job}))


def _cut(value: Any) -> Any:
    if isinstance(value, str):
        return value[:_MOST_CHARACTERS].replace("\x00", "").encode(errors="replace").decode()
    if isinstance(value, Mapping):
        return {key: _cut(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_cut(part) for part in value]
    return value
