"""Writes a script from the creator's own sentences. It never pads: notes that carry less than was asked are an
error that says how much they carry."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from pipeline.errors import ScriptError
from pipeline.scripts.budget import WordBudget
from pipeline.scripts.language.words import spoken_words
from pipeline.scripts.models import Script
from pipeline.scripts.outline import frame, hooks, subject
from pipeline.scripts.outline.assembly import Plan, sections_of
from pipeline.scripts.outline.beats import Beat, group
from pipeline.scripts.outline.hooks import Opening
from pipeline.scripts.outline.lines import Deck
from pipeline.scripts.outline.material import Material, Topic, gather
from pipeline.scripts.outline.ranking import scores
from pipeline.scripts.outline.revision import revised
from pipeline.scripts.outline.selection import chains
from pipeline.scripts.outline.titles import from_heading
from pipeline.scripts.writers import Assignment, LengthChange, Progress, Written, silent

TOLERANCE = 0.10
_GOAL = 0.03
_ROUNDS = 5
_PLENTY = 1e9
_WORDS_A_BEAT = 36


class OutlineWriter:
    """No model, no network, and the same notes always give the same script."""

    name = "outline"
    paid = False

    def expected_cents(self, minutes: float) -> float:
        return 0.0

    def write(self, assignment: Assignment, *, progress: Progress = silent) -> Written:
        draft = _Draft.of(assignment)
        script, carried = draft.best()
        for section in script.sections:
            progress(section.title)
        return Written(script, carried)

    def carries(self, assignment: Assignment) -> float:
        """The minutes of film that the source is enough for, whatever length was asked."""
        return _Draft.of(assignment).carries()

    def revise(
        self, script: Script, changes: tuple[LengthChange, ...], assignment: Assignment, *, progress: Progress = silent
    ) -> Written:
        material = gather(assignment.source)
        changed = revised(script, changes, material, scores(material.sentences))
        for change in changes:
            progress(change.section_id)
        return Written(changed)


@dataclass(frozen=True)
class _Draft:
    """Everything about the notes that does not depend on how much of them is told."""

    assignment: Assignment
    material: Material
    scores: dict[int, float]
    title: str
    subject: str
    introduction: Topic | None
    body: tuple[Topic, ...]
    closing: tuple[Topic, ...]

    @classmethod
    def of(cls, assignment: Assignment) -> _Draft:
        material = gather(assignment.source)
        if not material.sentences:
            raise ScriptError(_nothing(assignment))
        title = subject.film_title(assignment.source, assignment.brief, material)
        introduction, body, closing = _parted(material.topics)
        return cls(
            assignment, material, scores(material.sentences), title,
            subject.subject(title, assignment.brief, material) if material.english else title,
            introduction, body, closing,
        )  # fmt: skip

    def carries(self) -> float:
        budget = self.assignment.budget
        return budget.minutes_of(_spoken(self._written(budget, self._beats(budget, _PLENTY), _PLENTY)))

    def best(self) -> tuple[Script, float]:
        budget, carried = self.assignment.budget, self.carries()
        if carried < (1 - TOLERANCE) * budget.minutes:
            raise ScriptError(_too_short(carried, budget))
        script = self._fitted(budget, budget.words)
        if carried < (1 - _GOAL) * budget.minutes:
            note = f"These notes carry about {carried:.1f} minutes, and the film is as long as they carry."
            script = script.model_copy(update={"notes": (*script.notes, note)})
        return script, carried

    def _fitted(self, budget: WordBudget, words: float) -> Script:
        """The frame's own words depend on what is told, so the room for the rest is found in a few rounds."""
        room = words - budget.frame_words
        beats = self._beats(budget, room)
        drafts = []
        for _ in range(_ROUNDS):
            drafts.append(self._written(budget, beats, room))
            missing = words - _spoken(drafts[-1])
            if abs(missing) < 0.008 * words:
                break
            room = max(20.0, room + missing)
        return min(drafts, key=lambda script: abs(words - _spoken(script)))

    def _written(self, budget: WordBudget, beats: tuple[Beat, ...], room: float) -> Script:
        deck = self._deck()
        opening, chosen = self._openings(deck, budget)
        deck.slots.update(frame.slots_for(beats))
        plan = Plan(self.assignment, self.material, deck, self.title, opening, chosen, beats, self.scores)
        return sections_of(plan, self.introduction, self.closing, opening[chosen - 1].told, room)

    def _deck(self) -> Deck:
        return Deck(f"{self.title}/{self.assignment.niche.name}", {"topic": self.subject})

    def _openings(self, deck: Deck, budget: WordBudget) -> tuple[tuple[Opening, ...], int]:
        found = hooks.openings(self.material, self.assignment.niche, deck, self.scores, budget.words_for("hook"))
        if not found:
            raise ScriptError(_nothing(self.assignment))
        return found, min(self.assignment.brief.hook or 1, len(found))

    def _beats(self, budget: WordBudget, room: float) -> tuple[Beat, ...]:
        """Of what the hook leaves to tell."""
        opening, chosen = self._openings(self._deck(), budget)
        body = tuple(left for topic in self.body if (left := self._left(topic, opening[chosen - 1].told)).sentences)
        told = min(room, sum(topic.words for topic in body))
        count = max(budget.beats, min(7, len(body), int(told / _WORDS_A_BEAT)))
        return group(body, self.material, count, told, self.scores) if body else ()

    def _left(self, topic: Topic, told: frozenset[int]) -> Topic:
        said = bool(topic.heading and from_heading(topic.heading, self.material).spoken)
        kept = chains(topic.sentences, told, topic_is_said=said)
        return replace(topic, sentences=tuple(sentence for chain in kept for sentence in chain.sentences))


def _parted(topics: tuple[Topic, ...]) -> tuple[Topic | None, tuple[Topic, ...], tuple[Topic, ...]]:
    """Introduction, body and conclusion. Without headings everything is body."""
    closing = tuple(topic for topic in topics if topic.closing) if len(topics) > 2 else ()
    rest = tuple(topic for topic in topics if topic not in closing)
    if len(rest) > 2 and not rest[0].heading and any(topic.heading for topic in rest[1:]):
        return rest[0], rest[1:], closing
    return None, rest, closing


def _spoken(script: Script) -> float:
    return sum(spoken_words(section.narration) for section in script.sections)


def _nothing(assignment: Assignment) -> str:
    if assignment.brief.topic:
        return (
            "A topic alone needs a text model to write about it. Add notes, a file or a link, or set up a model, "
            "and try again."
        )
    return "There is nothing to tell in these notes. Add some sentences about the subject and try again."


def _too_short(carried: float, budget: WordBudget) -> str:
    missing = math.ceil(max(10.0, budget.words_in(budget.minutes - carried)) / 10) * 10
    at_most = math.floor(carried * 10) / 10
    if at_most < 1:
        return (
            f"These notes carry about {max(at_most, 0.1):.1f} minutes and the shortest film is 1 minute. "
            f"Add about {missing} words."
        )
    offer = f"{at_most:.1f}".removesuffix(".0")
    plural = "minute" if offer == "1" else "minutes"
    return f"These notes carry about {at_most:.1f} minutes. Ask for {offer} {plural}, or add about {missing} words."
