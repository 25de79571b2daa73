"""Scripts: what is said, what is seen and what is written on the screen, and who writes them."""

from __future__ import annotations

from pipeline.scripts.budget import WordBudget, word_budget
from pipeline.scripts.chat import ChatWriter, Endpoint, endpoint, endpoints
from pipeline.scripts.fitting import Fit, film_ms, fit
from pipeline.scripts.manual import ManualWriter
from pipeline.scripts.models import Hook, Script, Section, SectionKind
from pipeline.scripts.outline import OutlineWriter
from pipeline.scripts.writers import Assignment, Cost, LengthChange, Progress, Writer, Written

__all__ = [
    "Assignment",
    "ChatWriter",
    "Cost",
    "Endpoint",
    "Fit",
    "Hook",
    "LengthChange",
    "ManualWriter",
    "OutlineWriter",
    "Progress",
    "Script",
    "Section",
    "SectionKind",
    "WordBudget",
    "Writer",
    "Written",
    "endpoint",
    "endpoints",
    "film_ms",
    "fit",
    "word_budget",
]
