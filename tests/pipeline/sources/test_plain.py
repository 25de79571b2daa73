"""Plain notes: structure is found in the shape of lines, and no word is lost or invented."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.plain import parse, verbatim


def kinds(text):
    return [(block.kind, block.text) for block in parse(text).blocks]


def test_blank_lines_part_paragraphs():
    assert kinds("One thing.\n\nAnother thing.") == [("paragraph", "One thing."), ("paragraph", "Another thing.")]


def test_hard_wrapped_lines_are_joined():
    text = (
        "A volcano is an opening in the crust of the Earth through\n"
        "which melted rock, ash and gas escape to the sur-\n"
        "face of the planet. It can sleep for centuries."
    )
    joined = text.replace("sur-\nface", "surface").replace("\n", " ")
    assert kinds(text) == [("paragraph", joined)]


def test_short_lines_stand_for_themselves():
    assert kinds("erupted 79 AD\nKilled 2000 people\nBuried Pompeii") == [
        ("paragraph", "erupted 79 AD"),
        ("paragraph", "Killed 2000 people"),
        ("paragraph", "Buried Pompeii"),
    ]


@pytest.mark.parametrize("mark", ["-", "*", "•", "1.", "2)", "–", "a)"])
def test_bullets_and_numbers_make_items(mark):
    assert kinds(f"{mark} First thing\n{mark} Second thing") == [("item", "First thing"), ("item", "Second thing")]


def test_an_item_may_go_on_in_the_next_line():
    assert kinds("- The first item is long\n  and goes on here.\n- Second") == [
        ("item", "The first item is long and goes on here."),
        ("item", "Second"),
    ]


def test_deeper_bullets_are_deeper_items():
    assert [block.level for block in parse("- Top\n    - Below").blocks] == [1, 3]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The Ring of Fire\n\nMost volcanoes stand around the Pacific.", "The Ring of Fire"),
        ("THE RING OF FIRE\nMost volcanoes stand around the Pacific.", "THE RING OF FIRE"),
        ("The Ring of Fire\n================\nMost volcanoes stand there.", "The Ring of Fire"),
        ("Types:\n- Shield\n- Cone", "Types"),
        ("Why do they erupt?\n\nBecause gas expands.", "Why do they erupt?"),
    ],
)
def test_titles_become_headings(text, title):
    first = parse(text).blocks[0]
    assert (first.kind, first.text) == ("heading", title)
    assert parse(text).title == title


def test_a_lonely_short_line_is_no_heading():
    assert kinds("Buy milk") == [("paragraph", "Buy milk")]


def test_a_year_at_the_start_of_a_line_is_no_bullet():
    assert kinds("1815 was a dark year.")[0] == ("paragraph", "1815 was a dark year.")


def test_a_signed_quote_is_a_quote():
    block = parse("“The ice remembers everything.” — Jane Doe").blocks[0]
    assert (block.kind, block.text, block.by) == ("quote", "The ice remembers everything.", "Jane Doe")


def test_rules_bare_addresses_and_reference_marks_are_left_out():
    text = "See it yourself [12].\n\n* * *\n\nhttps://example.org/a?b=c\n\nIt is there (https://example.org)."
    assert kinds(text) == [("paragraph", "See it yourself."), ("paragraph", "It is there.")]


def test_what_nobody_sees_is_left_out():
    assert kinds("ha\u00adlf\u200b a\ufeff \ufb01sh\x07\u202e") == [("paragraph", "half a fish")]


WORDS = st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=8), min_size=1, max_size=30).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_no_word_is_lost_or_invented(paragraphs):
    text = "\n\n".join(paragraphs)
    assert " ".join(block.text for block in parse(text).blocks).split() == text.split()


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    for block in parse(text).blocks:
        assert block.text == block.text.strip()
        assert any(letter.isalnum() for letter in block.text)


SCRIPT = """# The Hook

You think you know it. You don't -
not yet [1].

- First, this: https://example.org stays.
* Then this."""


def test_a_finished_script_keeps_every_word():
    blocks = verbatim(SCRIPT).blocks
    assert [block.kind for block in blocks] == ["heading", "paragraph", "paragraph"]
    assert " ".join(block.text for block in blocks).split() == re.sub(r"^# ", "", SCRIPT).split()


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=("Cc",)) | st.just("\n"), max_size=300))
def test_verbatim_changes_no_word(text):
    spoken = " ".join(block.text for block in verbatim(text).blocks).split()
    assert spoken == [word for word in re.sub(r"^#{1,6} +(?=\S)", "", text, flags=re.MULTILINE).split() if word]
