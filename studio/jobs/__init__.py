"""Jobs: films in the making, from the press of a button to READY, FAILED or CANCELLED."""

from studio.jobs.leases import ClaimedJob, Leases, StepNews
from studio.jobs.records import STAGES, Job, JobDetail, JobState, JobStep, Lane, Load, Stage, StepMetrics, StepState
from studio.jobs.service import Jobs

__all__ = [
    "STAGES",
    "ClaimedJob",
    "Job",
    "JobDetail",
    "JobState",
    "JobStep",
    "Jobs",
    "Lane",
    "Leases",
    "Load",
    "Stage",
    "StepMetrics",
    "StepNews",
    "StepState",
]
