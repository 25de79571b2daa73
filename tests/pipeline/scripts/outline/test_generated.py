"""Properties of the writer without a model over notes of every shape."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ScriptError
from pipeline.scripts.language.sentences import split
from pipeline.scripts.language.words import spoken_words, tokens
from pipeline.scripts.models import Script
from pipeline.scripts.outline import OutlineWriter
from pipeline.scripts.writers import Assignment
from pipeline.sources import Source
from pipeline.sources.models import Origin, Passage
from presets import niches
from tests.pipeline.scripts.assignments import assignment

NOUNS = st.sampled_from(
    [
        "river",
        "engine",
        "castle",
        "ocean",
        "planet",
        "market",
        "bridge",
        "storm",
        "whale",
        "clock",
        "forest",
        "comet",
        "border",
        "island",
    ]
)
VERBS = st.sampled_from(
    ["carried", "changed", "crossed", "built", "found", "watched", "broke", "moved", "joined", "feared"]
)
OPENERS = st.sampled_from(["", "", "", "However, ", "In 1815, ", "But ", "For example, ", "Today, "])
SUBJECTS = st.sampled_from(["the old", "a small", "every", "one famous", "the deepest", "some"])
ENDS = st.sampled_from(
    [
        "",
        " in 1902",
        " with 36,000 people",
        " near Mount Baker",
        " for 3.5 million dollars",
        " at 5 p.m.",
        ", but nobody knew",
    ]
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    if draw(st.integers(0, 5)) == 0:
        return f"It {draw(VERBS)} the {draw(NOUNS)}{draw(ENDS)}."
    text = f"{draw(OPENERS)}{draw(SUBJECTS)} {draw(NOUNS)} {draw(VERBS)} the {draw(NOUNS)}{draw(ENDS)}"
    return text[0].upper() + text[1:] + draw(st.sampled_from([".", ".", ".", "!", "?"]))


PARAGRAPHS = st.lists(sentences(), min_size=1, max_size=6).map(" ".join)
HEADINGS = st.one_of(
    st.just(""), NOUNS.map(lambda noun: f"The {noun}"), NOUNS.map(lambda noun: f"Why the {noun} moved")
)
ITEMS = st.lists(st.one_of(sentences(), NOUNS, VERBS.map(lambda verb: f"{verb} 1904")), min_size=1, max_size=5)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    passages: list[Passage] = []

    def add(kind: str, text: str, level: int = 0) -> None:
        passages.append(Passage(id=f"p{len(passages) + 1}", origin="o1", kind=kind, level=level, text=text))

    for _ in range(draw(st.integers(1, 9))):
        if heading := draw(HEADINGS):
            add("heading", heading, 2)
        for paragraph in draw(st.lists(PARAGRAPHS, min_size=1, max_size=3)):
            add("paragraph", paragraph)
        if draw(st.booleans()):
            for item in draw(ITEMS):
                add("item", item)
    return Source(origins=(Origin(id="o1", kind="notes", title="Notes"),), passages=tuple(passages))


def written(asked: Assignment) -> Script | None:
    """None where the writer said what is missing."""
    try:
        return OutlineWriter().write(asked).script
    except ScriptError as error:
        if re.search("[Aa]dd (about|some)|nothing to tell", error.message):
            return None
        raise


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sources(), st.sampled_from([1.0, 1.5, 3.0]), st.sampled_from([niche.name for niche in niches.all_niches()]))
def test_whatever_the_notes_a_script_is_whole_or_says_what_is_missing(
    source: Source, minutes: float, niche: str
) -> None:
    asked = assignment(source, minutes, niche)
    script = written(asked)
    if script is None:
        return
    said = Counter(
        " ".join(tokens(one.lower()))
        for section in script.sections
        for one in split(section.narration)
        if len(one.split()) > 3
    )
    assert max(said.values()) == 1, said.most_common(2)
    assert all(section.narration.strip()[-1] in '.!?”"' for section in script.sections)
    assert "{" not in " ".join(section.narration for section in script.sections)
    words = sum(spoken_words(section.narration) for section in script.sections)
    assert 0.85 * asked.budget.words <= words <= 1.1 * asked.budget.words


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=12), st.sampled_from(["en", "de", "zh", "ar"]))
def test_no_text_at_all_brings_it_down(texts: list[str], language: str) -> None:
    passages = tuple(Passage(id=f"p{n}", origin="o1", text=text) for n, text in enumerate(texts, 1))
    source = Source(origins=(Origin(id="o1", kind="notes", title="Notes"),), passages=passages, language=language)
    written(assignment(source, 1))
