"""Whether a sound file is all there: decoders play what they find, and a cut-off narration must not go unnoticed."""

from __future__ import annotations

import struct
from pathlib import Path

from pipeline.errors import AssetError

_MISSING_S, _MISSING = 0.1, 0.02
_MP3_TABLE = (b"Xing", b"Info", b"VBRI")
_LENGTH_UNKNOWN = 0x7FFFF000
"""Programs that stream a WAV write this or more as its length."""
_OGG_LAST_PAGE = 0x04
_TAIL = 65_536 + 512


def check_container(path: Path, where: str | None) -> None:
    """The formats that say in their frame whether something is missing."""
    with path.open("rb") as file:
        magic = file.read(4)
    if magic == b"RIFF" and _wav_lacks_bytes(path):
        raise AssetError(f"{path.name} is cut off: its end is missing. Copy or export it again.", where=where)
    if magic == b"OggS" and not _ogg_ends(path):
        raise AssetError(f"{path.name} is cut off: its last page is missing. Copy or export it again.", where=where)


def check_length(path: Path, where: str | None, *, format_name: str, declared_s: float, found_s: float) -> None:
    """That as much was decoded as the file declares."""
    if format_name == "ogg" or (format_name == "mp3" and not _counts_its_frames(path)):
        return  # an Ogg file's last page was looked for; its length counts samples that no player plays
    if found_s < declared_s - max(_MISSING_S, _MISSING * declared_s):
        raise AssetError(
            f"{path.name} is cut off: it should last {declared_s:.1f} s and ends after {found_s:.1f} s. "
            "Copy or export it again.",
            where=where,
        )


def _wav_lacks_bytes(path: Path) -> bool:
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(12)
        while len(head := file.read(8)) == 8:
            name, length = struct.unpack("<4sI", head)
            if name == b"data":
                return bool(length < _LENGTH_UNKNOWN and file.tell() + length > size)
            file.seek(length + length % 2, 1)
    return True


def _ogg_ends(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    last = tail.rfind(b"OggS")
    return last >= 0 and len(tail) > last + 5 and bool(tail[last + 5] & _OGG_LAST_PAGE)


def _counts_its_frames(path: Path) -> bool:
    """Whether an MP3 says how long it is; the length of one that does not is a guess from its bit rate."""
    with path.open("rb") as file:
        tag = file.read(10)
        size = sum((byte & 0x7F) << shift for byte, shift in zip(tag[6:], (21, 14, 7, 0), strict=False))
        file.seek(10 + size if tag[:3] == b"ID3" else 0)
        head = file.read(4096)
    return any(mark in head for mark in _MP3_TABLE)
