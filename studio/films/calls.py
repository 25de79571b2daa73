"""Every call of a paid provider, noted before it is made and again when its answer and its price are known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from uuid import uuid4

from pipeline.making.services import Services
from pipeline.pictures.catalogue import entries
from pipeline.pictures.models import Painted, Painter, Shot, Style
from pipeline.scripts.models import Script
from pipeline.scripts.writers import Assignment, LengthChange, Progress, Writer, Written, silent
from studio.jobs import ClaimedJob
from studio.projects import Generation, Making
from voices import Cast, Choice, Speech, Voice
from voices.kokoro.weights import Progress as Fetching

_MICROS_A_CENT = 10_000


@dataclass
class Call:
    """One call under way; whoever makes it says what it cost. None: no price is known."""

    cents: float | None = 0.0
    about: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Calls:
    """The calls made for one job."""

    making: Making
    job: ClaimedJob

    @contextmanager
    def noted(self, provider: str, model: str, purpose: str, inputs: str = "") -> Iterator[Call]:
        """A call that a kill interrupts stays `started`; repeated with the same `inputs`, it is noted as the same."""
        call = Call()
        begun = self._begun(provider, model, purpose, f"{purpose}:{provider}:{inputs}" if inputs else str(uuid4()))
        if begun.state == "done":
            # Its answer was lost after it was paid, so this is a second call.
            begun = self._begun(provider, model, purpose, str(uuid4()))
        key = begun.id
        try:
            yield call
        except BaseException as error:
            self.making.note_generation(key, "failed", meta={"error": type(error).__name__})
            raise
        micros = None if call.cents is None else round(call.cents * _MICROS_A_CENT)
        about = {**call.about, **({"price": "unknown"} if call.cents is None else {})}
        self.making.note_generation(key, "done", cost_micros=micros, meta=about)

    def _begun(self, provider: str, model: str, purpose: str, input_key: str) -> Generation:
        return self.making.begin_generation(
            uuid4(),
            user=self.job.user_id,
            input_key=input_key,
            provider=provider,
            model=model,
            purpose=purpose,
            project=self.job.project_id,
            job=self.job.id,
        )


def with_notes(services: Services, calls: Calls) -> Services:
    """The same services; what is paid is noted. What is free is left as it is."""
    return replace(
        services,
        writer=_NotedWriter(services.writer, calls) if services.writer.paid else services.writer,
        painter=_NotedPainter(services.painter, calls) if services.painter.paid else services.painter,
        cast=_NotedCast(services.cast, calls),
    )


class _NotedWriter:
    def __init__(self, writer: Writer, calls: Calls) -> None:
        self.name, self.paid = writer.name, writer.paid
        self._writer = writer
        self._calls = calls

    def expected_cents(self, minutes: float) -> float | None:
        return self._writer.expected_cents(minutes)

    def write(self, assignment: Assignment, *, progress: Progress = silent) -> Written:
        with self._call("script") as call:
            return _counted(self._writer.write(assignment, progress=progress), call)

    def revise(
        self, script: Script, changes: tuple[LengthChange, ...], assignment: Assignment, *, progress: Progress = silent
    ) -> Written:
        if not changes:
            return self._writer.revise(script, changes, assignment, progress=progress)
        with self._call("script revision") as call:
            return _counted(self._writer.revise(script, changes, assignment, progress=progress), call)

    @contextmanager
    def _call(self, purpose: str) -> Iterator[Call]:
        provider, _, model = self.name.partition(":")
        with self._calls.noted(provider, model or provider, purpose) as call:
            yield call


def _counted(written: Written, call: Call) -> Written:
    cost = written.cost
    call.cents = cost.cents
    call.about = {"calls": cost.calls, "input_tokens": cost.input_tokens, "output_tokens": cost.output_tokens}
    return written


class _NotedPainter:
    def __init__(self, painter: Painter, calls: Calls) -> None:
        self.name, self.paid = painter.name, painter.paid
        self._painter = painter
        self._calls = calls

    def expected_cents(self, pictures: float) -> float:
        return self._painter.expected_cents(pictures)

    def paint(self, shot: Shot, style: Style, *, idempotency_key: str, reference: bytes | None = None) -> Painted:
        known = entries().get(self.name)
        provider, model = (known.engine, known.model) if known else (self.name, self.name)
        with self._calls.noted(provider, model, "picture", f"{model}:{idempotency_key}"[-160:]) as call:
            painted = self._painter.paint(shot, style, idempotency_key=idempotency_key, reference=reference)
            call.cents, call.about = painted.cost_cents, {"shot": shot.id}
            return painted


class _NotedCast(Cast):
    """Speaks with another cast's voices."""

    def __init__(self, cast: Cast, calls: Calls) -> None:
        super().__init__(catalogue=cast.catalogue)
        self._cast = cast
        self._calls = calls

    def missing(self, voice: Voice) -> str | None:
        return self._cast.missing(voice)

    def choose(
        self, voice_id: str, *, language: str = "en", commercial: bool = False, progress: Fetching | None = None
    ) -> Choice:
        return self._cast.choose(voice_id, language=language, commercial=commercial, progress=progress)

    def speak(self, text: str, voice: Voice, rate: float = 1.0, *, take: int = 1) -> Speech:
        if not voice.paid:
            return self._cast.speak(text, voice, rate, take=take)
        with self._calls.noted(voice.engine, voice.id, "narration") as call:
            speech = self._cast.speak(text, voice, rate, take=take)
            call.cents, call.about = voice.cost_cents(len(text)), {"characters": len(text)}
            return speech

    def fetch(self, progress: Fetching | None = None) -> None:
        self._cast.fetch(progress)
