"""Reads notes and documents as the worker will, to say how long a film they carry. What was read is remembered."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from pipeline.brief import Brief
from pipeline.build import fingerprint
from pipeline.errors import PipelineError
from pipeline.making.carrying import LONGEST_MINUTES, carried_minutes
from pipeline.sources import Origin, Passage, Source, read
from studio.desk.views import Carry
from studio.files import Files
from studio.films import FilmBrief, GivenFile
from voices import Cast

_ASKED = {"notes", "topic", "title", "language", "transcript", "niche", "voice", "pace", "minutes", "hook"}
_WORDS_A_MINUTE = 140
_MOST_KEPT, _MOST_WORDS_KEPT = 200, 2_000_000
"""Remembered at once: a book has 100,000 words, and anybody may bring many."""
Value = TypeVar("Value")


class Reading:
    def __init__(self, files: Files) -> None:
        self._files = files
        self._cast = Cast()
        self._documents: Remembered[Source] = Remembered(lambda source: source.words, _MOST_WORDS_KEPT)
        self._carries: Remembered[Carry] = Remembered(lambda _: 1, _MOST_KEPT)

    def carry(self, asked: FilmBrief, owner: UUID | None) -> Carry:
        """What cannot be read is said in the answer's sentence."""
        paths = [file.path for file in asked.files.documents]
        key = fingerprint([asked.brief.model_dump(mode="json", include=_ASKED), len(asked.brief.links), paths])
        if (known := self._carries.get(key)) is None:
            known = self._carries.keep(key, self._carried(asked, owner))
        return known

    def _carried(self, asked: FilmBrief, owner: UUID | None) -> Carry:
        brief, links = asked.brief, len(asked.brief.links)
        if not brief.notes.strip() and not asked.files.documents:
            return Carry(minutes=0, words=0, links=links, sentence=_without_notes(links))
        try:
            source = self._source(asked, owner)
            minutes = carried_minutes(brief, source, self._cast)
        except PipelineError as error:
            return Carry(minutes=0, words=0, links=links, sentence=str(error))
        floor = math.floor(minutes * 10) / 10
        return Carry(minutes=floor, words=source.words, links=links, sentence=_sentence(brief, source, floor, links))

    def _source(self, asked: FilmBrief, owner: UUID | None) -> Source:
        brief = asked.brief.model_copy(update={"links": (), "uploads": (), "documents": ()})
        read_ones = [read(brief)] if brief.notes.strip() else []
        if owner is not None:
            read_ones += [self._document(file, owner, brief) for file in asked.files.documents]
        return _joined(read_ones)

    def _document(self, file: GivenFile, owner: UUID, brief: Brief) -> Source:
        """A file's path is the hash of its bytes, so it is read once."""
        key = f"{file.path} {brief.transcript}"
        if (known := self._documents.get(key)) is None:
            with TemporaryDirectory() as folder:
                place = Path(folder, file.local_name)
                self._files.fetch(file.path, place, owner=owner)
                alone = Brief(documents=(str(place),), transcript=brief.transcript, language=brief.language)
                known = self._documents.keep(key, read(alone))
        return known


class Remembered(Generic[Value]):
    """The latest few, as many as are not too heavy together, safe for several threads."""

    def __init__(self, weigh: Callable[[Value], int], most: int) -> None:
        self._weigh = weigh
        self._most = most
        self._weight = 0
        self._kept: OrderedDict[str, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Value | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: str, value: Value) -> Value:
        with self._lock:
            self._weight += self._weigh(value)
            if key in self._kept:
                self._weight -= self._weigh(self._kept.pop(key))
            self._kept[key] = value
            while self._weight > self._most:
                self._weight -= self._weigh(self._kept.popitem(last=False)[1])
        return value


def minutes_text(minutes: float) -> str:
    text = f"{minutes:.1f}".removesuffix(".0")
    return f"{text} minute" if text == "1" else f"{text} minutes"


def _joined(sources: list[Source]) -> Source:
    origins: list[Origin] = []
    passages: list[Passage] = []
    for number, source in enumerate(sources, 1):
        origins += [one.model_copy(update={"id": f"{number}{one.id}"}) for one in source.origins]
        passages += [
            one.model_copy(update={"id": f"{number}{one.id}", "origin": f"{number}{one.origin}"})
            for one in source.passages
        ]
    return Source(origins=tuple(origins), passages=tuple(passages), language=sources[0].language)


def _without_notes(links: int) -> str:
    if links:
        return "Links are read when the film is made."
    return f"About {_WORDS_A_MINUTE} words make a minute of film."


def _sentence(brief: Brief, source: Source, minutes: float, links: int) -> str:
    whose = "Your script speaks for" if brief.transcript == "manual" else "Your notes carry"
    if minutes >= LONGEST_MINUTES:
        said = f"{whose} {LONGEST_MINUTES:.0f} minutes and more."
    elif minutes >= 1:
        said = f"{whose} about {minutes_text(minutes)}."
    else:
        missing = max(10, math.ceil((1 - minutes) * _WORDS_A_MINUTE / 10) * 10)
        said = f"{whose} less than a minute, the shortest film there is. Add about {missing} words."
    return f"{said} Links are read when the film is made." if links else said
