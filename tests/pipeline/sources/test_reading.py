"""From a brief to its source: the whole way, with real files and a real site."""

import json
import time
from ipaddress import ip_address
from pathlib import Path

import pytest

from pipeline.brief import Brief
from pipeline.errors import SourceError
from pipeline.sources import Limits, Source, Web, read
from pipeline.sources.errors import (
    LinkFailed,
    SourceDamaged,
    SourceEmpty,
    SourceMissing,
    SourceTooLarge,
    SourceUnsupported,
)
from tests.fakes.web import Site
from tests.pipeline.sources.documents import paragraph_page, pdf

EXAMPLES = Path(__file__).parents[3] / "examples"
PAGE = "<html><head><title>Ice | The Frost</title></head><body><article><h1>Ice</h1><p>{}</p></article></body></html>"
LONG = "Ice cores are drilled from glaciers, and the bubbles inside them hold air that is very old indeed. " * 3


@pytest.fixture
def site():
    with Site() as running:
        yield running


def web_of(site):
    home = ip_address("127.0.0.1")
    return Web(resolve=lambda host, port: [home], may_reach=lambda address, port: port == site.port)


def test_pasted_notes_are_read():
    source = read(Brief(notes="# Tea\n\nTea is hot.\n\n- It is green, too."))
    assert [(passage.kind, passage.text) for passage in source.passages] == [
        ("heading", "Tea"),
        ("paragraph", "Tea is hot."),
        ("item", "It is green, too."),
    ]
    assert (source.origins[0].kind, source.origins[0].title) == ("notes", "Tea")


def test_everything_at_once_keeps_its_order_and_its_origins(tmp_path, site):
    (tmp_path / "fire.pdf").write_bytes(pdf([paragraph_page("Fire is hot and bright.")], title="About fire"))
    (tmp_path / "water.txt").write_bytes("Wasser ist naß und kühl.".encode("cp1252"))
    link = site.page("/ice", PAGE.format(LONG))
    documents = (str(tmp_path / "fire.pdf"), str(tmp_path / "water.txt"))
    source = read(Brief(notes="Earth is heavy.", documents=documents, links=(link,)), web=web_of(site))
    assert [(origin.kind, origin.title, origin.address) for origin in source.origins] == [
        ("notes", "Notes", ""),
        ("file", "About fire", "fire.pdf"),
        ("file", "water", "water.txt"),
        ("page", "Ice", link),
    ]
    assert "Wasser ist naß und kühl." in [passage.text for passage in source.passages]
    assert {passage.origin for passage in source.passages} == {"o1", "o2", "o3", "o4"}


def test_the_same_link_is_asked_for_once(site):
    link = site.page("/ice", PAGE.format(LONG))
    read(Brief(links=(link, link)), web=web_of(site))
    assert len(site.asked) == 1


def test_a_linked_pdf_is_read_as_one(site):
    link = site.page("/fire", pdf([paragraph_page("Fire is hot and bright.")]), kind="application/octet-stream")
    assert read(Brief(links=(link,)), web=web_of(site)).passages[0].text == "Fire is hot and bright."


def test_a_topic_alone_is_a_source_without_passages():
    source = read(Brief(topic="the history of tea"))
    assert source.passages == ()
    assert [(origin.kind, origin.title) for origin in source.origins] == [("topic", "the history of tea")]


def test_nothing_at_all_says_what_to_give():
    with pytest.raises(SourceMissing, match="Give notes, a document, a link or a topic"):
        read(Brief(notes="  \n"))


def test_an_announced_script_that_is_missing_is_asked_for():
    with pytest.raises(SourceMissing, match="Paste it into the notes"):
        read(Brief(topic="tea", transcript="manual"))


def test_a_finished_script_is_kept_word_for_word():
    script = "## Hook\n\nTea. Tea. *Tea*!\n\nTea. Tea. *Tea*!\n\nSee [3] at https://tea.example now."
    source = read(Brief(notes=script, transcript="manual"))
    assert [passage.text for passage in source.passages] == [
        "Hook",
        "Tea. Tea. *Tea*!",
        "Tea. Tea. *Tea*!",
        "See [3] at https://tea.example now.",
    ]


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("empty.txt", b"", SourceEmpty),
        ("spaces.md", b" \n\n\t", SourceEmpty),
        ("marks.md", b"---\n\n***\n", SourceEmpty),
        ("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\r", SourceUnsupported),
        ("broken.pdf", b"%PDF-1.7 broken", SourceDamaged),
        ("headings.md", b"# One\n\n## Two\n", SourceEmpty),
    ],
)
def test_a_file_that_holds_no_notes_is_named(tmp_path, name, data, error):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error) as caught:
        read(Brief(documents=(str(tmp_path / name),)))
    assert caught.value.where in (name, None)
    assert caught.value.message.endswith(".")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SourceMissing) as caught:
        read(Brief(documents=(str(tmp_path / "gone.txt"),)))
    assert str(caught.value) == "gone.txt: The file is not there. Check its name, or upload it again."


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(SourceMissing, match="folder"):
        read(Brief(documents=(str(tmp_path),)))


def test_a_file_beyond_the_limit_is_refused(tmp_path):
    (tmp_path / "big.txt").write_bytes(b"word " * 500_000)
    with pytest.raises(SourceTooLarge, match="larger than 2 MB"):
        read(Brief(documents=(str(tmp_path / "big.txt"),)), limits=Limits(file_bytes=2 << 20))


def test_a_link_that_fails_is_named(site):
    with pytest.raises(LinkFailed) as caught:
        read(Brief(notes="Tea.", links=(f"http://site.example:{site.port}/gone",)), web=web_of(site))
    assert caught.value.where == f"http://site.example:{site.port}/gone"


def test_a_failure_does_not_wait_for_pages_that_are_on_their_way(site, tmp_path):
    link = site.page("/slow", "late", silent_s=3)
    started = time.monotonic()
    with pytest.raises(SourceMissing):
        read(Brief(documents=(str(tmp_path / "gone.txt"),), links=(link,)), web=web_of(site))
    assert time.monotonic() - started < 2


def test_every_failure_is_a_source_error_with_its_own_code():
    codes = [kind.code for kind in SourceError.__subclasses__()]
    assert len(codes) == len(set(codes)) == 10


def test_a_long_text_is_used_as_far_as_it_fits_and_that_is_said():
    source = read(
        Brief(notes="\n\n".join(f"This is sentence number {n}." for n in range(500))), limits=Limits(words=100)
    )
    assert source.words == 100
    assert source.notes == ("Notes: the first 100 of 2,500 words are used; more does not fit.",)


def test_the_language_is_found_unless_it_is_named():
    german = "Der Tee ist heiß, und die Tasse ist nicht groß. Das ist auch für die Gäste nicht schön."
    assert read(Brief(notes=german)).language == "de"
    assert read(Brief(notes=german, language="nl")).language == "nl"
    assert read(Brief(notes=german, language="auto")).language == "de"
    assert read(Brief(notes="Tee 12")).language == "en"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.md")), ids=lambda path: path.stem)
def test_every_example_is_read_whole(path):
    source = read(Brief(documents=(str(path),)))
    assert source.words > 300
    assert source.notes == ()
    assert source.language == "en"
    assert source.origins[0].title


def test_a_source_survives_json():
    source = read(Brief(notes="Tea is hot.\n\n“It is.” — Jane Doe"))
    assert Source.model_validate(json.loads(source.model_dump_json())) == source
