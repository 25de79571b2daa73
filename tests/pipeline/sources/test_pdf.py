"""PDF files: paragraphs and headings come back, what stands around them goes, and nothing hangs or crashes."""

import pytest

from pipeline.sources.errors import SourceDamaged, SourceEncrypted, SourceScanned
from pipeline.sources.limits import Limits
from pipeline.sources.pdf import parse
from tests.pipeline.sources.documents import locked_pdf, paragraph_page, pdf

BODY = paragraph_page(
    "A volcano is an opening in the crust through which melted rock, ash",
    "and gas escape. There are about 1,350 potentially active vol-",
    "canoes on land.",
    "Around 500 of them have erupted since people began to keep their",
    "records.",
)


def kinds(data):
    return [(block.kind, block.text) for block in parse(data).blocks]


def test_lines_become_paragraphs_and_split_words_are_whole_again():
    assert kinds(pdf([BODY])) == [
        (
            "paragraph",
            "A volcano is an opening in the crust through which melted rock, ash and gas escape. "
            "There are about 1,350 potentially active volcanoes on land.",
        ),
        ("paragraph", "Around 500 of them have erupted since people began to keep their records."),
    ]


def test_larger_lines_are_headings_by_size():
    page = [(24, 790, "Volcanoes"), (15, 750, "How they work"), *BODY]
    blocks = parse(pdf([page])).blocks
    assert [(block.kind, block.level, block.text) for block in blocks[:2]] == [
        ("heading", 1, "Volcanoes"),
        ("heading", 2, "How they work"),
    ]


def test_bullets_are_items():
    page = paragraph_page("\u2022 Shield volcanoes are broad.", "\u2022 Cinder cones are small.")
    assert kinds(pdf([page])) == [("item", "Shield volcanoes are broad."), ("item", "Cinder cones are small.")]


def test_running_heads_page_numbers_and_contents_go():
    def page(number):
        text = f"This sentence stands on the page with the number {number} and only there, for all to read."
        return [(9, 810, "The Big Book of Fire"), *paragraph_page(text), (9, 40, f"{number}")]

    contents = paragraph_page("How they work ........ 12", "Why they sleep . . . . . 30")
    text = " ".join(block.text for block in parse(pdf([contents, *map(page, range(1, 7))])).blocks)
    assert "Big Book" not in text
    assert "....." not in text
    assert "How they work" not in text
    assert text.count("only there") == 6


def test_a_paragraph_may_go_on_over_the_page():
    first = paragraph_page("Some of the very longest sentences in this whole book begin on one page and then")
    second = paragraph_page("go on over on the next one.")
    assert len(parse(pdf([first, second])).blocks) == 1


def test_its_own_title_is_used_unless_it_is_a_file_name():
    assert parse(pdf([BODY], title="All About Fire")).title == "All About Fire"
    assert parse(pdf([[(24, 790, "Volcanoes"), *BODY]], title="scan_004.docx")).title == "Volcanoes"


def test_a_locked_file_says_what_to_do():
    with pytest.raises(SourceEncrypted, match="save it without a password and upload it again"):
        parse(locked_pdf(pdf([BODY]), "secret"))


def test_a_file_that_only_forbids_printing_is_read():
    assert parse(locked_pdf(pdf([BODY]), "", owner="boss")).words > 20


def test_pictures_of_pages_say_what_to_do():
    with pytest.raises(SourceScanned, match=r"no text.*OCR"):
        parse(pdf([[], [], []]))


def test_letters_without_meaning_are_not_taken_for_text():
    with pytest.raises(SourceScanned, match="cannot be read"):
        parse(pdf([paragraph_page("(cid:12)(cid:44)(cid:7) a (cid:9)(cid:13)(cid:17)" * 3)]))


def test_words_that_fall_apart_into_letters_are_not_taken_for_text():
    with pytest.raises(SourceScanned, match="every letter by itself"):
        parse(
            pdf([paragraph_page(*["tea is the drink that peo ple drink mo s t and s mug g lers have l ived o n"] * 6)])
        )


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing else", b"%PDF-", pdf([BODY])[:-600]])
def test_a_broken_file_gives_a_sentence_or_its_text(data):
    try:
        assert parse(data).blocks
    except (SourceDamaged, SourceScanned) as error:
        sentence = error.message
        assert sentence.startswith("The PDF")


def test_a_book_is_read_as_far_as_it_fits_and_says_so():
    page = paragraph_page(
        *["These are seventeen words, and they stand here in every line of every page of the book."] * 40
    )
    extract = parse(pdf([page] * 500), Limits(words=6000))
    assert extract.words == 6120
    assert extract.notes == ("Only the first 9 of 500 pages were read; more does not fit into a film.",)


def test_a_slow_book_is_read_as_far_as_the_time_goes():
    page = paragraph_page(
        *["These are seventeen words, and they stand here in every line of every page of the book."] * 40
    )
    extract = parse(pdf([page] * 500), Limits(pdf_seconds=0.1))
    assert 0 < extract.words < 340_000
    assert "of 500 pages" in extract.notes[0]
