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
from pipeline.making import Bundle, Services, write_script
from pipeline.making import make as make_bundle
from pipeline.making.estimate import estimate
from pipeline.progress import Cancel
from studio import gpu
from studio.credits import Usage
from studio.errors import JobCancelled, JobFailed, StudioError
from studio.files import Files, open_files
from studio.films.briefs import FilmBrief, usage_of
from studio.films.calls import Calls, with_notes
from studio.films.changes import Changes, changes_of, expected_s
from studio.films.delivery import Delivery, Kept
from studio.films.failures import failure_of, patiently
from studio.films.folders import Folders
from studio.films.judged import Watch
from studio.films.meter import Meter, MeteredRecorder
from studio.films.orders import Order, require_paid
from studio.films.progress import Board
from studio.films.reporting import STOPS, Reporter
from studio.films.showing import Showcase
from studio.films.versions import Beginning, state_of
from studio.jobs import ClaimedJob, Stage
from studio.projects import Making, ProjectDetail, Projects
from studio.safety import Gate, JobRecords
from studio.safety.judges import Judges
from studio.settings import Settings
from studio.store import Store, StoreHome, home_of, open_store
from studio.worker.runner import Finished, Outcome, Recorder, Waiting

_OPENING = threading.Lock()


@dataclass(frozen=True)
class _Task:
    """What is known of a job before anything is made."""

    job: ClaimedJob
    order: Order
    project: ProjectDetail
    beginning: Beginning
    changes: Changes | None
    """Against the project's film, if it has one."""
    brief: Brief
    out: Path
    delivery: Delivery

    @property
    def rewritten(self) -> bool:
        return self.changes is not None and self.changes.how == "rewritten"

    @property
    def waits_for_hook(self) -> bool:
        """The first film of a project, where its creator wants to see the openings before anything else is made."""
        return self.order.choose_hook and self.brief.hook is None and self.changes is None

    def usage(self, seconds: float) -> Usage:
        """What is paid: the film's length, or what was made again of it."""
        if self.changes is not None and not self.changes.is_whole:
            return self.changes.usage
        return self.job.usage.model_copy(update={"seconds": seconds})

    def expected_s(self, services: Services) -> dict[Stage, float]:
        whole = estimate(self.brief, services).seconds
        return expected_s(self.changes, whole, self.brief.minutes * 60) if self.changes else whole


class Films:
    """The studio's job runner: `Films(...).make` is what a worker calls."""

    def __init__(
        self,
        store: Store,
        files: Files,
        folder: Path,
        *,
        mirrored: bool,
        services: Callable[[Brief], Services] = gpu.services,
        gate: Gate | None = None,
        records: JobRecords | None = None,
    ) -> None:
        """`folder` is this machine's own; with `mirrored`, builds go to the file store too."""
        self._store = store
        self._files = files
        self._folders = Folders(folder, files, mirrored=mirrored)
        self._services = services
        self._gate = gate or Gate(store, Judges())
        self._records = records or JobRecords(store)

    @classmethod
    def of(cls, settings: Settings, store: Store, files: Files) -> Films:
        """Where the store is a database within reach, so is the data folder, and builds need no mirror."""
        mirrored = home_of(settings) is StoreHome.SUPABASE
        return cls(
            store,
            files,
            settings.data_folder / "films",
            mirrored=mirrored,
            gate=Gate.of(settings, store),
            records=JobRecords(store, keep_days=settings.audit_days),
        )

    def make(self, job: ClaimedJob, record: Recorder) -> Outcome:
        showcase = Showcase(self._files, job)
        try:
            outcome = self._attempted(job, record, showcase)
        except JobFailed as failure:
            if not failure.again:
                showcase.remove()
            raise
        except JobCancelled:
            showcase.remove()
            raise
        if isinstance(outcome, Finished):
            showcase.remove()
        return outcome

    def _attempted(self, job: ClaimedJob, record: Recorder, showcase: Showcase) -> Outcome:
        with self._folders.attempt(job) as folder:
            try:
                return self._made(job, record, showcase, folder)
            except (Cancelled, JobFailed, *STOPS):
                raise
            except (PipelineError, StudioError) as error:
                raise failure_of(error, folder) from error

    def _made(self, job: ClaimedJob, record: Recorder, showcase: Showcase, folder: Path) -> Outcome:
        task = self._task(job, folder)
        services = self._services(task.brief)
        watch = Watch(self._gate, self._records, job)
        board, cancel = Board(task.expected_s(services), job.steps), Cancel()
        meter = Meter()
        reporter = Reporter(MeteredRecorder(record, meter), board, cancel, showcase)
        try:
            with reporter:
                noted = with_notes(watch.over(services, task.brief), Calls(Making(self._store), job))
                if task.waits_for_hook and self._hooks(task, noted, board, cancel, meter) > 1:
                    return Waiting("Choose how your film begins.")
                bundle = self._bundle(task, noted, board, cancel, meter)
                meter.fell_back(bundle.report["fallbacks"])
                kept = task.delivery.stored(bundle, board.packing)
                watch.film(kept["final.mp4"][1].sha256, bundle.folder / "script.txt")
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
        beginning, out = Beginning.of(projects, project, job), folder / "film"
        changes = changes_of(project, beginning.version, order.redo) if beginning.version else None
        require_paid(changes.usage if changes else usage_of(asked.brief), job.usage)
        rewritten = changes is not None and changes.how == "rewritten"
        beginning.lay_out(out, rewritten=rewritten)
        wishes = {} if rewritten else beginning.wishes
        return _Task(
            job=job,
            order=order,
            project=project,
            beginning=beginning,
            changes=changes,
            brief=asked.placed(self._files, job.user_id, folder, wishes),
            out=out,
            delivery=Delivery(projects, Making(self._store), self._files, job, project),
        )

    def _hooks(self, task: _Task, services: Services, board: Board, cancel: Cancel, meter: Meter) -> int:
        """The script alone, with its openings to choose from. Returns how many there are."""
        workspace = self._folders.build(task.job, meter)
        script = patiently(
            lambda: write_script(
                task.brief,
                task.out,
                services=services,
                workspace=workspace,
                progress=meter.beside(board),
                cancel=cancel,
            ),
            cancel,
        )
        return len(script.hooks)

    def _bundle(self, task: _Task, services: Services, board: Board, cancel: Cancel, meter: Meter) -> Bundle:
        workspace = self._folders.build(task.job, meter)
        redo = list(task.order.redo)

        def once() -> Bundle:
            # Counted up by the first try; the takes lie in the folder from then on.
            wanted = [redo.pop(0) for _ in range(len(redo))]
            return make_bundle(
                task.brief,
                task.out,
                services=services,
                workspace=workspace,
                progress=meter.beside(board),
                cancel=cancel,
                redo=wanted,
            )

        return patiently(once, cancel)

    def _delivered(self, task: _Task, bundle: Bundle, kept: Kept, reporter: Reporter) -> Finished:
        """Noted in the project only while the job is ours; cancelled all the same, nothing of it stays."""
        state = state_of(bundle, task.project, task.beginning, task.order.redo, rewritten=task.rewritten)
        reporter.confirm()
        try:
            version = task.delivery.noted(state, kept, task.beginning.scenes, note=task.order.note)
            reporter.finish()
        except JobCancelled:
            task.delivery.withdraw()
            raise
        result = {"version": str(version), "title": state.title, "seconds": state.seconds}
        return Finished(task.usage(state.seconds), result)


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
