"""The rules of captions, checked on the captions themselves: in tests, and on every finished film."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from pipeline.captions.rules import Breaks, Limits, breaks_of, limits_for
from pipeline.timeline.models import Caption, Word

Rule = Literal[
    "lines", "line_length", "too_short", "too_long", "too_fast", "gap", "article", "line_break", "coverage", "words"
]


@dataclass(frozen=True)
class Violation:
    """A rule that a caption breaks; its number counts from 0, and -1 is all of them together."""

    rule: Rule
    caption: int
    detail: str


def violations(
    captions: Sequence[Caption], *, words: Sequence[Word] | None = None, fps: int = 30, language: str = "en"
) -> tuple[Violation, ...]:
    """Every rule that is broken. `words` is everything that is spoken, if coverage is to be checked."""
    limits, breaks = limits_for(language), breaks_of(language)
    found: list[Violation] = []
    for number, caption in enumerate(captions):
        found += _shape(number, caption, limits)
        found += _time(number, caption, limits)
        found += _line_breaks(number, caption, limits, breaks)
        found += _words(number, caption)
    found += _neighbours(captions, limits, breaks, fps)
    if words is not None and (share := coverage(captions, words)) < 1:
        found.append(Violation("coverage", -1, f"{share:.1%} of the spoken words are shown"))
    return tuple(found)


def coverage(captions: Sequence[Caption], words: Sequence[Word]) -> float:
    """The share of what is spoken that the captions show, in its order."""
    spoken = _letters(word.text for word in words)
    shown = _letters(caption.text for caption in captions)
    if spoken == shown or not spoken:
        return 1.0
    blocks = SequenceMatcher(None, spoken, shown, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(spoken)


def _letters(texts: object) -> str:
    return "".join("".join(str(text).split()) for text in texts)  # type: ignore[attr-defined]


def _shape(number: int, caption: Caption, limits: Limits) -> Iterator[Violation]:
    lines = caption.text.split("\n")
    if len(lines) > limits.lines:
        yield Violation("lines", number, f"{len(lines)} lines")
    for line in lines:
        if len(line) > limits.characters or not line.strip():
            yield Violation("line_length", number, f"{len(line)} characters in “{line}”")


def _time(number: int, caption: Caption, limits: Limits) -> Iterator[Violation]:
    length_ms = caption.end_ms - caption.start_ms
    characters = len(caption.text)
    if length_ms < limits.shortest_ms:
        yield Violation("too_short", number, f"{length_ms} ms")
    if length_ms > limits.longest_ms:
        yield Violation("too_long", number, f"{length_ms} ms")
    if characters * 1000 > limits.characters_a_second * length_ms:
        yield Violation("too_fast", number, f"{characters * 1000 / length_ms:.1f} characters a second")


def _line_breaks(number: int, caption: Caption, limits: Limits, breaks: Breaks) -> Iterator[Violation]:
    """A break in a poor place is a fault only where the caption has a better one."""
    lines = caption.text.split("\n")
    for upper, lower in pairwise(lines):
        before, after = upper.split(" ")[-1], lower.split(" ")[0]
        if breaks.is_bad(before):
            if _elsewhere(caption.text, limits, lambda left, _: not breaks.is_bad(left)):
                yield Violation("article", number, f"“{before} / {after}”")
        elif not breaks.is_good(before, after) and _elsewhere(caption.text, limits, breaks.is_good):
            yield Violation("line_break", number, f"“{before} / {after}”")


def _elsewhere(text: str, limits: Limits, allowed: object) -> bool:
    """Whether the caption could break in an allowed place with both lines short enough."""
    words = text.replace("\n", " ").split(" ")
    for place in range(1, len(words)):
        upper, lower = " ".join(words[:place]), " ".join(words[place:])
        fits = max(len(upper), len(lower)) <= limits.characters
        if fits and allowed(words[place - 1], words[place]):  # type: ignore[operator]
            return True
    return False


def _words(number: int, caption: Caption) -> Iterator[Violation]:
    latest = caption.start_ms
    for word in caption.words:
        if word.start_ms < latest or word.end_ms < word.start_ms or word.end_ms > caption.end_ms:
            yield Violation("words", number, f"“{word.text}” at {word.start_ms} to {word.end_ms} ms")
        latest = max(latest, word.start_ms)
    if caption.words and _letters(word.text for word in caption.words) != _letters([caption.text]):
        yield Violation("words", number, "the timed words are not the text")


def _neighbours(captions: Sequence[Caption], limits: Limits, breaks: Breaks, fps: int) -> Iterator[Violation]:
    for number, (caption, following) in enumerate(pairwise(captions)):
        gap_ms = following.start_ms - caption.end_ms
        if gap_ms * fps < limits.gap_frames * 1000:
            yield Violation("gap", number, f"{gap_ms} ms before the next caption")
        if breaks.is_bad(caption.text.split("\n")[-1].split(" ")[-1]):
            yield Violation("article", number, f"ends with “{caption.text.split()[-1]}”")
