"""What the writer without a model makes of real notes, in every niche."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from pipeline.errors import ScriptError
from pipeline.scripts.language.sentences import split
from pipeline.scripts.language.words import spoken_words, tokens
from pipeline.scripts.models import Script
from pipeline.scripts.outline import OutlineWriter
from pipeline.scripts.writers import LengthChange
from presets import niches
from tests.pipeline.scripts.assignments import assignment, budget, example, notes, outlined

NICHES = [niche.name for niche in niches.all_niches()]
FILMS = [("volcanoes", 2), ("tea", 9), ("deep-sea", 1), ("endurance", 3)]

films = pytest.mark.parametrize(
    ("name", "minutes", "niche"), [(name, minutes, niche) for name, minutes in FILMS for niche in NICHES]
)


@cache
def film(name: str, minutes: float, niche: str) -> Script:
    return outlined(name, minutes, niche)


def plain(text: str) -> str:
    return " ".join(tokens(text.lower()))


def own_words(name: str) -> str:
    return plain(" ".join(passage.text for passage in example(name).passages))


@films
def test_a_film_has_its_parts_in_their_order(name: str, minutes: float, niche: str) -> None:
    script = film(name, minutes, niche)
    kinds = [section.kind for section in script.sections]
    beats = kinds.count("beat")
    assert kinds == ["hook", "setup", *["beat"] * beats, "recap", "call_to_action"]
    assert 3 <= beats <= (10 if minutes > 8 else 7)
    assert [section.id[:3] for section in script.sections] == [f"s{place:02d}" for place in range(1, len(kinds) + 1)]


@films
def test_it_speaks_for_as_long_as_asked(name: str, minutes: float, niche: str) -> None:
    words = sum(spoken_words(section.narration) for section in film(name, minutes, niche).sections)
    assert words == pytest.approx(budget(minutes, niche).words, rel=0.05)


@films
def test_no_sentence_is_said_twice(name: str, minutes: float, niche: str) -> None:
    said = Counter(
        plain(sentence) for section in film(name, minutes, niche).sections for sentence in split(section.narration)
    )
    assert [sentence for sentence, count in said.items() if count > 1 and len(sentence.split()) > 2] == []


@films
def test_every_fact_is_the_creators_own_sentence(name: str, minutes: float, niche: str) -> None:
    source = own_words(name)
    for section in film(name, minutes, niche).sections:
        if section.kind != "beat":
            continue
        theirs = [sentence for sentence in split(section.narration) if plain(sentence) in source]
        assert len(theirs) >= len(split(section.narration)) - 3
        assert theirs
        assert section.sources


@films
def test_no_sentence_ends_in_the_middle(name: str, minutes: float, niche: str) -> None:
    for section in film(name, minutes, niche).sections:
        assert re.search(r"[.!?][\"”’]?$", section.narration), section.narration


@films
def test_every_section_cites_passages_that_exist(name: str, minutes: float, niche: str) -> None:
    known = {passage.id for passage in example(name).passages}
    cited = {passage for section in film(name, minutes, niche).sections for passage in section.sources}
    assert cited
    assert cited <= known


@films
def test_the_three_hooks_differ_in_pattern_and_words(name: str, minutes: float, niche: str) -> None:
    script = film(name, minutes, niche)
    assert len({hook.pattern for hook in script.hooks}) == 3
    assert len({hook.narration for hook in script.hooks}) == 3
    assert script.sections[0].narration == script.hooks[0].narration


@films
def test_what_is_shown_is_short_and_whole(name: str, minutes: float, niche: str) -> None:
    script = film(name, minutes, niche)
    spoken = plain(" ".join([script.title, *(f"{section.title} {section.narration}" for section in script.sections)]))
    for section in script.sections:
        assert len(section.on_screen) <= 62
        if section.kind == "beat":
            assert section.title
            assert plain(section.on_screen) in spoken


@films
def test_no_connecting_line_comes_back(name: str, minutes: float, niche: str) -> None:
    lines = niches.load(niche).lines
    spoken = " ".join(section.narration for section in film(name, minutes, niche).sections)
    fixed = [line for _, line in lines.all() if "{" not in line and len(line.split()) > 2]
    assert [line for line in fixed if spoken.count(line) > 1] == []


@films
def test_a_sentence_that_needs_the_one_before_follows_it(name: str, minutes: float, niche: str) -> None:
    texts = [split(passage.text) for passage in example(name).passages if passage.kind != "heading"]
    before = {after: first for text in texts for first, after in pairwise(text)}
    for section in film(name, minutes, niche).sections:
        for first, sentence in pairwise(split(section.narration)):
            if sentence.startswith(("It ", "They ", "This ", "But ", "However, ", "So ")) and sentence in before:
                assert plain(first).endswith(plain(before[sentence])) or plain(before[sentence]) in plain(first)


def test_the_same_notes_give_the_same_script() -> None:
    assert outlined("gps", 3) == outlined("gps", 3)


def test_another_hook_opens_the_film_and_its_fact_is_told_only_there() -> None:
    for number in (1, 2, 3):
        script = outlined("volcanoes", 3, hook=number)
        assert script.sections[0].narration == script.hooks[number - 1].narration
        fact = split(script.hooks[number - 1].narration)[-1]
        assert sum(fact in section.narration for section in script.sections) == 1


def test_notes_that_carry_less_say_how_much_and_what_to_do() -> None:
    with pytest.raises(
        ScriptError, match=r"These notes carry about 3\.\d minutes\. Ask for 3\.\d minutes, or add about \d+0 words"
    ):
        outlined("deep-sea", 12)


def test_notes_that_carry_less_than_a_minute_ask_for_words() -> None:
    source = notes("Tea is a drink. It comes from China. Monks carried it to Japan in the ninth century.")
    with pytest.raises(
        ScriptError, match=r"carry about 0\.\d minutes and the shortest film is 1 minute\. Add about \d+ words"
    ):
        OutlineWriter().write(assignment(source, 1))


def test_a_film_that_is_as_long_as_the_notes_carry_says_so() -> None:
    said = []
    for tenths in range(40, 50):
        try:
            said += OutlineWriter().write(assignment(example("endurance"), tenths / 10)).script.notes
        except ScriptError:
            break
    assert said
    assert all("the film is as long as they carry" in note for note in said)


def test_a_topic_alone_is_refused_with_what_to_do() -> None:
    source = notes("", topic="the history of tea")
    with pytest.raises(ScriptError, match="A topic alone needs a text model"):
        OutlineWriter().write(assignment(source, 1, topic="the history of tea"))


def test_a_beat_grows_and_shrinks_by_whole_sentences() -> None:
    asked = assignment(example("tea"), 4)
    script = OutlineWriter().write(asked).script
    beat = next(section for section in script.sections if section.kind == "beat")
    words = spoken_words(beat.narration)
    for wanted in (0.6 * words, 1.5 * words):
        revised = OutlineWriter().revise(script, (LengthChange(beat.id, wanted),), asked).script
        changed = {section.id: section for section in revised.sections}
        assert abs(spoken_words(changed[beat.id].narration) - wanted) < abs(words - wanted)
        assert [section for section in revised.sections if section.id != beat.id] == [
            section for section in script.sections if section.id != beat.id
        ]
        said = Counter(plain(one) for section in revised.sections for one in split(section.narration))
        assert max(said.values()) == 1


def test_a_book_is_told_by_its_strongest_parts_in_seconds() -> None:
    chapter = "\n\n".join(passage.text for passage in example("tea").passages if passage.kind != "heading")
    book = "\n\n".join(
        f"## Chapter {number}: The year {1000 + number}\n\n"
        + chapter.replace("tea", f"tea{number}").replace("18", str(number))
        for number in range(40)
    )
    script = OutlineWriter().write(assignment(notes(book), 5)).script
    assert sum(spoken_words(section.narration) for section in script.sections) == pytest.approx(
        budget(5).words, rel=0.05
    )
