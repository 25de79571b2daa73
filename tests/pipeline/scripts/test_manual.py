from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ScriptError
from pipeline.scripts.language.words import spoken_words
from pipeline.scripts.manual import ManualWriter
from pipeline.scripts.models import Script
from pipeline.scripts.writers import LengthChange
from pipeline.sources import Source
from pipeline.sources.models import Origin, Passage
from tests.pipeline.scripts.assignments import assignment, budget, notes

SENTENCE = "The river carried the old boat past the quiet town and out to the open sea."


def paragraphs(*sizes: int) -> str:
    return "\n\n".join(" ".join([SENTENCE] * size) for size in sizes)


def pasted(text: str, minutes: float) -> Script:
    source = notes(text, transcript="manual")
    return ManualWriter().write(assignment(source, minutes, transcript="manual")).script


def test_not_a_word_is_added_dropped_or_moved() -> None:
    text = paragraphs(1, 4, 5, 3, 4, 3)
    spoken = " ".join(section.narration for section in pasted(text, 2).sections)
    assert spoken.split() == text.split()


def test_the_first_words_are_the_hook() -> None:
    script = pasted(paragraphs(1, 4, 5, 3, 4, 3), 2)
    assert script.sections[0].kind == "hook"
    assert script.sections[0].narration == SENTENCE
    assert [hook.narration for hook in script.hooks] == [SENTENCE]


def test_a_long_first_paragraph_gives_its_first_sentences_to_the_hook() -> None:
    script = pasted(paragraphs(20), 2)
    assert spoken_words(script.sections[0].narration) <= 46
    assert len(script.sections) > 3


def test_headings_become_titles_and_are_not_spoken() -> None:
    text = f"{SENTENCE}\n\n## The boat\n\n{paragraphs(9)}\n\n## The sea\n\n{paragraphs(9)}"
    script = pasted(text, 2)
    assert [section.title for section in script.sections if section.title] == ["The boat", "The sea"]
    assert "## " not in " ".join(section.narration for section in script.sections)


def test_a_plea_at_the_end_is_the_call_to_action() -> None:
    script = pasted(paragraphs(2, 8, 8) + "\n\nSubscribe for more films like this one.", 2)
    assert script.sections[-1].kind == "call_to_action"


def test_a_script_of_another_length_is_refused_before_anything_is_spent() -> None:
    with pytest.raises(
        ScriptError, match=r"Word for word, this script speaks for about 3\.\d minutes and 2 were asked\. Ask for"
    ):
        pasted(paragraphs(*[5] * 8), 2)


def test_a_script_of_a_few_words_asks_for_more() -> None:
    with pytest.raises(ScriptError, match=r"Please add about \d+ words"):
        pasted(SENTENCE, 2)


def test_nothing_is_rewritten() -> None:
    source = notes(paragraphs(1, 9, 9), transcript="manual")
    asked = assignment(source, 2, transcript="manual")
    script = ManualWriter().write(asked).script
    assert ManualWriter().revise(script, (LengthChange("s02_beat", 500),), asked).script == script


@given(st.lists(st.integers(1, 12), min_size=1, max_size=12), st.sets(st.integers(0, 11)))
def test_whatever_its_shape_a_transcript_is_kept_word_for_word(sizes: list[int], headed: set[int]) -> None:
    passages: list[Passage] = []
    for place, size in enumerate(sizes):
        if place in headed:
            passages.append(Passage(id=f"h{place}", origin="o1", kind="heading", level=2, text=f"Part {place}"))
        passages.append(Passage(id=f"p{place}", origin="o1", text=" ".join([SENTENCE] * size)))
    source = Source(origins=(Origin(id="o1", kind="notes", title="Notes"),), passages=tuple(passages))
    minutes = budget(1).minutes_of(sum(sizes) * spoken_words(SENTENCE))
    if not 1 <= minutes <= 12:
        return
    script = ManualWriter().write(assignment(source, round(minutes, 2), transcript="manual")).script
    spoken = " ".join(section.narration for section in script.sections).split()
    assert spoken == " ".join([SENTENCE] * sum(sizes)).split()
    assert script.sections[0].kind == "hook"
