"""A claimed job is made into a film: the pipeline, joined with the store, the file store and the credits.

Killed at any instant and run again, here or on another machine, it goes on with what is missing and ends the same.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.brief import Brief
from pipeline.errors import Cancelled, PipelineError
from pipeline.making import Bundle, Services, from_environment
from pipeline.making import make as make_bundle
from pipeline.making.estimate import estimate
from pipeline.progress import Cancel
from studio.errors import JobCancelled, JobFailed, StudioError
from studio.files import Files, open_files
from studio.films.briefs import FilmBrief
from studio.films.calls import Calls, with_notes
from studio.films.delivery import Delivery, Kept
from studio.films.failures import failure_of, patiently
from studio.films.folders import Folders
from studio.films.orders import Order, require_paid
from studio.films.progress import Board
from studio.films.reporting import STOPS, Previews, Reporter
from studio.films.versions import Beginning, state_of
from studio.jobs import ClaimedJob
from studio.projects import Making, ProjectDetail, Projects
from studio.settings import Settings
from studio.store import Store, StoreHome, home_of, open_store
from studio.worker.runner import Finished, Outcome, Recorder

_OPENING = threading.Lock()


@dataclass(frozen=True)
class _Task:
    """What is known of a job before anything is made."""

    job: ClaimedJob
    order: Order
    project: ProjectDetail
    beginning: Beginning
    brief: Brief
    out: Path
    delivery: Delivery


class Films:
    """The studio's job runner: `Films(...).make` is what a worker calls."""

    def __init__(
        self,
        store: Store,
        files: Files,
        folder: Path,
        *,
        mirrored: bool,
        services: Callable[[Brief], Services] = from_environment,
    ) -> None:
        """`folder` is this machine's own; with `mirrored`, builds go to the file store too."""
        self._store = store
        self._files = files
        self._folders = Folders(folder, files, mirrored=mirrored)
        self._services = services

    @classmethod
    def of(cls, settings: Settings, store: Store, files: Files) -> Films:
        """Where the store is a database within reach, so is the data folder, and builds need no mirror."""
        mirrored = home_of(settings) is StoreHome.SUPABASE
        return cls(store, files, settings.data_folder / "films", mirrored=mirrored)

    def make(self, job: ClaimedJob, record: Recorder) -> Outcome:
        previews = Previews(self._files, job)
        try:
            outcome = self._attempted(job, record, previews)
        except JobFailed as failure:
            if not failure.again:
                previews.remove()
            raise
        except JobCancelled:
            previews.remove()
            raise
        previews.remove()
        return outcome

    def _attempted(self, job: ClaimedJob, record: Recorder, previews: Previews) -> Outcome:
        with self._folders.attempt(job) as folder:
            try:
                return self._made(job, record, previews, folder)
            except (Cancelled, JobFailed, *STOPS):
                raise
            except (PipelineError, StudioError) as error:
                raise failure_of(error, folder) from error

    def _made(self, job: ClaimedJob, record: Recorder, previews: Previews, folder: Path) -> Outcome:
        task = self._task(job, folder)
        services = self._services(task.brief)
        board, cancel = Board(estimate(task.brief, services).seconds, job.steps), Cancel()
        reporter = Reporter(record, board, cancel, previews)
        try:
            with reporter:
                bundle = self._bundle(task, with_notes(services, Calls(Making(self._store), job)), board, cancel)
                kept = task.delivery.stored(bundle, board.packing)
                cancel.check()
        except Cancelled:
            if reporter.stopped is None:
                raise
            raise reporter.stopped from None
        return self._delivered(task, bundle, kept, reporter)

    def _task(self, job: ClaimedJob, folder: Path) -> _Task:
        projects = Projects(self._store)
        order, project = Order.of(job), projects.get(job.user_id, job.project_id)
        asked = FilmBrief.of(project)
        require_paid(asked, job.usage)
        beginning, out = Beginning.of(projects, project, job), folder / "film"
        beginning.lay_out(out)
        return _Task(
            job=job,
            order=order,
            project=project,
            beginning=beginning,
            brief=asked.placed(self._files, job.user_id, folder),
            out=out,
            delivery=Delivery(projects, Making(self._store), self._files, job, project),
        )

    def _bundle(self, task: _Task, services: Services, board: Board, cancel: Cancel) -> Bundle:
        workspace = self._folders.build(task.job)
        redo = list(task.order.redo)

        def once() -> Bundle:
            # Counted up by the first try; the takes lie in the folder from then on.
            wanted = [redo.pop(0) for _ in range(len(redo))]
            return make_bundle(
                task.brief,
                task.out,
                services=services,
                workspace=workspace,
                progress=board,
                cancel=cancel,
                redo=wanted,
            )

        return patiently(once, cancel)

    def _delivered(self, task: _Task, bundle: Bundle, kept: Kept, reporter: Reporter) -> Finished:
        """Noted in the project only while the job is ours; cancelled all the same, nothing of it stays."""
        state = state_of(bundle, task.project, task.beginning.base)
        reporter.confirm()
        try:
            version = task.delivery.noted(state, kept, task.beginning.scenes, note=task.order.note)
            reporter.finish()
        except JobCancelled:
            task.delivery.withdraw()
            raise
        usage = task.job.usage.model_copy(update={"seconds": state.seconds})
        return Finished(usage, {"version": str(version), "title": state.title, "seconds": state.seconds})


def make(job: ClaimedJob, record: Recorder) -> Outcome:
    """The job runner of `python -m studio worker`, over the installation that the settings describe."""
    with _OPENING:
        films = _installation()
    return films.make(job, record)


@cache
def _installation() -> Films:
    settings = Settings()
    store, files = open_store(settings), open_files(settings)
    atexit.register(store.close)
    atexit.register(files.close)
    return Films.of(settings, store, files)
