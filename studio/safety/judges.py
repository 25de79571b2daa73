"""Who judges a text: the studio's own rules always, a provider as well when there is a key."""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from uuid import NAMESPACE_URL, UUID, uuid5

from studio.safety import rules
from studio.safety.moderation import Subject, Verdict
from studio.safety.moderator import Moderator, ModeratorAway, moderator_of
from studio.safety.rules import Finding
from studio.settings import Settings

OWN = "rules"
_EXCERPT = 300
_MOST_KNOWN = 500
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
        self._known: OrderedDict[tuple[Subject, str], Judgement] = OrderedDict()
        self._lock = Lock()

    @classmethod
    def of(cls, settings: Settings) -> Judges:
        return cls(safe_mode=settings.safe_mode, moderator=moderator_of(settings))

    def judge(self, text: str, subject: Subject) -> Judgement:
        """Every estimate and every save brings the same text again: it is judged once."""
        key = (subject, hashlib.sha256(text.encode(errors="replace")).hexdigest())
        with self._lock:
            known = self._known.get(key)
        if known is not None:
            return known
        found, is_whole = self._judged(text, subject, key[1])
        if is_whole:
            with self._lock:
                self._known[key] = found
                while len(self._known) > _MOST_KNOWN:
                    self._known.popitem(last=False)
        return found

    def _judged(self, text: str, subject: Subject, sha256: str) -> tuple[Judgement, bool]:
        """And whether everybody who should has judged it."""
        # What a model wrote from notes that passed tells of people; who speaks and who is seen is decided elsewhere.
        safe_mode = self._safe_mode and subject != "output"
        found = list(rules.findings(text, safe_mode=safe_mode, prompt=subject == "prompt"))
        if self._moderator is None or any(one.refused for one in found):
            return _judgement(text, subject, OWN, found, sha256), True
        name = self._moderator.name
        try:
            found += self._moderator.findings(text)
        except ModeratorAway as away:
            _log.warning("%s is away, the own rules decide: %s", name, away)
            return _judgement(text, subject, f"{OWN} ({name} away: {away})"[:120], found, sha256), False
        return _judgement(text, subject, f"{OWN}, {name}", found, sha256), True


def _weight(one: Finding) -> int:
    return _WEIGHT.index(one.category) if one.category in _WEIGHT else len(_WEIGHT)


def _judgement(text: str, subject: Subject, judge: str, found: Sequence[Finding], sha256: str) -> Judgement:
    ordered = sorted(found, key=lambda one: (not one.refused, _weight(one)))
    first = next(iter(ordered), None)
    if first is None:
        return Judgement("allowed", judge, sha256, excerpt=_excerpt(text))
    return Judgement(
        "refused" if first.refused else "flagged",
        judge,
        sha256,
        tuple(dict.fromkeys(one.category for one in ordered)),
        _sentence(first, subject),
        _excerpt(first.quote or ("" if first.category == "private-data" else text)),
    )


def _sentence(found: Finding, subject: Subject) -> str:
    quote = " ".join(found.quote.split()).rstrip(".!?,;:")
    shown = quote if len(quote) <= _QUOTE else quote[:_QUOTE].rsplit(" ", 1)[0] + "…"
    return found.sentence.format(subject=_SUBJECTS[subject], quote=shown, what=found.what, person=found.person)


def _excerpt(text: str) -> str:
    """Its beginning, in letters that any database takes."""
    return text[:_EXCERPT].replace("\x00", "").encode(errors="replace").decode()
