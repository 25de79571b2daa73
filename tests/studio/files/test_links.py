"""Signed links of the folder home, and byte ranges."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.errors import FileRefused, LinkExpired, LinkInvalid
from studio.files import FolderHome, LinkSigner, byte_range, disposition

SECRET = b"0123456789abcdef0123456789abcdef"


class Clock:
    time_s = 1_000_000.0

    def __call__(self) -> float:
        return self.time_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def signer(clock: Clock) -> LinkSigner:
    return LinkSigner(SECRET, "/files", now=clock)


def opened(link: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(link)
    return unquote(parts.path.removeprefix("/files/")), dict(parse_qsl(parts.query, keep_blank_values=True))


def test_a_link_is_good_until_it_expires(signer: LinkSigner, clock: Clock):
    path, query = opened(signer.link("u/assets/x.mp4", seconds=60))
    clock.time_s += 59
    assert signer.verify(path, query).path == "u/assets/x.mp4"
    clock.time_s += 1
    with pytest.raises(LinkExpired):
        signer.verify(path, query)


@given(name=st.one_of(st.none(), st.text(max_size=40)))
def test_any_download_name_survives_the_journey(name: str | None):
    signer = LinkSigner(SECRET, "/files")
    path, query = opened(signer.link("u/assets/x.mp4", seconds=60, download_name=name))
    assert signer.verify(path, query).download_name == name


@pytest.mark.parametrize(
    "change",
    [
        {"expires": "9999999999"},
        {"download": "other.exe"},
        {"signature": "A" * 43},
        {"signature": ""},
        {"expires": ""},
        {"expires": "soon"},
        {"signature": "é"},
    ],
)
def test_a_changed_link_is_refused(signer: LinkSigner, change: dict[str, str]):
    path, query = opened(signer.link("u/assets/x.mp4", seconds=60))
    with pytest.raises(LinkInvalid):
        signer.verify(path, {**query, **change})


@pytest.mark.parametrize("missing", ["expires", "signature"])
def test_an_incomplete_link_is_refused(signer: LinkSigner, missing: str):
    path, query = opened(signer.link("u/assets/x.mp4", seconds=60))
    del query[missing]
    with pytest.raises(LinkInvalid):
        signer.verify(path, query)


def test_a_link_opens_its_own_file_only(signer: LinkSigner):
    _, query = opened(signer.link("u/assets/x.mp4", seconds=60))
    with pytest.raises(LinkInvalid):
        signer.verify("u/assets/y.mp4", query)


def test_another_installations_links_are_refused(signer: LinkSigner, clock: Clock):
    stranger = LinkSigner(SECRET[::-1], "/files", now=clock)
    with pytest.raises(LinkInvalid):
        signer.verify(*opened(stranger.link("u/assets/x.mp4", seconds=60)))


def test_a_short_secret_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        LinkSigner(b"short", "/files")


def test_the_secret_is_made_once_and_kept_private(tmp_path: Path):
    first, second = FolderHome(tmp_path), FolderHome(tmp_path)
    owner = uuid4()
    source = tmp_path / "x.txt"
    source.write_text("x")
    path = f"{owner}/assets/x.txt"
    first.write(path, source, mime="text/plain", replace=False)
    second.signer.verify(*opened(first.links([path], seconds=60)[path]))
    assert (tmp_path / ".link-secret").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=2-", (2, 9)),
        ("bytes=2-99", (2, 9)),
        ("bytes=-3", (7, 9)),
        ("bytes=-99", (0, 9)),
        ("bytes = 1 - 2", (1, 2)),
    ],
)
def test_a_range_is_what_it_says(header: str, span: tuple[int, int]):
    asked = byte_range(header, 10)
    assert asked is not None
    assert (asked.first, asked.last) == span
    assert asked.header == f"bytes {span[0]}-{span[1]}/10"
    assert asked.length == span[1] - span[0] + 1


@pytest.mark.parametrize("header", [None, "", "bytes=-", "bytes=0-1,4-5", "lines=1-2", "bytes=5-2", "bytes=a-b"])
def test_no_single_range_means_the_whole_file(header: str | None):
    assert byte_range(header, 10) is None


@pytest.mark.parametrize(("header", "size"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=0-", 0)])
def test_a_range_outside_the_file_is_refused(header: str, size: int):
    with pytest.raises(FileRefused):
        byte_range(header, size)


def test_a_download_name_cannot_break_out_of_its_header():
    header = disposition('a"b\r\nX: y🎬.mp4')
    assert "\r" not in header
    assert "\n" not in header
    assert header.startswith("attachment; filename=\"a_b__X_ y_.mp4\"; filename*=UTF-8''a%22b")
    assert disposition(None) == "inline"
