"""Turns an assignment into what the model reads: instructions, and one JSON object that describes the film."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from pipeline.scripts.budget import WordBudget
from pipeline.scripts.models import Script
from pipeline.scripts.writers import Assignment, LengthChange
from pipeline.sources.models import Passage
from presets.niches import Niche

_MOST_CHARACTERS = 240_000
_FRAME = ("setup", "recap", "call_to_action")


@cache
def instructions() -> str:
    return Path(__file__).with_name("instructions.md").read_text(encoding="utf-8")


def system(answer: type[BaseModel], *, schema_is_sent: bool) -> str:
    if schema_is_sent:
        return instructions()
    return f"{instructions()}\nThe schema:\n{json.dumps(answer.model_json_schema())}\n"


def film(assignment: Assignment) -> str:
    brief, niche, budget = assignment.brief, assignment.niche, assignment.budget
    request = {
        "task": "write",
        "language": assignment.source.language if assignment.source.passages else brief.language,
        "topic": brief.topic or brief.title,
        "title": brief.title,
        "minutes": budget.minutes,
        **_manner(niche),
        "hook_words": round(budget.words_for("hook")),
        "sections": sections(budget),
        "passages": [_passage(passage) for passage in _within(assignment.source.passages)],
    }
    return json.dumps(request, ensure_ascii=False)


def _manner(niche: Niche) -> dict[str, object]:
    return {
        "kind_of_film": niche.description,
        "tone": niche.tone,
        "structure": niche.structure.summary,
        "what_beats_are_for": list(niche.structure.beats),
        "call_to_action_like": list(niche.calls_to_action[:3]),
        "sounds": sorted(set(niche.sounds.values())),
        "avoid": list(niche.avoid),
        "example": [section.narration for section in niche.example.sections],
    }


def sections(budget: WordBudget) -> list[dict[str, object]]:
    kinds = ["setup", *["beat"] * budget.beats, "recap", "call_to_action"]
    return [{"kind": kind, "words": round(budget.words_for(kind))} for kind in kinds]  # type: ignore[arg-type]


def _passage(passage: Passage) -> dict[str, str]:
    return {"id": passage.id, "kind": passage.kind, "text": passage.text}


def _within(passages: tuple[Passage, ...]) -> list[Passage]:
    """Of a book that no model reads at once, every part keeps its beginning."""
    total = sum(len(passage.text) for passage in passages)
    if total <= _MOST_CHARACTERS:
        return list(passages)
    kept: list[Passage] = []
    room, seen = 0.0, 0
    for passage in passages:
        seen += len(passage.text)
        if passage.kind == "heading" or room + len(passage.text) <= seen * _MOST_CHARACTERS / total:
            kept.append(passage)
            room += len(passage.text)
    return kept


def rewrite(script: Script, changes: tuple[LengthChange, ...], assignment: Assignment) -> str:
    by_id = {section.id: section for section in script.sections}
    kinds = {section.id: section.kind for section in script.sections}
    cited = {name for change in changes for name in by_id[change.section_id].sources}
    request = {
        "task": "rewrite",
        "what_to_do": "Rewrite the sections of `sections` only, each to its `words`, to fit into `script`.",
        "language": script.language,
        "tone": assignment.niche.tone,
        "avoid": list(assignment.niche.avoid),
        "script": [{"id": section.id, "narration": section.narration} for section in script.sections],
        "sections": [
            {"id": change.section_id, "kind": kinds[change.section_id], "words": round(change.words)}
            for change in changes
        ],
        "passages": [_passage(passage) for passage in assignment.source.passages if passage.id in cited],
    }
    return json.dumps(request, ensure_ascii=False)


def repair(faults: list[str]) -> str:
    listed = "\n".join(f"- {fault}" for fault in faults)
    return (
        "That answer cannot be used as it is. Correct exactly this, keep the rest, "
        f"and answer with the whole JSON object again:\n{listed}"
    )
