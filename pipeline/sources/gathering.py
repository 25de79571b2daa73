"""Many documents become one source: repetition dropped, room shared fairly, passages numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.sources.blocks import Block, Extract
from pipeline.sources.models import Origin, Passage

_WORD = re.compile(r"\w+")
_SHINGLE = 8
_SAME = 0.85
_HEADING_WORDS = 25
_END = Block("", "heading", 0)


@dataclass(frozen=True)
class Gathered:
    """A document with where it came from."""

    origin: Origin
    extract: Extract


def gather(documents: list[Gathered], words: int, *, verbatim: bool) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """The passages of all documents, at most about `words` of them, and a sentence on whatever was left out."""
    cleaned = documents if verbatim else _without_repetition(documents)
    notes: list[str] = []
    passages: list[Passage] = []
    for document, room in zip(cleaned, shares([item.extract.words for item in cleaned], words), strict=True):
        blocks = tuple(_first_words(document.extract.blocks, room))
        notes += _notes(document, blocks)
        for block in blocks:
            passages.append(_passage(block, document.origin.id, len(passages) + 1))
    return tuple(passages), tuple(notes)


def shares(sizes: list[int], room: int) -> list[int]:
    """Room for each: what it needs if that is less than an equal part, and what the small ones leave for the large."""
    given = [0] * len(sizes)
    waiting = sorted(range(len(sizes)), key=lambda index: sizes[index])
    while waiting:
        smallest = waiting[0]
        given[smallest] = min(sizes[smallest], room // len(waiting))
        room -= given[smallest]
        waiting = waiting[1:]
    return given


def _without_repetition(documents: list[Gathered]) -> list[Gathered]:
    memory = _Memory()
    cleaned = []
    for document in documents:
        kept = _trimmed(memory.new(block) for block in document.extract.blocks)
        cleaned.append(replace(document, extract=replace(document.extract, blocks=kept)))
    return cleaned


def _trimmed(blocks: Iterable[Block | None]) -> tuple[Block, ...]:
    """Without headings that nothing stands below: never written, or dropped because it was said before."""
    kept: list[Block] = []
    for block in [*blocks, _END]:
        if block is None:
            continue
        while kept and block.kind == "heading" and kept[-1].kind == "heading" and kept[-1].level >= block.level:
            kept.pop()
        kept.append(block)
    return tuple(kept[:-1])


class _Memory:
    """What was read already, word for word or nearly so."""

    def __init__(self) -> None:
        self._texts: set[str] = set()
        self._shingles: set[int] = set()

    def new(self, block: Block) -> Block | None:
        """The block, or nothing if it says nothing new. Headings may come back: they stand over other words."""
        words = _WORD.findall(block.text.casefold())
        if block.kind == "heading":
            return block if len(words) <= _HEADING_WORDS else replace(block, kind="paragraph", level=0)
        shingles = {hash(tuple(words[start : start + _SHINGLE])) for start in range(len(words) - _SHINGLE + 1)}
        text = " ".join(words)
        known = len(shingles & self._shingles)
        if text in self._texts or (len(shingles) > 4 and known >= _SAME * len(shingles)):
            return None
        self._texts.add(text)
        self._shingles |= shingles
        return block


def _first_words(blocks: tuple[Block, ...], room: int) -> Iterator[Block]:
    for block in blocks:
        words = len(block.text.split())
        if words > room:
            yield from _cut(block, room)
            return
        room -= words
        yield block


def _cut(block: Block, room: int) -> Iterator[Block]:
    """As many whole sentences of a block as there is room for."""
    text = ""
    for sentence in re.split(r"(?<=[.!?。！？])\s+", block.text):
        if len(f"{text} {sentence}".split()) > room:
            break
        text = f"{text} {sentence}".strip()
    if text:
        yield replace(block, text=text)


def _notes(document: Gathered, kept: tuple[Block, ...]) -> list[str]:
    title = document.origin.title
    notes = [f"{title}: {note}" for note in document.extract.notes]
    words = sum(len(block.text.split()) for block in kept)
    if words < document.extract.words:
        notes.append(f"{title}: the first {words:,} of {document.extract.words:,} words are used; more does not fit.")
    return notes


def _passage(block: Block, origin: str, number: int) -> Passage:
    return Passage(id=f"p{number}", origin=origin, kind=block.kind, level=block.level, text=block.text, by=block.by)
