"""What can be seen and heard of a film while it is made: kept on the job's steps as artifacts, files in the file store.

Artifacts are {"name", "kind", "section", "title"} with "path" (sound, picture, moving) or "text" (text, hook), a hook
with its "number" too; and one {"name": "left", "kind": "left", "seconds", "at"}, the estimate of the time left.
"""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
import time
from pathlib import Path
from uuid import UUID

from pipeline.progress import Made
from studio.errors import FileError
from studio.files import Files, Shelf
from studio.jobs import ClaimedJob, JobStep, Stage

_log = logging.getLogger(__name__)
_FILES = {"sound": (".m4a", "audio/mp4"), "picture": (".jpg", "image/jpeg"), "moving": (".mp4", "video/mp4")}
_LONGEST_TEXT = 2000
_MOST_BYTES = 180_000
"""The store takes 200,000 a step."""

Artifact = dict[str, object]


class Showcase:
    """Of one job. Shown again under the same name, a thing takes the place of the one before."""

    def __init__(self, files: Files, job: ClaimedJob) -> None:
        self._files = files
        self._owner: UUID = job.user_id
        self._folder = f"{job.user_id}/{Shelf.ASSETS}/previews/{job.id}/"
        self._shown: dict[Stage, dict[str, Artifact]] = {step.step: _shown(step) for step in job.steps}

    def add(self, stage: Stage, made: Made) -> None:
        """What cannot be stored is not worth a film."""
        artifact: Artifact = {"name": made.name, "kind": made.kind, "section": made.section, "title": made.title}
        if made.data:
            try:
                artifact["path"] = self._stored(made)
            except FileError as error:
                _log.warning("no preview of %s: %s", made.name, error)
                return
        else:
            artifact["text"] = made.text[:_LONGEST_TEXT]
        if made.kind == "hook":
            artifact["number"] = int(made.name)
        self._shown.setdefault(stage, {})[f"{made.kind} {made.name}"] = artifact

    def of(self, stage: Stage, left_s: int | None) -> list[Artifact] | None:
        """All of a stage, as much as the store takes; None where there is nothing to note."""
        shown = [*self._shown.get(stage, {}).values()]
        room = _MOST_BYTES
        kept: list[Artifact] = []
        for artifact in reversed(shown):
            room -= len(json.dumps(artifact, ensure_ascii=False).encode()) + 2
            if room < 0:
                break
            kept.insert(0, artifact)
        if left_s is not None:
            kept.append({"name": "left", "kind": "left", "seconds": left_s, "at": round(time.time(), 1)})
        return kept or None

    def remove(self) -> None:
        try:
            self._files.remove([*self._files.home.paths(Shelf.ASSETS, self._folder)], owner=self._owner)
        except FileError as error:
            _log.warning("previews of a finished job are left behind: %s", error)

    def _stored(self, made: Made) -> str:
        """Named by its bytes too: a browser that keeps the one before must not show it."""
        suffix, mime = _FILES[made.kind]
        digest = hashlib.sha256(made.data).hexdigest()[:12]
        path = f"{self._folder}{made.kind}-{made.name[:80]}-{digest}{suffix}"
        with tempfile.NamedTemporaryFile(suffix=suffix) as file:
            file.write(made.data)
            file.flush()
            self._files.home.write(path, Path(file.name), mime=mime, replace=True)
        return path


def _shown(step: JobStep) -> dict[str, Artifact]:
    """What earlier attempts noted."""
    known = [artifact for artifact in step.artifacts if isinstance(artifact, dict)]
    return {
        f"{one['kind']} {one['name']}": one for one in known if "name" in one and one.get("kind") not in (None, "left")
    }
