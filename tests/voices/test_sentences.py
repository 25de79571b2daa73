"""Parting a text for engines that take only so much."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voices.sentences import parts


def test_a_text_is_parted_between_sentences():
    text = "One is here. Two is here! Three is here? Four."
    assert [part.text for part in parts(text, 26)] == ["One is here. Two is here!", "Three is here? Four."]


def test_a_long_sentence_is_parted_at_its_commas_and_a_long_clause_between_words():
    text = "First this clause, then another clause without any mark in it at all"
    assert [part.text for part in parts(text, 30)] == [
        "First this clause, then",
        "another clause without any",
        "mark in it at all",
    ]


@given(st.text(alphabet="ab .,!?é", max_size=300), st.integers(4, 60))
def test_nothing_is_lost_and_no_part_is_too_long(text, limit):
    found = parts(text, limit)
    assert "".join("".join(part.text for part in found).split()) == "".join(text.split())
    for part in found:
        assert 0 < len(part.text) <= limit
        assert text[part.start : part.start + len(part.text)] == part.text
