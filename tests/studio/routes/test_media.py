"""Files by signed links: whole, in parts, not again, not any more, and not at all."""

from __future__ import annotations

import hashlib

import pytest

from studio.files import Shelf

DATA = bytes(range(256)) * 4000


@pytest.fixture
def film(studio_app, tmp_path):
    """A stored film and a link to it."""
    person = studio_app.person()
    source = tmp_path / "film.mp4"
    source.write_bytes(DATA)
    stored = studio_app.installation.files.put(source, owner=person.id, shelf=Shelf.OUTPUTS)
    return studio_app.installation.files.link(stored.path, owner=person.id)


@pytest.fixture
def client(studio_app):
    with studio_app.client() as one:
        yield one


def link_to(studio_app, tmp_path, name, data, **more):
    person = studio_app.person()
    (tmp_path / name).write_bytes(data)
    stored = studio_app.installation.files.put(tmp_path / name, owner=person.id)
    return studio_app.installation.files.link(stored.path, owner=person.id, **more)


def test_a_link_gives_the_whole_file_to_whoever_has_it(client, film):
    answer = client.get(film)
    assert answer.content == DATA
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["content-length"] == str(len(DATA))
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["etag"] == f'"{hashlib.sha256(DATA).hexdigest()}"'
    assert answer.headers["content-disposition"] == "inline"


def test_asking_for_the_head_tells_the_size_and_sends_nothing(client, film):
    answer = client.head(film)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(DATA))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=1000-1999", 1000, 1999),
        ("bytes=1023990-", 1023990, 1023999),
        ("bytes=-5", 1023995, 1023999),
    ],
)
def test_a_part_is_given_as_a_part(client, film, asked, first, last):
    answer = client.get(film, headers={"range": asked, "accept-encoding": "br, gzip"})
    assert answer.status_code == 206
    assert answer.content == DATA[first : last + 1]
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{len(DATA)}"


def test_a_part_beyond_the_end_is_refused_with_the_size(client, film):
    answer = client.get(film, headers={"range": f"bytes={len(DATA)}-"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(DATA)}")


def test_a_file_that_the_browser_has_already_is_not_sent_again(client, film):
    tag = client.head(film).headers["etag"]
    answer = client.get(film, headers={"if-none-match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_part_of_a_file_that_changed_is_the_whole_new_one(client, film):
    answer = client.get(film, headers={"range": "bytes=0-9", "if-range": '"another"'})
    assert (answer.status_code, len(answer.content)) == (200, len(DATA))


def test_a_part_of_a_text_counts_its_own_bytes_however_it_travels(studio_app, client, tmp_path):
    link = link_to(studio_app, tmp_path, "notes.txt", b"tea " * 1000)
    whole = client.get(link, headers={"accept-encoding": "br"})
    part = client.get(link, headers={"range": "bytes=4-1999", "accept-encoding": "br"})
    assert whole.text == "tea " * 1000
    assert part.content == (b"tea " * 1000)[4:2000]


def test_a_download_has_the_name_that_its_link_says(studio_app, client, tmp_path):
    link = link_to(studio_app, tmp_path, "film.mp4", b"film", download_name="Tea, a story.mp4")
    assert client.get(link).headers["content-disposition"].startswith('attachment; filename="Tea_ a story.mp4"')
    assert client.get(link.replace("Tea", "Rum")).status_code == 403


@pytest.mark.parametrize("change", ["signature=", "expires=", "path"])
def test_a_changed_link_opens_nothing(client, film, change):
    changed = film.replace("/outputs/", "/assets/") if change == "path" else film.replace(change, f"{change}9")
    answer = client.get(changed)
    assert (answer.status_code, answer.json()["error"]) == (403, "link_invalid")


@pytest.mark.parametrize("path", ["", "a", "../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", ".link-secret"])
def test_without_a_signature_there_is_nothing(client, path):
    assert client.get(f"/files/{path}").status_code in (403, 404)


def test_a_link_that_says_two_things_says_nothing(client, film):
    assert client.get(f"{film}&expires=99999999999").status_code == 403


def test_a_link_that_is_over_says_what_to_do(studio_app, client, tmp_path):
    link = link_to(studio_app, tmp_path, "film.mp4", b"film", seconds=-1)
    page, facts = client.get(link, headers={"accept": "text/html"}), client.get(link)
    assert (page.status_code, facts.status_code) == (410, 410)
    assert "/library" in page.text
    assert facts.json()["error"] == "link_expired"


def test_a_page_or_a_drawing_that_somebody_brought_runs_nothing_here(studio_app, client, tmp_path):
    for name in ("page.html", "drawing.svg"):
        answer = client.get(link_to(studio_app, tmp_path, name, b"<script>alert(1)</script>"))
        assert answer.headers["content-disposition"].startswith("attachment")
        assert any("sandbox" in policy for policy in answer.headers.get_list("content-security-policy"))


def test_a_file_that_was_removed_is_gone(studio_app, client, tmp_path):
    person = studio_app.person()
    (tmp_path / "a.mp4").write_bytes(b"gone")
    stored = studio_app.installation.files.put(tmp_path / "a.mp4", owner=person.id)
    link = studio_app.installation.files.link(stored.path, owner=person.id)
    studio_app.installation.files.remove([stored.path], owner=person.id)
    assert client.get(link).status_code == 404


def test_a_player_in_a_browser_seeks_without_loading_the_whole_film(studio_app, page_of, tmp_path):
    film = tmp_path / "film.mp4"
    _long_film(film)
    person = studio_app.person()
    stored = studio_app.installation.files.put(film, owner=person.id)
    page, answers = page_of(person), []
    page.on("response", lambda answer: answers.append(answer.status) if "/files/" in answer.url else None)
    page.goto("/health/live")
    seeked = page.evaluate(_SEEK, studio_app.installation.files.link(stored.path, owner=person.id))
    assert seeked == pytest.approx(50, abs=0.5)
    assert set(answers) == {206}
    assert len(answers) > 1


_SEEK = """url => new Promise((done, fail) => {
  const player = Object.assign(document.createElement("video"), { src: url, muted: true, preload: "metadata" });
  player.onerror = () => fail(player.error.message);
  player.onloadedmetadata = () => { player.currentTime = 50; };
  player.onseeked = () => done(player.currentTime);
  document.body.append(player);
})"""


def _long_film(path) -> None:
    """A minute of noise: larger than what a browser loads ahead."""
    import av
    import numpy as np

    noise = np.random.default_rng(1)
    with av.open(str(path), "w", options={"movflags": "faststart"}) as film:
        stream = film.add_stream("libx264", rate=2, options={"preset": "ultrafast", "crf": "10", "g": "4"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for _ in range(120):
            frame = av.VideoFrame.from_ndarray(noise.integers(0, 255, (180, 320, 3), dtype=np.uint8), format="rgb24")
            film.mux(stream.encode(frame))
        film.mux(stream.encode())
