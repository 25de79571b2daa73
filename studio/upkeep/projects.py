"""What creators threw away goes for good: projects that were deleted long enough ago, and files that nothing needs."""

from __future__ import annotations

import logging

from studio.errors import FileError
from studio.files import Files
from studio.projects import Making, Uploads

_log = logging.getLogger(__name__)


def purge_projects(making: Making, files: Files, *, after_days: int, at_once: int) -> int:
    """A kill in between leaves a project whose files are partly gone; the next time it is gone altogether."""
    purged = 0
    for project in making.to_purge(after_days=after_days, limit=at_once):
        try:
            files.remove(project.paths, owner=project.user_id)
        except FileError as error:
            _log.warning("project %s keeps its files for now: %s", project.id, error)
            continue
        making.purge(project.id)
        purged += 1
    return purged


def clear_uploads(uploads: Uploads, files: Files, *, after_days: int, at_once: int) -> int:
    """Pictures, clips and documents that were brought and are in no project, or no longer."""
    cleared = 0
    for one in uploads.unneeded(after_days=after_days, limit=at_once):
        try:
            files.remove([one.path], owner=one.user_id)
        except FileError as error:
            _log.warning("an upload of %s stays for now: %s", one.user_id, error)
            continue
        uploads.forget(one)
        cleared += 1
    return cleared
