"""Where films are made on this machine: a build for each creator, and a folder for each attempt at a job."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from pipeline.build import Workspace
from studio.files import BuildMirror, Files
from studio.films.meter import Meter, MeteredWorkspace
from studio.jobs import ClaimedJob


class Folders:
    """What lies in a build is never lost by a kill; an attempt's folder holds only what can be had again from it."""

    def __init__(self, root: Path, files: Files, *, mirrored: bool) -> None:
        """`mirrored`: builds are kept in the file store too, for machines that do not share this disk."""
        self._root = root.resolve()
        self._files = files
        self._mirrored = mirrored

    def build(self, job: ClaimedJob, meter: Meter | None = None) -> Workspace:
        """All projects of a creator share it, and no two creators do."""
        mirror = BuildMirror(self._files.home, job.user_id) if self._mirrored else None
        return MeteredWorkspace(self._root / "builds" / str(job.user_id), mirror, meter or Meter())

    @contextmanager
    def attempt(self, job: ClaimedJob) -> Iterator[Path]:
        """An empty folder of its own: a worker that lost its lease may still be writing into another."""
        folder = self._root / "attempts" / f"{job.id}-{job.lease_key}"
        folder.parent.mkdir(parents=True, exist_ok=True)
        self._sweep(folder.parent)
        with open(_lock_of(folder), "ab") as ours:
            # The kernel lets go of the lock when this process dies; a folder without one is nobody's.
            fcntl.flock(ours, fcntl.LOCK_EX)
            folder.mkdir()
            try:
                with self._in_use(job.user_id):
                    yield folder
            finally:
                _remove(folder)

    @contextmanager
    def _in_use(self, owner: UUID) -> Iterator[None]:
        """Upkeep leaves a build alone while it is used."""
        (self._root / "builds").mkdir(parents=True, exist_ok=True)
        with open(lock_of_build(self._root / "builds", owner), "ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield

    def _sweep(self, attempts: Path) -> None:
        """What killed workers left behind."""
        for folder in [path for path in attempts.iterdir() if path.is_dir()]:
            with alone(_lock_of(folder)) as is_nobodys:
                if is_nobodys:
                    _remove(folder)


def lock_of_build(builds: Path, owner: UUID) -> Path:
    """Shared by the jobs that use a creator's build, taken whole by whoever clears it."""
    return builds / f"{owner}.lock"


@contextmanager
def alone(lock: Path) -> Iterator[bool]:
    """Whether nobody else holds the lock; if so, nobody gets it until we are done. Never waits."""
    with open(lock, "ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _lock_of(folder: Path) -> Path:
    return folder.with_suffix(".lock")


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _lock_of(folder).unlink(missing_ok=True)
