"""Bytes to blocks, by the parser for their kind. Whatever a parser does, a caller meets a SourceError or nothing."""

from __future__ import annotations

from pipeline.errors import SourceError
from pipeline.sources import docx, html, markdown, pdf, plain, subtitles
from pipeline.sources.blocks import Extract
from pipeline.sources.encodings import decode
from pipeline.sources.errors import SourceDamaged, SourceEmpty, SourceTooLarge
from pipeline.sources.kinds import Kind
from pipeline.sources.limits import DEFAULT, Limits

_EMPTY = "There is no readable text in it. Check that you gave the right file, or paste the text."


def extract(
    data: bytes, kind: Kind, *, declared: str = "", verbatim: bool = False, limits: Limits = DEFAULT
) -> Extract:
    """What `data` says, of the kind that it was found to be."""
    try:
        found = _parse(data, kind, declared, verbatim, limits)
    except SourceError:
        raise
    # The libraries meet whatever strangers put into files, and promise no particular exception.
    except Exception as error:
        if isinstance(error, MemoryError) or "memory" in str(error).lower():
            raise SourceTooLarge("It needs more memory than notes should. Save its text as .txt.") from error
        raise SourceDamaged("It is damaged and cannot be read. Save or download it again.") from error
    if not found.blocks:
        raise SourceEmpty(_EMPTY)
    return found


def extract_text(text: str, kind: Kind, *, verbatim: bool = False, limits: Limits = DEFAULT) -> Extract:
    """What pasted text says."""
    if kind == "html":
        return extract(text.encode("utf-8", "replace"), kind, declared="utf-8", limits=limits)
    found = _parse_text(text, kind, verbatim, limits)
    if not found.blocks:
        raise SourceEmpty("There are no words in the notes. Write some, or give a document, a link or a topic.")
    return found


def _parse(data: bytes, kind: Kind, declared: str, verbatim: bool, limits: Limits) -> Extract:
    if kind == "pdf":
        return pdf.parse(data, limits)
    if kind == "docx":
        return docx.parse(data, limits)
    if kind == "html":
        return html.parse(data, declared)
    return _parse_text(decode(data, declared), kind, verbatim, limits)


def _parse_text(text: str, kind: Kind, verbatim: bool, limits: Limits) -> Extract:
    short = text[: limits.text_characters]
    if kind == "subtitles":
        found = subtitles.parse(short)
    elif verbatim:
        found = plain.verbatim(short)
    else:
        found = markdown.parse(short) if kind == "markdown" else plain.parse(short)
    if len(short) == len(text):
        return found
    percent = 100 * len(short) // len(text)
    note = f"Only the first {percent} percent of the text were read; more does not fit into a film."
    return Extract(found.blocks, found.title, (*found.notes, note))
