"""What every parser gives: blocks of clean text in reading order, and what it had to leave out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["paragraph", "heading", "item", "quote"]

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffd]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACE = re.compile(r"\s+")
_REFERENCE = re.compile(r"\[(?:\d{1,3}(?:\s*[,–-]\s*\d{1,3})*|citation needed|note \d+|edit)\]", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]]*(?:\([^\s()]*\)[^\s<>()\[\]]*)*(?<![.,;:!?'\"])", re.IGNORECASE
)
_EMPTY_BRACKETS = re.compile(r"\(\s*[,;:]?\s*\)|\[\s*\]|<\s*>")
_SPLIT_WORD = re.compile(r"[^\W\d_][-\u2010]$")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, list item or quote."""

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    by: str = ""


@dataclass(frozen=True)
class Extract:
    """A whole document, read."""

    blocks: tuple[Block, ...]
    title: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def words(self) -> int:
        return sum(len(block.text.split()) for block in self.blocks)


def visible(text: str) -> str:
    """The same words without characters that nobody sees: controls, direction marks, soft hyphens, joined letters."""
    text = unicodedata.normalize("NFC", text.translate(_LIGATURES))
    return _CONTROL.sub("", _INVISIBLE.sub("", text.replace("\x85", "\n").replace("\u2028", "\n")))


def tidy(text: str) -> str:
    """One line of clean text: no reference marks, no bare addresses, single spaces."""
    text = _ADDRESS.sub("", _REFERENCE.sub("", visible(text)))
    text = _SPACE.sub(" ", _EMPTY_BRACKETS.sub("", text))
    return re.sub(r"\s+([,.;:!?])", r"\1", text).strip()


def tidy_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks that still say something once tidied."""
    clean = (Block(tidy(block.text), block.kind, block.level, tidy(block.by)) for block in blocks)
    return tuple(block for block in clean if any(letter.isalnum() for letter in block.text))


def raised(digits: str) -> str:
    """An exponent as its own characters: 10⁶ must not become 106."""
    return digits.translate(_RAISED)


def join_wrapped(lines: list[str]) -> str:
    """Lines that were broken to fit a page, as one: words split by a hyphen are whole again."""
    parts: list[str] = []
    for line in lines:
        if parts and line[:1].islower() and _SPLIT_WORD.search(parts[-1][-2:]):
            parts[-1] = parts[-1][:-1]
        elif parts:
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def table_row(cells: list[str], heads: list[str]) -> str:
    """A row as words: its first cell, then the others with the names of their columns."""
    cells = [tidy(cell) for cell in cells]
    rest = [
        f"{tidy(heads[index])} {cell}" if index < len(heads) and tidy(heads[index]) else cell
        for index, cell in enumerate(cells)
        if cell and index
    ]
    if not cells or not cells[0]:
        return ", ".join(rest)
    return f"{cells[0]}: {', '.join(rest)}" if rest else cells[0]
