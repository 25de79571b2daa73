"""Fetching model files: once, resumed, checked."""

from __future__ import annotations

import random
from collections import deque

import pytest

from tests.fakes import tiny_kokoro
from tests.fakes.model_files import ModelFiles
from voices import Cast, VoiceSettings, VoiceUnavailable
from voices.espeak import EspeakEngine
from voices.kokoro import KokoroEngine, Weights, published_files

CONTENTS = {"model.onnx": random.Random(1).randbytes(900_000), "styles.bin": random.Random(2).randbytes(200_000)}
FILES = tiny_kokoro.described(CONTENTS)


@pytest.fixture
def server():
    with ModelFiles(CONTENTS) as running:
        yield running


@pytest.fixture
def weights(server, tmp_path):
    return Weights(tmp_path, server.url, FILES)


def test_files_are_fetched_once_and_are_whole(weights, server):
    weights.fetch()
    assert weights.here
    assert weights.path("model").read_bytes() == CONTENTS["model.onnx"]
    weights.fetch()
    assert len(server.asked) == 2


def test_progress_runs_from_little_to_all_and_never_back(weights, server):
    server.trouble = deque(["cut_off"])
    seen = []
    weights.fetch(lambda done, total: seen.append((done, total)))
    assert {total for _, total in seen} == {1_100_000}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == 1_100_000


def test_a_broken_download_goes_on_where_it_broke(weights, server):
    server.trouble = deque(["cut_off"])
    weights.fetch()
    assert weights.here
    assert server.asked[1][1].startswith("bytes=")
    assert server.sent_bytes <= 1_100_000 + 70_000


def test_the_next_run_goes_on_where_a_killed_one_stopped(weights, server, tmp_path):
    (tmp_path / "model.onnx.part").write_bytes(CONTENTS["model.onnx"][:600_000])
    weights.fetch()
    assert weights.path("model").read_bytes() == CONTENTS["model.onnx"]
    assert server.asked[0] == ("model.onnx", "bytes=600000-")


def test_a_server_without_ranges_sends_it_all_again(weights, server, tmp_path):
    (tmp_path / "model.onnx.part").write_bytes(CONTENTS["model.onnx"][:600_000])
    server.trouble = deque(["no_ranges"])
    weights.fetch()
    assert weights.path("model").read_bytes() == CONTENTS["model.onnx"]


def test_damaged_files_are_thrown_away_and_fetched_again(weights, server):
    server.trouble = deque(["damaged"])
    weights.fetch()
    assert weights.path("model").read_bytes() == CONTENTS["model.onnx"]


def test_files_that_always_arrive_damaged_are_given_up_and_never_used(weights, server, tmp_path):
    server.trouble = deque(["damaged"] * 9)
    with pytest.raises(VoiceUnavailable, match="damaged"):
        weights.fetch()
    assert not weights.here
    assert not (tmp_path / "model.onnx").exists()


def test_a_server_that_fails_for_a_moment_is_asked_again(weights, server):
    server.trouble = deque(["500", "500"])
    weights.fetch()
    assert weights.here


def test_offline_the_choice_names_the_voice_that_speaks_instead(tmp_path):
    offline = KokoroEngine(VoiceSettings(), Weights(tmp_path, "http://127.0.0.1:9", FILES))
    cast = Cast(VoiceSettings(), engines_by_name={"kokoro": offline, "espeak": EspeakEngine()})
    choice = cast.choose("kokoro-heart")
    assert choice.voice.id == "espeak-walter"
    assert "offline" in choice.notes[0]
    assert "Walter speaks instead of Heart" in choice.notes[0]


def test_choosing_the_voice_fetches_its_files(server, tmp_path):
    engine = KokoroEngine(VoiceSettings(), Weights(tmp_path, server.url, FILES))
    cast = Cast(VoiceSettings(), engines_by_name={"kokoro": engine, "espeak": EspeakEngine()})
    assert cast.choose("kokoro-heart").voice.id == "kokoro-heart"
    assert engine.weights.here


def test_who_watches_the_cast_sees_the_files_come(server, tmp_path):
    engine = KokoroEngine(VoiceSettings(), Weights(tmp_path, server.url, FILES))
    seen = []
    cast = Cast(engines_by_name={"kokoro": engine}, fetching=lambda done, total: seen.append((done, total)))
    cast.choose("kokoro-heart")
    assert seen[-1] == (1_100_000, 1_100_000)


def test_a_fetch_that_was_stopped_goes_on_where_it_was(weights, server):
    def stop(done, _total):
        if done > 300_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        weights.fetch(stop)
    weights.fetch()
    assert weights.here
    assert server.asked[1][1].startswith("bytes=")


def test_a_folder_that_cannot_be_written_is_a_sentence(server, tmp_path):
    (tmp_path / "models").write_text("in the way")
    with pytest.raises(VoiceUnavailable, match="CANVASCAST_MODELS"):
        Weights(tmp_path / "models", server.url, FILES).fetch()


def test_the_published_files_are_described_in_full():
    roles = [file.role for file in published_files()]
    assert sorted(roles) == ["model", "styles"]
    assert sum(file.bytes for file in published_files()) > 100_000_000
