"""The finished files play where creators and viewers play them: in Chromium's <video>."""

import functools
import http.server
import threading

import pytest

from pipeline.build import Workspace
from pipeline.render.film import render
from tests.pipeline.render.films import film

PLAYED = """
async () => {
    const video = document.querySelector("video");
    await video.play();
    await new Promise((done, failed) => {
        video.ontimeupdate = () => video.currentTime > 0.8 && done();
        video.onerror = () => failed(video.error.message);
    });
    return [video.videoWidth, video.videoHeight, video.duration, video.currentTime, video.error];
}
"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Requests are nobody's news."""


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    folder = tmp_path_factory.mktemp("played")
    timeline = film(folder, (30, 30), bgmPath="music:calm")
    for name in ("film.mp4", "film.webm"):
        render(timeline, folder, folder / name, workspace=Workspace(folder / ".work"))
        (folder / f"{name}.html").write_text(f'<video muted preload="auto" src="{name}"></video>')
    return folder


@pytest.fixture(scope="module")
def address(films):
    handler = functools.partial(_Quiet, directory=str(films))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("name", ["film.mp4", "film.webm"])
def test_it_plays_in_chromium(browser, address, name):
    page = browser.new_page()
    page.goto(f"{address}/{name}.html")
    width, height, duration_s, at_s, error = page.evaluate(PLAYED)
    page.close()
    assert error is None
    assert (width, height) == (320, 180)
    assert duration_s == pytest.approx(2, abs=0.05)
    assert at_s > 0.8
