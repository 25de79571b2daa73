"""A second home for artifacts, so that a job resumed elsewhere finds what was made here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from uuid import uuid4


class BlobStore(Protocol):
    """Named blobs. Names are relative paths of letters, digits, dots, dashes and slashes."""

    def put(self, name: str, file: Path) -> None:
        """Store the file's bytes under the name; storing them again changes nothing."""

    def get(self, name: str, into: Path) -> bool:
        """Write the blob to a new file; False when there is none of that name."""

    def names(self, prefix: str = "") -> Iterator[str]: ...

    def delete(self, name: str) -> None: ...


class FolderBlobs:
    """Blobs in a folder: another disk, or a mounted bucket."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, file: Path) -> None:
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{uuid4().hex}")
        try:
            shutil.copyfile(file, partial)
            os.replace(partial, target)
        finally:
            partial.unlink(missing_ok=True)

    def get(self, name: str, into: Path) -> bool:
        try:
            shutil.copyfile(self.root / name, into)
        except FileNotFoundError:
            return False
        return True

    def names(self, prefix: str = "") -> Iterator[str]:
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_file() and not path.name.startswith(".") and name.startswith(prefix):
                yield name

    def delete(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)
