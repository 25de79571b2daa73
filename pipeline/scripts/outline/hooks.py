"""Three ways to open: each with another fact of the creator's, the most surprising ones, in another pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from pipeline.scripts.language import phrases
from pipeline.scripts.language.figures import figures
from pipeline.scripts.language.words import spoken_words, tokens
from pipeline.scripts.models import Hook
from pipeline.scripts.outline.fragments import is_sentence
from pipeline.scripts.outline.leaning import points_back
from pipeline.scripts.outline.lines import Deck
from pipeline.scripts.outline.material import Material, Sentence
from pipeline.scripts.outline.ranking import surprise
from pipeline.scripts.outline.titles import capital, shorten, striking
from presets.niches import HookPattern, Niche

_TURN = re.compile(r"^(?:But|Yet|However|Instead|Even so|Nevertheless),?\s+", re.IGNORECASE)
_INNER_TURN = re.compile(
    r",\s+(?:but|yet)\s+(?=(?:it|they|he|she|we|you|the|this|these|those|there|no|not a|a|an|its|their)\b)"
)
_OPEN_END = re.compile(r"\b(?:it|them|him|her|so|too)[.!]$")
_LONGEST = 30


@dataclass(frozen=True)
class Opening:
    """A hook and the sentences that it tells: the film does not tell those again."""

    hook: Hook
    told: frozenset[int]


@dataclass(frozen=True)
class _Idea:
    pattern: HookPattern
    merit: float
    fact: str
    second: str
    number: str
    told: tuple[Sentence, ...]


def openings(
    material: Material, niche: Niche, deck: Deck, scores: dict[int, float], words: float
) -> tuple[Opening, ...]:
    """Best first."""
    if not material.english:
        return _plain_openings(material, scores, words)
    chosen: list[Opening] = []
    patterns: set[str] = set()
    told: set[int] = set()
    ideas = sorted(_ideas(material, scores, words), key=lambda idea: (-idea.merit, idea.told[0].index))
    for idea in ideas:
        if len(chosen) == 3:
            break
        if idea.pattern in patterns or told & {sentence.index for sentence in idea.told}:
            continue
        opening = _opening(idea, material, niche, deck, words)
        if opening:
            chosen.append(opening)
            patterns.add(idea.pattern)
            told |= opening.told
    return tuple(chosen)


def _ideas(material: Material, scores: dict[int, float], words: float) -> Iterable[_Idea]:
    everything = material.sentences
    costs = _costs(material)
    for sentence in everything:
        if _may_open(sentence, words):
            yield from _ideas_of(sentence, costs[sentence.index], scores[sentence.index], material)
    for before, after in pairwise(everything):
        if _TURN.match(after.text) and not before.leans and after.topic == before.topic:
            second = capital(_TURN.sub("", after.text))
            merit = max(surprise(before.text), surprise(after.text)) + 0.35
            yield _Idea("contrast", merit, before.text, second, "", (before, after))


def _may_open(sentence: Sentence, words: float) -> bool:
    """Short, a whole sentence, and understood by somebody who has heard nothing yet."""
    text = sentence.text
    if len(text.split()) > min(_LONGEST, 1.1 * words) or not is_sentence(text) or text.endswith((":", "?")):
        return False
    return not (sentence.leans or points_back(text) or _OPEN_END.search(text))


def _costs(material: Material) -> dict[int, float]:
    """What the film loses when a sentence opens it: what leans on it, a whole topic, a conclusion; and how much a
    sentence from the middle of a paragraph may miss what stood before it."""
    everything = material.sentences
    tails = _tails(everything)
    opening = set({sentence.paragraph: sentence.index for sentence in reversed(everything)}.values())
    single = {topic.index for topic in material.topics if len(topic.sentences) == 1}
    closing = {topic.index for topic in material.topics if topic.closing}
    return {
        sentence.index: min(0.8, 0.016 * tails[sentence.index])
        + 0.4 * (sentence.topic in closing)
        + 0.5 * (sentence.topic in single)
        + 0.2 * (sentence.index not in opening)
        + _refers_back(sentence.text)
        for sentence in everything
    }


def _tails(sentences: tuple[Sentence, ...]) -> dict[int, float]:
    """How many words lean on each sentence: they are lost where it opens the film."""
    tails: dict[int, float] = {}
    following = 0.0
    for before, after in reversed(list(pairwise(sentences))):
        following = following + after.words if after.leans and after.topic == before.topic else 0.0
        tails[before.index] = following
    if sentences:
        tails[sentences[-1].index] = 0.0
    return tails


def _ideas_of(sentence: Sentence, cost: float, score: float, material: Material) -> Iterable[_Idea]:
    text, told = sentence.text, (sentence,)
    merit = surprise(text) - cost
    number = striking(text)
    if number:
        plain = 0.15 * ("percent" in number or "%" in number)
        yield _Idea("number", merit + 0.3 - plain, text, "", number, told)
    if any(figure.year for figure in figures(text)) and any(word in material.names for word in tokens(text)):
        yield _Idea("story", merit + 0.2, text, "", "", told)
    halves = _INNER_TURN.split(text, maxsplit=1)
    if len(halves) == 2 and min(len(half.split()) for half in halves) >= 2:
        yield _Idea("contrast", merit + 0.3, halves[0] + ".", capital(halves[1]), "", told)
    yield _Idea("question", merit + 0.1, text, "", "", told)
    short = max(0, len(text.split()) - 16) * 0.03
    yield _Idea("claim", 0.4 * surprise(text) + 0.4 * min(1.0, score) - short - cost, text, "", "", told)


def _refers_back(text: str) -> float:
    """ "The explosion killed ..." wants to know which explosion; so does every other bare "the" a little."""
    opening = text.startswith(("The ", "Such ", "Each ", "One of ")) and " of " not in " ".join(text.split()[:4])
    bare = re.findall(
        r"\bthe (?!\w+est\b|most\b|first\b|last\b|only\b|world\b|sea\b|sun\b|sky\b)[a-z]+(?! of\b| in\b| [A-Z])\b", text
    )
    return 0.25 * opening + 0.15 * min(2, len(bare))


def _opening(idea: _Idea, material: Material, niche: Niche, deck: Deck, words: float) -> Opening | None:
    room = max(1.5 * words, spoken_words(idea.fact) + 14)

    def fits(line: str) -> bool:
        return spoken_words(line) + spoken_words(idea.fact) + spoken_words(idea.second) <= room

    slots = {"fact": idea.fact, "second": idea.second, "number": idea.number}
    spoken = deck.draw(f"hooks.{idea.pattern}", niche.hooks[idea.pattern], fits, **slots)
    if not spoken:
        return None
    passages = tuple(dict.fromkeys(passage for sentence in idea.told for passage in sentence.passages))
    hook = Hook(pattern=idea.pattern, narration=spoken, on_screen=_on_screen(idea, spoken, material), sources=passages)
    return Opening(hook, frozenset(sentence.index for sentence in idea.told))


def _on_screen(idea: _Idea, spoken: str, material: Material) -> str:
    if idea.number:
        return idea.number
    question = re.match(r"[^.?!]{8,60}\?", spoken)
    if question:
        return question.group()
    named = [phrase for phrase in phrases.noun_phrases(idea.fact, material.names) if phrase.certain]
    named.sort(key=lambda phrase: not set(phrase.bare.split()) & material.names)
    figure = striking(idea.fact)
    return figure or (
        capital(named[0].bare) if named else shorten(idea.fact.rstrip("."), 48) if len(idea.fact) <= 48 else ""
    )


def _plain_openings(material: Material, scores: dict[int, float], words: float) -> tuple[Opening, ...]:
    """In a language without connecting lines the creator's own sentence opens the film."""
    short = [sentence for sentence in material.sentences if spoken_words(sentence.text) <= 1.6 * words]
    best = sorted(short or material.sentences, key=lambda s: (-surprise(s.text) - 0.3 * scores[s.index], s.index))[:3]
    return tuple(
        Opening(
            Hook(pattern="claim", narration=one.text, on_screen=striking(one.text), sources=one.passages),
            frozenset({one.index}),
        )
        for one in best
    )
