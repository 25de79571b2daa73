"""The recorded voices of libflite, where the system has it."""

from __future__ import annotations

import numpy as np
import pytest

from voices import Cast, SpeechFailed, VoiceSettings, VoiceUnavailable
from voices.children import Children
from voices.flite.engine import SCRIPT, _word_times

TEXT = "In the year seventy-nine, Mount Vesuvius erupted. It's over, he said."


@pytest.fixture(scope="module")
def cast():
    return Cast(VoiceSettings())


@pytest.fixture
def voice(cast):
    return cast.catalogue.find("flite-slt")


def test_it_speaks_with_word_times_or_says_what_to_install(cast, voice):
    missing = cast.missing(voice)
    if missing:
        assert "apt install libflite1" in missing
        with pytest.raises(VoiceUnavailable, match="libflite1"):
            cast.choose(voice.id)
        return
    speech = cast.speak(TEXT, voice)
    assert speech.sample_rate == 24_000
    assert [TEXT[word.start : word.end] for word in speech.words] == TEXT.split()
    assert all(a.end_s <= b.start_s + 1e-6 for a, b in zip(speech.words, speech.words[1:], strict=False))
    assert speech.words[-1].end_s <= speech.duration_s
    assert np.abs(speech.samples).max() < 1
    assert cast.speak(TEXT, voice, 1.25).duration_s == pytest.approx(speech.duration_s / 1.25, rel=0.05)


def test_the_librarys_tokens_are_found_in_the_text_with_their_punctuation():
    tokens = [("Hello", 0.0, 0.4), ("brave", 0.4, 0.8), ("new", 0.7, 1.0), ("lost", 1.0, 1.1), ("world", 1.1, 1.6)]
    text = "Hello, brave (new) world!"
    words = _word_times(text, tokens)
    assert [text[word.start : word.end] for word in words] == [
        "Hello,",
        "brave",
        "new)",
        "world!",
    ]
    assert [word.start_s for word in words] == [0.0, 0.4, 0.8, 1.1]


def test_a_voice_that_is_not_installed_is_a_sentence():
    with Children(SCRIPT, "cmu_us_nobody") as children, pytest.raises(SpeechFailed):
        children.ask({"text": "Hello.", "stretch": 1.0}, timeout_s=10)
