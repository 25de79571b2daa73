"""Assignments as the program makes them: real notes read by the real reader, real niches, a measured rate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.brief import Brief
from pipeline.scripts.budget import WordBudget, word_budget
from pipeline.scripts.models import Script
from pipeline.scripts.outline import OutlineWriter
from pipeline.scripts.writers import Assignment
from pipeline.sources import Source, read
from presets import niches

EXAMPLES = Path(__file__).parents[3] / "examples"
RATE = 153.0


def budget(minutes: float = 2, niche: str = "explainer", *, fixed_ms: int = 0, **more: Any) -> WordBudget:
    return word_budget(
        minutes=minutes, words_a_minute=RATE, pacing=niches.load(niche).pacing, fixed_ms=fixed_ms, **more
    )


def assignment(source: Source, minutes: float = 2, niche: str = "explainer", **brief: Any) -> Assignment:
    asked = Brief(niche=niche, minutes=minutes, **brief)
    return Assignment(source, asked, niches.load(niche), budget(minutes, niche, pace=asked.pace))


def notes(text: str, **brief: Any) -> Source:
    return read(Brief(notes=text, **brief))


def example(name: str) -> Source:
    return read(Brief(documents=(str(EXAMPLES / f"{name}.md"),)))


def outlined(name: str, minutes: float = 2, niche: str = "explainer", **brief: Any) -> Script:
    return OutlineWriter().write(assignment(example(name), minutes, niche, **brief)).script
