"""PDF files: lines put back into paragraphs and headings, without running heads and page numbers.

Reads from the first page until the text, the time or the pages run out, and says where it stopped.
"""

from __future__ import annotations

import io
import math
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from pipeline.sources.blocks import Block, Extract, join_wrapped, tidy, tidy_blocks, visible
from pipeline.sources.boilerplate import without_boilerplate
from pipeline.sources.errors import SourceDamaged, SourceEncrypted, SourceScanned
from pipeline.sources.limits import DEFAULT, Limits

_BULLET = re.compile(r"^\s*(?:[•‣▪◦●○■–·\uf0b7\uf0a7-]|\(?\d{1,2}[.)])\s+(?=\S)")
_PAGE_NUMBER = re.compile(
    r"^\s*(?:page\s*)?[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*(?:(?:of|/)\s*\d{1,4})?\s*[-–—]?\s*$", re.I
)
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}\s*$")
_FULL_STOP = tuple('.!?:;"”»')
_LARGER = 1.12
_SCANNED_PAGES = 20
_MARGIN_WORDS = 14


@dataclass(frozen=True)
class _Line:
    text: str
    size: float
    page: int
    new_block: bool = False


def parse(data: bytes, limits: Limits = DEFAULT) -> Extract:
    reader = _open(data)
    lines, pages, whole = _lines(reader, limits)
    if not any(any(letter.isalpha() for letter in line.text) for line in lines):
        raise SourceScanned(
            "The PDF holds pictures of pages but no text. Run text recognition (OCR) on it, or paste the text."
        )
    if _garbled(lines):
        raise SourceScanned("The PDF's letters cannot be read (its fonts hide them). Paste the text instead.")
    if _spaced_out(lines):
        raise SourceScanned(
            "The PDF places every letter by itself, so its words cannot be told. Paste the text instead."
        )
    blocks = without_boilerplate(tidy_blocks(_blocks(_without_margins(lines))))
    total = len(reader.pages)
    part = f"Only the first {pages} of {total} pages were read; more does not fit into a film."
    notes = () if whole else (part,)
    return Extract(blocks, _title(reader, blocks), notes)


