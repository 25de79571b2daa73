"""From a brief to its source: notes, documents and links are read, cleaned and numbered."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from pipeline.brief import Brief
from pipeline.errors import SourceError
from pipeline.sources.blocks import Extract
from pipeline.sources.errors import SourceEmpty, SourceMissing, SourceTooLarge
from pipeline.sources.extraction import extract, extract_text
from pipeline.sources.gathering import Gathered, gather
from pipeline.sources.isolation import extract_apart
from pipeline.sources.kinds import sniff, sniff_text
from pipeline.sources.languages import detect
from pipeline.sources.limits import DEFAULT, MEBIBYTE, Limits
from pipeline.sources.models import Origin, Source
from pipeline.sources.web import Web

_APART = frozenset({"pdf", "docx", "html"})
_TITLE_CHARACTERS = 200


@dataclass(frozen=True)
class _Given:
    """One thing to read: what it is, where it stands, and how its text is got."""

    kind: Literal["notes", "file", "page"]
    place: str
    read: Callable[[], tuple[Extract, str]]


def read(brief: Brief, *, web: Web | None = None, limits: Limits = DEFAULT) -> Source:
    """Everything that the brief gives. A topic alone is a source without passages; nothing at all is an error."""
    given = _given(brief, web or Web(limits=limits), limits)
    if not given:
        return _topic(brief)
    documents = _all_read(given, brief, limits)
    verbatim = brief.transcript == "manual"
    passages, notes = gather(documents, limits.words, verbatim=verbatim)
    if not any(passage.kind != "heading" for passage in passages):
        raise SourceEmpty("There are only headings, and nothing below them. Write a few sentences to each.")
    return Source(
        origins=tuple(document.origin for document in documents),
        passages=passages,
        language=_language(brief, " ".join(passage.text for passage in passages)),
        notes=notes,
    )


def _topic(brief: Brief) -> Source:
    topic = " ".join(brief.topic.split())
    if not topic:
        raise SourceMissing("There is nothing to make a film of. Give notes, a document, a link or a topic.")
    if brief.transcript == "manual":
        raise SourceMissing("A finished script was announced, but there is none. Paste it into the notes.")
    origin = Origin(id="o1", kind="topic", title=topic)
    return Source(origins=(origin,), passages=(), language=_language(brief, topic))


def _given(brief: Brief, web: Web, limits: Limits) -> list[_Given]:
    verbatim = brief.transcript == "manual"
    given = []
    if brief.notes.strip():
        given.append(_Given("notes", "notes", partial(_read_notes, brief.notes, verbatim, limits)))
    for path in dict.fromkeys(brief.documents):
        given.append(_Given("file", Path(path).name, partial(_read_file, Path(path), verbatim, limits)))
    for link in dict.fromkeys(link.strip() for link in brief.links):
        given.append(_Given("page", link, partial(_read_page, web, link, verbatim, limits)))
    return given


def _all_read(given: list[_Given], brief: Brief, limits: Limits) -> list[Gathered]:
    """In the order given; pages are fetched side by side."""
    pool = ThreadPoolExecutor(limits.links_at_once, thread_name_prefix="sources")
    try:
        pages = {item.place: pool.submit(_placed, item) for item in given if item.kind == "page"}
        found = [pages[item.place].result() if item.kind == "page" else _placed(item) for item in given]
    finally:
        # After a failure nobody waits for the pages that are still on their way.
        pool.shutdown(wait=False, cancel_futures=True)
    return [
        Gathered(_origin(number, item, extract, address, brief), extract)
        for number, (item, (extract, address)) in enumerate(zip(given, found, strict=True), 1)
    ]


def _placed(item: _Given) -> tuple[Extract, str]:
    """Whatever goes wrong says where."""
    try:
        return item.read()
    except SourceError as error:
        if error.where is None:
            error.where = item.place
        raise


def _read_notes(notes: str, verbatim: bool, limits: Limits) -> tuple[Extract, str]:
    return extract_text(notes, sniff_text(notes), verbatim=verbatim, limits=limits), ""


def _read_file(path: Path, verbatim: bool, limits: Limits) -> tuple[Extract, str]:
    data = _bytes(path, limits)
    return _extracted(data, path.name, "", verbatim, limits), path.name


def _read_page(web: Web, link: str, verbatim: bool, limits: Limits) -> tuple[Extract, str]:
    page = web.fetch(link)
    return _extracted(page.data, page.address.partition("?")[0], page.charset, verbatim, limits), page.address


def _extracted(data: bytes, name: str, declared: str, verbatim: bool, limits: Limits) -> Extract:
    kind = sniff(data, name, declared)
    if kind in _APART:
        return extract_apart(data, kind, declared=declared, limits=limits)
    return extract(data, kind, declared=declared, verbatim=verbatim, limits=limits)


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except FileNotFoundError as error:
        raise SourceMissing("The file is not there. Check its name, or upload it again.") from error
    except IsADirectoryError as error:
        raise SourceMissing("This is a folder. Give the files inside it one by one.") from error
    except (OSError, ValueError) as error:
        raise SourceMissing("The file cannot be opened. Check that you may read it.") from error
    if len(data) > limits.file_bytes:
        most = limits.file_bytes // MEBIBYTE
        raise SourceTooLarge(f"The file is larger than {most} MB. Give only the part that the film is about.")
    return data


def _origin(number: int, item: _Given, extract: Extract, address: str, brief: Brief) -> Origin:
    fallback = {"notes": brief.title or brief.topic or "Notes", "file": Path(item.place).stem, "page": item.place}
    title = (extract.title or fallback[item.kind])[:_TITLE_CHARACTERS]
    return Origin(id=f"o{number}", kind=item.kind, title=title, address=address)


def _language(brief: Brief, text: str) -> str:
    """The brief's, where it names one; else the text's, where that can be told."""
    if "language" in brief.model_fields_set and brief.language not in ("", "auto"):
        return brief.language
    named = "en" if brief.language in ("", "auto") else brief.language
    return detect(text) or named
