"""The office: what whoever runs the studio sees of its jobs, its people and its figures."""

from studio.office.downloads import Downloads
from studio.office.records import AuditLine, Day, Metrics, OfficeJob, OfficeUser, StepFigures, StepSum, VerdictLine
from studio.office.service import Office

__all__ = [
    "AuditLine",
    "Day",
    "Downloads",
    "Metrics",
    "Office",
    "OfficeJob",
    "OfficeUser",
    "StepFigures",
    "StepSum",
    "VerdictLine",
]
