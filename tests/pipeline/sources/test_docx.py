"""Word documents: written by the real library and by hand, read without unpacking what they should not hold."""

import io
import zipfile

import docx
import pytest

from pipeline.sources.docx import parse
from pipeline.sources.errors import SourceDamaged, SourceEncrypted, SourceTooLarge, SourceUnsupported
from pipeline.sources.limits import Limits
from tests.pipeline.sources.documents import W, package, saved, word_xml


def kinds(data):
    return [(block.kind, block.level, block.text) for block in parse(data).blocks]


def document():
    made = docx.Document()
    made.add_heading("All about tea", 0)
    made.add_heading("One plant", 1)
    made.add_paragraph("All tea comes from one shrub.")
    made.add_paragraph("Green tea", style="List Bullet")
    made.add_paragraph("Black tea", style="List Number")
    made.add_paragraph("A fascinating plant.", style="Quote")
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells], ["Country", "Share", "China", "half"], strict=True
    ):
        cell.text = text
    return made


def test_structure_is_kept():
    assert kinds(saved(document())) == [
        ("heading", 1, "All about tea"),
        ("heading", 1, "One plant"),
        ("paragraph", 0, "All tea comes from one shrub."),
        ("item", 1, "Green tea"),
        ("item", 1, "Black tea"),
        ("quote", 0, "A fascinating plant."),
        ("item", 1, "China: Share half"),
    ]


def test_the_title_is_the_documents_own_or_its_first_heading():
    made = document()
    assert parse(saved(made)).title == "All about tea"
    made.core_properties.title = "Tea, a history"
    assert parse(saved(made)).title == "Tea, a history"


def test_deleted_words_are_gone_and_inserted_ones_are_there():
    body = (
        "<w:p><w:r><w:t>Tea is </w:t></w:r><w:del><w:r><w:delText>bad</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>good</w:t></w:r></w:ins><w:hyperlink><w:r><w:t> for you.</w:t></w:r></w:hyperlink></w:p>"
    )
    assert kinds(word_xml(body)) == [("paragraph", 0, "Tea is good for you.")]


def test_an_exponent_stays_one():
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>6</w:t></w:r>'
    assert kinds(word_xml(f"<w:p><w:r><w:t>About 10</w:t></w:r>{raised}</w:p>")) == [("paragraph", 0, "About 10⁶")]


def test_field_codes_and_tables_of_contents_are_left_out():
    body = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>One plant 3</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Kept.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>Also kept.</w:t></w:r></w:p>"
    )
    assert [text for _, _, text in kinds(word_xml(body))] == ["Kept.", "Also kept."]


def test_a_document_that_unpacks_to_far_too_much_is_refused_unread():
    bomb = package({"word/document.xml": b" " * 3_000_000, "word/media/image1.png": b"\0" * 30_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(SourceTooLarge, match="unpacks to far more"):
        parse(bomb, Limits(unpacked_bytes=20_000_000))


def test_a_text_that_unpacks_to_far_too_much_is_refused():
    with pytest.raises(SourceTooLarge):
        parse(word_xml("<w:p/>" * 100_000), Limits(document_xml_bytes=100_000))


def test_a_package_that_lies_about_its_size_gains_nothing():
    data = bytearray(word_xml("<w:p><w:r><w:t>words</w:t></w:r></w:p>" * 1000))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    with pytest.raises((SourceDamaged, SourceTooLarge)):
        parse(bytes(data))


def test_entities_are_not_expanded():
    laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    text = "<w:p><w:r><w:t>one&b;two</w:t></w:r></w:p>"
    xml = f"{laughs}<w:document {W}><w:body>{text}"
    found = parse(package({"word/document.xml": f"{xml}</w:body></w:document>".encode()}))
    assert "haha" not in " ".join(block.text for block in found.blocks)


def test_files_of_the_machine_are_not_read(tmp_path):
    (tmp_path / "secret.txt").write_text("hunter2")
    entity = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    xml = f"{entity}<w:document {W}><w:body><w:p><w:r><w:t>before &x; after</w:t></w:r></w:p></w:body></w:document>"
    text = " ".join(block.text for block in parse(package({"word/document.xml": xml.encode()})).blocks)
    assert "before" in text
    assert "hunter2" not in text


def test_a_locked_package_says_what_to_do():
    data = bytearray(saved(document()))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    with pytest.raises(SourceEncrypted, match="password"):
        parse(bytes(data))


def test_a_package_without_a_text_is_refused():
    with pytest.raises(SourceUnsupported):
        parse(package({"other.xml": b"<x/>"}))


@pytest.mark.parametrize("cut", [60, 500, 5000])
def test_a_cut_off_document_says_that_it_is_damaged(cut):
    with pytest.raises(SourceDamaged, match="damaged"):
        parse(saved(document())[:-cut])


def test_the_real_library_and_this_one_agree():
    made = docx.Document()
    for number in range(50):
        made.add_paragraph(f"Paragraph number {number} has a few words of its own.")
    data = saved(made)
    theirs = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
    assert [block.text for block in parse(data).blocks] == theirs


def test_too_many_entries_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(5001):
            archive.writestr(f"{number}", b"")
    with pytest.raises(SourceTooLarge):
        parse(out.getvalue())
