"""What a creator's file is by its content, whatever its name says; and that it is whole, and nothing else as well."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path
from threading import BoundedSemaphore
from types import MappingProxyType
from typing import Any

from pipeline.errors import SourceError
from pipeline.pictures.uploads import MOST_PIXELS
from pipeline.sources.extraction import extract
from pipeline.sources.isolation import extract_apart
from pipeline.sources.kinds import Kind, sniff
from pipeline.sources.limits import DEFAULT, MEBIBYTE
from studio.errors import FileRefused
from studio.safety.signatures import DOCX, FORMATS, SUFFIXES, FileKind, Format, media_format

__all__ = ["MEBIBYTE", "MOST_BYTES", "FileKind", "check"]

MOST_BYTES: Mapping[FileKind, int] = MappingProxyType(
    {
        "document": DEFAULT.file_bytes,
        "picture": 40 * MEBIBYTE,
        "clip": 200 * MEBIBYTE,
        "sound": 100 * MEBIBYTE,
    }
)
"""How large a file of each kind may be, everywhere."""
_MOST_CLIP_PIXELS = 8192 * 4320
_MOST_SECONDS = 2 * 3600
_PROBE = Path(__file__).with_name("probe.py")
_PROBE_S = 40.0
_PROBE_MEMORY = 3 << 30
_AT_ONCE = BoundedSemaphore(2)
_HEAD = 4096
_EDGE = 64 * 1024
_KINDS: Mapping[FileKind, str] = {
    "document": "a document (.txt, .md, .pdf, .docx, .html or .srt)",
    "picture": "a picture (.png, .jpg, .webp or .gif)",
    "clip": "a clip (.mp4, .mov, .webm or .mkv)",
    "sound": "a recording (.mp3, .wav, .m4a, .ogg or .flac)",
}
_DOCUMENTS: Mapping[Kind, str] = {
    "pdf": "application/pdf",
    "docx": DOCX,
    "html": "text/html",
    "subtitles": "application/x-subrip",
    "markdown": "text/markdown",
    "plain": "text/plain",
}
_PROGRAMS = frozenset(
    (
        *(".exe", ".bat", ".cmd", ".com", ".scr", ".msi", ".dll", ".so", ".jar", ".js", ".mjs", ".vbs", ".ps1", ".sh"),
        *(".app", ".apk", ".php", ".hta", ".lnk", ".svg", ".docm", ".dotm"),
    )
)
_SMUGGLED = re.compile(rb"<script[\s>]|<\?php|<!doctype html|<html[\s>]|<iframe[\s>]|%PDF-1\.", re.IGNORECASE)
_TEXT_PICTURE = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]", re.DOTALL
)
_TROUBLE = {
    "too_large": "It has more pixels than any film could show. Make it smaller and upload it again.",
    "too_long": "It lasts longer than two hours. Cut out the part that you need.",
    "empty": "There is nothing to see or hear in it. Save it again and upload it once more.",
    "damaged": "It is damaged and cannot be opened. Save it again and upload it once more.",
}


def check(path: Path, name: str, kinds: Collection[FileKind]) -> str:
    """The mime type, or FileRefused with what to do."""
    shown = _shown(name)
    size = _size(path, shown, kinds)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    found = media_format(head)
    if found and found.mime == "video/mp4" and Path(shown).suffix.lower() in FORMATS["audio/mp4"].suffixes:
        # Many programs write recordings under the general brand.
        found = FORMATS["audio/mp4"]
    if found is None and "document" not in kinds and not _is_pdf_or_zip(head):
        raise _wrong_kind(shown, head, kinds)
    found = found or _document(path, shown, kinds)
    if found.kind not in kinds:
        raise FileRefused(f"{shown} is {found.title}. Give {_wanted(kinds)} here.")
    if size > MOST_BYTES[found.kind]:
        raise _too_large(shown, found.kind)
    _require_name(shown, found)
    if found.kind == "document":
        return found.mime
    _require_nothing_else(path, shown, found)
    return _opened(path, shown, found)


def _size(path: Path, shown: str, kinds: Collection[FileKind]) -> int:
    if path.is_symlink() or not path.is_file():
        raise FileRefused(f"{shown} is not a file. Upload it again.")
    size = path.stat().st_size
    if size == 0:
        raise FileRefused(f"{shown} is empty. Save it again and upload it once more.")
    largest = max(kinds, key=MOST_BYTES.__getitem__)
    if size > MOST_BYTES[largest]:
        raise _too_large(shown, largest)
    return size


def _document(path: Path, shown: str, kinds: Collection[FileKind]) -> Format:
    if "document" not in kinds:
        raise FileRefused(f"{shown} is a document. Give {_wanted(kinds)} here.")
    if path.stat().st_size > MOST_BYTES["document"]:
        raise _too_large(shown, "document")
    data = path.read_bytes()
    try:
        kind = sniff(data, shown)
        _require_plain(data, kind, shown)
        if kind in ("pdf", "docx", "html"):
            with _AT_ONCE:
                extract_apart(data, kind)
        else:
            extract(data, kind)
    except SourceError as error:
        raise FileRefused(f"{shown}: {error.message}") from error
    return FORMATS[_DOCUMENTS[kind]]


def _require_plain(data: bytes, kind: Kind, shown: str) -> None:
    """A document and nothing besides: no macros, no drawing with scripts, nothing before it begins."""
    if kind == "pdf" and not data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        raise FileRefused(f"{shown} begins as something else and has a PDF inside. Save it as a PDF again.")
    if kind == "docx" and _has_macros(data):
        raise FileRefused(f"{shown} carries macros. Save it as .docx without them, and upload it again.")
    if kind in ("html", "plain", "markdown") and _TEXT_PICTURE.match(data[:_HEAD].decode(errors="replace")):
        raise FileRefused(f"{shown} is an SVG drawing. Save it as a PNG and add it to your pictures.")


def _has_macros(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name.lower() for name in package.namelist()]
        if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/activex/" in name for name in names):
            return True
        types = next((name for name in package.namelist() if name.lower() == "[content_types].xml"), None)
        if types is None:
            return False
        with package.open(types) as part:
            return b"macroenabled" in part.read(MEBIBYTE).lower()


def _is_pdf_or_zip(head: bytes) -> bool:
    return b"%PDF-" in head[:1024] or head.startswith(b"PK\x03\x04")


def _wrong_kind(shown: str, head: bytes, kinds: Collection[FileKind]) -> FileRefused:
    text = head.decode(errors="replace")
    if _TEXT_PICTURE.match(text):
        return FileRefused(f"{shown} is an SVG drawing, which can carry programs. Save it as a PNG and upload that.")
    if _SMUGGLED.search(head):
        return FileRefused(f"{shown} is a web page, whatever its name says. Give {_wanted(kinds)} here.")
    return FileRefused(f"{shown} is nothing that can be used here. Give {_wanted(kinds)}.")


def _require_name(shown: str, found: Format) -> None:
    """Another ending of the same kind is put right by who keeps the file; another kind is a mistake or a trick."""
    suffix = Path(shown).suffix.lower()
    named = SUFFIXES.get(suffix)
    if suffix in _PROGRAMS or (named is not None and named.kind != found.kind):
        right = found.suffixes[0]
        raise FileRefused(
            f"{shown} is called {suffix}, but it holds {found.title}. Rename it to {right}, and try again."
        )


def _require_nothing_else(path: Path, shown: str, found: Format) -> None:
    """No web page, program or document hidden in a picture, nor an archive behind it."""
    with path.open("rb") as file:
        if found.kind == "picture":
            data = file.read()
            edges = data
        else:
            data = file.read(_EDGE)
            file.seek(max(0, path.stat().st_size - _EDGE))
            edges = data + file.read(_EDGE)
    archive = b"PK\x05\x06" in edges[-_EDGE:] and b"PK\x03\x04" in edges
    if archive or _SMUGGLED.search(edges):
        raise FileRefused(f"{shown} carries something else inside. Open it, save it anew, and upload that.")


def _opened(path: Path, shown: str, found: Format) -> str:
    """Decoded for real, at least its beginning, in a process that may fail."""
    if found.mime == "image/heic":
        raise FileRefused(f"{shown} is a HEIC picture, which cannot be read here. Save it as a JPEG and upload that.")
    order = {
        "kind": found.kind,
        "path": str(path.absolute()),
        "container": found.container,
        "most_pixels": MOST_PIXELS if found.kind == "picture" else _MOST_CLIP_PIXELS,
        "most_s": _MOST_SECONDS,
        "memory_bytes": _PROBE_MEMORY,
        "cpu_s": int(_PROBE_S),
    }
    answer = _probed(order)
    if trouble := answer.get("trouble"):
        raise FileRefused(f"{shown}: {_TROUBLE.get(trouble, _TROUBLE['damaged'])}")
    return found.mime


def _probed(order: Mapping[str, Any]) -> Mapping[str, Any]:
    """Nothing of our environment goes along: what breaks out of a decoder finds no key."""
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    command = [sys.executable, "-I", str(_PROBE), json.dumps(order)]
    try:
        with _AT_ONCE:
            done = subprocess.run(
                command, capture_output=True, timeout=_PROBE_S, env=environment, check=False, stdin=subprocess.DEVNULL
            )
        found = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return {"trouble": "damaged"}
    return found if isinstance(found, dict) else {"trouble": "damaged"}


def _too_large(shown: str, kind: FileKind) -> FileRefused:
    most = MOST_BYTES[kind] // MEBIBYTE
    return FileRefused(f"{shown} is larger than {most} MB. Make it smaller, or give only the part that you need.")


def _wanted(kinds: Collection[FileKind]) -> str:
    return " or ".join(_KINDS[kind] for kind in _KINDS if kind in kinds)


def _shown(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(one for one in last if one.isprintable()).strip()[:120] or "The file"
