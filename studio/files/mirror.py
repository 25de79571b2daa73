"""A creator's build in the file store, so that a job that moves to another machine finds what was made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from studio.errors import FileMissing
from studio.files.home import FileHome
from studio.files.paths import Shelf, named_path
from studio.files.service import mime_of


class BuildMirror:
    """The pipeline's blob store over the file store. One creator's projects share it, and so share what is equal."""

    def __init__(self, home: FileHome, owner: UUID) -> None:
        self._home = home
        self._owner = owner

    def put(self, name: str, file: Path) -> None:
        # A blob is named by its bytes, so one that is there is the same one.
        changes = not name.startswith("blobs/")
        self._home.write(self._path(name), file, mime=mime_of(Path(name).suffix), replace=changes)

    def get(self, name: str, into: Path) -> bool:
        try:
            self._home.read(self._path(name), into)
        except FileMissing:
            return False
        return True

    def names(self, prefix: str = "") -> Iterator[str]:
        root = f"{self._owner}/{Shelf.ASSETS}/build/"
        for path in self._home.paths(Shelf.ASSETS, root + prefix):
            yield path.removeprefix(root)

    def delete(self, name: str) -> None:
        self._home.remove([self._path(name)])

    def _path(self, name: str) -> str:
        return named_path(self._owner, Shelf.ASSETS, f"build/{name}")
