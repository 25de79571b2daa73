"""Plain notes: paragraphs, fragments, lists and headings told apart by their shape alone."""

from __future__ import annotations

import re

from pipeline.sources.blocks import Block, Extract, join_wrapped, tidy_blocks, visible

_BULLET = re.compile(r"^(\s*)(?:[-*+•‣▪◦●○■–—·]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+(?=\S)")
_RULE = re.compile(r"^\s*([-=_*~#.·•])(?:\s*\1){2,}\s*$")
_UNDERLINE = re.compile(r"^\s*(={3,}|-{3,})\s*$")
_QUOTED = re.compile(r'^["“„«](?P<text>.+)["”“»]\s*(?:[—–-]+|\()\s*(?P<by>[^.!?]{2,60}?)\)?$', re.DOTALL)
_CHAPTER = re.compile(r"^(chapter|part|section|lesson|step)\s+[\divxlc]+\b", re.IGNORECASE)
_ENDS = tuple(".!?…:;,\"”»'’。！？")
_HEADING_WORDS = 12
_HEADING_CHARACTERS = 80
_ITEM_CHARACTERS = 2000
_WRAPPED_AT = 50


def parse(text: str) -> Extract:
    chunks = [_Chunk(lines) for lines in _chunks(visible(text))]
    blocks: list[Block] = []
    for index, chunk in enumerate(chunks):
        after = chunks[index + 1] if index + 1 < len(chunks) else None
        blocks.extend(chunk.blocks(after))
    found = tidy_blocks(blocks)
    first = found[0] if found else None
    return Extract(found, first.text if first and first.kind == "heading" else "")


def verbatim(text: str) -> Extract:
    """A finished script: split at blank lines, and not a word changed. A line that begins with # is a heading."""
    blocks = []
    for lines in _chunks(visible(text), rules=False):
        kept: list[str] = []
        for line in lines:
            mark = re.match(r"^(#{1,6})\s+(\S.*)$", line)
            if not mark:
                kept.append(line.strip())
                continue
            blocks += [Block("\n".join(kept))] if kept else []
            blocks.append(Block(mark[2].strip(), "heading", len(mark[1])))
            kept = []
        blocks += [Block("\n".join(kept))] if kept else []
    first = next((block for block in blocks if block.kind == "heading"), None)
    return Extract(tuple(blocks), first.text if first else "")


def join_lines(lines: list[str]) -> list[str]:
    """Lines as paragraphs: hard-wrapped ones are joined, short ones that stand for themselves are not."""
    lengths = sorted(len(line) for line in lines[:-1])
    if lengths and lengths[len(lengths) // 2] >= _WRAPPED_AT and lengths[-1] <= 2.2 * _WRAPPED_AT:
        return [join_wrapped(lines)]
    paragraphs: list[str] = []
    for line in lines:
        if paragraphs and line[:1].islower() and not paragraphs[-1].endswith((".", "!", "?")):
            paragraphs[-1] = join_wrapped([paragraphs[-1], line])
        else:
            paragraphs.append(line)
    return paragraphs


class _Chunk:
    """Lines between two blank ones."""

    def __init__(self, lines: list[str]) -> None:
        self.underlined = len(lines) > 1 and bool(_UNDERLINE.match(lines[1]))
        self.rule = lines[1].strip()[0] if self.underlined else ""
        self.lines = [line for line in lines if not _RULE.match(line)]

    @property
    def title_like(self) -> bool:
        return len(self.lines) == 1 and is_title(self.lines[0])

    def blocks(self, after: _Chunk | None) -> list[Block]:
        if not self.lines:
            return []
        if self.underlined:
            return [Block(self.lines[0], "heading", 1 if self.rule == "=" else 2), *_body(self.lines[1:])]
        if self.title_like and after is not None and not after.title_like:
            return [_heading(self.lines[0])]
        if len(self.lines) > 1 and is_title(self.lines[0]) and _leads(self.lines):
            return [_heading(self.lines[0]), *_body(self.lines[1:])]
        return _body(self.lines)


def is_title(line: str) -> bool:
    line = line.strip()
    if not line or len(line) > _HEADING_CHARACTERS or len(line.split()) > _HEADING_WORDS or _BULLET.match(line):
        return False
    if line.rstrip(":").endswith(_ENDS) and not line.endswith(("?", ":")):
        return False
    return line[0].isupper() or line[0].isdigit() or not line[0].isascii()


def _leads(lines: list[str]) -> bool:
    """A title right above its list or its paragraph, without a blank line between them."""
    title, rest = lines[0].strip(), lines[1:]
    if title.isupper() and len(title) > 3:
        return True
    if title.endswith(":") or _CHAPTER.match(title):
        return bool(_BULLET.match(rest[0])) or len(rest[0]) > _HEADING_CHARACTERS
    return all(_BULLET.match(line) for line in rest)


def _heading(line: str) -> Block:
    line = line.strip()
    level = 1 if line.isupper() or _CHAPTER.match(line) else 2
    return Block(line.rstrip(":").strip(), "heading", level)


def _body(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    run: list[str] = []
    for line in lines:
        bullet = _BULLET.match(line)
        if bullet:
            blocks += _paragraphs(run)
            run = []
            blocks.append(Block(line[bullet.end() :], "item", 1 + len(bullet[1].expandtabs(4)) // 2))
        elif blocks and blocks[-1].kind == "item" and not run and _continues(blocks[-1].text, line):
            last = blocks[-1]
            blocks[-1] = Block(join_wrapped([last.text, line.strip()]), "item", last.level)
        else:
            run.append(line.strip())
    return blocks + _paragraphs(run)


def _continues(item: str, line: str) -> bool:
    return len(item) < _ITEM_CHARACTERS and (line.startswith(("  ", "\t")) or line[:1].islower())


def _paragraphs(lines: list[str]) -> list[Block]:
    if lines and all(line.startswith(">") for line in lines):
        return [Block(join_wrapped([line.lstrip("> ") for line in lines]), "quote")]
    whole = _QUOTED.match(join_wrapped(lines)) if len(lines) <= 4 else None
    if whole:
        return [Block(whole["text"], "quote", by=whole["by"])]
    return [Block(paragraph) for paragraph in join_lines(lines)]


def _chunks(text: str, *, rules: bool = True) -> list[list[str]]:
    chunks: list[list[str]] = [[]]
    for line in text.splitlines():
        underline = rules and _UNDERLINE.match(line) and len(chunks[-1]) == 1
        if not line.strip() or (rules and _RULE.match(line) and not underline):
            chunks.append([])
        else:
            chunks[-1].append(line.rstrip())
    return [chunk for chunk in chunks if chunk]
