"""What a file really is, told by its content; its name only settles which kind of text it is."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from pipeline.sources import html, markdown, subtitles
from pipeline.sources.encodings import decode, looks_binary
from pipeline.sources.errors import SourceDamaged, SourceEmpty, SourceEncrypted, SourceUnsupported

Kind = Literal["pdf", "docx", "html", "subtitles", "markdown", "plain"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE = "This is a picture, not notes. Add it to your own pictures instead, or write down what it says."
_SOUND = "This is a recording, not notes. Write down what is said, or give its subtitles (.srt)."
_PACKED = "This is a packed archive. Unpack it and give the documents inside it."
_PROGRAM = "This is a program or a data file, not notes."
_FOREIGN = {
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"BM": _PICTURE,
    b"II*\0": _PICTURE,
    b"MM\0*": _PICTURE,
    b"ID3": _SOUND,
    b"OggS": _SOUND,
    b"fLaC": _SOUND,
    b"\x1a\x45\xdf\xa3": _SOUND,
    b"\x1f\x8b": _PACKED,
    b"Rar!": _PACKED,
    b"7z\xbc\xaf": _PACKED,
    b"BZh": _PACKED,
    b"\xfd7zXZ": _PACKED,
    b"\x7fELF": _PROGRAM,
    b"MZ": _PROGRAM,
    b"SQLite format 3": _PROGRAM,
}
_ZIPPED = {
    "ppt/": "This is a presentation. Save it as .pdf or paste its text.",
    "xl/": "This is a spreadsheet. Paste what it says as sentences.",
}
_OPEN = "This is an OpenDocument or e-book file. Save it as .docx, .pdf or .txt and give it again."


def sniff(data: bytes, name: str = "", declared: str = "") -> Kind:
    """The kind of `data`, or a sentence on why it holds no notes. `declared` is an encoding that the sender named."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise SourceEmpty("There is nothing in it. Save your notes into it first, or leave it out.")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    _refuse_foreign(data)
    return _text_kind(decode(data, declared), name)


def sniff_text(text: str) -> Kind:
    return _text_kind(text, "")


def _text_kind(text: str, name: str) -> Kind:
    if subtitles.looks_like(text):
        return "subtitles"
    if html.looks_like(text):
        return "html"
    if markdown.looks_like(text) or name.lower().endswith((".md", ".markdown")):
        return "markdown"
    return "plain"


def _zipped(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise SourceDamaged("The file is damaged: it cannot be unpacked. Save or download it again.") from error
    if "word/document.xml" in names:
        return "docx"
    for folder, sentence in _ZIPPED.items():
        if any(name.startswith(folder) for name in names):
            raise SourceUnsupported(sentence)
    raise SourceUnsupported(_OPEN if "mimetype" in names else _PACKED)


def _refuse_foreign(data: bytes) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise SourceEncrypted("The document is locked by a password: save it without one and give it again.")
        raise SourceUnsupported("This is the old .doc format. Open it in Word and save it as .docx.")
    if data.startswith(b"{\\rtf"):
        raise SourceUnsupported("This is an .rtf document. Save it as .docx or .txt and give it again.")
    if not looks_binary(data):
        return
    if data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] in (b"WAVE", b"AVI ")):
        raise SourceUnsupported(_SOUND)
    if data[:4] == b"RIFF":
        raise SourceUnsupported(_PICTURE)
    for magic, sentence in _FOREIGN.items():
        if data.startswith(magic):
            raise SourceUnsupported(sentence)
