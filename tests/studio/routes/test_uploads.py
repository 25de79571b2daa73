"""Gradio's folder of uploads: each visitor's own, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from studio.routes.uploads import Loads

DAY_S = 86_400.0


def bring(client, data=b"some notes", name="notes.txt"):
    return client.post("/gradio_api/upload", files={"files": (name, data)})


def look(client, path):
    return client.get(f"/gradio_api/file={path}")


def test_a_visitor_sees_what_they_brought_and_nobody_else_does(studio_app):
    with studio_app.client(studio_app.person()) as one, studio_app.client(studio_app.person()) as other:
        (path,) = bring(one).json()
        assert look(one, path).content == b"some notes"
        assert look(other, path).status_code == 404
    with studio_app.client() as stranger:
        assert look(stranger, path).status_code == 404


def test_two_who_bring_the_same_file_both_see_it(studio_app):
    with studio_app.client(studio_app.person()) as one, studio_app.client(studio_app.person()) as other:
        (first,), (second,) = bring(one, b"shared").json(), bring(other, b"shared").json()
        assert look(one, first).status_code == look(other, second).status_code == 200


def test_nothing_of_the_machine_or_of_the_file_store_comes_out_that_way(studio_app, tmp_path):
    person = studio_app.person()
    secret = tmp_path / "script.txt"
    secret.write_text("private")
    stored = studio_app.installation.files.put(secret, owner=person.id)
    place = studio_app.installation.files.home.locate(stored.path)
    with studio_app.client(person) as client:
        (path,) = bring(client).json()
        for tried in (place, secret, "/etc/passwd", "app.py", f"{path}/../../../../../etc/passwd", Path(path).parent):
            assert look(client, tried).status_code == 404


def test_strangers_bring_small_files_only(studio_app):
    with studio_app.client() as client:
        assert bring(client).status_code == 200
        large = bring(client, b"x" * (26 * 1024 * 1024))
    assert large.status_code == 422
    assert "Sign in" in large.json()["message"]


def test_strangers_do_not_fill_the_disk_unnoticed(studio_app):
    def unsaid():
        yield b"--b\r\n"

    with studio_app.client() as client:
        headers = {"content-type": "multipart/form-data; boundary=b"}
        assert client.post("/gradio_api/upload", content=unsaid(), headers=headers).status_code == 422


@pytest.mark.parametrize("name", ["page.html", "drawing.svg"])
def test_a_page_that_somebody_brought_is_never_shown_as_one(studio_app, name):
    with studio_app.client(studio_app.person()) as client:
        (path,) = bring(client, b"<script>alert(1)</script>", name).json()
        answer = look(client, path)
    assert answer.headers["content-disposition"].startswith("attachment")


def test_whoever_is_signed_in_is_counted_too(studio_app):
    person = studio_app.person()
    with studio_app.client(person) as client:
        assert client.post("/gradio_api/upload", files={"files": ("a.txt", b"tea")}).status_code == 200
    with psycopg.connect(studio_app.installation.settings.database_url.get_secret_value()) as sql:
        counted = "select count(*) from public.rate_limits where action = 'upload' and subject = %s"
        assert sql.execute(counted, [f"user:{person.id}"]).fetchone() == (1,)


def test_a_full_disk_takes_no_more_files(studio_app, monkeypatch):
    monkeypatch.setattr("studio.routes.uploads._KEPT_FREE_BYTES", 1 << 60)
    with studio_app.client(studio_app.person()) as client:
        answer = client.post("/gradio_api/upload", files={"files": ("a.txt", b"tea")})
    assert (answer.status_code, answer.json()["error"]) == (422, "file_refused")


def test_somebody_brings_so_much_in_two_days():
    clock = [0.0]
    loads = Loads(lambda: clock[0])
    assert loads.take("one", 60, 100)
    assert not loads.take("one", 60, 100)
    assert loads.take("another", 60, 100)
    clock[0] = 1.5 * DAY_S
    assert not loads.take("one", 60, 100)
    clock[0] = 2 * DAY_S
    assert loads.take("one", 60, 100)


def test_a_stranger_who_brought_much_is_asked_to_sign_in(studio_app, monkeypatch):
    monkeypatch.setattr("studio.routes.uploads._STRANGERS_BYTES_LATELY", 10)
    with studio_app.client() as stranger:
        answer = bring(stranger)
    assert (answer.status_code, "Sign in to bring more" in answer.json()["message"]) == (422, True)
    with studio_app.client(studio_app.person()) as client:
        assert bring(client).status_code == 200
