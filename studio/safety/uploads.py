"""What a creator's file is, told by its content; whatever its name says."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal

from pipeline.errors import PipelineError
from pipeline.pictures.uploads import read
from pipeline.sources.kinds import sniff
from studio.errors import FileRefused

FileKind = Literal["document", "picture", "clip", "sound"]
MEBIBYTE = 1 << 20
MOST_BYTES: dict[FileKind, int] = {
    "document": 50 * MEBIBYTE,
    "picture": 30 * MEBIBYTE,
    "clip": 500 * MEBIBYTE,
    "sound": 100 * MEBIBYTE,
}
_DOCUMENT_MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "subtitles": "application/x-subrip",
    "markdown": "text/markdown",
    "plain": "text/plain",
}


def check(path: Path, name: str, kinds: Collection[FileKind]) -> str:
    """The mime type, or FileRefused."""
    try:
        if "document" in kinds:
            return _DOCUMENT_MIMES[sniff(path.read_bytes(), name)]
        return read([path])[0].mime
    except PipelineError as error:
        raise FileRefused(f"{name}: {error.message}") from error
