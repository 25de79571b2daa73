"""The worker's loop. It holds no state of a job: killed at any moment, it loses nothing but its leases."""

from __future__ import annotations

import contextvars
import logging
import threading
import time
from collections.abc import Callable, Sequence

from pipeline.errors import BuildError, Cancelled, PipelineError
from studio.errors import JobCancelled, JobFailed, LeaseLost, StoreUnavailable, StudioError, WorkerStopping
from studio.jobs import ClaimedJob, Lane, Leases
from studio.logs import about
from studio.store import Store
from studio.worker.active import ActiveJob
from studio.worker.names import is_dead, name_of
from studio.worker.runner import JobRunner, Waiting

_log = logging.getLogger(__name__)
_SWEEP_EVERY_S = 600.0
_LAST_CHANCE_S = 10.0
_LONGEST_PAUSE_S = 15.0
"""Between two tries to reach a store that is away."""
_OUR_FAULT = "Something went wrong on our side. Nothing was charged. Try again, and tell us if it happens once more."


class Worker:
    """Makes up to `slots` films at once. Run it in a thread of the app, or as a process of its own."""

    def __init__(
        self,
        store: Store,
        runner: JobRunner,
        *,
        lanes: Sequence[Lane] = ("gpu", "cpu"),
        slots: int = 1,
        lease_s: int = 60,
        poll_s: float = 1.0,
        grace_s: float = 30.0,
        upkeep: Callable[[], object] | None = None,
    ) -> None:
        """After `stop`, running films have `grace_s` to finish before they are handed back. `upkeep` clears this
        machine's disk; it is called at the start and then every few minutes."""
        self._leases = Leases(store, worker=name_of(self), lanes=lanes, lease_s=lease_s)
        self._upkeep = upkeep
        self._runner = runner
        self._slots = slots
        self._poll_s = poll_s
        self._grace_s = grace_s
        self._stopping = threading.Event()
        self._hand_over = threading.Event()
        self._wake = threading.Event()
        self._making: dict[threading.Thread, ClaimedJob] = {}
        self._swept: float | None = None
        self._sweeping: threading.Thread | None = None
        self._refused = 0

    def run(self, *, once: bool = False) -> int:
        """Claim and make until told to stop, or, with `once`, one job if there is one. Returns how many were taken."""
        taken = 0
        while not self._stopping.is_set() and not (once and taken):
            self._wake.clear()
            self._forget_finished()
            job = self._claim() if len(self._making) < self._slots else None
            if job is not None:
                taken += 1
                self._begin(job)
            elif once:
                break
            else:
                self._sweep_now_and_then()
                self._wake.wait(min(self._poll_s * 2**self._refused, _LONGEST_PAUSE_S))
        self._leave(patient=once)
        return taken

    def stop(self) -> None:
        """Take no more jobs; `run` returns when the running ones are finished or handed back."""
        self._stopping.set()
        self._wake.set()

    def stop_at_once(self) -> None:
        """Hand the running jobs back without waiting for them to finish."""
        self._grace_s = 0.0
        self._hand_over.set()
        self.stop()

    def release_dead(self) -> None:
        """What workers of this machine held that are dead for certain may be taken over at once."""
        try:
            for name in filter(is_dead, self._leases.owners()):
                _log.info("%s is dead; its films go on", name)
                self._leases.drop(name)
        except StudioError as error:
            _log.warning("leases of dead workers run out by themselves: %s", error)

    def _claim(self) -> ClaimedJob | None:
        try:
            job = self._leases.claim()
        except StudioError as error:
            # Away for a while or for long: whatever it is, the worker is there when the store is again.
            self._refused = min(self._refused + 1, 10)
            _log.warning("no claim: %s", error)
            return None
        self._refused = 0
        return job

    def _begin(self, job: ClaimedJob) -> None:
        # A copy of the context carries the visitor's GPU token, where there is one, into the thread.
        run = contextvars.copy_context().run
        thread = threading.Thread(target=run, args=(self._make, job), name=f"job-{job.number}", daemon=True)
        self._making[thread] = job
        thread.start()

    def _make(self, job: ClaimedJob) -> None:
        with about(job=job.id, project=job.project_id, user=job.user_id):
            _log.info("attempt %d of %d", job.attempts, job.max_attempts)
            try:
                self._make_and_end(job)
            except (JobCancelled, LeaseLost) as error:
                _log.info("left: %s", error)
            except StudioError as error:
                # Its end could not be noted: the lease runs out, and the next worker goes on with the artifacts.
                _log.error("its end could not be noted: %s", error)
            finally:
                self._wake.set()

    def _make_and_end(self, job: ClaimedJob) -> None:
        """Run the runner under a heartbeat, and end the job as it went."""
        with ActiveJob(self._leases, job, self._hand_over) as record:
            try:
                outcome = self._runner(job, record)
                if isinstance(outcome, Waiting):
                    self._leases.wait(job, outcome.message)
                    _log.info("waits for its creator")
                else:
                    self._leases.finish(job, outcome.usage, outcome.result)
                    _log.info("finished", extra={"figures": {"film_seconds": outcome.usage.seconds}})
            except (JobCancelled, LeaseLost):
                raise
            except (WorkerStopping, Cancelled):
                _raise_if_lost(record)
                self._leases.hand_back(job)
                _log.info("handed back")
            except Exception as error:  # noqa: BLE001 - whatever a runner raises ends this job, never the worker
                self._fail(job, _failure_of(error))

    def _fail(self, job: ClaimedJob, error: JobFailed) -> None:
        level = logging.INFO if error.__cause__ is None else logging.ERROR
        _log.log(level, "failed: %s", error.reason, exc_info=error.__cause__)
        self._leases.fail(job, error.reason, error.message, step=error.step, again=error.again, pause_s=error.pause_s)

    def _forget_finished(self) -> None:
        self._making = {thread: job for thread, job in self._making.items() if thread.is_alive()}

    def _leave(self, *, patient: bool) -> None:
        """Wait for what runs, then ask for it back, then give it back over the runner's head."""
        while patient and self._making and not self._stopping.is_set():
            self._wake.wait(self._poll_s)
            self._wake.clear()
            self._forget_finished()
        self._wait_until(time.monotonic() + self._grace_s)
        self._hand_over.set()
        self._wait_until(time.monotonic() + _LAST_CHANCE_S)
        for job in self._making.values():
            _log.warning("job %s: its maker does not stop; handed back", job.id)
            try:
                self._leases.hand_back(job)
            except StudioError as error:
                _log.warning("job %s: not handed back: %s", job.id, error)

    def _wait_until(self, end: float) -> None:
        for thread in list(self._making):
            thread.join(max(0.0, end - time.monotonic()))
        self._forget_finished()

    def _sweep_now_and_then(self) -> None:
        """In a thread of its own: clearing a disk takes a while, and films must not wait for it."""
        is_due = self._swept is None or time.monotonic() - self._swept >= _SWEEP_EVERY_S
        if not is_due or (self._sweeping is not None and self._sweeping.is_alive()):
            return
        self._swept = time.monotonic()
        self._sweeping = threading.Thread(target=self._sweep, name="upkeep", daemon=True)
        self._sweeping.start()

    def _sweep(self) -> None:
        try:
            self._leases.sweep()
            if self._upkeep is not None:
                self._upkeep()
        except StudioError as error:
            _log.warning("no sweep: %s", error)
        except Exception:  # noqa: BLE001 - a folder in an odd state must not end the worker
            _log.exception("upkeep failed; it is tried again later")


def _raise_if_lost(record: ActiveJob) -> None:
    """A pipeline that was cancelled does not say why: if the job was lost, this raises the reason."""
    try:
        record.check()
    except WorkerStopping:
        return


def _failure_of(error: Exception) -> JobFailed:
    """How a job fails that met this error."""
    if isinstance(error, JobFailed):
        return error
    failure = _described(error)
    failure.__cause__ = error
    return failure


def _described(error: Exception) -> JobFailed:
    if isinstance(error, PipelineError):
        # A full disk is this machine's trouble; another one may manage.
        return JobFailed(str(error), reason=error.code, again=isinstance(error, BuildError), pause_s=30)
    if isinstance(error, StudioError):
        return JobFailed(error.message, reason=error.code, again=isinstance(error, StoreUnavailable), pause_s=30)
    return JobFailed(_OUR_FAULT, reason="internal", again=True, pause_s=10)
