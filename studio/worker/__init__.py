"""The worker: claims jobs, has them made by a runner, keeps their leases alive, and ends them one way or another."""

from studio.worker.beside import WorkerBeside, films_at_once
from studio.worker.process import WorkerProcess
from studio.worker.runner import Finished, JobRunner, Outcome, Recorder, Waiting, load_runner
from studio.worker.worker import Worker

__all__ = [
    "Finished",
    "JobRunner",
    "Outcome",
    "Recorder",
    "Waiting",
    "Worker",
    "WorkerBeside",
    "WorkerProcess",
    "films_at_once",
    "load_runner",
]
