"""Puts a film together: hook, setup, the beats with the lines that join them, recap, call to action."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.scripts.language import phrases
from pipeline.scripts.language.words import content
from pipeline.scripts.models import Script, Section, SectionKind, section_id
from pipeline.scripts.outline import frame
from pipeline.scripts.outline.beats import Beat
from pipeline.scripts.outline.hooks import Opening
from pipeline.scripts.outline.lines import Deck, can_follow, lead_in, transition
from pipeline.scripts.outline.material import Material, Sentence, Topic
from pipeline.scripts.outline.ranking import surprise
from pipeline.scripts.outline.selection import goes_on_about_somebody, joined, select
from pipeline.scripts.outline.titles import capital, shorten, striking
from pipeline.scripts.writers import Assignment
from presets.niches import Moment

_LONGEST_ON_SCREEN = 48


@dataclass(frozen=True)
class Plan:
    """What is settled before the sentences are chosen."""

    assignment: Assignment
    material: Material
    deck: Deck
    title: str
    openings: tuple[Opening, ...]
    chosen: int
    beats: tuple[Beat, ...]
    scores: dict[int, float]


def sections_of(
    plan: Plan, introduction: Topic | None, closing: tuple[Topic, ...], told: frozenset[int], room: float
) -> Script:
    budget, niche, deck = plan.assignment.budget, plan.assignment.niche, plan.deck
    hook = plan.openings[plan.chosen - 1].hook
    parts = [_section(plan, "hook", hook.narration, title="", on_screen=hook.on_screen, sources=hook.sources)]
    english = plan.material.english
    if english or introduction:
        lines = frame.setup(introduction, niche, deck, budget.words_for("setup"), budget.minutes, told, english=english)
        parts += _framing(plan, "setup", lines, plan.title)
        told |= {sentence.index for sentence in lines.told}
    chosen = select(plan.beats, told, room, plan.scores)
    parts += _beats(plan, chosen)
    end = tuple(s for topic in closing for s in topic.sentences if s.index not in told)
    if english or end:
        room_left = budget.words_for("recap")
        lines = frame.recap(end, chosen, plan.beats, niche, deck, room_left, plan.material, plan.scores)
        parts += _framing(plan, "recap", lines, "")
    if english:
        call = frame.call_to_action(niche, deck, budget.words_for("call_to_action"))
        parts += _framing(plan, "call_to_action", call, "")
    return Script(
        title=plan.title,
        language=plan.material.language,
        writer="outline",
        hooks=tuple(opening.hook for opening in plan.openings),
        chosen_hook=plan.chosen,
        sections=tuple(
            part.model_copy(update={"id": section_id(place, part.kind)}) for place, part in enumerate(parts, 1)
        ),
    )


def _framing(plan: Plan, kind: SectionKind, lines: frame.Spoken, on_screen: str) -> list[Section]:
    if not lines.text:
        return []
    return [_section(plan, kind, lines.text, on_screen=on_screen or _words_shown(kind, lines), sources=lines.passages)]


def _words_shown(kind: SectionKind, lines: frame.Spoken) -> str:
    if kind == "recap":
        return next((figure for sentence in lines.told if (figure := striking(sentence.text))), "In short")
    said = content(lines.text)
    for word, shown in (
        ("subscribe", "Subscribe for more"),
        ("comments", "Tell us in the comments"),
        ("share", "Share this"),
    ):
        if content(word) & said:
            return shown
    return "Thanks for watching"


def _beats(plan: Plan, chosen: tuple[tuple[Sentence, ...], ...]) -> list[Section]:
    parts: list[Section] = []
    before: Beat | None = None
    told = [(beat, sentences) for beat, sentences in zip(plan.beats, chosen, strict=True) if sentences]
    for number, (beat, sentences) in enumerate(told, 1):
        narration = _narration(plan, before, beat, sentences)
        on_screen = _shown(plan, beat, sentences)
        moment = _moment(number, len(told), on_screen == _figure(sentences))
        sources = tuple(dict.fromkeys(passage for sentence in sentences for passage in sentence.passages))
        title = beat.title.shown or on_screen
        if plan.assignment.niche.structure.numbered:
            title = f"{number}. {title}".strip()
        parts.append(
            _section(
                plan,
                "beat",
                narration,
                title=title,
                on_screen=on_screen,
                sources=sources,
                moment=moment,
                told=sentences,
            )
        )
        before = Beat(beat.title, sentences, beat.announced)
    return parts


def _moment(number: int, count: int, shows_figure: bool) -> Moment | None:
    """The last beat is the reveal; of the others, figures and every second beginning are heard."""
    if number == count:
        return "reveal"
    if shows_figure:
        return "number"
    return "section" if number % 2 else None


def _narration(plan: Plan, before: Beat | None, beat: Beat, sentences: tuple[Sentence, ...]) -> str:
    text = joined(sentences)
    if not plan.material.english:
        return text
    lines = plan.assignment.niche.lines
    kind = transition(before, beat, sentences[0]) if before else "openers"
    choices = lines.openers if kind == "openers" else lines.transitions[kind]
    spoken = beat.title.spoken
    must_name = sentences[0].leans and not goes_on_about_somebody(sentences[0])

    def fits(line: str) -> bool:
        echo = "{beat}" in line and text.lower().startswith(beat.title.shown.lower())
        return can_follow(line, text, plan.material) and not echo and (not must_name or "{beat}" in line)

    line = plan.deck.draw(kind, choices, fits, beat=spoken)
    if not line and kind != "turn":
        line = plan.deck.draw("turn", lines.transitions["turn"], fits, beat=spoken)
    return lead_in(line, text)


def _figure(sentences: tuple[Sentence, ...]) -> str:
    best = max(sentences, key=lambda sentence: surprise(sentence.text))
    return striking(best.text)


def _shown(plan: Plan, beat: Beat, sentences: tuple[Sentence, ...]) -> str:
    """A few words: the figure that surprises most, else the beat's own title or phrase; never a cut sentence."""
    figure = _figure(sentences)
    if figure:
        return figure
    if beat.title.shown and len(beat.title.shown) <= _LONGEST_ON_SCREEN:
        return beat.title.shown
    found = (
        phrases.ranked([sentence.text for sentence in sentences], plan.material.names) if plan.material.english else []
    )
    return next(
        (capital(phrase.bare) for phrase in found if phrase.certain), shorten(beat.title.shown, _LONGEST_ON_SCREEN)
    )


