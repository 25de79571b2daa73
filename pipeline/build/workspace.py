"""The folder that a film is built in.

    blobs/ab/<sha-256 of the bytes><suffix>   what was made
    records/cd/<key>.json                     which recipe gave which blob
    partial/                                  what is being made; swept at the next start
    locks/                                    one maker an artifact, over threads and processes

A record is written after its blob is complete, both by rename, so whatever instant the power goes, an artifact is
either there or not there.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from pipeline.build.mirror import BlobStore
from pipeline.build.recipes import Recipe
from pipeline.errors import BuildError

ABANDONED_AFTER_S = 24 * 3600


@dataclass(frozen=True)
class Artifact:
    """Something that was made, and the recipe it was made from."""

    kind: str
    key: str
    sha256: str
    bytes: int
    path: Path
    made_at: float
    fresh: bool = False
    """Made by this very call, not found."""


class Workspace:
    """Makes each artifact once. Safe for several threads and processes on one folder."""

    def __init__(self, root: Path, mirror: BlobStore | None = None) -> None:
        self.root = root
        self._mirror = mirror
        with _disk_errors(root):
            for name in ("blobs", "records", "partial", "locks"):
                (root / name).mkdir(parents=True, exist_ok=True)
        self._sweep()

    def make(self, recipe: Recipe, produce: Callable[[Path], None]) -> Artifact:
        """The artifact of a recipe: the one that exists, or else what `produce` writes to the path it is given."""
        found = self.find(recipe)
        if found:
            return found
        with self._lock(recipe.key):
            return self.find(recipe) or self._made(recipe, produce)

    def find(self, recipe: Recipe) -> Artifact | None:
        """The artifact of a recipe if it was ever made here or in the mirror."""
        return self._read_record(recipe.key) or self._fetched(recipe.key)

    def artifacts(self) -> Iterator[Artifact]:
        """Everything that is here, in order of its key."""
        for record in sorted(self.root.glob("records/*/*.json")):
            artifact = self._read_record(record.stem)
            if artifact:
                yield artifact

    def verify(self) -> list[Artifact]:
        """Artifacts whose bytes are no longer what was made. They are forgotten, so the next build makes them anew."""
        broken = [artifact for artifact in self.artifacts() if not _intact(artifact)]
        for artifact in broken:
            artifact.path.unlink(missing_ok=True)
            self._record_path(artifact.key).unlink(missing_ok=True)
        return broken

    def collect(self, keep: Iterable[str], older_than_s: float = 0) -> int:
        """Delete artifacts whose key is not kept and that are older than that. Returns the bytes that were freed."""
        kept = set(keep)
        limit = time.time() - older_than_s
        doomed = [a for a in self.artifacts() if a.key not in kept and a.made_at <= limit]
        for artifact in doomed:
            self._record_path(artifact.key).unlink(missing_ok=True)
        in_use = {artifact.path for artifact in self.artifacts()}
        return sum(_removed(path) for path in {a.path for a in doomed} - in_use)

    def partial_path(self, suffix: str = "") -> Path:
        """A new name for something unfinished, on the same disk."""
        return self.root / "partial" / f"{uuid4().hex}{suffix}"

    def _made(self, recipe: Recipe, produce: Callable[[Path], None]) -> Artifact:
        partial = self.partial_path(recipe.suffix)
        try:
            with _disk_errors(self.root):
                produce(partial)
                artifact = self._adopt(recipe, partial)
        finally:
            partial.unlink(missing_ok=True)
        if self._mirror:
            self._mirror.put(self._blob_name(artifact), artifact.path)
            self._mirror.put(f"records/{recipe.key}.json", self._record_path(recipe.key))
        return artifact

    def _adopt(self, recipe: Recipe, partial: Path) -> Artifact:
        sha256 = _hash(partial)
        blob = self.root / "blobs" / sha256[:2] / f"{sha256}{recipe.suffix}"
        record = {
            "kind": recipe.kind,
            "inputs": recipe.inputs,
            "suffix": recipe.suffix,
            "sha256": sha256,
            "bytes": partial.stat().st_size,
            "made_at": time.time(),
        }
        _publish(partial, blob)
        self._write_record(recipe.key, json.dumps(record, ensure_ascii=False).encode())
        artifact = self._read_record(recipe.key, fresh=True)
        assert artifact is not None
        return artifact

    def _write_record(self, key: str, data: bytes) -> None:
        partial = self.partial_path(".json")
        partial.write_bytes(data)
        _publish(partial, self._record_path(key))

    def _read_record(self, key: str, *, fresh: bool = False) -> Artifact | None:
        try:
            record = json.loads(self._record_path(key).read_bytes())
            artifact = Artifact(
                kind=record["kind"],
                key=key,
                sha256=record["sha256"],
                bytes=record["bytes"],
                path=self.root / "blobs" / record["sha256"][:2] / (record["sha256"] + record["suffix"]),
                made_at=record["made_at"],
                fresh=fresh,
            )
            return artifact if artifact.path.stat().st_size == artifact.bytes else None
        except (FileNotFoundError, ValueError, KeyError):
            return None  # never made, swept away or damaged: it is simply made again

    def _fetched(self, key: str) -> Artifact | None:
        if not self._mirror:
            return None
        record, blob = self.partial_path(".json"), self.partial_path()
        try:
            if not self._mirror.get(f"records/{key}.json", record):
                return None
            facts = json.loads(record.read_bytes())
            name = f"{facts['sha256']}{facts['suffix']}"
            if not self._mirror.get(f"blobs/{name}", blob) or _hash(blob) != facts["sha256"]:
                return None
            _publish(blob, self.root / "blobs" / name[:2] / name)
            _publish(record, self._record_path(key))
            return self._read_record(key)
        finally:
            record.unlink(missing_ok=True)
            blob.unlink(missing_ok=True)

    def _record_path(self, key: str) -> Path:
        return self.root / "records" / key[:2] / f"{key}.json"

    @staticmethod
    def _blob_name(artifact: Artifact) -> str:
        return f"blobs/{artifact.path.name}"

    @contextmanager
    def _lock(self, key: str) -> Iterator[None]:
        """Held by one maker at a time; the kernel lets go of it when a process dies."""
        with _disk_errors(self.root), open(self.root / "locks" / key[:16], "ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _sweep(self) -> None:
        """Remove what killed makers left behind, but nothing that a living one may be writing."""
        for path in (self.root / "partial").iterdir():
            if time.time() - path.stat().st_mtime > ABANDONED_AFTER_S:
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _publish(partial: Path, target: Path) -> None:
    """Make a finished file appear at its name at once and for good."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(partial, "rb") as file:
        os.fsync(file.fileno())
    os.replace(partial, target)


def _hash(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _intact(artifact: Artifact) -> bool:
    return artifact.path.exists() and _hash(artifact.path) == artifact.sha256


def _removed(path: Path) -> int:
    size = path.stat().st_size
    path.unlink()
    return size


@contextmanager
def _disk_errors(root: Path) -> Iterator[None]:
    """Say what a creator or an operator can do about a disk."""
    try:
        yield
    except OSError as error:
        sentence = _SENTENCES.get(error.errno or 0)
        if sentence is None:
            raise
        raise BuildError(sentence, where=str(root)) from error


_SENTENCES = {
    errno.ENOSPC: "The disk is full. Free some space and start again: everything made so far is kept.",
    errno.EDQUOT: "The disk quota is used up. Free some space and start again: everything made so far is kept.",
    errno.EACCES: "This folder cannot be written. Choose another work folder or change its permissions.",
    errno.EPERM: "This folder cannot be written. Choose another work folder or change its permissions.",
    errno.EROFS: "This folder is read-only. Choose another work folder.",
    errno.ENOTDIR: "A file stands where the work folder should be. Choose another work folder.",
}
