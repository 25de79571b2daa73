"""Makes sections of an outline script longer or shorter by whole sentences of the creator's."""

from __future__ import annotations

from pipeline.scripts.language.words import spoken_words
from pipeline.scripts.models import Script, Section
from pipeline.scripts.outline.material import Material, Sentence
from pipeline.scripts.outline.selection import joined
from pipeline.scripts.writers import LengthChange


def revised(script: Script, changes: tuple[LengthChange, ...], material: Material, scores: dict[int, float]) -> Script:
    """Only beats change. A section that can come no nearer to its length stays as it is."""
    wanted = {change.section_id: change.words for change in changes}
    sections = []
    taken = {sentence.index for sentence in material.sentences if _is_told(sentence, script)}
    for section in script.sections:
        if section.kind == "beat" and section.id in wanted:
            section, taken = _changed(section, wanted[section.id], material, scores, taken)
        sections.append(section)
    return script.model_copy(update={"sections": tuple(sections)})


def _is_told(sentence: Sentence, script: Script) -> bool:
    return any(_place(sentence, section.narration) >= 0 for section in script.sections)


def _place(sentence: Sentence, narration: str) -> int:
    """Where the sentence stands; behind a lead-in its first letter is small."""
    place = narration.find(sentence.text)
    return place if place >= 0 else narration.find(sentence.text[0].lower() + sentence.text[1:])


def _changed(
    section: Section, words: float, material: Material, scores: dict[int, float], taken: set[int]
) -> tuple[Section, set[int]]:
    told = [sentence for sentence in material.sentences if _place(sentence, section.narration) >= 0]
    if not told:
        return section, taken
    missing = words - spoken_words(section.narration)
    chosen = _longer(told, missing, material, taken, scores) if missing > 0 else _shorter(told, -missing, scores)
    if chosen == told:
        return section, taken
    start = min(_place(sentence, section.narration) for sentence in told)
    text = section.narration[:start] + joined(tuple(chosen))
    sources = tuple(dict.fromkeys(passage for sentence in chosen for passage in sentence.passages))
    taken = (taken - {s.index for s in told}) | {s.index for s in chosen}
    return section.model_copy(update={"narration": text, "sources": sources}), taken


def _longer(
    told: list[Sentence], missing: float, material: Material, taken: set[int], scores: dict[int, float]
) -> list[Sentence]:
    """Adds sentences of the same topics; the first one stays first, because the line before was chosen for it."""
    chosen = list(told)
    topics = {sentence.topic for sentence in told}
    last = told[-1].index
    while True:
        known = {sentence.index for sentence in chosen}
        free = [
            sentence
            for sentence in material.sentences
            if sentence.topic in topics
            and sentence.index not in taken | known
            and sentence.index > told[0].index
            and sentence.words <= missing * 1.5
            and (not sentence.leans or sentence.index - 1 in known)
            and not _pushes_between(sentence, material, known)
        ]
        if not free or missing <= 0:
            return chosen
        best = max(free, key=lambda s: (scores[s.index] - 0.1 * abs(s.index - last), -s.index))
        chosen = sorted([*chosen, best], key=lambda s: s.index)
        missing -= best.words


def _pushes_between(sentence: Sentence, material: Material, known: set[int]) -> bool:
    """It would come between a sentence and the one that leans on it."""
    following = next((s for s in material.sentences if s.index == sentence.index + 1), None)
    return bool(following and following.leans and following.index in known)


def _shorter(told: list[Sentence], surplus: float, scores: dict[int, float]) -> list[Sentence]:
    chosen = list(told)
    while surplus > 0:
        free = [
            sentence
            for place, sentence in enumerate(chosen)
            if place and sentence.words <= surplus * 1.5 and not (place + 1 < len(chosen) and chosen[place + 1].leans)
        ]
        if not free:
            break
        weakest = min(free, key=lambda s: scores[s.index])
        chosen.remove(weakest)
        surplus -= weakest.words
    return chosen
