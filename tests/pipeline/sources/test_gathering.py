"""Many documents become one: nothing twice, everything fair, every passage numbered."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.blocks import Block, Extract
from pipeline.sources.boilerplate import is_boilerplate
from pipeline.sources.gathering import Gathered, gather, shares
from pipeline.sources.models import Origin

SENTENCE = "Most of the mantle is solid rock, but here and there it melts and rises towards the surface of the Earth."


def document(number, *blocks, notes=()):
    made = tuple(Block(block) if isinstance(block, str) else block for block in blocks)
    return Gathered(Origin(id=f"o{number}", kind="file", title=f"Book {number}"), Extract(made, notes=notes))


def texts(*documents, words=1000, verbatim=False):
    passages, _ = gather(list(documents), words, verbatim=verbatim)
    return [passage.text for passage in passages]


def test_passages_are_numbered_through_all_documents():
    passages, _ = gather([document(1, "One.", "Two."), document(2, "Three.")], 100, verbatim=False)
    assert [(passage.id, passage.origin) for passage in passages] == [("p1", "o1"), ("p2", "o1"), ("p3", "o2")]


def test_the_same_words_are_kept_once():
    assert texts(document(1, "Tea is hot."), document(2, "TEA is hot!", "Tea is green.")) == [
        "Tea is hot.",
        "Tea is green.",
    ]


def test_nearly_the_same_words_are_kept_once():
    copy = SENTENCE.replace("of the Earth.", "of our Earth.")
    assert texts(document(1, SENTENCE), document(2, copy, "Something else.")) == [SENTENCE, "Something else."]


def test_a_quotation_inside_new_words_is_kept():
    longer = f"{SENTENCE} But what happens next is another story, and it takes a good deal longer to tell it properly."
    assert texts(document(1, SENTENCE), document(2, longer)) == [SENTENCE, longer]


def test_headings_with_nothing_below_them_at_the_end_go():
    assert texts(document(1, Block("Tea", "heading", 1), "It is hot.", Block("Links", "heading", 2))) == [
        "Tea",
        "It is hot.",
    ]


def test_headings_whose_words_were_said_before_go():
    first = document(1, Block("Tea", "heading", 1), Block("Heat", "heading", 2), "It is hot.")
    again = document(
        2, Block("Tea", "heading", 1), Block("Warm", "heading", 2), "It is hot.", Block("Cold", "heading", 2), "Not."
    )
    assert texts(first, again) == ["Tea", "Heat", "It is hot.", "Tea", "Cold", "Not."]


def test_a_heading_as_long_as_a_paragraph_is_one():
    passages, _ = gather([document(1, Block(f"{SENTENCE} {SENTENCE}", "heading", 2))], 1000, verbatim=False)
    assert passages[0].kind == "paragraph"


def test_a_finished_script_may_repeat_itself():
    assert texts(document(1, "Never.", "Never."), verbatim=True) == ["Never.", "Never."]


def test_what_does_not_fit_is_cut_at_a_sentence_and_said():
    passages, notes = gather([document(1, "One two three. Four five six. Seven eight.")], 7, verbatim=False)
    assert [passage.text for passage in passages] == ["One two three. Four five six."]
    assert notes == ("Book 1: the first 6 of 8 words are used; more does not fit.",)


def test_what_a_parser_left_out_is_said_with_its_title():
    _, notes = gather([document(1, "One.", notes=("A block of code was left out.",))], 10, verbatim=False)
    assert notes == ("Book 1: A block of code was left out.",)


def test_a_small_document_is_whole_beside_a_large_one():
    assert shares([10, 1000], 100) == [10, 90]
    assert shares([1000, 10, 1000], 100) == [45, 10, 45]


@given(st.lists(st.integers(0, 5000), max_size=20), st.integers(0, 5000))
def test_room_is_shared_without_waste(sizes, room):
    given_room = shares(sizes, room)
    assert all(0 <= part <= size for part, size in zip(given_room, sizes, strict=True))
    assert sum(given_room) <= room
    assert sum(given_room) >= min(sum(sizes), room) - len(sizes)


WORDS = st.lists(st.sampled_from(["tea", "is", "hot", "and", "green", "but", "not", "today"]), min_size=1, max_size=12)


@given(st.lists(WORDS.map(lambda words: " ".join(words) + "."), max_size=20), st.integers(1, 60))
def test_no_passage_comes_twice_and_the_limit_holds(paragraphs, words):
    found = texts(document(1, *paragraphs), words=words)
    assert len(found) == len({text.casefold() for text in found})
    assert sum(len(text.split()) for text in found) <= words


def test_lines_that_stand_around_texts_are_known():
    for line in (
        "All rights reserved.",
        "© 2024 The Frost",
        "Share this article",
        "3 comments",
        "Accept all cookies",
        "5 min read",
    ):
        assert is_boilerplate(line), line


def test_sentences_that_only_begin_like_them_are_not():
    for line in (
        "Share prices fell in the autumn of 1929, and nobody knew how far they would go.",
        "Subscribe to an idea long enough, and it becomes a habit that you no longer notice at all in your life.",
        "Home is where the tea is.",
        "Search parties left at dawn.",
    ):
        assert not is_boilerplate(line), line
