"""What is wrong with a model's answer, in sentences that tell it exactly what to change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.scripts.budget import WordBudget
from pipeline.scripts.chat.grounding import holds, unsupported
from pipeline.scripts.chat.wire import Draft, DraftHook, DraftSection
from pipeline.scripts.language.sentences import split
from pipeline.scripts.language.words import spoken_words, tokens
from pipeline.scripts.models import Script
from pipeline.scripts.writers import Assignment
from pipeline.sources.models import Passage

_SECTION_TOLERANCE = 0.25
_FILM_TOLERANCE = 0.08
_UNUSABLE = 0.2
_LONGEST_ON_SCREEN = 60
_ENDS = re.compile(r"[.!?…。！？؟।][\"'”’»)\]」』]*$")


@dataclass(frozen=True)
class Fault:
    """Told to the model. Fatal: no film can be made of it."""

    message: str
    fatal: bool = False


def faults(draft: Draft, assignment: Assignment) -> list[Fault]:
    found = _structure(draft, assignment.budget)
    if any(fault.fatal for fault in found):
        return found
    parts = _parts(draft)
    found += _lengths(draft, assignment.budget)
    for name, part in parts:
        found += _words(name, part, assignment.niche.avoid)
        found += _grounds(name, part, assignment.source.passages)
    return found + _repeats(draft)


def _parts(draft: Draft) -> list[tuple[str, DraftHook | DraftSection]]:
    hooks: list[tuple[str, DraftHook | DraftSection]] = [(f"hook {n}", hook) for n, hook in enumerate(draft.hooks, 1)]
    return hooks + [(f"section {n} ({section.kind})", section) for n, section in enumerate(draft.sections, 1)]


def _structure(draft: Draft, budget: WordBudget) -> list[Fault]:
    found = []
    if not draft.title.strip():
        found.append(Fault("`title` is empty.", fatal=True))
    if len(draft.hooks) < 3:
        found.append(Fault(f"There are {len(draft.hooks)} hooks; write three.", fatal=not draft.hooks))
    if len({hook.pattern for hook in draft.hooks}) < len(draft.hooks):
        found.append(Fault("Two hooks have the same pattern; give each another one."))
    wanted = ["setup", *["beat"] * budget.beats, "recap", "call_to_action"]
    kinds = [section.kind for section in draft.sections]
    if kinds != wanted:
        beats = kinds.count("beat")
        usable = kinds == ["setup", *["beat"] * beats, "recap", "call_to_action"] and beats >= 2
        found.append(
            Fault(f"The sections are {', '.join(kinds) or 'none'}; they must be {', '.join(wanted)}.", fatal=not usable)
        )
    for name, part in _parts(draft):
        if not tokens(part.narration):
            found.append(Fault(f"{name} has no narration.", fatal=True))
    return found


def _lengths(draft: Draft, budget: WordBudget) -> list[Fault]:
    found = []
    for number, section in enumerate(draft.sections, 1):
        wanted = budget.words_for(section.kind)
        found += _length(f"section {number} ({section.kind})", section.narration, wanted, _SECTION_TOLERANCE)
    spoken = sum(spoken_words(section.narration) for section in draft.sections) + spoken_words(draft.hooks[0].narration)
    off = spoken / budget.words - 1
    if abs(off) > _FILM_TOLERANCE:
        longer = "shorter" if off > 0 else "longer"
        message = (
            f"The whole film has {abs(off):.0%} too {'many' if off > 0 else 'few'} words; make the beats {longer}."
        )
        found.append(Fault(message, fatal=abs(off) > _UNUSABLE))
    return found


def _length(name: str, narration: str, wanted: float, tolerance: float) -> list[Fault]:
    """Counted as the model counts: plain words, scaled by how long this text's words are."""
    spoken = spoken_words(narration)
    if abs(spoken - wanted) <= max(5.0, tolerance * wanted):
        return []
    plain = len(narration.split())
    target = round(wanted * plain / max(spoken, 1))
    return [Fault(f"{name} has {plain} words; it needs about {target}.")]


def length_of(name: str, narration: str, wanted: float) -> list[Fault]:
    return _length(name, narration, wanted, 0.08)


def _words(name: str, part: DraftHook | DraftSection, avoid: Iterable[str]) -> list[Fault]:
    found = [Fault(f'{name} uses "{word}", which is to be avoided.') for word in avoided(part.narration, avoid)]
    if not _ENDS.search(part.narration.strip()):
        found.append(Fault(f"{name} ends in the middle of a sentence."))
    if len(part.on_screen) > _LONGEST_ON_SCREEN:
        found.append(Fault(f"{name}: `on_screen` is too long; at most six words."))
    return found


def avoided(text: str, avoid: Iterable[str]) -> list[str]:
    return [word for word in avoid if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)]


def _grounds(name: str, part: DraftHook | DraftSection, passages: tuple[Passage, ...]) -> list[Fault]:
    return grounds(name, part.narration, part.sources, passages)


def grounds(name: str, narration: str, sources: Iterable[str], passages: tuple[Passage, ...]) -> list[Fault]:
    """A claim that an uncited passage holds is not wrong, only cited badly; `cited` mends that without a model."""
    if not passages:
        return []
    known = {passage.id for passage in passages}
    found = [Fault(f'{name} cites "{one}", which is no passage.') for one in sources if one not in known]
    for claim in unsupported(narration, passages):
        found.append(
            Fault(f'{name} says "{claim.text}", a {claim.kind} that no passage holds; use only what they say.')
        )
    return found


def cited(narration: str, sources: Iterable[str], passages: tuple[Passage, ...]) -> tuple[str, ...]:
    """The sources that exist, and for every claim that none of them holds the first passage that does."""
    by_id = {passage.id: passage for passage in passages}
    kept = [name for name in dict.fromkeys(sources) if name in by_id]
    for claim in unsupported(narration, [by_id[name] for name in kept]):
        holder = next((passage.id for passage in passages if holds(claim, passage)), None)
        if holder and holder not in kept:
            kept.append(holder)
    return tuple(kept)


def _repeats(draft: Draft) -> list[Fault]:
    spoken = [draft.hooks[0].narration, *(section.narration for section in draft.sections)]
    counts = Counter(" ".join(tokens(sentence.lower())) for text in spoken for sentence in split(text))
    return [
        Fault(f'The sentence "{sentence[:60]}" is said {count} times; say it once.')
        for sentence, count in counts.items()
        if count > 1 and len(sentence.split()) > 3
    ]


def remaining(script: Script, assignment: Assignment) -> tuple[str, ...]:
    """What the creator should look at, because the model did not mend it."""
    passages = assignment.source.passages
    found = []
    for number, section in enumerate(script.sections, 1):
        for claim in unsupported(section.narration, passages) if passages else ():
            found.append(f'Section {number} says "{claim.text}", which the notes do not say. Check it.')
        for word in avoided(section.narration, assignment.niche.avoid):
            found.append(f'Section {number} says "{word}", which films of this niche avoid.')
    if not passages:
        found.append("The model wrote from the topic alone. Check its facts: there are no notes to hold them against.")
    return tuple(found)
