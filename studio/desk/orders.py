"""Ordering: what notes carry, what their film costs and takes, and the project that it is made of."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

from pipeline.making import Services, from_environment
from pipeline.making.estimate import estimate
from pipeline.sources.connections import checked
from studio.callers import Caller
from studio.credits import PriceList, Quote
from studio.desk.reading import Reading, minutes_text
from studio.desk.shelf import KEPT_DAYS
from studio.desk.stages import TITLES
from studio.desk.views import Carry, Quotation, QuotationLine, StageTime
from studio.drafts import Draft
from studio.errors import FileRefused, InvalidValue, NotFound
from studio.files.service import StoredFile
from studio.films import FilmBrief, GivenFile, brief_of, project_fields, usage_of
from studio.identity import Scope
from studio.installation import Installation
from studio.projects import Project, ProjectFields, Uploads
from studio.safety.uploads import FileKind
from voices import VoicesError

_WRITTEN = ("title", "topic", "notes")
_LEAST_SHARE = 0.9
"""Of the length asked for that notes must carry."""
_PRICES_KEPT_S = 60.0
_GIB = 2**30
_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/x-subrip": ".srt",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
}


class Orders:
    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._reading = Reading(installation.files)
        self._known_prices: tuple[float, PriceList] | None = None

    def carry(self, caller: Caller, brief: Mapping[str, Any]) -> Carry:
        """How many minutes of film the notes and documents are enough for. Links are not fetched for it."""
        self._installation.gate.limit(caller, "estimate")
        return self._reading.carry(FilmBrief.given(brief, caller.user), caller.user)

    def estimate(self, caller: Caller, brief: Mapping[str, Any]) -> Quotation:
        """What the film costs and how long it takes. Nothing is spent, and nobody has to sign in for it."""
        self._installation.gate.limit(caller, "estimate")
        asked = FilmBrief.given(brief, caller.user)
        usage, services = usage_of(asked.brief), _services(asked)
        expected = estimate(asked.brief, services)
        quote = self._installation.credits.quote(usage)
        balance = self._installation.credits.account(caller.user).balance if caller.user else None
        return Quotation(
            credits=quote.credits,
            lines=tuple(self._lines(quote)),
            seconds=round(expected.total_s, 1),
            stages=tuple(StageTime(stage=s, title=TITLES[s], seconds=round(t, 1)) for s, t in expected.seconds.items()),
            provider_cents=expected.cents,
            balance=balance,
            enough=balance is None or balance >= quote.credits,
            problem=self.problem(caller, asked, services)
            or self._too_long(caller, asked.brief.minutes)
            or _too_dear(quote.credits, balance),
        )

    def problem(self, caller: Caller, asked: FilmBrief, services: Services | None = None) -> str:
        """What keeps a film from being made of this brief, as a sentence; empty when nothing does."""
        services = services or _services(asked)
        brief = asked.brief
        if missing := _voice_problem(brief.voice, services):
            return missing
        if not (brief.notes.strip() or asked.files.documents or brief.links):
            return "" if brief.topic.strip() and services.writer.paid else _nothing_given(brief.topic)
        if brief.links or services.writer.paid:
            return ""
        carry = self._reading.carry(asked, caller.user)
        if carry.minutes >= max(1.0, brief.minutes) * _LEAST_SHARE:
            return ""
        if carry.minutes < 1:
            return carry.sentence
        return f"{carry.sentence} Ask for {minutes_text(carry.minutes)}, or add to the notes."

    def upload(self, caller: Caller, path: Path, name: str, kind: FileKind) -> GivenFile:
        """Take a creator's file in, by what it holds and not by what it is called."""
        user = caller.require_user(Scope.MAKE)
        self._installation.gate.limit(caller, "upload")
        mime = self._installation.gate.upload(path, name, {kind})
        suffix = _SUFFIXES.get(mime) or _plain_suffix(name)
        with TemporaryDirectory() as folder:
            named = Path(folder, f"file{suffix}")
            named.symlink_to(path.absolute())
            stored = self._installation.files.described(named, owner=user, mime=mime)
            self._require_room(user, stored)
            self._installation.files.keep(named, stored)
        return GivenFile(path=stored.path, name=_plain_name(name, suffix))

    def create_project(self, caller: Caller, brief: Mapping[str, Any], project: UUID | None = None) -> Project:
        """A project with this brief. With an id of the caller's making, the same again finds the same project."""
        user = caller.require_user(Scope.MAKE)
        self._check(caller, brief)
        return self._installation.projects.create(user, project or uuid4(), _fields(brief))

    def save_project(self, caller: Caller, project: UUID, brief: Mapping[str, Any]) -> Project:
        """The project's brief becomes this one."""
        user = caller.require_user(Scope.MAKE)
        self._check(caller, brief)
        return self._installation.projects.save(user, project, _fields(brief))

    def open_draft(self, token: str) -> Draft | None:
        """What was kept, or None once it is claimed or its seven days are over."""
        try:
            return self._installation.drafts.open(token)
        except NotFound:
            return None

    def require_makeable(self, caller: Caller, project: Project, *, extra: str = "") -> FilmBrief:
        """The project's brief, checked as it is now: what may be made, and whether it can."""
        asked = FilmBrief.of(project)
        self._check(caller, brief_of(project), extra=extra)
        if problem := self.problem(caller, asked):
            raise InvalidValue(problem)
        for _ in asked.brief.links:
            self._installation.gate.limit(caller, "link")
        return asked

    def _check(self, caller: Caller, brief: Mapping[str, Any], *, extra: str = "") -> None:
        asked = FilmBrief.given(brief, caller.user)
        if not 1 <= asked.brief.minutes <= 12:
            raise InvalidValue("minutes: a film lasts from 1 to 12 minutes.", details={"field": "minutes"})
        for link in asked.brief.links:
            checked(link)
        written = "\n\n".join(part for name in _WRITTEN if (part := getattr(asked.brief, name).strip()))
        # How a word is to be said is said instead of it.
        said = "\n".join(asked.brief.pronunciations.values())
        self._installation.gate.text(caller, "notes", f"{written}\n\n{extra}\n\n{said}".strip())

    def _require_room(self, user: UUID, file: StoredFile) -> None:
        gib = self._installation.settings.uploads_gib
        uploads = Uploads(self._installation.store)
        if not uploads.begin(user, file.path, size_bytes=file.bytes, most_bytes=int(gib * _GIB)):
            raise FileRefused(
                f"Your files would take more than the {gib:g} GB that you have here. Bring a smaller one, or delete "
                f"films whose pictures and clips you no longer need: their room is free again {KEPT_DAYS} days later."
            )

    def _lines(self, quote: Quote) -> Iterator[QuotationLine]:
        titles = {price.item: price.title for price in self._prices().prices}
        for line in quote.lines:
            yield QuotationLine(item=line.item, title=titles[line.item], units=line.units, credits=line.credits)

    def _too_long(self, caller: Caller, minutes: float) -> str:
        if caller.user is None:
            return ""
        name = self._installation.profiles.get(caller.user).plan
        most = next((plan.max_minutes for plan in self._prices().plans if plan.name == name), 12)
        return "" if minutes <= most else f"Your plan makes films of up to {most} minutes."

    def _prices(self) -> PriceList:
        """They change about never."""
        until, prices = self._known_prices or (0.0, None)
        if prices is None or until < time.monotonic():
            prices = self._installation.credits.prices()
            self._known_prices = (time.monotonic() + _PRICES_KEPT_S, prices)
        return prices


