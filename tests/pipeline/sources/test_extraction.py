"""Strangers' bytes: a parser gives text or a sentence, never anything else, and never for long."""

import os
import random
import subprocess
import sys
from contextlib import suppress

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.sources import isolation
from pipeline.sources.errors import SourceDamaged, SourceEncrypted, SourceTooLarge, SourceTooSlow
from pipeline.sources.extraction import extract
from pipeline.sources.isolation import extract_apart
from pipeline.sources.kinds import sniff
from pipeline.sources.limits import Limits
from tests.pipeline.sources.documents import locked_pdf, paragraph_page, pdf, saved, word_xml

PDF = pdf([paragraph_page("A volcano is an opening in the crust.", "It can sleep for a very long time.")])
WORD = docx.Document()
WORD.add_heading("Tea", 1)
WORD.add_paragraph("All tea comes from one shrub.")
DOCX = saved(WORD)
HTML = b"<!DOCTYPE html><html><body><h1>Tea</h1><p>All tea comes from <b>one</b> shrub.</p></body></html>"
KINDS = ("pdf", "docx", "html", "subtitles", "markdown", "plain")


@given(data=st.binary(max_size=600), kind=st.sampled_from(KINDS))
def test_any_bytes_give_text_or_a_sentence(data, kind):
    with suppress(SourceError):
        assert extract(data, kind).blocks


@settings(max_examples=150)
@given(kind=st.sampled_from(("pdf", "docx", "html")), seed=st.integers(0, 2**32))
def test_damaged_documents_give_text_or_a_sentence(kind, seed):
    chance = random.Random(seed)
    data = bytearray({"pdf": PDF, "docx": DOCX, "html": HTML}[kind])
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[place] = chance.randrange(256)
            case 1:
                del data[place : place + chance.randint(1, 200)]
            case 2:
                data[place:place] = data[chance.randrange(len(data)) :][:100]
            case _:
                data[place : place + 4] = b"\xff\xff\xff\x7f"
        data = data or bytearray(b"x")
    with suppress(SourceError):
        found = extract(bytes(data), kind)
        assert found.blocks


@given(st.binary(max_size=300))
def test_any_bytes_are_told_apart_or_refused(data):
    with suppress(SourceError):
        assert sniff(data) in KINDS


@pytest.mark.parametrize(("data", "kind"), [(PDF, "pdf"), (DOCX, "docx"), (HTML, "html")])
def test_reading_apart_gives_the_same(data, kind):
    assert extract_apart(data, kind) == extract(data, kind)


def test_a_failure_apart_comes_back_as_what_it_was():
    with pytest.raises(SourceEncrypted, match="save it without a password"):
        extract_apart(locked_pdf(PDF, "secret"), "pdf")


def test_reading_apart_ends_with_its_time():
    with pytest.raises(SourceTooSlow, match="too long to read"):
        extract_apart(PDF, "pdf", limits=Limits(parse_seconds=0.01))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_reading_apart_ends_with_its_memory():
    monster = word_xml("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 500_000)
    with pytest.raises((SourceTooLarge, SourceDamaged)):
        extract_apart(monster, "docx", limits=Limits(parse_memory_bytes=200_000_000))


def test_reading_apart_works_from_any_folder(tmp_path):
    (tmp_path / "tea.pdf").write_bytes(PDF)
    program = (
        "from pipeline.sources.isolation import extract_apart\n"
        f"print(extract_apart(open({str(tmp_path / 'tea.pdf')!r}, 'rb').read(), 'pdf').words)"
    )
    import pipeline

    root = pipeline.__path__[0].removesuffix("pipeline")
    code = f"import sys; sys.path.insert(0, {root!r})\n{program}"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "16"


def test_the_reading_process_knows_no_keys(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:secret@host/db")
    monkeypatch.setenv("CANVASCAST_QUIET", "1")
    seen = isolation._without_secrets(os.environ)
    assert "sk-very-secret" not in seen.values()
    assert "DATABASE_URL" not in seen
    assert seen["CANVASCAST_QUIET"] == "1"
