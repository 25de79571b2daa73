"""The door to files: content-addressed, each owner's apart, wherever they are kept."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from studio.errors import FileMissing
from studio.files.home import FileHome
from studio.files.paths import Shelf, content_path, owned

LINK_S = 3600
_MIMES = {
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt",
    ".otio": "application/json",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".webp": "image/webp",
    ".md": "text/markdown",
}


@dataclass(frozen=True)
class StoredFile:
    """What is noted of a file in the store."""

    path: str
    bytes: int
    mime: str
    sha256: str


class Files:
    def __init__(self, home: FileHome) -> None:
        self.home = home

    def put(self, source: Path, *, owner: UUID, shelf: Shelf = Shelf.ASSETS, mime: str | None = None) -> StoredFile:
        """Store a file under the hash of its bytes; storing the same bytes again changes nothing."""
        return self.keep(source, self.described(source, owner=owner, shelf=shelf, mime=mime))

    def described(
        self, source: Path, *, owner: UUID, shelf: Shelf = Shelf.ASSETS, mime: str | None = None
    ) -> StoredFile:
        """What will be noted of a file; it is stored by `keep`."""
        with open(source, "rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        suffix = source.suffix.lower()
        path = content_path(owner, shelf, sha256, suffix)
        return StoredFile(path=path, bytes=source.stat().st_size, mime=mime or mime_of(suffix), sha256=sha256)

    def keep(self, source: Path, stored: StoredFile) -> StoredFile:
        self.home.write(stored.path, source, mime=stored.mime, replace=False)
        return stored

    def open(self, path: str, *, owner: UUID) -> BinaryIO:
        return self.home.open(owned(path, owner))

    def fetch(self, path: str, into: Path, *, owner: UUID) -> None:
        """Write a file's bytes to a place on this machine."""
        self.home.read(owned(path, owner), into)

    def link(self, path: str, *, owner: UUID, seconds: int = LINK_S, download_name: str | None = None) -> str:
        """A link for the owner's eyes: whoever has it can read the file until it expires."""
        links = self.home.links([owned(path, owner)], seconds=seconds, download_name=download_name)
        if path not in links:
            raise FileMissing("There is no such file.", details={"path": path})
        return links[path]

    def links(self, paths: Sequence[str], *, owner: UUID, seconds: int = LINK_S) -> dict[str, str]:
        """Links for a page full of files, in one go; a file that is gone is left out."""
        return self.home.links([owned(path, owner) for path in paths], seconds=seconds)

    def remove(self, paths: Iterable[str], *, owner: UUID) -> None:
        self.home.remove([owned(path, owner) for path in paths])

    def remove_all(self, owner: UUID) -> int:
        """Everything an owner has, for an account that is deleted. Returns how many files that were."""
        doomed = [path for shelf in Shelf for path in self.home.paths(shelf, f"{owner}/{shelf}/")]
        self.home.remove(doomed)
        return len(doomed)

    def close(self) -> None:
        self.home.close()


def mime_of(suffix: str) -> str:
    return _MIMES.get(suffix) or mimetypes.types_map.get(suffix) or "application/octet-stream"
