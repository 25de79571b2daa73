"""Each voice says its sample line once; the file is then there for everybody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import av
import numpy as np
import pytest

from studio.samples import SpokenSamples
from voices import Cast, Speech, UnknownVoice, VoiceUnavailable
from voices.errors import SpeechFailed

VOICE = "espeak-walter"


class CountingEngine:
    """Hums, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def missing(self, voice):
        return None if voice.id == VOICE else f"{voice.name} lost its voice."

    def speak(self, text, voice, rate=1.0, *, take=1):
        self.lines.append(text)
        return Speech((0.2 * np.sin(np.arange(44_100) / 20)).astype(np.float32), 22_050)


@pytest.fixture
def engine() -> CountingEngine:
    return CountingEngine()


@pytest.fixture
def spoken(tmp_path: Path, engine: CountingEngine) -> SpokenSamples:
    return SpokenSamples(tmp_path / "samples", Cast(engines_by_name={"espeak": engine}))


def test_a_voice_says_its_line_as_a_small_mp3(spoken):
    path = spoken.of(VOICE)
    with av.open(str(path)) as file:
        assert file.format.name == "mp3"
        assert file.duration / 1e6 == pytest.approx(2, abs=0.1)
    assert path.stat().st_size < 30_000


def test_the_line_is_spoken_once_however_many_ask_at_the_same_time(spoken, engine):
    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(lambda _: spoken.of(VOICE), range(16)))
    assert len(paths) == 1
    assert len(engine.lines) == 1


def test_another_start_finds_what_was_spoken_before(tmp_path, spoken, engine):
    spoken.of(VOICE)
    SpokenSamples(tmp_path / "samples", Cast(engines_by_name={"espeak": engine})).of(VOICE)
    assert len(engine.lines) == 1


def test_quiet_voices_are_brought_up_to_the_height_of_the_others(spoken):
    with av.open(str(spoken.of(VOICE))) as file:
        loudest = max(float(np.abs(frame.to_ndarray()).max()) for frame in file.decode(audio=0))
    assert loudest == pytest.approx(0.7, abs=0.08)


def test_a_voice_that_is_not_in_the_catalogue_is_refused(spoken):
    with pytest.raises(UnknownVoice):
        spoken.of("../../etc/passwd")


def test_a_voice_that_lacks_something_says_what(spoken, tmp_path):
    with pytest.raises(VoiceUnavailable, match="June lost"):
        spoken.of("espeak-june")
    assert not list(tmp_path.rglob("*.mp3"))


def test_what_failed_is_not_tried_again_for_everybody_who_asks(tmp_path):
    class Broken(CountingEngine):
        def speak(self, text, voice, rate=1.0, *, take=1):
            self.lines.append(text)
            raise SpeechFailed("The line went dead.")

    engine = Broken()
    broken = SpokenSamples(tmp_path, Cast(engines_by_name={"espeak": engine}))
    for _ in range(5):
        with pytest.raises(SpeechFailed):
            broken.of(VOICE)
    assert len(engine.lines) <= 2, "one visit, with whatever the cast itself tries again"
