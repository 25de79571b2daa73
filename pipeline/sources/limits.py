"""How much a source may be, take and cost. A film of twelve minutes speaks about two thousand words."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    words: int = 40_000
    file_bytes: int = 50 * MEBIBYTE
    unpacked_bytes: int = 200 * MEBIBYTE
    document_xml_bytes: int = 40 * MEBIBYTE
    text_characters: int = 1_000_000
    parse_seconds: float = 30
    pdf_seconds: float = 20
    parse_memory_bytes: int = 1536 * MEBIBYTE
    page_bytes: int = 10 * MEBIBYTE
    page_seconds: float = 25
    connect_seconds: float = 6
    silence_seconds: float = 10
    redirects: int = 5
    links_at_once: int = 4


DEFAULT = Limits()
