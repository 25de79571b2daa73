"""Markdown: what a reader would read stays, what a renderer would hide goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.markdown import looks_like, parse


def kinds(text):
    return [(block.kind, block.text) for block in parse(text).blocks]


def test_headings_keep_their_levels():
    blocks = parse("# Tea\n\nText one.\n\n### Deep\n\nText two.").blocks
    assert [(block.text, block.level) for block in blocks if block.kind == "heading"] == [("Tea", 1), ("Deep", 3)]


def test_the_first_heading_is_the_title():
    assert parse("# Tea\n\nText.").title == "Tea"


@pytest.mark.parametrize(
    "front", ["---\ntitle: 'All about tea'\ndraft: true\n---", '+++\ntitle = "All about tea"\n+++']
)
def test_front_matter_gives_the_title_and_nothing_else(front):
    extract = parse(f"{front}\n\nTea is a drink.")
    assert extract.title == "All about tea"
    assert [block.text for block in extract.blocks] == ["Tea is a drink."]


def test_links_keep_their_words_and_lose_their_addresses():
    assert kinds("See [the map](https://example.org/x_(y)) or <https://example.org>.") == [
        ("paragraph", "See the map or.")
    ]


def test_emphasis_and_code_marks_are_gone():
    assert kinds("It is **very** _hot_, ~~cold~~ `really`.") == [("paragraph", "It is very hot, cold really.")]


def test_pictures_are_left_out():
    assert kinds("![a cat](cat.png)\n\nA cat.") == [("paragraph", "A cat.")]


def test_blocks_of_code_are_left_out_and_that_is_said():
    extract = parse("Before.\n\n```python\nprint(1)\n```\n\nAfter.")
    assert [block.text for block in extract.blocks] == ["Before.", "After."]
    assert extract.notes == ("A block of code was left out.",)


def test_indented_text_is_text():
    assert kinds("# Notes\n\n    An indented paragraph.") == [
        ("heading", "Notes"),
        ("paragraph", "An indented paragraph."),
    ]


def test_lists_become_items_with_their_depth():
    blocks = parse("- One\n  - Two\n- [x] Done\n\n1. First").blocks
    assert [(block.kind, block.text, block.level) for block in blocks] == [
        ("item", "One", 1),
        ("item", "Two", 2),
        ("item", "Done", 1),
        ("item", "First", 1),
    ]


def test_a_quote_is_whole_and_signed():
    block = parse("> First line\n> goes on.\n>\n> Second line.\n>\n> — Jane Doe").blocks[0]
    assert (block.kind, block.text, block.by) == ("quote", "First line goes on. Second line.", "Jane Doe")


def test_rows_of_a_table_become_items_that_can_be_said():
    table = "| Volcano | Year | Place |\n|---|---|---|\n| Vesuvius | 79 | Italy |\n| Tambora | 1815 | |"
    assert kinds(table) == [("item", "Vesuvius: Year 79, Place Italy"), ("item", "Tambora: Year 1815")]


def test_each_table_has_its_own_columns():
    two = "| A | B |\n|---|---|\n| 1 | 2 |\n\nText.\n\n| C | D |\n|---|---|\n| 3 | 4 |"
    assert [text for kind, text in kinds(two) if kind == "item"] == ["1: B 2", "3: D 4"]


def test_footnotes_are_left_out():
    assert kinds("It is old.[^1] Very.\n\n[^1]: Smith 2010,\n    page 4.\n\nEnd.") == [
        ("paragraph", "It is old. Very."),
        ("paragraph", "End."),
    ]


def test_markup_and_comments_are_left_out():
    assert kinds("<!-- secret -->\n\nOne<br>two <b>three</b>.") == [("paragraph", "One two three.")]


def test_wrapped_lines_are_one_paragraph():
    text = "A line that is long enough to have been wrapped by an\neditor at some column, and its end."
    assert kinds(f"# T\n\n{text}")[1:] == [("paragraph", text.replace("\n", " "))]


@pytest.mark.parametrize(
    "text", ["# A title", "See [this](http://x)", "**bold**", "> quoted", "| a |\n|---|", "---\na: b\n---\n"]
)
def test_markdown_is_recognised(text):
    assert looks_like(text)


@pytest.mark.parametrize("text", ["Plain words.", "- a list alone", "#hashtag", "2 * 3 * 4", "a_b_c"])
def test_plain_words_are_not(text):
    assert not looks_like(text)


MARKS = st.sampled_from(
    ["# ", "> ", "- ", "```\n", "|", "[a](", "![", "**", "\n\n", "<b>", "---\n", "[^1]", "1. ", "    "]
)


@given(st.lists(MARKS | st.text(max_size=12), max_size=30).map("".join))
def test_any_markdown_can_be_read(text):
    for block in parse(text).blocks:
        assert "\n" not in block.text
        assert any(letter.isalnum() for letter in block.text)
