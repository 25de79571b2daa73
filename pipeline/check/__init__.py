"""The post-render check: what every finished film must hold, measured on the finished file."""

from pipeline.check.film import check
from pipeline.check.report import Line, Report

__all__ = ["Line", "Report", "check"]
