"""Makes room in the builds on this machine. What costs only the processor's time may go; what was paid for stays.

A build that a running job uses is locked by it, and left alone.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from pipeline.build import Workspace
from studio.films.folders import alone, lock_of_build

REMAKEABLE = frozenset({"stretch", "film", "sound", "sound-report", "check", "seen"})
"""Kinds that are made again from what is kept, for nothing and byte for byte the same."""


@dataclass(frozen=True)
class _Piece:
    owner: UUID
    key: str
    bytes: int
    used_at: float


@dataclass(frozen=True)
class Room:
    """What all builds take, and what was freed of it."""

    bytes: int
    freed: int


class Builds:
    def __init__(self, root: Path, *, has_projects: Callable[[UUID], bool]) -> None:
        self._root = root
        self._has_projects = has_projects

    def clear(self, *, unused_s: float, in_use_s: float, budget_bytes: int) -> Room:
        owners = list(self._owners())
        abandoned = {owner for owner in owners if self._is_abandoned(owner, unused_s)}
        freed = sum(self._remove(owner) for owner in abandoned)
        pieces = [piece for owner in owners if owner not in abandoned for piece in self._pieces(owner)]
        total = sum(_size(self._root / str(owner)) for owner in owners if owner not in abandoned)
        now = time.time()
        doomed: dict[UUID, set[str]] = {}
        for piece in sorted(pieces, key=lambda piece: piece.used_at):
            age_s, excess = now - piece.used_at, total - budget_bytes
            if age_s > unused_s or (excess > 0 and age_s > in_use_s):
                doomed.setdefault(piece.owner, set()).add(piece.key)
                total -= piece.bytes
        freed_now = sum(self._collect(owner, keys, in_use_s) for owner, keys in doomed.items())
        return Room(bytes=total, freed=freed + freed_now)

    def _owners(self) -> Iterator[UUID]:
        for folder in sorted(self._root.glob("*-*-*-*-*")):
            if folder.is_dir():
                yield UUID(folder.name)

    def _pieces(self, owner: UUID) -> Iterator[_Piece]:
        for artifact in Workspace(self._root / str(owner)).artifacts():
            if artifact.kind in REMAKEABLE:
                used_at = max(artifact.made_at, artifact.path.stat().st_mtime)
                yield _Piece(owner, artifact.key, artifact.bytes, used_at)

    def _is_abandoned(self, owner: UUID, unused_s: float) -> bool:
        newest = max((path.stat().st_mtime for path in (self._root / str(owner)).rglob("*")), default=0.0)
        return time.time() - newest > unused_s and not self._has_projects(owner)

    def _collect(self, owner: UUID, doomed: Iterable[str], in_use_s: float) -> int:
        with alone(lock_of_build(self._root, owner)) as is_ours:
            if not is_ours:
                return 0
            workspace = Workspace(self._root / str(owner))
            gone = set(doomed)
            return workspace.collect([a.key for a in workspace.artifacts() if a.key not in gone], older_than_s=in_use_s)

    def _remove(self, owner: UUID) -> int:
        with alone(lock_of_build(self._root, owner)) as is_ours:
            if not is_ours:
                return 0
            folder = self._root / str(owner)
            size = _size(folder)
            shutil.rmtree(folder, ignore_errors=True)
            return size


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
