"""A source as sentences under topics: lists are made into sentences, and what is no narration is left out."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from pipeline.scripts.language import phrases, sentences
from pipeline.scripts.language.lexicon import english
from pipeline.scripts.language.words import content, spoken_words, stem, tokens
from pipeline.scripts.outline.fragments import introduces, spoken_list
from pipeline.scripts.outline.leaning import leans_back
from pipeline.sources.models import Passage, Source

_LONGEST_SENTENCE = 60
_SAME = 0.7
_NOISE = re.compile(
    r"\[\d+(?:[,–-]\s?\d+)*\]|\((?:see|cf\.|fig|table|source)[^)]*\)|\((?:[A-Z][\w.&]+,? )+(?:et al\., )?\d{4}[a-z]?\)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:some |my |more |quick )?(?:notes?|facts?|ideas?)\s*:\s*", re.IGNORECASE)
_POINTS_ELSEWHERE = re.compile(
    r"\b(see (figure|fig\.|table|chapter|section|page)|as (mentioned|noted|shown|discussed) (above|below|earlier)|"
    r"in this (article|chapter|section|paper|post)|click here|read more|https?://|www\.)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of the creator's, in reading order. Leaning: it needs the one before it."""

    index: int
    text: str
    passages: tuple[str, ...]
    topic: int
    paragraph: int
    leans: bool
    stems: frozenset[str]

    @property
    def words(self) -> float:
        return spoken_words(self.text)


@dataclass(frozen=True)
class Topic:
    """What stands under one heading. An empty heading: the notes gave none."""

    index: int
    heading: str
    closing: bool
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> float:
        return sum(sentence.words for sentence in self.sentences)


