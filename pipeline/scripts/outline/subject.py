"""What a film is about, as one phrase that stands inside a sentence."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from pipeline.brief import Brief
from pipeline.scripts.language import phrases
from pipeline.scripts.language.lexicon import english
from pipeline.scripts.language.words import content, stem, tokens
from pipeline.scripts.outline.material import Material
from pipeline.scripts.outline.titles import capital, small_letters, spoken_form
from pipeline.sources.models import Source

_ABOUT = re.compile(
    r"^(?:\w+\s+){0,4}?(?:facts?|things?|reasons?|lessons?|tips|guide|introduction|ways|notes|story|truth|secrets?)\b"
    r"(?:\s+\w+){0,4}?\s+(?:about|to|on|of|behind)\s+(.+)$",
    re.IGNORECASE,
)
_ASKING = re.compile(r"^(?:how|why|what|when|where|who)\b", re.IGNORECASE)
_FILE = re.compile(r"\.\w{1,5}$|^(?:untitled|document|notes?|pasted)\b", re.IGNORECASE)


def film_title(source: Source, brief: Brief, material: Material) -> str:
    """The creator's own title, else the source's, else the subject."""
    given = [brief.title, brief.topic, material.title, *(origin.title for origin in source.origins)]
    for title in given:
        if (
            title.strip()
            and not _FILE.search(title.strip())
            and "-".join(title.lower().split()) not in english().plain_headings
        ):
            return capital(_within(title.strip(), 100))
    return capital(_strongest(material))


def _within(title: str, most: int) -> str:
    return title if len(title) <= most else title[: most + 1].rsplit(" ", 1)[0].rstrip(",;:-–")


def subject(title: str, brief: Brief, material: Material) -> str:
    """ "How Volcanoes Work" is about volcanoes, "10 Facts About Honey" about honey."""
    words = brief.topic or title
    words = words.split(": ")[0] if ": " in words and content(words.split(": ")[0]) else words
    about = _ABOUT.match(words)
    if about:
        return small_letters(about.group(1).rstrip("?!."), material)
    if _ASKING.match(words) or not spoken_form(words, material):
        return _named(words, material) or _strongest(material)
    spoken = spoken_form(words, material)
    return spoken if len(spoken.split()) <= 8 else _named(words, material) or spoken


def _named(title: str, material: Material) -> str:
    """The words of the title that the source keeps speaking of."""
    counts = Counter(word for sentence in material.sentences for word in sentence.stems)
    runs: list[list[str]] = [[]]
    articles: list[str] = [""]
    words = tokens(small_letters(title.rstrip("?!."), material))
    for before, word in pairwise(["", *words]):
        verb = word.lower() in english().verbs and counts[stem(word)] < 4
        if word.lower() in english().stop_words or verb or counts[stem(word)] < 2:
            runs.append([])
            articles.append("")
            continue
        if not runs[-1] and before.lower() in english().articles | {"your", "our", "my"}:
            articles[-1] = before.lower()
        runs[-1].append(word)
    best = max(range(len(runs)), key=lambda at: (sum(counts[stem(word)] for word in runs[at]), len(runs[at])))
    return f"{articles[best]} {' '.join(runs[best])}".strip()


def _strongest(material: Material) -> str:
    texts = [sentence.text for sentence in material.sentences]
    found = phrases.ranked(texts, material.names) if material.english else []
    if found:
        return re.sub(r"['’]s?$", "", found[0].text)
    counts = Counter(word for text in texts for word in tokens(text) if len(word) > 4)
    return counts.most_common(1)[0][0] if counts else "this"
