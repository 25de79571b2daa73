"""The visual plan: which pictures a film shows, section by section, before any of them is painted.

A section gets one to three shots by its length. What it says decides the kind of picture; scale and composition vary
so that no two neighbours look alike, and no picture is shown twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import cycle, islice

from pipeline.pictures import reading
from pipeline.pictures.models import Composition, Scale, Shot, ShotKind, Style
from pipeline.pictures.reading import Card
from pipeline.scripts.models import Script, Section
from pipeline.timeline.sizes import Aspect, Resolution, frame_size

WORDS_A_SECOND = 2.5
"""Ordinary speech, for sections that have not been spoken yet."""
LONGEST_MS, SHORTEST_MS = 8500, 4000
MOST_SHOTS = 3
_CARDS_IN_A_ROW = 1
_SCALES: tuple[Scale, ...] = ("wide", "medium", "close")
_COMPOSITIONS: tuple[Composition, ...] = ("left_third", "centre", "right_third", "diagonal", "symmetry")


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
) -> tuple[Shot, ...]:
    """All shots of the film in order. `durations_ms` are the spoken sections' lengths by id, where they are known."""
    width, height = frame_size(aspect, resolution)
    views = _Views(seed)
    shots: list[Shot] = []
    for section in script.sections:
        length_ms = (durations_ms or {}).get(section.id) or _guess_ms(section)
        for number, passage in enumerate(_passages(section, length_ms), start=1):
            card = _card(section, passage, number, shots)
            shots.append(views.shot(section, passage, number, card, (width, height)))
    return tuple(shots)


def shot_key(shot: Shot, style: Style, painter: str, version: str = "1") -> str:
    """Names the picture by everything that decides it, so that a paid one is never asked for twice.

    Where it stands in the film (its id, its section, its moment) does not change the picture and is left out.
    """
    placeless = shot.model_dump(mode="json", exclude={"id", "section_id", "start_fraction"})
    facts = [painter, version, style.model_dump_json(), *(f"{name}={placeless[name]}" for name in sorted(placeless))]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


class _Views:
    """Hands out kinds of view so that neighbours differ, and remembers what was shown."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._scales = cycle(_SCALES)
        self._compositions = islice(cycle(_COMPOSITIONS), seed % len(_COMPOSITIONS), None)
        self._shown: set[tuple[object, ...]] = set()

    def shot(self, section: Section, passage: Passage, number: int, card: Card | None, size: tuple[int, int]) -> Shot:
        kind: ShotKind = card.kind if card else "illustration"
        made = Shot(
            id=f"{section.id}-{number}",
            section_id=section.id,
            kind=kind,
            scale=next(self._scales) if kind == "illustration" else "medium",
            composition=next(self._compositions),
            instruction=section.visual if number == 1 else reading.gist(passage.text),
            narration=passage.text,
            keywords=reading.keywords(passage.text),
            heading=card.heading if card else "",
            lines=card.lines if card else (),
            seed=_seed_of(self._seed, section.id, number),
            width=size[0],
            height=size[1],
            start_fraction=passage.start_fraction,
        )
        return self._unseen(made)

    def _unseen(self, shot: Shot) -> Shot:
        """The same words may come again; the same picture may not."""
        while (
            mark := (shot.kind, shot.instruction, shot.lines, shot.scale, shot.composition, shot.seed)
        ) in self._shown:
            shot = shot.model_copy(update={"seed": shot.seed + 1})
        self._shown.add(mark)
        return shot


def _seed_of(seed: int, section_id: str, number: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed} {section_id} {number}".encode()).digest()[:4])


def _guess_ms(section: Section) -> int:
    return round(1000 * len(section.narration.split()) / WORDS_A_SECOND)


def _passages(section: Section, length_ms: int) -> list[Passage]:
    """The section in as many parts as its length asks for, cut between sentences, or else between clauses."""
    wanted = min(max(-(-length_ms // LONGEST_MS), 1), MOST_SHOTS, max(length_ms // SHORTEST_MS, 1))
    pieces = reading.sentences(section.narration)
    if len(pieces) < wanted:
        pieces = [clause for sentence in pieces for clause in reading.clauses(sentence)]
    groups = _even_groups(pieces, min(wanted, len(pieces)))
    total, spoken, passages = sum(len(group) for group in groups), 0, []
    for group in groups:
        passages.append(Passage(group, round(spoken / total, 4)))
        spoken += len(group)
    return passages


def _even_groups(pieces: list[str], count: int) -> list[str]:
    """Neighbouring pieces joined into `count` groups of nearly even length."""
    total, current = sum(map(len, pieces)), ""
    groups: list[str] = []
    for index, piece in enumerate(pieces):
        current = f"{current} {piece}".strip()
        left, open_groups = len(pieces) - index - 1, count - len(groups) - 1
        long_enough = len(current) >= total / count * 0.85
        if open_groups and (long_enough or left == open_groups):
            groups.append(current)
            current = ""
    return [*groups, current] if current else groups


def _card(section: Section, passage: Passage, number: int, shots: list[Shot]) -> Card | None:
    """What the words ask for, unless cards would follow each other or the section is a plain opening."""
    recent = [shot.kind for shot in shots[-_CARDS_IN_A_ROW:]]
    if any(kind != "illustration" for kind in recent):
        return None
    if section.kind == "hook" and number == 1:
        found = reading.number_card(passage.text)
        return replace(found, heading="") if found else None
    if section.kind == "call_to_action":
        return None
    found = reading.card(passage.text, section.title)
    last_of_kind = next((shot for shot in reversed(shots) if found and shot.kind == found.kind), None)
    return None if found and last_of_kind and last_of_kind.lines == found.lines else found
