"""What a place for files must be able to do; a folder and Supabase Storage both can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from studio.files.paths import Shelf


class FileHome(Protocol):
    """Files by path. Every method may be repeated without harm."""

    def write(self, path: str, source: Path, *, mime: str, replace: bool) -> None:
        """Store the file's bytes; without `replace`, a file that is there already is left as it is."""
        ...

    def read(self, path: str, into: Path) -> None:
        """Write the bytes to a new file, or raise FileMissing."""
        ...

    def open(self, path: str) -> BinaryIO:
        """The bytes for reading and seeking, or FileMissing."""
        ...

    def links(self, paths: Sequence[str], *, seconds: int, download_name: str | None = None) -> dict[str, str]:
        """A link for each of the paths that exist; anyone who has it may read the file until it expires."""
        ...

    def remove(self, paths: Sequence[str]) -> None:
        """Remove what exists of the paths."""
        ...

    def paths(self, shelf: Shelf, prefix: str) -> Iterator[str]:
        """Every path of a shelf that begins so, in order."""
        ...

    def close(self) -> None: ...
