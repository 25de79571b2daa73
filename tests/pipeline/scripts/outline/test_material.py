from __future__ import annotations

import pytest

from pipeline.scripts.outline.material import gather
from tests.pipeline.scripts.assignments import notes


def told(text: str) -> list[str]:
    return [sentence.text for sentence in gather(notes(text)).sentences]


def test_deeds_in_bullets_become_a_sentence_about_their_heading() -> None:
    text = "# Vesuvius\n\n- erupted 79 AD\n- killed 2000\n- buried Pompeii\n\nThe ash was six metres deep."
    assert told(text)[0] == "Vesuvius erupted in 79 AD, killed 2000 and buried Pompeii."


def test_short_items_join_the_line_that_introduces_them() -> None:
    text = "There are three kinds of volcano:\n\n- shield volcanoes\n- cinder cones\n- stratovolcanoes"
    assert told(text) == ["There are three kinds of volcano: shield volcanoes, cinder cones and stratovolcanoes."]


def test_items_that_are_sentences_stay_sentences() -> None:
    text = "## Facts\n\n- Honey never spoils in a closed jar.\n- Bees visit two million flowers for one pound."
    assert told(text) == ["Honey never spoils in a closed jar.", "Bees visit two million flowers for one pound."]


def test_notes_typed_in_one_line_are_parted() -> None:
    assert len(told("Vesuvius - erupted 79 AD - killed 2000 people - buried Pompeii and other towns")) >= 1


def test_references_and_addresses_are_not_narrated() -> None:
    text = (
        "Tea is old [3]. As mentioned above, it is a plant. See figure 3 for details. It grows in China (Smith, 2004)."
    )
    assert told(text) == ["Tea is old.", "It grows in China."]


def test_a_list_of_references_is_left_out() -> None:
    text = "# Tea\n\n## Origins\n\nTea comes from China.\n\n## References\n\nSmith wrote a book about it."
    assert told(text) == ["Tea comes from China."]


def test_what_is_said_again_is_dropped_with_what_leaned_on_it() -> None:
    text = (
        "The great wall of China is visible for many miles.\n\nTea is a drink.\n\n"
        "The great wall of China is visible for miles. It is long."
    )
    assert told(text) == ["The great wall of China is visible for many miles.", "Tea is a drink."]


def test_a_quote_names_who_said_it() -> None:
    text = "# Volcanoes\n\nThey are old.\n\n> Civilization exists by geological consent.\n>\n> Will Durant"
    assert (
        any(sentence.startswith("In the words of Will Durant: “Civilization") for sentence in told(text))
        or len(told(text)) >= 2
    )


@pytest.mark.parametrize(
    "second",
    [
        "It buried two towns.",
        "However, some people fled.",
        "The eruption lasted two days.",
        "In the morning, they went home.",
        "Such clouds are deadly.",
        "For ten months she drifted with the ice.",
    ],
)
def test_a_sentence_leans_when_only_the_one_before_explains_it(second: str) -> None:
    found = gather(notes(f"In 79 AD the mountain erupted over the bay. {second}")).sentences
    assert [sentence.leans for sentence in found] == [False, True]


@pytest.mark.parametrize(
    "second",
    [
        "In 1815, Mount Tambora changed the weather of the world.",
        "Scientists watch for swarms of small earthquakes.",
        "The deepest place on Earth lies in the Mariana Trench.",
        "More than 800 million people live near a volcano.",
    ],
)
def test_a_sentence_about_something_else_stands_alone(second: str) -> None:
    found = gather(notes(f"Vesuvius buried the Roman town of Pompeii. {second}")).sentences
    assert [sentence.leans for sentence in found] == [False, False]
