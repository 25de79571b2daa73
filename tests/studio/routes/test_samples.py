"""What can be heard and read before a film is made."""

from __future__ import annotations

import pytest

from studio.callers import ANYONE


@pytest.fixture(scope="module")
def client(studio_app):
    with studio_app.client() as client:
        yield client


def test_a_stranger_hears_a_voice_and_the_browser_may_keep_it(client):
    answer = client.get("/samples/voices/espeak-walter")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "audio/mpeg"
    assert "max-age" in answer.headers["cache-control"]
    assert answer.content[:3] == b"ID3" or answer.content[:1] == b"\xff"


def test_a_player_may_ask_for_a_part(client):
    answer = client.get("/samples/voices/espeak-walter", headers={"range": "bytes=0-99"})
    assert answer.status_code == 206
    assert len(answer.content) == 100


def test_a_voice_that_nobody_knows_is_not_found(client):
    answer = client.get("/samples/voices/nobody")
    assert answer.status_code == 404
    assert answer.json() == {"error": "There is no such voice."}


@pytest.mark.parametrize("shelf", ["voices", "music", "notes"])
@pytest.mark.parametrize("name", ["..%2F..%2Fapp.py", "%2e%2e%2f%2e%2e%2fREADME", "..\\..\\app.py", "a%00b"])
def test_no_name_leads_out_of_a_shelf(client, shelf, name):
    assert client.get(f"/samples/{shelf}/{name}").status_code == 404


def test_a_voice_that_is_not_set_up_says_so(client, studio_app):
    absent = next(one for one in studio_app.desk.choices.voices(ANYONE) if not one.ready)
    answer = client.get(absent.sample)
    assert answer.status_code == 503
    assert answer.json() == {"error": "This voice is not set up in this studio."}


def test_music_can_be_heard_before_it_is_chosen(client):
    answer = client.get("/samples/music/calm")
    assert answer.headers["content-type"] == "audio/ogg"
    assert answer.content[:4] == b"OggS"


def test_the_notes_of_a_sample_can_be_read(client):
    answer = client.get("/samples/notes/tea")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.startswith("# The history of tea")
