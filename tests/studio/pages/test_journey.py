"""What a new owner does first: one press on a sample, the film made before their eyes, watched, taken home."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import httpx
import pysrt
import pytest
import webvtt
from PIL import Image

from bench.apps import App
from studio.pages.site import PATHS

MADE_WITHIN_MS = 900_000
TAKEN_HOME = {"mp4", "srt", "vtt", "script.txt", "outline.json", "timeline.json", "zip", "jpg", "publishing.txt"}
WATCH = """() => new Promise((over, failed) => {
    const film = document.querySelector('video[controls]');
    film.muted = true;
    film.playbackRate = 8;
    film.addEventListener('ended', () => over({seconds: film.currentTime, width: film.videoWidth,
        captions: film.textTracks[0]?.cues?.length ?? 0}));
    film.addEventListener('error', () => failed(new Error(film.error?.message)));
    film.textTracks[0].mode = 'showing';
    film.play().catch(failed);
})"""


@pytest.fixture
def home(server_folder: Path) -> Iterator[App]:
    """`python app.py` as the README starts it, on a bare machine."""
    app = App(server_folder)
    app.start()
    yield app
    app.close()


def holds(name: str, data: bytes) -> bool:
    """Whether a file opens as what it is called."""
    kind = name.rpartition(".")[2]
    if kind == "mp4":
        return data[4:8] == b"ftyp"
    if kind == "zip":
        return zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    if kind == "jpg":
        return Image.open(io.BytesIO(data)).size == (1280, 720)
    text = data.decode()
    if kind == "json":
        return bool(json.loads(text))
    if kind == "srt":
        return len(pysrt.from_string(text)) > 10
    if kind == "vtt":
        return len(webvtt.from_string(text)) > 10
    return len(text.split()) > 50


@pytest.mark.timeout(1000)
def test_one_press_on_a_sample_ends_in_a_film_that_plays_to_its_end_and_files_that_open(home, browser):
    page = browser.new_page(base_url=home.url)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto("/")
    page.locator('button:has-text("Make this film")').nth(3).click()
    page.wait_for_url("**/project?id=*", timeout=60_000)
    page.locator("video[controls]").wait_for(timeout=MADE_WITHIN_MS)

    page.reload()
    page.locator("video[controls]").wait_for(timeout=60_000)
    watched = page.evaluate(WATCH)
    assert watched["seconds"] == pytest.approx(120, rel=0.03)
    assert watched["width"] == 1920
    assert watched["captions"] > 10

    links = page.locator("a[download]").evaluate_all("links => links.map(link => [link.download, link.href])")
    found = {name: httpx.get(address, timeout=60) for name, address in links}
    assert all(answer.status_code == 200 and holds(unquote(name), answer.content) for name, answer in found.items())
    assert {kind for kind in TAKEN_HOME if any(name.endswith(kind) for name in found)} == TAKEN_HOME
    assert faults == []
    page.close()


@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_at_fault_in_the_browsers_eyes(page_of, path):
    page = page_of(owner=True, dark=True)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto(path)
    page.wait_for_selector("h1", state="attached")
    page.wait_for_load_state("networkidle")
    assert faults == []