def _fields(brief: Mapping[str, Any]) -> ProjectFields:
    """A title that was asked for is the project's own from the start."""
    fields = project_fields(brief)
    title = brief.get("title")
    return fields.model_copy(update={"title": title[:300]}) if isinstance(title, str) and title else fields


def _services(asked: FilmBrief) -> Services:
    return from_environment(asked.brief)


def _voice_problem(voice: str, services: Services) -> str:
    if voice == "default":
        return ""
    try:
        found = services.cast.catalogue.find(voice)
    except VoicesError as error:
        return str(error)
    if services.cast.missing(found):
        return f"{found.name} is not set up in this studio. Choose another voice."
    return ""


def _nothing_given(topic: str) -> str:
    if topic.strip():
        return "A topic alone needs a text model, and none is set up here. Add notes, a document or a link."
    return "There is nothing to make a film of yet. Add notes, a document or a link."


def _too_dear(credits: int, balance: int | None) -> str:
    if balance is None or balance >= credits:
        return ""
    return f"This film takes {credits} credits and you have {balance}. Make it shorter, or get more credits."


def _plain_suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= 10 else ""


def _plain_name(name: str, suffix: str) -> str:
    """What the creator calls it, without folders."""
    last = name.replace("\\", "/").rpartition("/")[2].strip() or f"file{suffix}"
    return last if len(last) <= 200 else last[: 200 - len(suffix)] + suffix
