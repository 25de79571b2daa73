"""What stands around the beats: the promise at the start, the look back at the end, and the call to action."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.scripts.language import phrases
from pipeline.scripts.language.words import content, spoken_words, stem
from pipeline.scripts.outline.beats import Beat
from pipeline.scripts.outline.lines import Deck
from pipeline.scripts.outline.material import Material, Sentence, Topic
from pipeline.scripts.outline.titles import capital
from presets.niches import Niche

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MOST_POINTS = 4
_LONGEST_TOPIC = 4
_STEPS = ("First, ", "Then ", "After that, ", "And finally, ")


@dataclass(frozen=True)
class Spoken:
    """A part of the frame with the creator's sentences in it."""

    text: str
    told: tuple[Sentence, ...] = ()

    @property
    def passages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(passage for sentence in self.told for passage in sentence.passages))


def slots_for(beats: tuple[Beat, ...]) -> dict[str, str]:
    spoken = [beat.title.spoken for beat in beats if beat.title.spoken]
    own = all(beat.announced for beat in beats)
    few = not own or len(spoken) < max(2, len(beats) - 1) or len(beats) > _MOST_POINTS
    return {"points": "" if few else listed(spoken), "count": _COUNTS[min(len(beats), 10)]}


def listed(items: list[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    comma = "," if len(items) > 2 or any(" and " in item for item in items) else ""
    return f"{', '.join(items[:-1])}{comma} and {items[-1]}"


def setup(
    introduction: Topic | None,
    niche: Niche,
    deck: Deck,
    words: float,
    minutes: float,
    taken: frozenset[int],
    *,
    english: bool,
) -> Spoken:
    """The creator's own introduction as far as there is room, then what comes."""
    if not english:
        told = _introduction(introduction, 1.5 * words, taken)
        return Spoken(" ".join(sentence.text for sentence in told), told)
    line = deck.draw("setup.promise", niche.lines.setup, lambda line: _promises(line) and _true_for(line, minutes))
    line = line or deck.draw("setup", niche.lines.setup, lambda line: _true_for(line, minutes))
    told = _introduction(introduction, words - spoken_words(line), taken)
    text = " ".join([*(sentence.text for sentence in told), line])
    if words - spoken_words(text) >= 12:
        more = deck.draw("setup", niche.lines.setup, lambda line: not _promises(line) and _true_for(line, minutes))
        text = f"{text} {more}".strip()
    return Spoken(text.strip(), told)


def _promises(line: str) -> bool:
    return "{points}" in line or "{count}" in line


def _true_for(line: str, minutes: float) -> bool:
    return line.endswith((".", "!", "?")) and (minutes >= 2 or "minutes" not in line)


def _introduction(topic: Topic | None, words: float, taken: frozenset[int]) -> tuple[Sentence, ...]:
    told: list[Sentence] = []
    for sentence in topic.sentences if topic else ():
        if sentence.index in taken:
            if told:
                break
            continue
        if (not told and sentence.leans) or sentence.words > words or sentence.text.endswith(":"):
            break
        told.append(sentence)
        words -= sentence.words
    return tuple(told)


def recap(
    closing: tuple[Sentence, ...], told: tuple[tuple[Sentence, ...], ...], beats: tuple[Beat, ...],
    niche: Niche, deck: Deck, words: float, material: Material, scores: dict[int, float],
) -> Spoken:  # fmt: skip
    """A line that looks back, what each beat left behind as a phrase, and the creator's own conclusion."""
    if not material.english:
        end = _conclusion(closing, 1.5 * words)
        return Spoken(" ".join(sentence.text for sentence in end), end)
    line = deck.draw("recap", niche.lines.recap, lambda line: "{points}" not in line and line.endswith((".", "?")))
    end = _conclusion(closing, words - spoken_words(line))
    room = words - spoken_words(line) - sum(sentence.words for sentence in end)
    kept = remembered(told, beats, material, room, scores, titles_said=any("{points}" in one for one in deck.used))
    if not kept and not end:
        line = deck.draw("recap.points", niche.lines.recap, lambda line: "{points}" in line) or line
    text = " ".join(part for part in (line, kept, *(sentence.text for sentence in end)) if part)
    return Spoken(text, end)


def _conclusion(closing: tuple[Sentence, ...], words: float) -> tuple[Sentence, ...]:
    told: list[Sentence] = []
    for sentence in closing:
        if (not told and sentence.leans) or sentence.words > max(words, 0) * 1.25:
            break
        told.append(sentence)
        words -= sentence.words
    return tuple(told)


def remembered(
    told: tuple[tuple[Sentence, ...], ...],
    beats: tuple[Beat, ...],
    material: Material,
    words: float,
    scores: dict[int, float],
    *,
    titles_said: bool,
) -> str:
    """Key phrases of the beats in their order, in one to four short sentences. Where the setup did not list the
    beats, their titles."""
    used: set[str] = set()
    found = []
    for sentences, beat in zip(told, beats, strict=True):
        own = beat.title.spoken if beat.announced and not titles_said else ""
        phrase = own or _key_phrase(sentences, beat, material, used, scores)
        if phrase:
            found.append(phrase)
    while len(found) > 2 and spoken_words(" ".join(found)) + 2 > words:
        found.pop(len(found) // 2)
    if len(found) < 2 or spoken_words(" ".join(found)) > max(words, 6) * 1.4:
        return ""
    return _in_steps(found)


def _in_steps(found: list[str]) -> str:
    if len(found) <= 3:
        return capital(listed(found)) + "."
    size = -(-len(found) // len(_STEPS)) if len(found) > 6 else 2
    groups = [found[at : at + size] for at in range(0, len(found), size)]
    steps = [*_STEPS[: len(groups) - 1], _STEPS[-1]]
    return " ".join(f"{step}{listed(group)}." for step, group in zip(steps, groups, strict=True))


def _key_phrase(
    sentences: tuple[Sentence, ...], beat: Beat, material: Material, used: set[str], scores: dict[int, float]
) -> str:
    """What the beat names most, or its own title where that is a name."""
    titled = content(beat.title.shown)
    texts = [sentence.text for sentence in sentences]
    for phrase in phrases.ranked(texts, material.names, [scores[sentence.index] for sentence in sentences]):
        words = {stem(word) for word in phrase.bare.split()}
        name = any(word in material.names for word in phrase.bare.split())
        sized = len(phrase.bare.split()) > 1 or (name and len(phrase.bare) > 4)
        if phrase.certain and sized and not words & used and (name or content(phrase.text) - titled):
            used |= words
            return phrase.text
    return ""


def call_to_action(niche: Niche, deck: Deck, words: float) -> Spoken:
    def fits(line: str) -> bool:
        return "{topic}" not in line or len(deck.slots["topic"].split()) <= _LONGEST_TOPIC

    text = deck.draw("calls_to_action", niche.calls_to_action, fits)
    while words - spoken_words(text) >= 10:
        said = content(text)
        more = deck.draw("calls_to_action", niche.calls_to_action, lambda line: fits(line) and not content(line) & said)  # noqa: B023
        if not more:
            break
        text = f"{text} {more}"
    return Spoken(text)