@dataclass(frozen=True)
class Material:
    title: str
    language: str
    topics: tuple[Topic, ...]
    names: frozenset[str]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for topic in self.topics for sentence in topic.sentences)

    @cached_property
    def written(self) -> frozenset[str]:
        """Every word as it is written somewhere."""
        return frozenset(word for sentence in self.sentences for word in tokens(sentence.text))

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of every word that stands somewhere in small letters."""
        return frozenset(stem(word) for word in self.written if word[0].islower())

    @property
    def english(self) -> bool:
        return self.language.lower().split("-")[0] == "en"


@dataclass
class _Block:
    heading: str
    closing: bool
    groups: list[list[tuple[str, str]]]


def gather(source: Source) -> Material:
    reading = _Reading(_is_english(source))
    reading.read(source.passages)
    topics: list[Topic] = []
    paragraph = index = 0
    for block in reading.blocks:
        found: list[Sentence] = []
        for group in block.groups:
            for text, passage in group:
                before = found[-1].text if found and found[-1].paragraph == paragraph else ""
                leans = _is_english(source) and leans_back(text, before)
                found.append(Sentence(index, text, (passage,), len(topics), paragraph, leans, content(text)))
                index += 1
            paragraph += 1
        if found:
            topics.append(Topic(len(topics), block.heading, block.closing, tuple(found)))
    unique = _without_repeats(topics)
    known = phrases.names(sentence.text for topic in unique for sentence in topic.sentences)
    return Material(reading.title, source.language, unique, known)


def _is_english(source: Source) -> bool:
    return source.language.lower().split("-")[0] == "en"


class _Reading:
    """Headings open blocks; a heading that names no narration closes its passages off."""

    def __init__(self, is_english: bool) -> None:
        self.title = ""
        self.blocks = [_Block("", False, [])]
        self._english = is_english
        self._skipped_level = 0
        self._origin = ""

    def read(self, passages: tuple[Passage, ...]) -> None:
        runs = [list(run) for _, run in groupby(passages, key=lambda passage: (passage.kind, passage.origin))]
        for place, run in enumerate(runs):
            if run[0].origin != self._origin:
                self._origin, self._skipped_level = run[0].origin, 0
            list_follows = place + 1 < len(runs) and runs[place + 1][0].kind == "item"
            if run[0].kind == "heading":
                for passage in run:
                    self._heading(passage, list_follows and passage is run[-1])
            elif not self._skipped_level:
                self.blocks[-1].groups.extend(_groups(run, self._above(run), self._english))

    def _above(self, run: list[Passage]) -> str:
        """What introduces a run: the line before a list, else the heading, else the title."""
        groups = self.blocks[-1].groups
        if run[0].kind == "item" and groups and groups[-1] and groups[-1][-1][0].endswith(":"):
            return groups[-1].pop()[0].rstrip(":")
        return self.blocks[-1].heading or self.title

    def _heading(self, passage: Passage, list_follows: bool) -> None:
        heading = clean_heading(passage.text)
        if passage.level <= 1 and not self.title and not any(block.groups for block in self.blocks):
            self.title = heading
            return
        if self._skipped_level and passage.level > self._skipped_level:
            return
        self._skipped_level = passage.level if _in(heading, english().skipped_headings) else 0
        if self._skipped_level:
            return
        if self._english and list_follows and introduces(heading):
            self.blocks[-1].groups.append([(heading + ":", passage.id)])
            return
        plain = _in(heading, english().plain_headings)
        self.blocks.append(_Block("" if plain else heading, _in(heading, english().closing_headings), []))


def _in(heading: str, known: frozenset[str]) -> bool:
    return "-".join(heading.lower().rstrip(":.?!").split()) in known


def clean_heading(text: str) -> str:
    """Without its number, its marks and a full stop at the end."""
    text = re.sub(r"^[#\s*_]+|[*_#\s]+$", "", " ".join(text.split()))
    text = re.sub(
        r"^(?:(?:chapter|part|section)\s+)?(?:\d+(?:\.\d+)*|[ivxlc]+|[a-z])[.):]\s+", "", text, flags=re.IGNORECASE
    )
    return text.strip().rstrip(".:;,—–-").strip()


def _groups(passages: list[Passage], heading: str, is_english: bool) -> Iterator[list[tuple[str, str]]]:
    """Paragraphs one by one; a list as one group where its items make sentences together."""
    if passages[0].kind != "item":
        yield from (_paragraph(passage, heading, is_english) for passage in passages)
        return
    texts = [_clean(passage.text) for passage in passages]
    joined = spoken_list(texts, heading) if is_english else None
    if joined is None:
        yield from ([(text, passage.id) for text in _clean_sentences(passage.text)] for passage in passages)
        return
    yield list(zip(joined, _owners(joined, passages), strict=True))


def _paragraph(passage: Passage, heading: str, is_english: bool) -> list[tuple[str, str]]:
    if passage.kind == "quote" and passage.by and is_english:
        return [(quoted(passage), passage.id)]
    inner = _inline_items(passage.text)
    found = spoken_list(inner, heading) if inner and is_english else None
    return [(text, passage.id) for text in found or _clean_sentences(passage.text)]


def quoted(passage: Passage) -> str:
    """ "In the words of Will Durant: ..." """
    name = re.match(r"(?:[A-Z][\w.'’-]*\s?|(?:of|de|von|van|the)\s)+", passage.by)
    text = finished(_clean(passage.text).strip('"“”'))
    return f"In the words of {name.group().strip()}: “{text}”" if name else f"“{text}”"


def _owners(texts: list[str], passages: list[Passage]) -> Iterator[str]:
    for text in texts:
        low = text.lower()
        yield next((p.id for p in passages if _clean(p.text).lower().rstrip(".;,") in low), passages[0].id)


def _inline_items(text: str) -> list[str]:
    """Notes typed in one line: "- erupted 79 AD - killed 2000"."""
    pieces = [piece.strip() for piece in re.split(r"(?:^|\s)[-–•*·]\s+", text)]
    marked = text.lstrip().startswith(("-", "–", "•", "*", "·"))
    items = [piece for piece in pieces if piece]
    whole = any(re.search(r"[.!?]\s+[A-Z]", piece) for piece in items)
    return items if len(items) >= (2 if marked else 3) and not whole else []


def _clean_sentences(text: str) -> list[str]:
    return [finished(sentence) for sentence in sentences.split(_clean(text)) if _is_narration(sentence)]


def _clean(text: str) -> str:
    text = _LABEL.sub("", _NOISE.sub("", text))
    text = re.sub(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}(?=\s|$|[.,;:!?])", "", text)
    return re.sub(r"\s+([.,;:!?])", r"\1", " ".join(text.split())).strip(" -–•·")


def finished(text: str) -> str:
    """With a capital at its start and a mark at its end."""
    text = text.strip().rstrip(";,")
    if text and text[0].islower() and not re.match(r"[a-z]+[A-Z]", text):
        text = text[0].upper() + text[1:]
    if text and not re.search(r"[.!?…。！？؟।:][\"'”’»)\]」』]*$", text):
        text += "."
    return text


def _is_narration(text: str) -> bool:
    words = tokens(text)
    if not words or len(text.split()) > _LONGEST_SENTENCE or _POINTS_ELSEWHERE.search(text):
        return False
    letters = sum(character.isalpha() for character in text)
    return letters >= 0.5 * len(text.replace(" ", "")) or len(words) >= 4


def _without_repeats(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """A sentence that says again what an earlier one said goes, and with it what leaned on it."""
    topics = tuple(topics)
    said = _Said(sentence for topic in topics for sentence in topic.sentences)
    kept_topics = []
    for topic in topics:
        kept: list[Sentence] = []
        dropped = False
        for sentence in topic.sentences:
            dropped = said.before(sentence) or (dropped and sentence.leans)
            if not dropped:
                kept.append(sentence)
                said.add(sentence)
        kept_topics.append(replace(topic, sentences=tuple(kept)))
    return tuple(topic for topic in kept_topics if topic.sentences)


class _Said:
    """What was said so far. Two sentences that share 70 % of their stems share one of their rarest stems."""

    def __init__(self, everything: Iterable[Sentence]) -> None:
        self._frequency = Counter(word for sentence in everything for word in sentence.stems)
        self._texts: set[str] = set()
        self._by_stem: dict[str, list[frozenset[str]]] = {}

    def _rarest(self, stems: frozenset[str]) -> list[str]:
        ordered = sorted(stems, key=lambda word: (self._frequency[word], word))
        return ordered[: len(stems) - math.ceil(_SAME * len(stems)) + 1]

    def add(self, sentence: Sentence) -> None:
        self._texts.add(_plain(sentence.text))
        for rare in self._rarest(sentence.stems):
            self._by_stem.setdefault(rare, []).append(sentence.stems)

    def before(self, sentence: Sentence) -> bool:
        stems = sentence.stems
        if _plain(sentence.text) in self._texts:
            return True
        if len(stems) < 3:
            return False
        others = (other for rare in self._rarest(stems) for other in self._by_stem.get(rare, ()))
        return any(len(stems & other) >= _SAME * len(stems | other) for other in others)


def _plain(text: str) -> str:
    return " ".join(tokens(text.lower()))
