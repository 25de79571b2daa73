"""Writes with a model: asks, checks the answer, says exactly what was wrong at most twice, and reports what is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.errors import ScriptError
from pipeline.scripts.chat import checks, prompts
from pipeline.scripts.chat.calls import Messages, ask
from pipeline.scripts.chat.catalogue import Endpoint
from pipeline.scripts.chat.checks import Fault
from pipeline.scripts.chat.script import script_of
from pipeline.scripts.chat.wire import Draft, Rewrite, Rewrites
from pipeline.scripts.language.sentences import split
from pipeline.scripts.language.words import spoken_words
from pipeline.scripts.models import Script
from pipeline.scripts.writers import Assignment, Cost, LengthChange, Progress, Written, silent

_REPAIRS = 2
_TOKENS_READ, _TOKENS_WRITTEN_A_MINUTE = 6000, 500
Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True)
class _Settled(Generic[Shape]):
    """The best answer that there was, with what is still wrong with it."""

    answer: Shape
    faults: list[Fault]
    cost: Cost


class ChatWriter:
    """`take` is another number for another try at the same assignment."""

    paid = True

    def __init__(self, endpoint: Endpoint, *, take: int = 0) -> None:
        self._endpoint = endpoint
        self._take = take
        self.name = endpoint.writer

    def expected_cents(self, minutes: float) -> float | None:
        """With one repair, from notes of a usual length."""
        read = round(_TOKENS_READ + _TOKENS_WRITTEN_A_MINUTE * minutes)
        written = round(2 * _TOKENS_WRITTEN_A_MINUTE * minutes)
        return self._endpoint.model.cost(input_tokens=2 * read, cached_tokens=0, output_tokens=written).cents

    def write(self, assignment: Assignment, *, progress: Progress = silent) -> Written:
        if not (assignment.source.passages or assignment.brief.topic or assignment.brief.title):
            raise ScriptError("There is nothing to write about. Give a topic, notes, a file or a link.")
        settled = self._settle(
            Draft, assignment, prompts.film(assignment), lambda draft: checks.faults(draft, assignment), progress
        )
        script = without_avoided(script_of(settled.answer, assignment, self.name), assignment)
        return Written(script.model_copy(update={"notes": checks.remaining(script, assignment)}), cost=settled.cost)

    def revise(
        self, script: Script, changes: tuple[LengthChange, ...], assignment: Assignment, *, progress: Progress = silent
    ) -> Written:
        if not changes:
            return Written(script)

        def wrong(answer: Rewrites) -> list[Fault]:
            return _rewrite_faults(answer, changes, assignment)

        settled = self._settle(Rewrites, assignment, prompts.rewrite(script, changes, assignment), wrong, progress)
        wanted = {change.section_id: change.words for change in changes}
        rewritten = {section.id: section for section in settled.answer.sections if section.id in wanted}
        sections = tuple(
            section.model_copy(update=_nearer(section.narration, rewritten[section.id], wanted[section.id], assignment))
            if section.id in rewritten
            else section
            for section in script.sections
        )
        changed = without_avoided(script.model_copy(update={"sections": sections}), assignment)
        return Written(changed.model_copy(update={"notes": checks.remaining(changed, assignment)}), cost=settled.cost)

    def _settle(
        self,
        shape: type[Shape],
        assignment: Assignment,
        request: str,
        wrong: Callable[[Shape], list[Fault]],
        progress: Progress,
    ) -> _Settled[Shape]:
        sent = self._endpoint.entry.structured == "schema"
        messages: Messages = [
            {"role": "system", "content": prompts.system(shape, schema_is_sent=sent)},
            {"role": "user", "content": request},
        ]
        best: _Settled[Shape] | None = None
        cost = Cost()
        found: list[Fault] = []
        for _ in range(1 + _REPAIRS):
            answer = ask(self._endpoint, messages, shape, progress, take=self._take + assignment.take - 1)
            cost += answer.cost
            parsed, found = _parsed(shape, answer.text, answer.whole)
            if parsed is not None:
                found = wrong(parsed)
                fatal = any(fault.fatal for fault in found)
                if not fatal and (best is None or len(found) <= len(best.faults)):
                    best = _Settled(parsed, found, cost)
            if not found:
                break
            messages += [
                {"role": "assistant", "content": answer.text},
                {"role": "user", "content": prompts.repair([fault.message for fault in found])},
            ]
        if best is None:
            raise ScriptError(
                f"The model's script cannot be used, even after {_REPAIRS} corrections: {found[0].message}"
            )
        return _Settled(best.answer, best.faults, cost)


def _parsed(shape: type[Shape], text: str, whole: bool) -> tuple[Shape | None, list[Fault]]:
    if not whole:
        return None, [Fault("The answer was cut off at the length limit; answer more briefly.", fatal=True)]
    try:
        return shape.model_validate_json(_object(text)), []
    except ValidationError as error:
        return None, [Fault(_fault(fault), fatal=True) for fault in error.errors(include_url=False)[:8]]  # type: ignore[arg-type]


def _object(text: str) -> str:
    """Models without a schema like to wrap their JSON in a fence or a sentence."""
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if start >= 0 and end > start else text


def _fault(fault: dict[str, object]) -> str:
    place = ".".join(str(part) for part in fault["loc"])  # type: ignore[attr-defined]
    return f"{place or 'The answer'}: {fault['msg']}."


def _rewrite_faults(answer: Rewrites, changes: tuple[LengthChange, ...], assignment: Assignment) -> list[Fault]:
    by_id = {section.id: section for section in answer.sections}
    found: list[Fault] = []
    for change in changes:
        section = by_id.get(change.section_id)
        if section is None or not section.narration.strip():
            found.append(Fault(f"{change.section_id} is missing.", fatal=True))
            continue
        found += checks.length_of(change.section_id, section.narration, change.words)
        avoided = checks.avoided(section.narration, assignment.niche.avoid)
        found += [Fault(f'{change.section_id} uses "{word}", which is to be avoided.') for word in avoided]
        found += checks.grounds(change.section_id, section.narration, section.sources, assignment.source.passages)
    return found


def _nearer(before: str, after: Rewrite, wanted: float, assignment: Assignment) -> dict[str, object]:
    """Only a rewrite that comes nearer to its length is worth speaking again."""
    if abs(spoken_words(after.narration) - wanted) >= abs(spoken_words(before) - wanted):
        return {}
    narration = after.narration.strip()
    return {"narration": narration, "sources": checks.cited(narration, after.sources, assignment.source.passages)}


def without_avoided(script: Script, assignment: Assignment) -> Script:
    """What two corrections did not mend is cut: a sentence with an avoided word goes, if its section can spare it."""
    avoid = assignment.niche.avoid
    sections = []
    for section in script.sections:
        kept = " ".join(one for one in split(section.narration) if not checks.avoided(one, avoid))
        spared = checks.avoided(section.narration, avoid) and spoken_words(kept) >= 0.6 * spoken_words(
            section.narration
        )
        sections.append(section.model_copy(update={"narration": kept}) if spared else section)
    return script.model_copy(update={"sections": tuple(sections)})
