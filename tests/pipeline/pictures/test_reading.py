"""Which words ask for which card, and which ask for none."""

from __future__ import annotations

import pytest

from pipeline.pictures import reading


@pytest.mark.parametrize(
    ("text", "kind", "lines"),
    [
        ("There are about 1,500 active volcanoes.", "big_number", ("1,500", "active volcanoes")),
        ("About 71 percent of the surface is water.", "big_number", ("71%", "of the surface is water")),
        (
            "In 1773 the Boston Tea Party changed history. In 1848 Robert Fortune stole tea plants.",
            "timeline",
            ("1773 | The Boston Tea Party changed history", "1848 | Robert Fortune stole tea plants"),
        ),
        (
            "Scientists watch three signs: small earthquakes, rising ground, and changing gases.",
            "list",
            ("Small earthquakes", "Rising ground", "Changing gases"),
        ),
        (
            "First, rock melts deep below. Then magma rises to the top. Finally, lava breaks out.",
            "process",
            ("Rock melts deep below", "Magma rises to the top", "Lava breaks out"),
        ),
        (
            "Saving is safe, but investing grows over time.",
            "comparison",
            ("Saving | Is safe", "Investing | Grows over time"),
        ),
        (
            'William Gladstone wrote, "If you are cold, tea will warm you."',
            "quote",
            ("If you are cold, tea will warm you.", "William Gladstone"),
        ),
        ("Lava is made of molten rock, gas, and crystals.", "idea_map", ("Molten rock", "Gas", "Crystals")),
    ],
)
def test_words_ask_for_their_card(text, kind, lines):
    found = reading.card(text)

    assert found is not None
    assert (found.kind, found.lines) == (kind, lines)


def test_what_a_number_counts_ends_before_the_sentence_goes_on():
    found = reading.card("These days 57,000 dollars will not buy them what they would have bought thirty years ago.")

    assert found is not None
    assert found.lines == ("57,000", "dollars")


@pytest.mark.parametrize(
    "text",
    [
        "The mountain slept for a long time.",
        "It happened in 1883.",
        "He had 3 sons and 2 daughters.",
        "But nobody came, and the night went on.",
    ],
)
def test_plain_telling_asks_for_none(text):
    assert reading.card(text) is None


def test_sentences_do_not_end_at_abbreviations():
    assert reading.sentences("Dr. Smith came. He left.") == ["Dr. Smith came.", "He left."]


def test_text_on_cards_is_never_cut_off():
    text = "In 1815 Mount Tambora erupted with a force that nobody alive had ever seen. In 1883 Krakatoa followed."

    found = reading.card(text)

    for line in found.lines if found else ():
        _, _, event = line.partition(" | ")
        assert event.lower() in text.lower()
        assert event.rsplit(None, 1)[-1].lower() not in reading.STOP
