"""Writes a job's progress down while its film is made, and passes on the word to stop.

The pipeline's threads never wait for the store: they leave events on a board, and one thread of ours reads it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from types import TracebackType

from pipeline.progress import Cancel
from studio.errors import JobCancelled, LeaseLost, StudioError, WorkerStopping
from studio.films.progress import Board, Note
from studio.films.showing import Showcase
from studio.logs import here
from studio.worker.runner import Recorder

_log = logging.getLogger(__name__)
_CHECK_EVERY_S, _WRITE_EVERY_S, _ASK_EVERY_S = 0.2, 1.0, 5.0
_FILES_AT_ONCE = 8
STOPS = (JobCancelled, LeaseLost, WorkerStopping)


class Reporter:
    """While it is entered, about one write a second. Whatever ends the job is kept as `stopped`, and `cancel` asked."""

    def __init__(self, record: Recorder, board: Board, cancel: Cancel, showcase: Showcase) -> None:
        self._record = record
        self._board = board
        self._cancel = cancel
        self._showcase = showcase
        self._over = threading.Event()
        self._wrote_s = 0.0
        self.stopped: JobCancelled | LeaseLost | WorkerStopping | None = None
        self._thread = threading.Thread(target=here(self._run), name="film-progress", daemon=True)

    def __enter__(self) -> Reporter:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        if self.stopped is None:
            self._show(files=0)
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
                self._show(files=_FILES_AT_ONCE)
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
            artifacts=self._showcase.of(note.stage, note.left_s),
            job_progress=note.job_progress,
        )
        self._wrote_s = time.monotonic()
        self._board.told(note)

    def _show(self, *, files: int) -> None:
        for stage, made in self._board.take_made(files):
            self._showcase.add(stage, made)

    def _stop(self, error: JobCancelled | LeaseLost | WorkerStopping) -> None:
        self.stopped = error
        self._cancel.ask()
