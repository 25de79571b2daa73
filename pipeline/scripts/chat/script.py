"""A checked answer as a script: ids, pauses, sounds and citations that hold."""

from __future__ import annotations

from pipeline.scripts.chat.checks import cited
from pipeline.scripts.chat.wire import Draft, DraftHook, DraftSection
from pipeline.scripts.models import Hook, Script, Section, SectionKind, section_id
from pipeline.scripts.writers import Assignment


def script_of(draft: Draft, assignment: Assignment, writer: str) -> Script:
    passages = assignment.source.passages
    chosen = min(assignment.brief.hook or 1, len(draft.hooks[:3]))
    opening = draft.hooks[chosen - 1]
    sound = assignment.niche.sounds.get("hook")
    sections = [_section(1, "hook", opening, assignment, title="", sound=sound)]
    for place, section in enumerate(draft.sections, 2):
        known = section.sound if section.sound in assignment.niche.sounds.values() else None
        sections.append(_section(place, section.kind, section, assignment, title=section.title, sound=known))
    return Script(
        title=_within(assignment.brief.title or draft.title, 100),
        language=assignment.source.language if passages else assignment.brief.language,
        writer=writer,
        hooks=tuple(_hook(hook, assignment) for hook in draft.hooks[:3]),
        chosen_hook=chosen,
        sections=tuple(sections),
        other_titles=tuple(_within(title, 100) for title in draft.other_titles if title.strip())[:2],
        summary=_within(draft.summary, 1000),
    )


def _hook(hook: DraftHook, assignment: Assignment) -> Hook:
    narration = _spaced(hook.narration)
    sources = cited(narration, hook.sources, assignment.source.passages)
    return Hook(pattern=hook.pattern, narration=narration, on_screen=_within(hook.on_screen, 80), sources=sources)


def _section(
    place: int,
    kind: SectionKind,
    part: DraftHook | DraftSection,
    assignment: Assignment,
    *,
    title: str,
    sound: str | None,
) -> Section:
    narration = _spaced(part.narration)
    return Section(
        id=section_id(place, kind),
        kind=kind,
        title=_within(title, 120) if kind == "beat" else "",
        narration=narration,
        visual=" ".join(part.visual.split()),
        on_screen=_within(part.on_screen, 80),
        sound=sound,
        pace=assignment.brief.pace,
        pause_after_ms=assignment.budget.pause_after(kind),
        sources=cited(narration, part.sources, assignment.source.passages),
    )


def _spaced(text: str) -> str:
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _within(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most + 1].rsplit(" ", 1)[0].rstrip(",;:-–")
