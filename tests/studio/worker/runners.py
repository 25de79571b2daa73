"""Small runners for the worker's tests, and for the worker command, which finds them by name."""

from __future__ import annotations

import os
import time

from studio.credits import Usage
from studio.jobs import STAGES, ClaimedJob
from studio.worker import Finished, Outcome, Recorder, Waiting


def quick(job: ClaimedJob, record: Recorder) -> Outcome:
    """Goes through every stage that is not done yet."""
    done = {step.step for step in job.steps if step.state == "DONE"}
    for number, stage in enumerate(STAGES):
        if stage not in done:
            record.step(stage, "DONE", progress=100, job_progress=10 * number)
    return Finished(Usage(seconds=60), {"made_by": os.getpid()})


def slow(job: ClaimedJob, record: Recorder) -> Outcome:
    """Like `quick`, with a moment in each stage in which it may be killed or told to stop."""
    done = {step.step for step in job.steps if step.state == "DONE"}
    for stage in STAGES:
        if stage not in done:
            record.step(stage)
            for _ in range(int(job.request.get("beats", 5))):
                time.sleep(0.01)
                record.check()
            record.step(stage, "DONE", progress=100)
    return Finished(Usage(seconds=60))


def endless(job: ClaimedJob, record: Recorder) -> Outcome:
    """Runs until it is told to stop."""
    record.step("RENDERING")
    while True:
        time.sleep(0.01)
        record.check()


def asking(job: ClaimedJob, record: Recorder) -> Outcome:
    """Wants its creator's word before it goes on."""
    if not job.steps:
        record.step("SCRIPTING", "DONE", progress=100)
        return Waiting("Choose a hook.")
    return quick(job, record)
