"""The visual plan: which pictures a film shows, section by section, before any of them is painted.

A section gets one to three shots by its length (more only where three would stand too long). What it says decides the
kind of picture; scale and composition vary so that no two neighbours look alike, and no picture is shown twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from pipeline.pictures import reading
from pipeline.pictures.models import Composition, Scale, Shot, Style
from pipeline.pictures.reading import Card
from pipeline.scripts.models import Script, Section
from pipeline.timeline.sizes import Aspect, Resolution, frame_size

WORDS_A_SECOND = 2.5
"""Ordinary speech, for sections that have not been spoken yet."""
LONGEST_MS, SHORTEST_MS = 8500, 4000
MOST_SHOTS, PATIENCE_MS = 3, 9500
"""Three shots carry a section as long as none of them outstays the viewer's patience."""
_SCALES: tuple[Scale, ...] = ("wide", "medium", "close")
_OPENINGS: tuple[Composition, ...] = ("symmetry", "diagonal")
_COMPOSITIONS: tuple[Composition, ...] = ("left_third", "right_third", "centre")


@dataclass(frozen=True)
class Passage:
    """Sentences of a section that are seen together."""

    text: str
    start_fraction: float


def plan(
    script: Script,
    style: Style,
    *,
    durations_ms: Mapping[str, int] | None = None,
    aspect: Aspect = "16:9",
    resolution: Resolution = "1080p",
    seed: int = 0,
    copies: Mapping[str, str] | None = None,
) -> tuple[Shot, ...]:
    """All shots of the film in order. `durations_ms` are the spoken sections' lengths by id, where they are known.

    A section that is a copy is painted as what it was copied from.
    """
    size = frame_size(aspect, resolution)
    shots: list[Shot] = []
    for section in script.sections:
        origin = (copies or {}).get(section.id, section.id)
        index = place_of(origin)
        length_ms = (durations_ms or {}).get(section.id) or _guess_ms(section)
        passages = _passages(section, length_ms)
        cards = _cards(section, index, passages)
        for number, passage in enumerate(passages, start=1):
            made = _shot(section, index, number, passage, cards.get(number), size, _seed_of(seed, origin, number))
            made = made.model_copy(update={"topic": script.title, "emphasis": _emphasis(section, number)})
            shots.append(made if section.id != origin else _unseen(made, shots))
    return tuple(shots)


def place_of(section_id: str) -> int:
    """The place that a section was written for, which it keeps when it is moved: moving it must repaint nothing."""
    return int(section_id[1:3]) - 1


def shot_key(shot: Shot, style: Style, painter: str, version: str = "1") -> str:
    """Names the picture by everything that decides it, so that a paid one is never asked for twice.

    Where it stands in the film (its id, its section, its moment) does not change the picture and is left out.
    """
    placeless = shot.model_dump(mode="json", exclude={"id", "section_id", "start_fraction"})
    facts = [painter, version, style.model_dump_json(), *(f"{name}={placeless[name]}" for name in sorted(placeless))]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def _shot(
    section: Section, index: int, number: int, passage: Passage, card: Card | None, size: tuple[int, int], seed: int
) -> Shot:
    """Everything comes from the section itself and its place in the film, so that an edit elsewhere changes nothing."""
    return Shot(
        id=f"{section.id}-{number}",
        section_id=section.id,
        kind=card.kind if card else "illustration",
        scale=_SCALES[(index + number - 1) % len(_SCALES)],
        composition=_composition(index, number),
        instruction=section.visual if number == 1 and section.visual else reading.gist(passage.text),
        narration=passage.text,
        keywords=reading.keywords(passage.text) + reading.keywords(section.title, 3),
        heading=card.heading if card else "",
        lines=card.lines if card else (),
        seed=seed,
        width=size[0],
        height=size[1],
        start_fraction=passage.start_fraction,
    )


def _composition(index: int, number: int) -> Composition:
    """Sections open in one of two ways, in turn, and go on in others: so no neighbours share one."""
    if number == 1:
        return _OPENINGS[index % len(_OPENINGS)]
    return _COMPOSITIONS[(index + number) % len(_COMPOSITIONS)]


def _emphasis(section: Section, number: int) -> Literal["topic", "detail"]:
    """The film's own subject opens and closes it; in between every picture shows what is new."""
    if section.kind == "beat" or number > 1:
        return "detail"
    return "topic"


def _unseen(shot: Shot, shots: list[Shot]) -> Shot:
    """The same words may come again; the same picture may not."""
    marks = {(other.kind, other.lines, other.seed) for other in shots}
    while (shot.kind, shot.lines, shot.seed) in marks:
        shot = shot.model_copy(update={"seed": shot.seed + 1})
    return shot


def _seed_of(seed: int, section_id: str, number: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed} {section_id} {number}".encode()).digest()[:4])


def _guess_ms(section: Section) -> int:
    return round(1000 * len(section.narration.split()) / WORDS_A_SECOND)


def _passages(section: Section, length_ms: int) -> list[Passage]:
    """The section in as many parts as its length asks for, cut between sentences, or else between clauses."""
    wanted = min(max(-(-length_ms // LONGEST_MS), 1), max(length_ms // SHORTEST_MS, 1))
    if wanted > MOST_SHOTS:
        wanted = max(MOST_SHOTS, round(length_ms / PATIENCE_MS))
    pieces = reading.sentences(section.narration)
    if len(pieces) < wanted or max(map(len, pieces)) > 1.4 * len(section.narration) / wanted:
        pieces = [clause for sentence in pieces for clause in reading.clauses(sentence)]
    groups = _even_groups(pieces, min(wanted, len(pieces)))
    total, spoken, passages = sum(len(group) for group in groups), 0, []
    for group in groups:
        passages.append(Passage(group, round(spoken / total, 4)))
        spoken += len(group)
    return passages


def _even_groups(pieces: list[str], count: int) -> list[str]:
    """Neighbouring pieces joined into `count` groups whose longest is as short as can be."""
    cuts = combinations(range(1, len(pieces)), count - 1)
    ways = ([0, *cut, len(pieces)] for cut in cuts)
    groupings = ([" ".join(pieces[a:b]) for a, b in pairwise(way)] for way in ways)
    return min(groupings, key=lambda groups: max(map(len, groups)))


def _cards(section: Section, index: int, passages: list[Passage]) -> dict[int, Card]:
    """Few cards, never side by side: later passages first, because a section opens with something to look at."""
    if section.kind == "call_to_action":
        return {}
    order = [*range(2, len(passages) + 1), *([1] if index % 2 == 0 else [])]
    most, cards = max(len(passages) // 3, 1), dict[int, Card]()
    for number in order:
        if len(cards) == most or {number - 1, number + 1} & cards.keys():
            continue
        text = passages[number - 1].text
        found = reading.number_card(text) if section.kind == "hook" else reading.card(text, section.title)
        if found is not None:
            cards[number] = found
    return cards
