"""Markup, pauses, and the way back from what is heard to what is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.narration.speakable import make_speakable
from pipeline.narration.speakable.numbers import cardinal, ordinal, roman
from pipeline.narration.timing import spoken_spans

EXAMPLES = Path(__file__).parents[4] / "examples"


def pairs(text, **options):
    return [
        (phrase.spoken, phrase.written)
        for breath in make_speakable(text, **options).breaths
        for phrase in breath.phrases
    ]


def test_what_is_heard_keeps_the_words_that_are_written():
    assert pairs("It cost $3.5 million in 79 AD.") == [
        ("It", ("It",)),
        ("cost", ("cost",)),
        ("three point five million dollars", ("$3.5", "million")),
        ("in", ("in",)),
        ("seventy-nine A D.", ("79", "AD.")),
    ]


def test_a_dash_of_its_own_stays_with_the_word_before_it_and_is_heard_as_a_halt():
    assert pairs("ready — go") == [("ready,", ("ready —",)), ("go", ("go",))]


def test_a_mark_at_the_beginning_stays_with_the_word_after_it():
    assert pairs("— go") == [("go", ("— go",))]


def test_markup_is_neither_heard_nor_seen():
    text = "**Bold** and *it* and `code` in a [link](http://x.com) ![picture](a.png)[^1] [3] <b>here</b>"
    assert " ".join(make_speakable(text).written) == "Bold and it and code in a link here"


def test_a_quoted_block_is_read_without_its_marks():
    speakable = make_speakable("> A quote\n> in two lines.\n>\n> Someone, 1757")
    assert [breath.spoken for breath in speakable.breaths] == [
        "A quote in two lines.",
        "Someone, seventeen fifty-seven",
    ]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.md")), ids=lambda path: path.stem)
def test_the_example_notes_are_spoken_without_a_digit_or_a_sign_left(path):
    speakable = make_speakable(path.read_text("utf-8"))
    assert len(speakable.written) > 200
    assert not re.search(r"[\d#*_|<>$€£%&=+°]", speakable.spoken)


def test_emoji_are_neither_heard_nor_seen():
    speakable = make_speakable("Wow 🌋🎉 great 👍🏽!")
    assert speakable.written == ("Wow", "great!")
    assert speakable.spoken == "Wow great!"


def test_headings_and_items_end_like_sentences_with_a_pause():
    speakable = make_speakable("# The Title\n- first item\n2. second item\n\nThen more.")
    assert [breath.spoken for breath in speakable.breaths] == [
        "The Title.",
        "first item.",
        "second item.",
        "Then more.",
    ]
    pauses = [breath.pause_after_ms for breath in speakable.breaths]
    assert pauses[-1] == 0
    assert all(pause >= 300 for pause in pauses[:-1])


@pytest.mark.parametrize(
    ("mark", "pause_ms"),
    [
        ("[pause]", 700),
        ("(pause)", 700),
        ("[short pause]", 350),
        ("[long pause]", 1200),
        ("[pause 1.5s]", 1500),
        ("[pause: 800 ms]", 800),
        ('<break time="500ms"/>', 500),
        ("[pause 99 s]", 10_000),
    ],
)
def test_marked_pauses_part_the_text_for_as_long_as_they_say(mark, pause_ms):
    speakable = make_speakable(f"Wait {mark} for it.")
    assert [breath.spoken for breath in speakable.breaths] == ["Wait", "for it."]
    assert speakable.breaths[0].pause_after_ms == pause_ms


def test_a_marked_pause_at_the_end_is_kept_and_a_paragraphs_is_not():
    assert [breath.pause_after_ms for breath in make_speakable("The end. [pause 2s]").breaths] == [2000]
    assert make_speakable("One.\n\nThe end.").breaths[-1].pause_after_ms == 0


def test_other_languages_keep_their_numbers_and_lose_only_markup():
    text = "Der **Berg** schlief 800 Jahre & 3,5 km – dann [pause] wachte er auf. 🎉"
    speakable = make_speakable(text, language="de", pronunciations={"km": "Kilometer"})
    assert speakable.spoken == "Der Berg schlief 800 Jahre & 3,5 Kilometer, dann wachte er auf."


def test_languages_without_spaces_are_parted_character_by_character():
    speakable = make_speakable("火山は、地球の窓です。", language="ja")
    assert speakable.spoken == "火山は、地球の窓です。"
    assert speakable.written == ("火", "山", "は、", "地", "球", "の", "窓", "で", "す。")


@pytest.mark.parametrize("text", ["", "   ", "🎉", "—", "***", "[pause]", "[1]"])
def test_nothing_to_say_has_no_breaths(text):
    assert make_speakable(text).breaths == ()


WRITING = st.text(st.sampled_from("abcXYZ 0123456789.,;:!?-–—'\"()[]$€%/°#@&*_~^<>|=+²½éüж火は🎉\n\t"), max_size=120)


@given(WRITING, st.sampled_from(["en", "de", "ja"]))
def test_any_text_can_be_made_speakable(text, language):
    speakable = make_speakable(text, language=language)
    for breath in speakable.breaths:
        assert breath.phrases
        for phrase, (start, end) in zip(breath.phrases, spoken_spans(breath), strict=True):
            assert breath.spoken[start:end] == phrase.spoken
            assert any(c.isalnum() or c in "&+=%€$£§" for c in phrase.spoken)
            assert phrase.written
            assert all(word.strip() for word in phrase.written)


WORDS = ("the", "mountain", "1984", "$5", "NASA", "3%", "Dr.", "Smith,", "and", "then...", "—", "79", "AD", "IV")


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_every_written_word_is_kept_once_and_in_order(words):
    written = " ".join(make_speakable(" ".join(words)).written)
    expected = " ".join(words)
    assert written == expected or not any(map(str.isalnum, expected))


@given(st.integers(0, 10**15))
def test_cardinals_have_no_digits_and_ordinals_end_like_ordinals(number):
    assert not any(map(str.isdigit, cardinal(number)))
    assert ordinal(number).endswith(("th", "st", "nd", "rd"))


@given(st.integers(1, 3999))
def test_roman_numerals_are_read_back(number):
    numerals = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")]
    numerals += [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    written, rest = "", number
    for value, letters in numerals:
        written += letters * (rest // value)
        rest %= value
    assert roman(written) == number
    assert roman("IIII") is None
