"""The example in the README, run as its reader would run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from tests.studio.desk.films_made import work

ROOT = Path(__file__).parents[3]


def run(*arguments: str, key: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "CANVASCAST_KEY": key}
    command = [sys.executable, str(ROOT / "examples" / "make_a_film.py"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=280, check=False)


def test_notes_go_in_and_a_film_comes_out(studio_app, person, tmp_path):
    stop = threading.Event()

    def worker() -> None:
        while not stop.wait(0.3):
            work(studio_app)

    thread = threading.Thread(target=worker)
    thread.start()
    try:
        notes = str(ROOT / "examples" / "tea.md")
        size = ("--minutes", "1", "--resolution", "360p", "--every", "0.5")
        done = run(notes, *size, "--site", studio_app.url, "--out", str(tmp_path), key=studio_app.key(person.id))
    finally:
        stop.set()
        thread.join()
    assert done.returncode == 0, done.stderr
    assert "credits: 1" in done.stdout
    (film,) = tmp_path.glob("*.mp4")
    assert film.read_bytes()[4:8] == b"ftyp"
    assert json.loads(next(tmp_path.glob("*-timeline.json")).read_bytes())["version"] == 1
    assert len(list(tmp_path.iterdir())) == 11


def test_what_stands_in_the_way_is_said_and_nothing_is_spent(studio_app, person, tmp_path):
    (tmp_path / "notes.md").write_text("Tea is made of leaves.", encoding="utf-8")
    done = run(str(tmp_path / "notes.md"), "--site", studio_app.url, key=studio_app.key(person.id))
    assert done.returncode == 1
    assert "less than a minute" in done.stderr
    assert studio_app.installation.credits.account(person.id).held == 0


def test_a_wrong_key_is_told_in_a_sentence(studio_app, tmp_path):
    done = run(str(ROOT / "examples" / "tea.md"), "--site", studio_app.url, key="cck_wrong")
    assert (done.returncode, "(sign_in_needed)" in done.stderr) == (1, True)
