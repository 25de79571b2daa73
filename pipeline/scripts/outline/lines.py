"""Draws the niche's connecting lines: none twice in a film, only those whose slots can be filled, and a kind that
the words themselves call for."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pipeline.scripts.language.figures import figures
from pipeline.scripts.language.lexicon import english
from pipeline.scripts.language.words import tokens
from pipeline.scripts.outline.beats import Beat
from pipeline.scripts.outline.material import Material, Sentence
from presets.niches import Transition

_SLOT = re.compile(r"\{(\w+)\}")
_OPPOSITES = (
    ("benefits", "risks"), ("advantages", "disadvantages"), ("pros", "cons"), ("myth", "fact"), ("myths", "facts"),
    ("strengths", "weaknesses"), ("rise", "fall"), ("good", "bad"), ("dos", "don'ts"), ("before", "after"),
    ("problem", "solution"), ("danger", "safety"), ("winners", "losers"), ("boom", "bust"), ("hot", "cold"),
)  # fmt: skip
_DATED = re.compile(
    r"^(?:In|By|On|Around|From|Since|After|Before|During)\s+(?:the\s+)?(?:\w+\s+){0,3}?"
    r"(?:\d{3,4}|\d{1,4}\s?(?:AD|BC)|\w+teenth|\w+tieth|\w+th century)\b"
)


@dataclass
class Deck:
    """The lines of one film. `slots` holds what stands for {topic} and the like; an empty one cannot be filled."""

    seed: str
    slots: dict[str, str]
    used: set[str] = field(default_factory=set)

    def draw(self, kind: str, lines: Iterable[str], fits: Callable[[str], bool] = bool, **more: str) -> str:
        """A line with its slots filled, or nothing when none is left that fits."""
        order = sorted(lines)
        random.Random(f"{self.seed}/{kind}").shuffle(order)
        slots = {**self.slots, **more}
        for line in order:
            if line in self.used or not fits(line) or not all(slots.get(slot) for slot in _SLOT.findall(line)):
                continue
            self.used.add(line)
            return filled(line, slots)
        return ""


def filled(line: str, slots: dict[str, str]) -> str:
    """A slot at the start of a sentence gets its capital there; two marks never meet."""
    text = _SLOT.sub(lambda match: slots[match.group(1)], line)
    text = re.sub(r"([.!?…][\"'”’]?)[.!?]+", r"\1", text)
    return re.sub(r"(^|[.!?]\s+)([a-z])", lambda match: match.group(1) + match.group(2).upper(), text)


def lead_in(line: str, sentence: str) -> str:
    """The line before the sentence; behind a comma the sentence goes on in small letters."""
    if not line:
        return sentence
    if line.endswith(","):
        return f"{line} {sentence[0].lower()}{sentence[1:]}"
    return f"{line} {sentence}"


def can_follow(line: str, sentence: str, material: Material) -> bool:
    """A lead-in wants a sentence that can lose its capital and does not open with a joining word of its own."""
    first = tokens(sentence)[:1]
    if not first or sentence[0] in "\"'“‘":
        return not line.endswith((",", ":"))
    if line.endswith("?") and sentence.rstrip('"”').endswith("?"):
        return False
    if not line.endswith(","):
        return True
    return (
        first[0] != "I"
        and first[0] not in material.names
        and (first[0].lower() in english().openers or first[0].lower() in material.written)
        and first[0].lower() not in english().contrast
        and sentence[:2].upper() != sentence[:2]
    )


def transition(before: Beat, after: Beat, opening: Sentence) -> Transition:
    """What kind of step it is from one beat to the next. Without a sign of its own it is a plain turn."""
    heading = after.title.shown.lower() if after.announced else ""
    first = [word.lower() for word in tokens(opening.text)[:4]]
    if _is_contrast(before, heading, first):
        return "contrast"
    if heading.startswith("example") or "example" in first or "examples" in heading.split():
        return "example"
    if _comes_later(before, opening):
        return "time"
    if before.sentences and len(opening.stems & before.sentences[-1].stems) >= 2 and not heading:
        return "addition"
    return "turn"


def _is_contrast(before: Beat, heading: str, first: list[str]) -> bool:
    ours, theirs = set(heading.split()), set(before.title.shown.lower().split())
    if any((one in ours and other in theirs) or (other in ours and one in theirs) for one, other in _OPPOSITES):
        return True
    return bool(first) and first[0] in {"unlike", "despite", "contrary"}


def _comes_later(before: Beat, opening: Sentence) -> bool:
    if not _DATED.match(opening.text):
        return False
    now = [figure.value for figure in figures(opening.text) if figure.year]
    then = [figure.value for sentence in before.sentences for figure in figures(sentence.text) if figure.year]
    return bool(now and then) and min(now) > max(then)
