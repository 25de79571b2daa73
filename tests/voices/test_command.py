"""The command line: python -m voices."""

from __future__ import annotations

import wave

import pytest

from voices.__main__ import main


@pytest.fixture(autouse=True)
def _empty_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("CANVASCAST_MODELS", str(tmp_path))
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


def test_list_shows_every_voice_and_what_it_needs(capsys):
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("espeak-walter") and line.endswith("ready") for line in lines)
    assert any(line.startswith("openai-onyx") and "OPENAI_API_KEY" in line for line in lines)


def test_sample_writes_a_sound_that_plays(tmp_path):
    assert main(["sample", "espeak-june", str(tmp_path / "june.wav")]) == 0
    with wave.open(str(tmp_path / "june.wav")) as sound:
        assert sound.getframerate() == 24_000
        assert sound.getnframes() > 24_000


def test_measure_prints_what_the_catalogue_wants(capsys):
    assert main(["measure", "espeak-max"]) == 0
    assert "words_per_minute = 164" in capsys.readouterr().out


def test_a_failure_is_one_sentence_on_the_error_stream(capsys, tmp_path):
    assert main(["sample", "openai-onyx", str(tmp_path / "x.wav")]) == 1
    assert "OPENAI_API_KEY" in capsys.readouterr().err


def test_fetching_offline_is_one_sentence(capsys, monkeypatch):
    monkeypatch.setenv("KOKORO_FILES", "http://127.0.0.1:9")
    assert main(["fetch"]) == 1
    assert "offline" in capsys.readouterr().err
