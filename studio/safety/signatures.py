"""What a file's first bytes say it is, and by which names that kind goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FileKind = Literal["document", "picture", "clip", "sound"]

_TEXT = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Format:
    """`container` is what the demuxer is called; `suffixes` begins with the usual one."""

    kind: FileKind
    mime: str
    title: str
    suffixes: tuple[str, ...]
    container: str = ""


_ALL = (
    Format("picture", "image/png", "a PNG picture", (".png", ".apng")),
    Format("picture", "image/jpeg", "a JPEG picture", (".jpg", ".jpeg", ".jpe", ".jfif")),
    Format("picture", "image/webp", "a WebP picture", (".webp",)),
    Format("picture", "image/gif", "a GIF picture", (".gif",)),
    Format("picture", "image/heic", "a HEIC picture", (".heic", ".heif")),
    Format("picture", "image/avif", "an AVIF picture", (".avif",)),
    Format("clip", "video/mp4", "an MP4 clip", (".mp4", ".m4v"), "mov"),
    Format("clip", "video/quicktime", "a MOV clip", (".mov", ".qt"), "mov"),
    Format("clip", "video/webm", "a WebM clip", (".webm",), "matroska"),
    Format("clip", "video/x-matroska", "an MKV clip", (".mkv",), "matroska"),
    Format("sound", "audio/mpeg", "an MP3 recording", (".mp3",), "mp3"),
    Format("sound", "audio/wav", "a WAV recording", (".wav", ".wave"), "wav"),
    Format("sound", "audio/mp4", "an M4A recording", (".m4a", ".m4b"), "mov"),
    Format("sound", "audio/ogg", "an Ogg recording", (".ogg", ".oga", ".opus"), "ogg"),
    Format("sound", "audio/flac", "a FLAC recording", (".flac",), "flac"),
    Format("document", "application/pdf", "a PDF document", (".pdf",)),
    Format("document", DOCX, "a Word document", (".docx",)),
    Format("document", "text/html", "a web page", (".html", ".htm", ".xhtml")),
    Format("document", "application/x-subrip", "subtitles", (".srt", ".vtt")),
    Format("document", "text/markdown", "Markdown text", (".md", ".markdown")),
    Format("document", _TEXT, "plain text", (".txt", ".text")),
)
FORMATS = {one.mime: one for one in _ALL}
SUFFIXES = {suffix: one for one in _ALL for suffix in one.suffixes}
_BRANDS = {
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"mif1": "image/heic",
    b"msf1": "image/heic",
    b"avif": "image/avif",
    b"avis": "image/avif",
}


def media_format(head: bytes) -> Format | None:
    """The picture, clip or sound that begins so."""
    mime = _media_mime(head)
    return FORMATS[mime] if mime else None


def _media_mime(head: bytes) -> str:
    for magic, mime in (
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"ID3", "audio/mpeg"),
        (b"OggS", "audio/ogg"),
        (b"fLaC", "audio/flac"),
    ):
        if head.startswith(magic):
            return mime
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    return "audio/mpeg" if _is_mpeg_sound(head) else ""


def _is_mpeg_sound(head: bytes) -> bool:
    """An MP3 without a tag begins with a frame: eleven bits set, and no reserved layer, bitrate or rate."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    return (head[1] >> 1) & 3 == 1 and head[2] >> 4 not in (0, 15) and (head[2] >> 2) & 3 != 3
