"""Markdown: structure kept; code, pictures, addresses, footnotes and front matter left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.sources.blocks import Block, Extract, table_row, tidy, tidy_blocks, visible
from pipeline.sources.plain import join_lines

_FRONT = re.compile(r"\A(?P<mark>---|\+\+\+)[ \t]*\n(?P<body>.*?)\n(?P=mark)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"""^title\s*[:=]\s*["']?(.+?)["']?\s*$""", re.MULTILINE | re.IGNORECASE)
_NOTE_BODY = re.compile(r"^\[\^[^\]\n]+\]:.*(?:\n[ \t]+\S.*)*", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^[^\]\n]+\]")
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_TASK = re.compile(r"^\[[ xX]\]\s+")
_SIGNS = re.compile(
    r"^#{1,6}[ \t]+\S|^(?:```|~~~)|\[[^\]\n]+\]\([^)\n]+\)|^\s*\|?[ :]*-{3,}[ :]*\||\*\*[^*\n]+\*\*"
    r"|^> |^\S.*\n(?:=+|-{3,})[ \t]*$",
    re.MULTILINE,
)
_BY_WORDS = 10


def looks_like(text: str) -> bool:
    return bool(_FRONT.match(text) or _SIGNS.search(text[:100_000]))


def parse(text: str) -> Extract:
    text = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    front = _FRONT.match(text)
    body = text[front.end() :] if front else text
    body = _NOTE_MARK.sub("", _NOTE_BODY.sub("", body))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code").parse(body)
    blocks = tidy_blocks(_Reader(tokens).blocks())
    return Extract(blocks, _title(text, blocks), _left_out(tokens))


def named_title(text: str) -> str:
    """What the lines before the text call it, or nothing."""
    front = _FRONT.match(text)
    named = _FRONT_TITLE.search(front["body"]) if front else None
    return tidy(named[1]) if named else ""


def _title(text: str, blocks: tuple[Block, ...]) -> str:
    return named_title(text) or next(
        (block.text for block in blocks if block.kind == "heading" and block.level == 1), ""
    )


def _left_out(tokens: list[Token]) -> tuple[str, ...]:
    fences = sum(token.type == "fence" for token in tokens)
    if not fences:
        return ()
    return (f"{fences} blocks of code were left out." if fences > 1 else "A block of code was left out.",)


class _Reader:
    """Walks the tokens once, knowing what it stands inside of."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.inside: list[str] = []
        self.heads: list[str] = []
        self.cells: list[str] = []

    def blocks(self) -> Iterator[Block]:
        quoted: list[Block] = []
        for token in self.tokens:
            self._enter(token)
            for block in self._read(token):
                if block.kind == "quote":
                    quoted.append(block)
                else:
                    yield block
            if token.type == "blockquote_close" and "blockquote" not in self.inside:
                yield from _signed(quoted)
                quoted = []

    def _enter(self, token: Token) -> None:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.type == "table_open":
            self.heads = []
        if token.nesting == 1:
            self.inside.append(token.tag if name == "heading" else name)
        elif token.nesting == -1 and self.inside:
            self.inside.pop()

    def _read(self, token: Token) -> Iterator[Block]:
        if token.type == "inline":
            yield from self._inline(inline_text(token.children or []))
        elif token.type == "html_block":
            text = _TAG.sub(" ", token.content)
            if len(text.split()) >= 3:
                yield Block(text)
        elif token.type == "tr_close":
            yield from self._row()

    def _inline(self, text: str) -> Iterator[Block]:
        around = self.inside[-1] if self.inside else ""
        if around in ("th", "td"):
            (self.heads if around == "th" else self.cells).append(text)
        elif around[:1] == "h" and around[1:].isdigit():
            yield Block(text, "heading", int(around[1:]))
        elif "blockquote" in self.inside:
            yield Block(text.replace("\n", " "), "quote")
        elif "list_item" in self.inside:
            yield Block(_TASK.sub("", text).replace("\n", " "), "item", self.inside.count("list_item"))
        else:
            yield from (Block(paragraph) for paragraph in join_lines(text.split("\n")))

    def _row(self) -> Iterator[Block]:
        if self.cells:
            yield Block(table_row(self.cells, self.heads), "item", 1)
        self.cells = []


def _signed(quoted: list[Block]) -> Iterator[Block]:
    """A quote's short last paragraph without a full stop is the name of who said it."""
    if not quoted:
        return
    last = quoted[-1].text.strip()
    by = ""
    if len(quoted) > 1 and len(last.split()) <= _BY_WORDS and not last.endswith((".", "!", "?")):
        by = last.lstrip("—–- ")
        quoted = quoted[:-1]
    yield Block(" ".join(block.text for block in quoted), "quote", by=by)


def inline_text(tokens: list[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or token.content.lower().startswith("<br"):
            parts.append("\n")
    return "".join(parts).strip()
