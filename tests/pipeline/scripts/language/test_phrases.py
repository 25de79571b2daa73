from __future__ import annotations

import pytest

from pipeline.scripts.language.figures import figures
from pipeline.scripts.language.phrases import names, noun_phrases, ranked


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("killed more than 36,000 people in a day", "36,000 people"),
        ("a film of $3.5 million in 1999", "$3.5 million"),
        ("lava of 1,200 °C and more", "1,200 °C"),
        ("about 75 percent of them", "75 percent"),
        ("a 40,000-kilometre horseshoe around it", "40,000-kilometre horseshoe"),
        ("nearly 11 kilometres down", "11 kilometres"),
    ],
)
def test_a_figure_comes_with_what_it_counts(text: str, figure: str) -> None:
    assert figures(text)[0].text == figure
    assert figures(text)[0].telling


@pytest.mark.parametrize("text", ["In 1815, it began", "In 1997, underwater microphones heard it", "in 79 AD it ended"])
def test_a_year_is_no_telling_figure(text: str) -> None:
    assert [figure.year for figure in figures(text)] == [True]
    assert not figures(text)[0].telling


def test_names_are_what_is_never_written_small() -> None:
    found = names(
        ["Then Mount Vesuvius woke.", "The people of Pompeii saw a mountain.", "No Mountain is safe, they say."]
    )
    assert {"Vesuvius", "Pompeii"} <= found
    assert "Mountain" not in found


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It sits along the Ring of Fire in the sea.", "the Ring of Fire"),
        ("A volcano is an opening in the Earth's crust.", "the Earth's crust"),
        ("There is a plume of hot rock below.", "a plume of hot rock"),
        ("They saw Mount St. Helens explode.", "Mount St. Helens"),
    ],
)
def test_noun_phrases_are_whole(text: str, phrase: str) -> None:
    known = frozenset({"Ring", "Fire", "Earth's", "Earth", "Mount", "St", "Helens"})
    assert phrase in [found.text for found in noun_phrases(text, known)]


@pytest.mark.parametrize("text", ["The rock melts and the magma climbs.", "If the gas escapes gently, it flows."])
def test_a_verb_is_never_taken_into_a_phrase(text: str) -> None:
    assert not {"climbs", "melts", "escapes"} & {word for phrase in noun_phrases(text) for word in phrase.text.split()}


def test_what_is_spoken_of_most_comes_first() -> None:
    texts = ["The steam engine changed the mines.", "Every mine wanted a steam engine.", "A horse pulled the cart."]
    assert ranked(texts, frozenset())[0].bare == "steam engine"
