"""The gate before everything that is asked: how often, what it says, and what kind of file it brings."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal
from uuid import UUID

from studio.callers import Caller
from studio.errors import ContentRefused, RateLimited
from studio.safety.judges import Judgement, Judges
from studio.safety.limits import RateLimits
from studio.safety.moderation import ModerationLog, Subject
from studio.safety.uploads import FileKind, check
from studio.settings import Settings
from studio.store.store import Store

Action = Literal[
    "sign_in", "sign_up", "handoff", "letter", "generate", "upload", "link", "estimate", "write", "draft", "api"
]
_TOO_OFTEN = {
    "sign_in": "That was many tries to sign in.",
    "sign_up": "Many accounts were opened from here.",
    "handoff": "That was many tries to sign in.",
    "letter": "A few letters were sent already; look in the spam folder too.",
    "generate": "That was many films in a short time.",
    "upload": "That was many files in a short time.",
    "link": "That was many links in a short time.",
    "estimate": "That was many estimates in a short time.",
    "write": "That was many changes in a short time.",
    "draft": "That was many drafts in a short time.",
    "api": "Your program asks very often.",
}


class Gate:
    """One for the whole installation: it remembers what it judged lately."""

    def __init__(self, store: Store, judges: Judges, *, keep_days: int = 90) -> None:
        self._limits = RateLimits(store)
        self._log = ModerationLog(store)
        self._judges = judges
        self._keep_days = keep_days

    @classmethod
    def of(cls, settings: Settings, store: Store) -> Gate:
        return cls(store, Judges.of(settings), keep_days=settings.audit_days)

    def limit(self, caller: Caller, action: Action) -> None:
        """Count one act for the user and for the address, or raise RateLimited with how long to wait."""
        try:
            self._limits.check(action, user=caller.user, address=caller.address or None)
        except RateLimited as error:
            wait_s = _whole(error.details.get("retry_after_s"))
            sentence = f"{_TOO_OFTEN[action]} Wait {spoken(wait_s)}, then try again."
            raise RateLimited(sentence, details={"retry_after_s": wait_s}) from error

    def text(self, caller: Caller, subject: Subject, text: str, job: UUID | None = None) -> None:
        """Raise ContentRefused if no film may be made of this. Whatever the verdict, it is logged."""
        if not text.strip():
            return
        if caller.user or caller.address:
            self.limit(caller, "write")
        self._require(self._judges.judge(text, subject), caller.user, subject, job)

    def output(self, user: UUID, text: str, job: UUID) -> None:
        """The same for what a model wrote."""
        if text.strip():
            self._require(self._judges.judge(text, "output"), user, "output", job)

    def upload(self, path: Path, name: str, kinds: Collection[FileKind]) -> str:
        """The file's mime type by its content, or FileRefused if it is none of those kinds, damaged or too large."""
        return check(path, name, kinds)

    def _require(self, found: Judgement, user: UUID | None, subject: Subject, job: UUID | None) -> None:
        self._log.record(
            found.key(user, subject),
            user=user,
            subject=subject,
            verdict=found.verdict,
            judge=found.judge,
            categories=found.categories,
            excerpt=found.excerpt,
            job=job,
            keep_days=self._keep_days,
        )
        if found.verdict == "refused":
            raise ContentRefused(found.sentence, details={"categories": list(found.categories)})


def spoken(seconds: int) -> str:
    """40 seconds, 3 minutes, 2 hours: rounded up."""
    for unit, size in (("hour", 3600), ("minute", 60)):
        if seconds > size:
            number = -(-seconds // size)
            return f"{number} {unit}s" if number > 1 else f"1 {unit}"
    return "1 second" if seconds <= 1 else f"{seconds} seconds"


def _whole(seconds: object) -> int:
    return max(1, int(seconds)) if isinstance(seconds, int | float) else 60
