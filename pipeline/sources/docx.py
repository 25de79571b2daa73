"""Word documents (.docx): paragraphs, headings, lists, quotes and tables, straight from the document's own XML.

Only three small parts of the package are unpacked, each within a limit that the package cannot lie about.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from pipeline.sources.blocks import Block, Extract, raised, table_row, tidy, tidy_blocks
from pipeline.sources.errors import SourceDamaged, SourceEncrypted, SourceTooLarge, SourceUnsupported
from pipeline.sources.limits import DEFAULT, Limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ENTRIES = 5000
_STYLE_LEVEL = re.compile(r"^heading\s*(\d)", re.IGNORECASE)
_SKIPPED = frozenset({_W + "del", _W + "moveFrom", _W + "instrText", _W + "footnoteReference", _FALLBACK})


def parse(data: bytes, limits: Limits = DEFAULT) -> Extract:
    with _open(data, limits) as package:
        document = _part(package, "word/document.xml", limits.document_xml_bytes)
        if document is None:
            raise SourceUnsupported("This is not a Word document. Save it as .docx, .pdf or .txt and give it again.")
        styles = _styles(_part(package, "word/styles.xml", limits.document_xml_bytes))
        core = _part(package, "docProps/core.xml", 1 << 20)
    body = document.find(_W + "body")
    blocks = tidy_blocks(_blocks(body, styles)) if body is not None else ()
    return Extract(blocks, _title(core, blocks))


def _open(data: bytes, limits: Limits) -> zipfile.ZipFile:
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise SourceDamaged("The document is damaged: Word would not open it either. Save it again.") from error
    entries = package.infolist()
    if len(entries) > _ENTRIES or sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        package.close()
        raise SourceTooLarge("The document unpacks to far more than notes could hold. Save its text as .txt.")
    if any(entry.flag_bits & 1 for entry in entries):
        package.close()
        raise SourceEncrypted("The document is locked by a password: save it without one and give it again.")
    return package


def _part(package: zipfile.ZipFile, name: str, limit_bytes: int) -> etree._Element | None:
    try:
        with package.open(name) as part:
            data = part.read(limit_bytes + 1)
    except KeyError:
        return None
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise SourceDamaged("The document is damaged: a part of it cannot be unpacked. Save it again.") from error
    if len(data) > limit_bytes:
        raise SourceTooLarge(
            "The document's text is longer than any film could use. Give only the chapters that matter."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    root = etree.fromstring(data, parser)
    if root is None:
        raise SourceDamaged("The document is damaged: its text cannot be read. Save it again.")
    return root


def _styles(root: etree._Element | None) -> dict[str, str]:
    """Style id to its name, in English whatever language Word speaks."""
    if root is None:
        return {}
    names = {}
    for style in root.iter(_W + "style"):
        name = style.find(_W + "name")
        if name is not None:
            names[style.get(_W + "styleId", "")] = name.get(_W + "val", "").lower()
    return names


def _title(core: etree._Element | None, blocks: tuple[Block, ...]) -> str:
    named = core.findtext(_DC_TITLE) if core is not None else None
    if named and named.strip() and named.strip().lower() not in ("word document", "untitled"):
        return tidy(named)
    return next((block.text for block in blocks if block.kind == "heading" and block.level <= 1), "")


def _blocks(parent: etree._Element, styles: dict[str, str]) -> Iterator[Block]:
    for child in parent:
        if child.tag == _W + "p":
            yield from _paragraph(child, styles)
        elif child.tag == _W + "tbl":
            yield from _table(child)
        elif child.tag == _W + "sdt":
            yield from _content(child, styles)


def _content(control: etree._Element, styles: dict[str, str]) -> Iterator[Block]:
    """A content control's own blocks; a table of contents is one, and says nothing new."""
    gallery = control.find(f".//{_W}docPartGallery")
    inner = control.find(_W + "sdtContent")
    if inner is not None and (gallery is None or "contents" not in gallery.get(_W + "val", "").lower()):
        yield from _blocks(inner, styles)


def _paragraph(paragraph: etree._Element, styles: dict[str, str]) -> Iterator[Block]:
    text = _text(paragraph)
    properties = paragraph.find(_W + "pPr")
    style = _style(properties, styles)
    level = 1 if style == "title" else _level(style, properties)
    if style.startswith("toc"):
        return
    if level:
        yield Block(text.replace("\n", " "), "heading", level)
    elif "quote" in style:
        yield Block(text, "quote")
    elif _listed(properties, style):
        yield Block(text, "item", _depth(properties))
    else:
        yield from (Block(line) for line in text.split("\n"))


def _style(properties: etree._Element | None, styles: dict[str, str]) -> str:
    element = properties.find(_W + "pStyle") if properties is not None else None
    name = element.get(_W + "val", "") if element is not None else ""
    return styles.get(name, name.lower())


def _level(style: str, properties: etree._Element | None) -> int:
    named = _STYLE_LEVEL.match(style)
    if named:
        return int(named[1])
    outline = properties.find(_W + "outlineLvl") if properties is not None else None
    value = outline.get(_W + "val", "") if outline is not None else ""
    return int(value) + 1 if value.isdigit() and int(value) < 9 else 0


def _listed(properties: etree._Element | None, style: str) -> bool:
    number = properties.find(f"{_W}numPr/{_W}numId") if properties is not None else None
    return style.startswith("list") or (number is not None and number.get(_W + "val") != "0")


def _depth(properties: etree._Element | None) -> int:
    level = properties.find(f"{_W}numPr/{_W}ilvl") if properties is not None else None
    value = level.get(_W + "val", "") if level is not None else ""
    return int(value) + 1 if value.isdigit() and int(value) < 9 else 1


def _table(table: etree._Element) -> Iterator[Block]:
    heads: list[str] = []
    for number, row in enumerate(table.iter(_W + "tr")):
        cells = [" ".join(_text(part) for part in cell.iter(_W + "p")) for cell in row.iter(_W + "tc")]
        if number == 0 and len(cells) > 1:
            heads = cells
        elif any(cell.strip() for cell in cells):
            yield Block(table_row(cells, heads), "item", 1)


def _text(element: etree._Element) -> str:
    """What is read: without deleted text, field codes and the second copies of text boxes."""
    parts: list[str] = []
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == _W + "t":
            parts.append(raised(child.text or "") if _is_raised(element) else child.text or "")
        elif child.tag == _W + "tab":
            parts.append(" ")
        elif child.tag in (_W + "br", _W + "cr"):
            parts.append("\n")
        elif child.tag != _W + "pPr":
            parts.append(_text(child))
    return "".join(parts)


def _is_raised(run: etree._Element) -> bool:
    position = run.find(f"{_W}rPr/{_W}vertAlign")
    return position is not None and position.get(_W + "val") == "superscript"
