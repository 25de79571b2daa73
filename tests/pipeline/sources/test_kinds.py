"""What a file is, by its content: a name may lie."""

import gzip

import docx
import pytest

from pipeline.sources.errors import SourceDamaged, SourceEmpty, SourceEncrypted, SourceUnsupported
from pipeline.sources.kinds import sniff
from tests.pipeline.sources.documents import package, paragraph_page, pdf, saved


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf([paragraph_page("Hello.")]), "pdf"),
        (saved(docx.Document()), "docx"),
        (b"<!DOCTYPE html><html><body><p>Hi</p></body></html>", "html"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHi\n", "subtitles"),
        (b"# Tea\n\nHot.", "markdown"),
        (b"Tea is hot.", "plain"),
    ],
)
@pytest.mark.parametrize("name", ["notes.txt", "notes.pdf", "notes.png", ""])
def test_content_decides(data, kind, name):
    assert sniff(data, name) == kind


def test_a_name_settles_only_which_kind_of_text_it_is():
    assert sniff(b"Tea is hot.", "tea.md") == "markdown"


@pytest.mark.parametrize("data", [b"", b"  \n\t ", b"\xef\xbb\xbf\n", b"\0\0\0\0"])
def test_an_empty_file_is_said_to_be_empty(data):
    with pytest.raises(SourceEmpty, match="nothing in it"):
        sniff(data, "notes.txt")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "picture"),
        (b"ID3\x03\0\0\0\0\0\x21TSSE", "recording"),
        (b"\0\0\0\x20ftypisom\0\0\x02\0", "recording"),
        (b"RIFF\x10\0\0\0WAVEfmt \x10\0\0\0", "recording"),
        (gzip.compress(b"x" * 100, mtime=0), "archive"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "archive"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0", "program"),
        (package({"a.txt": b"x"}), "archive"),
        (package({"xl/workbook.xml": b"x"}), "spreadsheet"),
        (package({"ppt/presentation.xml": b"x"}), "presentation"),
        (package({"mimetype": b"application/epub+zip"}), "e-book"),
        (b"{\\rtf1\\ansi Hello}", r"\.rtf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r"old \.doc"),
    ],
)
def test_what_holds_no_notes_says_what_to_do(data, sentence):
    with pytest.raises(SourceUnsupported, match=sentence):
        sniff(data, "notes.docx")


def test_a_locked_word_document_is_not_taken_for_an_old_one():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(SourceEncrypted, match="password"):
        sniff(data, "notes.docx")


def test_a_broken_package_is_damaged():
    with pytest.raises(SourceDamaged):
        sniff(b"PK\x03\x04" + b"\0" * 50, "notes.docx")
