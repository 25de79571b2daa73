"""The embedded home of files: a folder, each file appearing whole or not at all, with links to the app's own route."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from studio.errors import FileMissing, FilesUnavailable
from studio.files.links import LinkSigner
from studio.files.paths import Shelf, checked

ROUTE = "/files"
_PARTIAL = ".partial-"
_FULL = "The disk is full. Free some space and try again."
_SENTENCES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: "The folder of files cannot be written. Change its permissions, or choose another data folder.",
    errno.EROFS: "The folder of files is read-only. Choose another data folder.",
}


class FolderHome:
    """Safe for several threads and processes on one folder: names appear by rename."""

    def __init__(self, root: Path, *, signer: LinkSigner | None = None) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.signer = signer or LinkSigner(link_secret(root), ROUTE)

    def write(self, path: str, source: Path, *, mime: str, replace: bool) -> None:
        target = self.root / checked(path)
        if target.exists() and not replace:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(_PARTIAL + uuid4().hex)
        try:
            shutil.copyfile(source, partial)
            _keep(partial, target)
        except OSError as error:
            raise FilesUnavailable(_SENTENCES.get(error.errno or 0, str(error))) from error
        finally:
            partial.unlink(missing_ok=True)

    def read(self, path: str, into: Path) -> None:
        with self.open(path) as found, open(into, "wb") as copy:
            shutil.copyfileobj(found, copy, 1 << 20)

    def open(self, path: str) -> BinaryIO:
        return open(self.locate(path), "rb")

    def locate(self, path: str) -> Path:
        """The file itself, for a route that serves it."""
        place = self.root / checked(path)
        if not place.is_file():
            raise FileMissing("There is no such file.", details={"path": path})
        return place

    def links(self, paths: Sequence[str], *, seconds: int, download_name: str | None = None) -> dict[str, str]:
        there = [path for path in paths if (self.root / checked(path)).is_file()]
        return {path: self.signer.link(path, seconds=seconds, download_name=download_name) for path in there}

    def remove(self, paths: Sequence[str]) -> None:
        for path in paths:
            place = self.root / checked(path)
            place.unlink(missing_ok=True)
            self._prune(place.parent)

    def paths(self, shelf: Shelf, prefix: str) -> Iterator[str]:
        start = self.root / prefix.rpartition("/")[0]
        for folder, _, names in sorted(os.walk(start)):
            for name in sorted(names):
                path = (Path(folder) / name).relative_to(self.root).as_posix()
                if path.startswith(prefix) and not name.startswith(_PARTIAL) and f"/{shelf}/" in path:
                    yield path

    def close(self) -> None:
        """A folder holds nothing open."""

    def _prune(self, folder: Path) -> None:
        """Remove the folders that a removed file leaves empty."""
        while folder != self.root:
            try:
                folder.rmdir()
            except OSError:  # not empty, or gone already
                return
            folder = folder.parent


def link_secret(root: Path) -> bytes:
    """The secret of this folder's links, made once: whoever comes second takes the first one's."""
    place = root / ".link-secret"
    if not place.exists():
        fresh = root / f".link-secret-{uuid4().hex}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
        try:
            os.link(fresh, place)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return place.read_bytes()


def _keep(partial: Path, target: Path) -> None:
    with open(partial, "rb") as file:
        os.fsync(file.fileno())
    os.replace(partial, target)