def _section(
    plan: Plan,
    kind: SectionKind,
    narration: str,
    *,
    title: str = "",
    on_screen: str = "",
    sources: tuple[str, ...] = (),
    moment: Moment | None = None,
    told: tuple[Sentence, ...] = (),
) -> Section:
    niche, budget = plan.assignment.niche, plan.assignment.budget
    own: dict[SectionKind, Moment] = {"hook": "hook", "call_to_action": "call_to_action"}
    cue = moment or own.get(kind)
    return Section(
        id=section_id(1, kind),
        kind=kind,
        title=title,
        narration=narration,
        visual=_visual(plan, narration, re.sub(r"^\d+\. ", "", title), told),
        on_screen=on_screen[:80],
        sound=niche.sounds.get(cue) if cue else None,
        pace=plan.assignment.brief.pace,
        pause_after_ms=budget.pause_after(kind),
        sources=sources,
    )


def _visual(plan: Plan, narration: str, title: str, told: tuple[Sentence, ...]) -> str:
    """What to see: the title's subject with the things that the section names."""
    if not plan.material.english:
        return title or plan.title
    texts = [sentence.text for sentence in told] or [narration]
    named = [phrase.text for phrase in phrases.ranked(texts, plan.material.names) if phrase.certain][:3]
    subject = title or plan.deck.slots["topic"]
    return capital(f"{subject}: {', '.join(named)}" if named else subject)