def _open(data: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError as error:
        raise SourceEncrypted(_LOCKED) from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise SourceDamaged("The PDF is damaged and cannot be opened. Save or download it again.") from error
    if locked:
        raise SourceEncrypted(_LOCKED)
    return reader


_LOCKED = "The PDF is encrypted: save it without a password and upload it again."


def _lines(reader: PdfReader, limits: Limits) -> tuple[list[_Line], int, bool]:
    """The lines of as many pages as fit, how many pages those are, and whether they are all of them."""
    lines: list[_Line] = []
    words = 0
    deadline = time.monotonic() + limits.pdf_seconds
    for number, page in enumerate(reader.pages):
        out_of_time = number > 0 and time.monotonic() > deadline
        if out_of_time or words >= limits.words or (number >= _SCANNED_PAGES and not words):
            return lines, number, False
        found = _page_lines(page, number)
        lines += found
        words += sum(len(line.text.split()) for line in found)
    return lines, len(reader.pages), True


def _page_lines(page: PageObject, number: int) -> list[_Line]:
    pieces: list[tuple[str, float]] = []

    def visit(text: str, _cm: Any, matrix: list[float], _font: Any, size: float) -> None:
        if text:
            pieces.append((text, abs(size or 0) * math.hypot(matrix[2], matrix[3])))

    page.extract_text(visitor_text=visit)
    lines: list[_Line] = []
    blank = True
    for text, size in _split(pieces):
        if text.strip():
            lines.append(_Line(visible(text).strip(), size, number, blank))
        blank = not text.strip()
    return lines


def _split(pieces: list[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """Pieces as lines, each with the size of most of its letters."""
    line: list[tuple[str, float]] = []
    for text, size in pieces:
        head, *rest = text.split("\n")
        line.append((head, size))
        for part in rest:
            yield _measured(line)
            line = [(part, size)]
    yield _measured(line)


def _measured(line: list[tuple[str, float]]) -> tuple[str, float]:
    sizes: Counter[float] = Counter({0.0: 0})
    for text, size in line:
        sizes[round(size, 1)] += len(text.strip())
    return "".join(text for text, _ in line), sizes.most_common(1)[0][0]


def _garbled(lines: list[_Line]) -> bool:
    text = "".join(line.text for line in lines[:400])
    strange = sum(0xE000 <= ord(letter) <= 0xF8FF or letter == "\ufffd" for letter in text) + 6 * text.count("(cid:")
    readable = sum(letter.isalnum() for letter in text)
    return strange > 0.2 * max(len(text), 1) or readable < 0.3 * len(text.replace(" ", ""))


def _spaced_out(lines: list[_Line]) -> bool:
    words = [word for line in lines[:400] for word in line.text.split() if word.isascii() and word.isalpha()]
    return len(words) > 40 and sum(len(word) == 1 for word in words) > 0.2 * len(words)


def _without_margins(lines: list[_Line]) -> list[_Line]:
    """Lines that come back at the top or bottom of page after page, page numbers and tables of contents go."""
    pages: dict[int, list[_Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    edges = Counter(key for page in pages.values() for key in {_pattern(page[place]) for place in _edge(page)})
    often = max(3, len(pages) // 4)
    kept = []
    for page in pages.values():
        at_edge = _edge(page)
        for place, line in enumerate(page):
            if place in at_edge and (edges[_pattern(line)] >= often or _PAGE_NUMBER.match(line.text)):
                continue
            if not _CONTENTS.search(line.text):
                kept.append(line)
    return kept


def _edge(page: list[_Line]) -> set[int]:
    """Places of lines so short and so far out that they may stand on every page."""
    reach = 2 if len(page) >= 8 else 1
    places = {*range(reach), *range(len(page) - reach, len(page))} & {*range(len(page))}
    return {place for place in places if len(page[place].text.split()) <= _MARGIN_WORDS}


def _pattern(line: _Line) -> str:
    return re.sub(r"\d+", "0", line.text.casefold())


def _blocks(lines: list[_Line]) -> Iterator[Block]:
    if not lines:
        return
    body = median(size for line in lines for size in [line.size] * max(1, len(line.text) // 10))
    sizes = sorted({line.size for line in lines if line.size > body * _LARGER}, reverse=True)
    width = sorted(len(line.text) for line in lines)[int(0.85 * (len(lines) - 1))]
    run: list[_Line] = []
    for line in lines:
        if run and _starts_new(run[-1], line, body, width):
            yield _block(run, body, sizes)
            run = []
        run.append(line)
    yield _block(run, body, sizes)


def _starts_new(before: _Line, line: _Line, body: float, width: int) -> bool:
    if abs(before.size - line.size) > 0.06 * body or _BULLET.match(line.text):
        return True
    if line.size > body * _LARGER:
        return before.page != line.page
    ended = before.text.endswith(_FULL_STOP)
    if line.new_block and (ended or before.page == line.page):
        return True
    return ended and len(before.text) < 0.8 * width


def _block(run: list[_Line], body: float, sizes: list[float]) -> Block:
    text = join_wrapped([line.text for line in run])
    if run[0].size > body * _LARGER and len(text.split()) <= 20:
        return Block(text, "heading", min(1 + sizes.index(run[0].size), 6))
    bullet = _BULLET.match(text)
    if bullet:
        return Block(text[bullet.end() :], "item", 1)
    if len(run) == 1 and _numbered_title(text):
        return Block(text, "heading", 2)
    return Block(text)


def _numbered_title(text: str) -> bool:
    short = len(text.split()) <= 10 and not text.endswith((".", ";", ","))
    return short and bool(re.match(r"^(?:\d+(?:\.\d+)+|chapter\s+[\divxlc]+)\b", text, re.IGNORECASE))


def _title(reader: PdfReader, blocks: tuple[Block, ...]) -> str:
    try:
        named = tidy(str((reader.metadata and reader.metadata.title) or ""))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        named = ""
    if named and not re.search(r"\.\w{2,4}$|^untitled|^microsoft word", named, re.IGNORECASE):
        return named
    return next((block.text for block in blocks if block.kind == "heading"), "")
