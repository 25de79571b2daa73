"""Web pages and .html files: the main text as trafilatura finds it, its title, and nothing of what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree

from pipeline.sources.blocks import Block, Extract, raised, table_row, tidy, tidy_blocks
from pipeline.sources.boilerplate import without_boilerplate
from pipeline.sources.encodings import decode
from pipeline.sources.errors import SourceEmpty

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,30})""", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|article|div|p|h[1-6]|ul|ol|table)\b[^>]*>", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,500})</title>", re.IGNORECASE)
_EXPONENT = re.compile(r"(?<=\b10|\bkm|\bcm|\bmm)<sup[^>]{0,100}>\s*([-−+]?\d{1,3})\s*</sup>")
_SITE_NAME = re.compile(r"\s+[|·—–-]\s+[^|·—–-]{2,40}$")
_KEPT = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "blockquote", "td", "dd", "dt")
_ENOUGH_WORDS = 25


def looks_like(text: str) -> bool:
    start = text[:2000].lstrip().lower()
    page = start.startswith(("<!doctype html", "<html", "<?xml")) and "<html" in start
    return page or len(_tags(text)) >= 4


def _tags(text: str) -> list[str]:
    return _MARKUP.findall(text[:20_000]) if text.lstrip()[:1] == "<" else []


def parse(data: bytes, declared: str = "") -> Extract:
    charset = _CHARSET.search(data[:4096])
    text = decode(data, declared or (charset[1].decode("ascii") if charset else ""))
    body, title = _main_text(text)
    blocks = tidy_blocks(_Walker().walk(body)) if body is not None else ()
    whole = _whole_text(text)
    if sum(len(block.text.split()) for block in blocks) < _ENOUGH_WORDS < sum(len(b.text.split()) for b in whole):
        blocks = whole
    blocks = without_boilerplate(blocks or whole)
    if not blocks:
        raise SourceEmpty("The page holds no readable text; perhaps it is drawn by a script. Copy its text instead.")
    return Extract(blocks, _title(text, title, blocks))


def _main_text(text: str) -> tuple[etree._Element | None, str]:
    import trafilatura

    found = trafilatura.bare_extraction(
        _EXPONENT.sub(lambda match: raised(match[1]), text),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        include_images=False,
        favor_recall=True,
    )
    if found is None or isinstance(found, dict):
        return None, ""
    return found.body, found.title or ""


def _whole_text(text: str) -> tuple[Block, ...]:
    """Everything that a reader would see, for pages too small or too odd to have a main text."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, recover=True, huge_tree=False)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        return ()
    unseen = ("script", "style", "nav", "footer", "header", "aside", "template", "noscript", "form")
    etree.strip_elements(root, *unseen, with_tail=False)
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    blocks = [_plain_block(element) for element in root.iter(*_KEPT) if not _nested(element)]
    if not blocks:
        body = root.find("body")
        blocks = [Block(line) for line in _words(body if body is not None else root).splitlines()]
    return tidy_blocks(blocks)


def _nested(element: etree._Element) -> bool:
    return any(parent.tag in _KEPT for parent in element.iterancestors())


def _plain_block(element: etree._Element) -> Block:
    tag = str(element.tag)
    if tag[0] == "h":
        return Block(_words(element), "heading", int(tag[1]))
    kinds = {"li": "item", "td": "item", "dd": "item", "blockquote": "quote"}
    kind = kinds.get(tag, "paragraph")
    return Block(_words(element), kind, 1 if kind == "item" else 0)  # type: ignore[arg-type]


def _words(element: etree._Element) -> str:
    for line_break in element.iter("lb", "br"):
        line_break.tail = f" {line_break.tail or ''}"
    return "".join(str(part) for part in element.itertext())


def _own_words(item: etree._Element) -> str:
    """Of an item, without the list inside it."""
    parts = [item.text or ""]
    for child in item:
        parts += [" " if child.tag in ("list", "item", "lb") else _words(child), child.tail or ""]
    return "".join(parts)


def _title(text: str, found: str, blocks: tuple[Block, ...]) -> str:
    """The heading that the page names itself after; else the page's title without the site's name; else any."""
    named = _TITLE.search(text[:100_000])
    page = tidy(unescape(named[1])) if named else ""
    headings = [block.text for block in blocks if block.kind == "heading"]
    for heading in headings[:3]:
        if heading.casefold() in page.casefold():
            return heading
    return _SITE_NAME.sub("", page) or tidy(found) or (headings[0] if headings else "")


class _Walker:
    """Reads trafilatura's own tree: head, p, list with items, quote, table with rows, code."""

    def walk(self, element: etree._Element, depth: int = 0) -> Iterator[Block]:
        for child in element:
            yield from self._block(child, depth)

    def _block(self, element: etree._Element, depth: int) -> Iterator[Block]:
        match str(element.tag):
            case "head":
                level = str(element.get("rend", "h2"))[1:]
                yield Block(_words(element), "heading", int(level) if level.isdigit() else 2)
            case "p":
                yield Block(_words(element))
            case "quote":
                yield Block(" ".join(str(part).strip() for part in element.itertext()), "quote")
            case "list":
                yield from self._items(element, depth + 1)
            case "table":
                yield from self._rows(element)
            case "code" | "graphic":
                return
            case _:
                yield from self.walk(element, depth)

    def _items(self, element: etree._Element, depth: int) -> Iterator[Block]:
        term = ""
        for item in element.iter("item"):
            text = _own_words(item)
            if str(item.get("rend", "")).startswith("dt"):
                term = text
                continue
            yield Block(f"{term.strip()}: {text.strip()}" if term.strip() else text, "item", depth)
            term = ""

    def _rows(self, element: etree._Element) -> Iterator[Block]:
        heads: list[str] = []
        for row in element.iter("row"):
            cells = list(row.iter("cell"))
            words = [_words(cell) for cell in cells]
            if cells and not heads and all(cell.get("role") == "head" for cell in cells):
                heads = words
            elif words:
                yield Block(table_row(words, heads), "item", 1)
