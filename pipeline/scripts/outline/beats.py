"""Groups topics into as many beats as the film wants: joins the small, splits the large, keeps the reading order."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.scripts.language import phrases
from pipeline.scripts.language.phrases import Phrase
from pipeline.scripts.outline.material import Material, Sentence, Topic
from pipeline.scripts.outline.titles import Title, capital, from_heading, from_phrase

_LEAST_WORDS = 22
_PLENTY = 1.25


@dataclass(frozen=True)
class Beat:
    """A stretch of the source that is told together. Announced: its title is a heading of the creator's."""

    title: Title
    sentences: tuple[Sentence, ...]
    announced: bool

    @property
    def words(self) -> float:
        return sum(sentence.words for sentence in self.sentences)


@dataclass(frozen=True)
class _Part:
    heading: str
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> float:
        return sum(sentence.words for sentence in self.sentences)


def group(
    topics: tuple[Topic, ...], material: Material, count: int, words: float, scores: dict[int, float]
) -> tuple[Beat, ...]:
    parts = [_Part(topic.heading, topic.sentences) for topic in topics]
    parts = _choose(parts, count, words, scores)
    while len(parts) > count:
        _join_smallest(parts)
    while len(parts) < count and _split_largest(parts):
        pass
    return _titled(parts, material)


def _choose(parts: list[_Part], count: int, words: float, scores: dict[int, float]) -> list[_Part]:
    """Where there is more than enough, the weakest topics go whole, so that a beat is not a bit of everything."""
    strength = {id(part): _strength(place, parts, scores) for place, part in enumerate(parts)}
    kept = list(parts)
    for part in sorted(parts, key=lambda part: strength[id(part)]):
        if len(kept) <= count:
            break
        if sum(other.words for other in kept) - part.words >= _PLENTY * words:
            kept = [other for other in kept if other is not part]
    return kept


def _strength(place: int, parts: list[_Part], scores: dict[int, float]) -> float:
    """By its best sentences. The first, the last, and one that the next goes on from are missed most."""
    best = sorted((scores[sentence.index] for sentence in parts[place].sentences), reverse=True)[:4]
    strength = sum(best) / 4 + 0.3 * (place in {0, len(parts) - 1})
    continued = place + 1 < len(parts) and parts[place + 1].sentences[0].leans
    return strength + 0.4 * continued


def _join_smallest(parts: list[_Part]) -> None:
    at = min(range(len(parts) - 1), key=lambda index: parts[index].words + parts[index + 1].words)
    first, second = parts[at], parts[at + 1]
    larger = max((first, second), key=lambda part: (bool(part.heading), part.words))
    parts[at : at + 2] = [_Part(larger.heading, first.sentences + second.sentences)]


def _split_largest(parts: list[_Part]) -> bool:
    for at in sorted(range(len(parts)), key=lambda index: -parts[index].words):
        place = _seam(parts[at].sentences)
        if place:
            whole = parts[at]
            parts[at : at + 1] = [_Part(whole.heading, whole.sentences[:place]), _Part("", whole.sentences[place:])]
            return True
    return False


def _seam(sentences: tuple[Sentence, ...]) -> int:
    """Where the subject changes most between two halves of a fair size; 0 if there is no such place."""
    total = sum(sentence.words for sentence in sentences)
    best, place, before = -1.0, 0, 0.0
    for index in range(1, len(sentences)):
        before += sentences[index - 1].words
        if sentences[index].leans or min(before, total - before) < _LEAST_WORDS:
            continue
        balance = min(before, total - before) / total
        new_paragraph = sentences[index].paragraph != sentences[index - 1].paragraph
        merit = balance + 0.25 * new_paragraph - 0.5 * _cohesion(sentences, index)
        if merit > best:
            best, place = merit, index
    return place


def _cohesion(sentences: tuple[Sentence, ...], index: int) -> float:
    before = frozenset[str]().union(*(s.stems for s in sentences[max(0, index - 3) : index]))
    after = frozenset[str]().union(*(s.stems for s in sentences[index : index + 3]))
    return len(before & after) / max(1, min(len(before), len(after)))


def _titled(parts: list[_Part], material: Material) -> tuple[Beat, ...]:
    used: set[str] = set()
    beats = []
    for part in parts:
        title = from_heading(part.heading, material) if part.heading else _own_title(part, material, used)
        used.add(title.shown.lower())
        beats.append(Beat(title, part.sentences, bool(part.heading)))
    return tuple(beats)


def _own_title(part: _Part, material: Material, used: set[str]) -> Title:
    """The strongest phrase that no other beat is called by, the surest first; else the film's own title."""
    texts = [sentence.text for sentence in part.sentences]
    weights = [1 / (1 + 0.15 * place) for place in range(len(texts))]
    found = phrases.ranked(texts, material.names, weights) if material.english else []
    for phrase in sorted(found, key=lambda phrase: not (phrase.certain and _stands_alone(phrase))):
        title = from_phrase(phrase)
        if title.shown.lower() not in used:
            return title
    return Title(capital(material.title), "")


def _stands_alone(phrase: Phrase) -> bool:
    return len(phrase.bare.split()) > 1 or phrase.bare[0].isupper()
