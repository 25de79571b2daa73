"""A request says how large it is, and what is too large is refused before anything reads it."""

from __future__ import annotations

import pytest

from studio.routes.bounds import MOST_JSON, STRANGERS_JSON


@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/gradio_api/run/predict", "/gradio_api/mcp/", "/drafts"])
def test_a_strangers_request_is_ten_megabytes_at_most(studio_app, path):
    with studio_app.client() as client:
        answer = client.post(path, content=bytes(STRANGERS_JSON + 1), headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (422, "file_refused")


def test_whoever_is_known_may_send_files_in_json(studio_app):
    with studio_app.client(studio_app.person()) as client:
        headers = {"content-type": "application/json"}
        larger = client.post("/gradio_api/queue/join", content=b" " * (STRANGERS_JSON + 1), headers=headers)
        too_large = client.post("/gradio_api/queue/join", content=b" " * (MOST_JSON + 1), headers=headers)
    assert larger.json().get("error") != "file_refused"
    assert too_large.json()["error"] == "file_refused"


def test_a_body_without_end_is_not_begun(studio_app):
    def endless():
        for _ in range(3):
            yield b" " * 1000

    with studio_app.client(studio_app.person()) as client:
        answer = client.post("/gradio_api/queue/join", content=endless())
    assert answer.json()["error"] == "file_refused"
