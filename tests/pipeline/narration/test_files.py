"""A narration as one WAV with its words inside."""

from __future__ import annotations

import io
import wave

import av
import numpy as np
import pytest

from pipeline.errors import AssetError
from pipeline.narration import Narration, from_bytes, read, to_bytes, write
from pipeline.timeline.models import Word


@pytest.fixture
def narration():
    samples = (0.4 * np.sin(np.arange(24_001) / 20)).astype(np.float32)
    words = (Word(text="Grüße,", start_ms=0, end_ms=400), Word(text="Welt!", start_ms=420, end_ms=1000))
    return Narration("s02_setup", samples, 24_000, words, "engine", "espeak", ("a note",))


def test_what_is_written_is_read_back(narration, tmp_path):
    write(narration, tmp_path / "n.wav")
    back = read(tmp_path / "n.wav")
    assert np.abs(back.samples - narration.samples).max() < 1 / 32_000
    assert (back.section_id, back.sample_rate, back.words) == ("s02_setup", 24_000, narration.words)
    assert (back.timing, back.engine, back.notes) == ("engine", "espeak", ("a note",))


def test_the_same_narration_gives_the_same_bytes(narration):
    assert to_bytes(narration) == to_bytes(narration)
    assert to_bytes(from_bytes(to_bytes(narration))) == to_bytes(narration)


def test_other_programs_play_it(narration, tmp_path):
    with wave.open(io.BytesIO(to_bytes(narration))) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getnframes()) == (24_000, 1, 24_001)
    write(narration, tmp_path / "n.wav")
    with av.open(str(tmp_path / "n.wav")) as container:
        assert sum(frame.samples for frame in container.decode(audio=0)) == 24_001


@pytest.mark.parametrize("damage", [lambda _: b"", lambda raw: raw[:-9], lambda raw: raw[:60], lambda _: b"RIFF" * 20])
def test_a_damaged_file_is_a_sentence_that_names_it(narration, damage):
    with pytest.raises(AssetError, match="here: The narration's file is damaged"):
        from_bytes(damage(to_bytes(narration)), where="here")


def test_a_sound_without_words_is_no_narration(tmp_path):
    with wave.open(str(tmp_path / "plain.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(24_000)
        sound.writeframes(b"\0\0" * 100)
    with pytest.raises(AssetError, match="damaged"):
        read(tmp_path / "plain.wav")


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(AssetError, match="cannot be read"):
        read(tmp_path / "none.wav")
