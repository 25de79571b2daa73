"""One round of upkeep. Several processes may share a data folder: one of them goes through the disk at a time."""

from __future__ import annotations

import logging
import shutil
import time
from contextlib import AbstractContextManager
from uuid import UUID

from studio.files import Files, FolderHome
from studio.films.folders import alone
from studio.projects import Making, Projects, Uploads
from studio.settings import Settings
from studio.store import Store
from studio.upkeep.builds import Builds
from studio.upkeep.leftovers import clear_folder, clear_partials, clear_previews
from studio.upkeep.limits import Limits
from studio.upkeep.projects import clear_uploads, purge_projects

_log = logging.getLogger(__name__)
_GIB = 2**30


class Upkeep:
    """Called every few minutes by a worker; what takes long it does less often."""

    def __init__(self, settings: Settings, store: Store, files: Files, limits: Limits | None = None) -> None:
        self._folder = settings.data_folder
        self._builds_gib = settings.builds_gib
        self._store = store
        self._files = files
        self._limits = limits or Limits()
        self._last: float | None = None

    def __call__(self) -> None:
        limits = self._limits
        with self._alone("projects") as is_ours:
            if is_ours:
                self._clear_thrown_away()
        if self._last is None or time.monotonic() - self._last >= limits.disk_every_s:
            self._last = time.monotonic()
            with self._alone("disk") as is_ours:
                if is_ours:
                    self._clear_disk()

    def _clear_thrown_away(self) -> None:
        limits = self._limits
        projects = purge_projects(
            Making(self._store), self._files, after_days=limits.restore_days, at_once=limits.projects_at_once
        )
        uploads = clear_uploads(
            Uploads(self._store), self._files, after_days=limits.upload_days, at_once=limits.uploads_at_once
        )
        if projects or uploads:
            _log.info("projects purged: %d, uploads cleared: %d", projects, uploads)

    def _clear_disk(self) -> None:
        limits = self._limits
        freed = clear_folder(self._folder / "gradio", older_than_s=limits.gradio_s)
        freed += clear_folder(self._folder / "outbox", older_than_s=limits.letter_s)
        if isinstance(self._files.home, FolderHome):
            freed += clear_partials(self._files.home.root, older_than_s=limits.partial_s)
            freed += clear_previews(self._files.home.root, older_than_s=limits.preview_s)
        builds = Builds(self._folder / "films" / "builds", has_projects=self._has_projects)
        room = builds.clear(unused_s=limits.build_unused_s, in_use_s=limits.in_use_s, budget_bytes=self._budget_bytes())
        figures = {"freed_bytes": freed + room.freed, "builds_bytes": room.bytes}
        _log.info("disk cleared", extra={"figures": figures})

    def _budget_bytes(self) -> int:
        if self._builds_gib is not None:
            return int(self._builds_gib * _GIB)
        return int(shutil.disk_usage(self._folder).total * self._limits.build_share)

    def _has_projects(self, owner: UUID) -> bool:
        projects = Projects(self._store)
        return bool(projects.list_of(owner, limit=1) or projects.list_of(owner, limit=1, deleted=True))

    def _alone(self, what: str) -> AbstractContextManager[bool]:
        self._folder.mkdir(parents=True, exist_ok=True)
        return alone(self._folder / f".upkeep-{what}.lock")
