"""The worker: claims jobs, has them made by a runner, keeps their leases alive, and ends them one way or another."""

from studio.worker.beside import WorkerBeside
from studio.worker.runner import Finished, JobRunner, Outcome, Recorder, Waiting, load_runner
from studio.worker.worker import Worker

__all__ = ["Finished", "JobRunner", "Outcome", "Recorder", "Waiting", "Worker", "WorkerBeside", "load_runner"]
