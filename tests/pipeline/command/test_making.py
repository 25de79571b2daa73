"""The command as a creator meets it: a process of its own, its exit code, and what it says."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.command import main
from pipeline.command.bar import NAMES, Bar, Download
from pipeline.command.making import brief_of, parser
from pipeline.errors import Cancelled
from pipeline.progress import Cancel, Event

ROOT = Path(__file__).parents[3]
NOTES = str(ROOT / "examples" / "volcanoes.md")
SMALL = ("--minutes", "1", "--resolution", "360p", "--fps", "24")


def started(*arguments: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.endswith(("_KEY", "_TOKEN"))}
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until_there(pattern: str, folder: Path, seconds: float = 60) -> None:
    ends_s = time.monotonic() + seconds
    while not any(folder.glob(pattern)):
        assert time.monotonic() < ends_s
        time.sleep(0.02)


def test_ctrl_c_stops_within_seconds_and_the_next_run_goes_on(tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = started(NOTES, *SMALL, "--out", str(out))
    wait_until_there("assets/narration/*.wav", out)
    asked_s = time.monotonic()
    first.send_signal(signal.SIGINT)
    _, said = first.communicate(timeout=30)

    assert first.returncode == 130
    assert time.monotonic() - asked_s < 10
    assert "Everything made so far is kept" in said
    assert "Traceback" not in said

    made_before = {path.name for path in out.glob(".work/records/*/*.json")}
    second = started(NOTES, *SMALL, "--out", str(out))
    shown, said = second.communicate(timeout=120)
    assert second.returncode == 0, said
    assert str(out / "final.mp4") in shown
    assert "note: Walter speaks instead." in shown
    assert made_before <= {path.name for path in out.glob(".work/records/*/*.json")}


def test_a_second_ctrl_c_waits_for_nobody(tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = started(NOTES, *SMALL, "--out", str(out))
    wait_until_there("assets/pictures/*.jpg", out)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=10)

    assert process.returncode == 130
    assert "Traceback" not in said


def test_an_estimate_is_told_and_nothing_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([NOTES, "--minutes", "3", "--out", str(tmp_path / "out"), "--estimate"]) == 0

    told = capsys.readouterr().out
    assert re.search(r"time: about \d+:\d\d", told)
    assert "credits: 3" in told
    assert "0.00 $" in told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--niche", "cooking"), "true-crime"),
        (("--look", "nonsense"), "nonsense"),
        (("--pack", "nonsense"), "nonsense"),
        (("--voice", "nobody"), "nobody"),
        (("--writer", "nonsense"), "nonsense"),
        (("--painter", "nonsense"), "nonsense"),
        (("--writer", "nonsense"), "outline, openai"),
        (("--minutes", "40"), "--minutes: A film lasts from 1 to 12 minutes."),
        (("--pronounce", "Xiamen"), "“Xiamen” needs the word, an equals sign and how to say it."),
        (("ftp://example.org/notes.txt",), "Only links that begin with http:// or https://"),
        (("HTTP://127.0.0.1/notes.txt",), "private address"),
        (("--language", "x" * 99), "--language"),
        (("--music", "no.mp3"), "no.mp3"),
        (("no-such-notes.md",), "no-such-notes.md"),
    ],
)
def test_a_wrong_choice_is_one_clear_sentence(
    arguments: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([NOTES, *arguments, "--out", str(tmp_path / "out")]) == 1

    said = capsys.readouterr().err.strip()
    assert said.startswith("error (")
    assert told in said
    assert said.count("\n") == 0


def test_a_topic_alone_is_refused_with_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--topic", "the history of tea", "--writer", "outline", "--out", str(tmp_path / "out")]) == 1

    assert "needs a text model" in capsys.readouterr().err


def test_the_creators_own_pronunciations_are_taken() -> None:
    options = parser().parse_args([NOTES, "--pronounce", "Xiamen=shah-men", "--pronounce", "a = b = c"])

    assert brief_of(options).pronunciations == {"Xiamen": "shah-men", "a": "b = c"}


def test_a_download_is_shown_in_megabytes_and_stops_when_asked() -> None:
    terminal, cancel = Terminal(), Cancel()
    download = Download(cancel, terminal)
    download(50_000_000, 200_000_000)
    assert terminal.getvalue().endswith(" 50 of 200 MB")

    cancel.ask()
    with pytest.raises(Cancelled):
        download(60_000_000, 200_000_000)


def test_a_log_says_once_that_a_voice_is_fetched() -> None:
    log = io.StringIO()
    download = Download(Cancel(), log)
    for done in (1, 2, 3):
        download(done * 1_000_000, 3_000_000)

    assert log.getvalue() == "fetching the voice: 3 MB, once\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_shows_stage_percentage_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    terminal = Terminal()
    bar = Bar({"SCRIPTING": 10, "RENDERING": 30}, terminal)
    clock[0] += 20
    bar(Event("RENDERING", "scene", 1 / 3))

    line = terminal.getvalue().split("\r")[-1]
    assert line.startswith("rendering")
    assert "█" in line
    assert "25 %" in line
    assert "1:00 left" in line


def test_the_bar_never_goes_back_and_ends_at_all_of_it() -> None:
    bar = Bar({"SCRIPTING": 1, "RENDERING": 3}, Terminal())
    seen = []
    for stage in NAMES:
        for fraction in (0.5, 0.2, 1.0):
            bar(Event(stage, "", fraction))
            seen.append(bar.fraction)

    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_log_has_one_line_a_stage() -> None:
    log = io.StringIO()
    bar = Bar({"SCRIPTING": 1, "RENDERING": 1}, log)
    for stage in ("SCRIPTING", "RENDERING"):
        for fraction in (0.1, 0.5, 1.0, 1.0):
            bar(Event(stage, "", fraction))
    bar.close()

    assert log.getvalue().splitlines() == ["writing the script: done, 49 % of all", "rendering: done, 97 % of all"]
