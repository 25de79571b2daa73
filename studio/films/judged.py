"""What a writer wrote is judged before anything is paid to speak or paint it; what was asked and written is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.brief import Brief
from pipeline.making.services import Services
from pipeline.scripts.models import Script
from pipeline.scripts.writers import Assignment, LengthChange, Progress, Writer, Written, silent
from studio.errors import ContentRefused, JobFailed
from studio.jobs import ClaimedJob
from studio.safety import Gate, JobRecords


@dataclass(frozen=True)
class Watch:
    """Over one job: its gate, and the book of what was asked and made."""

    gate: Gate
    records: JobRecords
    job: ClaimedJob

    def over(self, services: Services, brief: Brief) -> Services:
        self.records.keep(self.job.id, self.job.user_id, "asked", _asked(brief, services))
        return replace(services, writer=_JudgedWriter(services.writer, self))

    def require_decent(self, written: Written) -> Written:
        script = written.script
        self.records.keep(self.job.id, self.job.user_id, "script", script.model_dump(mode="json"))
        try:
            self.gate.output(self.job.user_id, "\n".join(_words(script)), self.job.id)
        except ContentRefused as refused:
            raise JobFailed(refused.message, reason=refused.code, step="SCRIPTING") from refused
        return written

    def film(self, sha256: str, spoken: Path) -> None:
        """What came out in the end, edited or found again as it may be."""
        made = {"film_sha256": sha256, "spoken": spoken.read_text("utf-8")}
        self.records.keep(self.job.id, self.job.user_id, "film", made)


class _JudgedWriter:
    """Another writer, whose refused scripts never reach a voice."""

    def __init__(self, writer: Writer, watch: Watch) -> None:
        self.name, self.paid = writer.name, writer.paid
        self._writer = writer
        self._watch = watch

    def expected_cents(self, minutes: float) -> float | None:
        return self._writer.expected_cents(minutes)

    def write(self, assignment: Assignment, *, progress: Progress = silent) -> Written:
        return self._watch.require_decent(self._writer.write(assignment, progress=progress))

    def revise(
        self, script: Script, changes: tuple[LengthChange, ...], assignment: Assignment, *, progress: Progress = silent
    ) -> Written:
        written = self._writer.revise(script, changes, assignment, progress=progress)
        return self._watch.require_decent(written) if changes else written


def _asked(brief: Brief, services: Services) -> dict[str, object]:
    """Without the paths of this machine."""
    brought = {name: len(getattr(brief, name)) for name in ("documents", "uploads")}
    rest = brief.model_dump(mode="json", include=_WORDS)
    return {**rest, **brought, "writer": services.writer.name, "painter": services.painter.name}


_WORDS = {"niche", "topic", "notes", "links", "title", "language", "minutes", "voice", "look", "transcript"}


def _words(script: Script) -> Iterator[str]:
    """Everything that is said, shown or written, each on a line of its own."""
    yield from (script.title, *script.other_titles, script.summary)
    yield from (hook.narration for hook in script.hooks)
    for section in script.sections:
        yield from (section.title, section.narration, section.visual, section.on_screen)
