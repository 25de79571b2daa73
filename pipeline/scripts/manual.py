"""The writer that writes nothing: a finished script of the creator's, word for word, parted into sections."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.errors import ScriptError
from pipeline.scripts.budget import WordBudget
from pipeline.scripts.language import sentences
from pipeline.scripts.language.words import spoken_words
from pipeline.scripts.models import Hook, Script, Section, SectionKind, section_id
from pipeline.scripts.writers import Assignment, LengthChange, Progress, Written, silent
from pipeline.sources.models import Source

_LONGEST_HOOK = 45
_REACH = 0.15
_ASKS = re.compile(
    r"\b(subscribe|comments?|follow (?:me|us)|share this|thanks for watching|like this video)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class _Part:
    title: str
    paragraphs: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def words(self) -> float:
        return sum(map(spoken_words, self.paragraphs))

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


class ManualWriter:
    name = "manual"
    paid = False

    def expected_cents(self, minutes: float) -> float:
        return 0.0

    def write(self, assignment: Assignment, *, progress: Progress = silent) -> Written:
        parts = _parts(assignment.source)
        if not parts:
            raise ScriptError("The script is empty. Paste the words that are to be spoken and try again.")
        budget = assignment.budget
        arranged = _arranged(parts, budget)
        script = _script(arranged, assignment)
        minutes = _minutes(script, budget)
        _require_length(minutes, budget)
        for section in script.sections:
            progress(section.title)
        return Written(script, minutes)

    def carries(self, assignment: Assignment) -> float:
        """How long the transcript speaks, whatever length was asked."""
        parts = _parts(assignment.source)
        budget = assignment.budget
        return _minutes(_script(_arranged(parts, budget), assignment), budget) if parts else 0.0

    def revise(
        self, script: Script, changes: tuple[LengthChange, ...], assignment: Assignment, *, progress: Progress = silent
    ) -> Written:
        """Word for word: there is nothing to change."""
        return Written(script, _minutes(script, assignment.budget))


def _parts(source: Source) -> list[_Part]:
    parts: list[_Part] = []
    title = ""
    for passage in source.passages:
        if passage.kind == "heading":
            title = passage.text.strip()
        elif passage.text.strip():
            parts.append(_Part(title, (passage.text.strip(),), (passage.id,)))
            title = ""
    return parts


def _arranged(parts: list[_Part], budget: WordBudget) -> list[_Part]:
    """The first words are the hook; the rest by headings where there are any, else by size."""
    hook, rest = _hook(parts)
    if not rest:
        return [hook]
    most = max(40.0, sum(part.words for part in rest) / max(1, budget.beats))
    merged: list[_Part] = []
    for part in rest:
        if merged and not part.title and (_headed(rest) or merged[-1].words + part.words <= 1.25 * most):
            last = merged[-1]
            merged[-1] = _Part(last.title, last.paragraphs + part.paragraphs, last.sources + part.sources)
        else:
            merged.append(part)
    return [hook, *(piece for part in merged for piece in _pieces(part, 1.6 * most))]


def _headed(parts: list[_Part]) -> bool:
    return sum(bool(part.title) for part in parts) > 1


def _hook(parts: list[_Part]) -> tuple[_Part, list[_Part]]:
    first = parts[0]
    if first.words <= 1.4 * _LONGEST_HOOK:
        return replace(first, title=""), [replace(part, title=part.title) for part in parts[1:]]
    opening, rest = _cut(first.text, _LONGEST_HOOK)
    if not rest:
        return replace(first, title=""), list(parts[1:])
    return replace(first, title="", paragraphs=(opening,)), [replace(first, paragraphs=(rest,)), *parts[1:]]


def _cut(text: str, words: float) -> tuple[str, str]:
    """Whole sentences up to about that many words, at least one; and the rest."""
    pieces = sentences.split(text)
    taken = 1
    while taken < len(pieces) and spoken_words(" ".join(pieces[: taken + 1])) <= words:
        taken += 1
    return " ".join(pieces[:taken]), " ".join(pieces[taken:])


def _pieces(part: _Part, most: float) -> list[_Part]:
    """A part that is far too long for one section is cut between its paragraphs or sentences."""
    if part.words <= most:
        return [part]
    if len(part.paragraphs) > 1:
        half = len(part.paragraphs) // 2
        first = replace(part, paragraphs=part.paragraphs[:half])
        second = replace(part, title="", paragraphs=part.paragraphs[half:])
        return _pieces(first, most) + _pieces(second, most)
    opening, rest = _cut(part.text, part.words / -(-part.words // most))
    if not rest:
        return [part]
    return [replace(part, paragraphs=(opening,)), *_pieces(replace(part, title="", paragraphs=(rest,)), most)]


def _script(parts: list[_Part], assignment: Assignment) -> Script:
    brief, budget, source = assignment.brief, assignment.budget, assignment.source
    kinds = _kinds(parts)
    sections = tuple(
        Section(
            id=section_id(place, kind),
            kind=kind,
            title=part.title[:120],
            narration=part.text,
            visual=part.title,
            on_screen=part.title[:80] if len(part.title) <= 80 else "",
            pace=brief.pace,
            pause_after_ms=budget.pause_after(kind),
            sources=part.sources,
        )
        for place, (part, kind) in enumerate(zip(parts, kinds, strict=True), 1)
    )
    hook = Hook(pattern="own", narration=sections[0].narration, sources=sections[0].sources)
    return Script(title=_title(assignment), language=source.language, writer="manual", hooks=(hook,), sections=sections)


def _kinds(parts: list[_Part]) -> list[SectionKind]:
    kinds: list[SectionKind] = ["hook", *(["beat"] * (len(parts) - 1))]  # type: ignore[list-item]
    if len(parts) > 2 and parts[-1].words <= 70 and _ASKS.search(parts[-1].text):
        kinds[-1] = "call_to_action"
    return kinds


def _title(assignment: Assignment) -> str:
    brief, source = assignment.brief, assignment.source
    named = [brief.title, brief.topic, *(origin.title for origin in source.origins)]
    first = next((passage.text for passage in source.passages if passage.kind == "heading" and passage.level == 1), "")
    title = next((name.strip() for name in (brief.title, first, *named) if name.strip()), "Untitled")
    return title if len(title) <= 100 else title[:101].rsplit(" ", 1)[0]


def _minutes(script: Script, budget: WordBudget) -> float:
    words = sum(spoken_words(section.narration) for section in script.sections)
    silence = budget.fixed_ms + sum(section.pause_after_ms for section in script.sections)
    return words / budget.words_a_minute + silence / 60_000


def _require_length(minutes: float, budget: WordBudget) -> None:
    """Words that are used as they are cannot be stretched to any length."""
    if abs(minutes / budget.minutes - 1) <= _REACH:
        return
    words = round(abs(minutes - budget.minutes) * budget.words_a_minute / 10) * 10
    change = f"cut about {words} words" if minutes > budget.minutes else f"add about {words} words"
    possible = f"Ask for {minutes:.1f} minutes, or {change}." if 1 <= minutes <= 12 else f"Please {change}."
    raise ScriptError(
        f"Word for word, this script speaks for about {minutes:.1f} minutes and {budget.minutes:g} were asked. "
        f"{possible}"
    )
