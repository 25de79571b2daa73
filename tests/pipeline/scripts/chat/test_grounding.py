from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scripts.chat.checks import cited
from pipeline.scripts.chat.grounding import numbers, unsupported
from pipeline.sources.models import Passage

PASSAGES = (
    Passage(
        id="p1",
        origin="o1",
        text="In 1883, Krakatoa exploded. The waves killed more than 36,000 people in Java and Sumatra.",
    ),
    Passage(id="p2", origin="o1", text="Mount Pinatubo erupted in 1991, and about 5 percent of the crops were lost."),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("36,000 people", 36_000),
        ("thirty-six thousand people", 36_000),
        ("3.5 million", 3_500_000),
        ("three hundred and forty-two", 342),
        ("two thousand five hundred", 2500),
        ("nineteen", 19),
    ],
)
def test_a_number_is_the_same_in_words_and_in_figures(text: str, value: float) -> None:
    assert numbers(text) == [value]


@given(st.integers(0, 999_999))
def test_figures_are_read_as_they_are_written(value: int) -> None:
    assert numbers(f"about {value:,} of them") == [value]


@pytest.mark.parametrize(
    "narration",
    [
        "In 1883, the island of Krakatoa blew up. Thirty-six thousand people died.",
        "There are three reasons for that.",
        "Java and Sumatra were struck. Nobody was ready.",
        "However, Krakatoa's waves came first.",
    ],
)
def test_what_the_passages_hold_is_supported(narration: str) -> None:
    assert unsupported(narration, PASSAGES) == []


@pytest.mark.parametrize(
    ("narration", "claim"),
    [
        ("It happened in 1884, they say.", "1884"),
        ("The waves killed 40,000 people.", "40,000"),
        ("The waves reached Madagascar within hours.", "Madagascar"),
        ("It was seen by Captain Robert Watson.", "Captain Robert Watson"),
    ],
)
def test_what_no_passage_holds_is_found(narration: str, claim: str) -> None:
    assert [found.text for found in unsupported(narration, PASSAGES)] == [claim]


def test_a_fact_of_another_passage_is_cited_and_not_refused() -> None:
    assert cited("Krakatoa came first, then Mount Pinatubo in 1991.", ["p1", "p99"], PASSAGES) == ("p1", "p2")


def test_what_is_cited_well_stays_as_it_is() -> None:
    assert cited("Krakatoa exploded in 1883.", ["p1"], PASSAGES) == ("p1",)
