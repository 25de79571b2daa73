"""Writes a job's progress down while its film is made, and passes on the word to stop.

The pipeline's threads never wait for the store: they leave events on a board, and one thread of ours reads it.
"""

from __future__ import annotations

import logging
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from uuid import UUID

from pipeline.progress import Cancel
from studio.errors import FileError, JobCancelled, LeaseLost, StudioError, WorkerStopping
from studio.files import Files, Shelf
from studio.films.progress import Board, Note, Preview
from studio.jobs import ClaimedJob, JobStep, Stage
from studio.worker.runner import Recorder

_log = logging.getLogger(__name__)
_CHECK_EVERY_S, _WRITE_EVERY_S, _ASK_EVERY_S = 0.2, 1.0, 5.0
_MOST_PREVIEWS = 200
STOPS = (JobCancelled, LeaseLost, WorkerStopping)


class Previews:
    """Small pictures of what was made, in the file store while the job runs and on its steps as artifacts."""

    def __init__(self, files: Files, job: ClaimedJob) -> None:
        self._files = files
        self._owner: UUID = job.user_id
        self._folder = f"{job.user_id}/{Shelf.ASSETS}/previews/{job.id}/"
        self._shown: dict[Stage, dict[str, str]] = {step.step: _paths_of(step) for step in job.steps}

    def add(self, preview: Preview) -> None:
        """A preview that cannot be stored is not worth a film."""
        path = f"{self._folder}{preview.stage.lower()}-{preview.artifact[:80]}.jpg"
        with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
            file.write(preview.jpeg)
            file.flush()
            try:
                self._files.home.write(path, Path(file.name), mime="image/jpeg", replace=True)
            except FileError as error:
                _log.warning("no preview of %s: %s", preview.artifact, error)
                return
        self._shown.setdefault(preview.stage, {})[preview.artifact] = path

    def of(self, stage: Stage) -> list[dict[str, str]] | None:
        shown = self._shown.get(stage)
        return [{"name": name, "path": path} for name, path in [*shown.items()][-_MOST_PREVIEWS:]] if shown else None

    def remove(self) -> None:
        try:
            self._files.remove([*self._files.home.paths(Shelf.ASSETS, self._folder)], owner=self._owner)
        except FileError as error:
            _log.warning("previews of a finished job are left behind: %s", error)


class Reporter:
    """While it is entered, about one write a second. Whatever ends the job is kept as `stopped`, and `cancel` asked."""

    def __init__(self, record: Recorder, board: Board, cancel: Cancel, previews: Previews) -> None:
        self._record = record
        self._board = board
        self._cancel = cancel
        self._previews = previews
        self._over = threading.Event()
        self._wrote_s = 0.0
        self.stopped: JobCancelled | LeaseLost | WorkerStopping | None = None
        self._thread = threading.Thread(target=self._run, name="film-progress", daemon=True)

    def __enter__(self) -> Reporter:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        if self.stopped is None:
            self._tell(self._board.due())

    def finish(self) -> None:
        """The closing note, which also proves that the job is still ours."""
        self._write(self._board.closing())

    def confirm(self) -> None:
        """Ask the store whether the job is still ours. Raises JobCancelled or LeaseLost."""
        self._write(self._board.again())

    def _run(self) -> None:
        while not self._over.wait(_CHECK_EVERY_S) and self.stopped is None:
            self._look()
            silent_s = time.monotonic() - self._wrote_s
            if silent_s >= _WRITE_EVERY_S:
                self._keep_previews()
                self._tell(self._board.due() or ([self._board.again()] if silent_s >= _ASK_EVERY_S else []))

    def _look(self) -> None:
        try:
            self._record.check()
        except STOPS as error:
            self._stop(error)

    def _tell(self, notes: Sequence[Note]) -> None:
        try:
            for note in notes:
                self._write(note)
        except STOPS as error:
            self._stop(error)
        except StudioError as error:
            # The store is away for a moment: the notes are still due, and the film goes on meanwhile.
            self._wrote_s = time.monotonic()
            _log.warning("progress was not noted: %s", error)

    def _write(self, note: Note) -> None:
        self._record.step(
            note.stage,
            note.state,
            progress=note.progress,
            message=note.message,
            artifacts=self._previews.of(note.stage),
            job_progress=note.job_progress,
        )
        self._wrote_s = time.monotonic()
        self._board.told(note)

    def _keep_previews(self) -> None:
        for preview in self._board.take_previews():
            self._previews.add(preview)

    def _stop(self, error: JobCancelled | LeaseLost | WorkerStopping) -> None:
        self.stopped = error
        self._cancel.ask()


def _paths_of(step: JobStep) -> dict[str, str]:
    known = [artifact for artifact in step.artifacts if isinstance(artifact, dict)]
    return {str(one["name"]): str(one["path"]) for one in known if "name" in one and "path" in one}
