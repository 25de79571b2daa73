"""Where films are made on this machine: a build for each creator, and a folder for each attempt at a job."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.build import Workspace
from studio.files import BuildMirror, Files
from studio.jobs import ClaimedJob

_ABANDONED_AFTER_S = 24 * 3600


class Folders:
    """What lies in a build is never lost by a kill; an attempt's folder holds only what can be had again from it."""

    def __init__(self, root: Path, files: Files, *, mirrored: bool) -> None:
        """`mirrored`: builds are kept in the file store too, for machines that do not share this disk."""
        self._root = root.resolve()
        self._files = files
        self._mirrored = mirrored

    def build(self, job: ClaimedJob) -> Workspace:
        """All projects of a creator share it, and no two creators do."""
        mirror = BuildMirror(self._files.home, job.user_id) if self._mirrored else None
        return Workspace(self._root / "builds" / str(job.user_id), mirror)

    @contextmanager
    def attempt(self, job: ClaimedJob) -> Iterator[Path]:
        """An empty folder. A worker that lost its lease may still be writing into another."""
        self._sweep()
        folder = self._root / "attempts" / f"{job.id}-{job.lease_key}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _sweep(self) -> None:
        """What killed workers left behind."""
        for folder in self._root.glob("attempts/*"):
            try:
                old = time.time() - folder.stat().st_mtime > _ABANDONED_AFTER_S
            except FileNotFoundError:  # another worker sweeps too
                continue
            if old:
                shutil.rmtree(folder, ignore_errors=True)
