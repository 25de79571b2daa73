"""Who judges a text: the studio's own rules always, a provider as well when there is a key."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import NAMESPACE_URL, UUID, uuid5

from studio.safety import rules
from studio.safety.moderation import Subject, Verdict
from studio.safety.rules import Finding

OWN = "rules"
_EXCERPT = 300
_QUOTE = 90
_SUBJECTS: dict[Subject, str] = {
    "notes": "notes",
    "prompt": "instructions",
    "upload": "file's words",
    "output": "script's lines",
    "voice": "words",
}
_WEIGHT = (
    *("minors", "weapons", "violence", "self-harm", "hate", "drugs", "malware", "harassment"),
    *("private-data", "imitation", "spam"),
)
"""Where a text is refused for several reasons, its creator reads the first."""
_log = logging.getLogger(__name__)


class ModeratorAway(Exception):
    """A provider of moderation did not judge; the message says why, for the log."""


class Moderator(Protocol):
    """Somebody else's judgement."""

    name: str

    def findings(self, text: str) -> Sequence[Finding]:
        """Or ModeratorAway."""
        ...


@dataclass(frozen=True)
class Judgement:
    """A verdict; the sentence is for the creator, the excerpt for the log."""

    verdict: Verdict
    judge: str
    text_sha256: str
    categories: tuple[str, ...] = ()
    sentence: str = ""
    excerpt: str = ""

    def key(self, user: UUID | None, subject: str) -> UUID:
        """The same text judged the same way is one line of the log, however often it is saved."""
        parts = (str(user), subject, self.text_sha256, self.verdict, self.judge, *self.categories)
        return uuid5(NAMESPACE_URL, "canvascast:verdict:" + ":".join(parts))


class Judges:
    """The own rules come first: what they refuse is not shown to anybody else."""

    def __init__(self, *, safe_mode: bool = True, moderator: Moderator | None = None) -> None:
        self._safe_mode = safe_mode
        self._moderator = moderator

    def judge(self, text: str, subject: Subject) -> Judgement:
        # What a model wrote from notes that passed tells of people; only its instructions to painters could imitate.
        safe_mode = self._safe_mode and subject != "output"
        found = list(rules.findings(text, safe_mode=safe_mode, prompt=subject == "prompt"))
        judge = OWN
        if self._moderator is not None and not any(one.refused for one in found):
            try:
                found += self._moderator.findings(text)
                judge = f"{OWN}, {self._moderator.name}"
            except ModeratorAway as away:
                _log.warning("%s is away, the own rules decide: %s", self._moderator.name, away)
                judge = f"{OWN} ({self._moderator.name} away: {away})"[:120]
        return _judgement(text, subject, judge, found)


def _weight(one: Finding) -> int:
    return _WEIGHT.index(one.category) if one.category in _WEIGHT else len(_WEIGHT)


def _judgement(text: str, subject: Subject, judge: str, found: Sequence[Finding]) -> Judgement:
    ordered = sorted(found, key=lambda one: (not one.refused, _weight(one)))
    sha256 = hashlib.sha256(text.encode(errors="replace")).hexdigest()
    first = next(iter(ordered), None)
    if first is None:
        return Judgement("allowed", judge, sha256, excerpt=text[:_EXCERPT])
    return Judgement(
        "refused" if first.refused else "flagged",
        judge,
        sha256,
        tuple(dict.fromkeys(one.category for one in ordered)),
        _sentence(first, subject),
        first.quote[:_EXCERPT] or ("" if first.category == "private-data" else text[:_EXCERPT]),
    )


def _sentence(found: Finding, subject: Subject) -> str:
    quote = " ".join(found.quote.split())
    shown = quote if len(quote) <= _QUOTE else quote[:_QUOTE].rsplit(" ", 1)[0] + "…"
    return found.sentence.format(subject=_SUBJECTS[subject], quote=shown, what=found.what, person=found.person)
