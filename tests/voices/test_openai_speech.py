"""OpenAI's voices, through the real client against a stand-in."""

from __future__ import annotations

from collections import deque

import numpy as np
import pytest

from tests.fakes.speech import SpeechServer
from voices import Cast, SpeechFailed, VoiceSettings, VoiceUnavailable

TEXT = "The mountain woke. Nobody was ready for it."


@pytest.fixture
def server():
    with SpeechServer() as running:
        yield running


@pytest.fixture
def cast(server):
    return Cast(VoiceSettings(openai_key=server.key, openai_address=f"{server.url}/v1"))


def speak(cast, text=TEXT, **options):
    return cast.speak(text, cast.catalogue.find("openai-onyx"), **options)


def test_speech_comes_at_24_khz_without_word_times(cast, server):
    speech = speak(cast)
    assert (speech.sample_rate, speech.words) == (24_000, None)
    assert speech.duration_s == pytest.approx(2.6, abs=0.3)
    assert 0.2 < np.abs(speech.samples).max() <= 1


def test_the_request_names_model_voice_speed_and_manner(cast, server):
    speak(cast, rate=1.25)
    body = server.calls[0].body
    assert (body["model"], body["voice"], body["speed"], body["response_format"]) == (
        "gpt-4o-mini-tts", "onyx", 1.25, "pcm",
    )  # fmt: skip
    assert "storyteller" in body["instructions"]


@pytest.mark.parametrize("trouble", ["429", "500", "cut_off"])
def test_what_passes_is_tried_again_by_the_client_under_the_same_key(cast, server, trouble):
    server.trouble = deque([trouble])
    assert speak(cast).samples.any()
    assert len(server.calls) == 2
    assert len({call.key for call in server.calls}) == 1


def test_the_same_take_is_paid_for_once_and_another_take_is_new(cast, server):
    speak(cast)
    speak(cast)
    assert server.charged == 1
    speak(cast, take=2)
    assert server.charged == 2


@pytest.mark.parametrize(
    ("trouble", "error", "sentence"),
    [
        ("401", VoiceUnavailable, "OPENAI_API_KEY"),
        ("404", VoiceUnavailable, "no longer offers"),
        ("refused", SpeechFailed, "would not speak this text"),
        ("malformed", SpeechFailed, "not sound"),
        ("empty", SpeechFailed, "without any sound"),
    ],
)
def test_every_failure_is_a_sentence(cast, server, trouble, error, sentence):
    server.trouble = deque([trouble])
    with pytest.raises(error, match=sentence):
        speak(cast)


def test_a_server_that_stays_busy_is_given_up(cast, server):
    server.trouble = deque(["429"] * 8)
    with pytest.raises(SpeechFailed, match="busy"):
        speak(cast)
    assert len(server.calls) == 4


def test_a_server_that_is_not_there_is_a_sentence():
    cast = Cast(VoiceSettings(openai_key="k", openai_address="http://127.0.0.1:9/v1"))
    with pytest.raises(SpeechFailed, match="could not be reached"):
        speak(cast)


def test_without_a_key_the_voice_is_unavailable_and_says_what_it_needs():
    with pytest.raises(VoiceUnavailable, match="OPENAI_API_KEY"):
        Cast(VoiceSettings()).choose("openai-onyx")


def test_a_long_text_is_spoken_in_parts_and_nothing_is_lost(cast, server):
    text = " ".join(f"Sentence number {number} is here." for number in range(220))
    speech = speak(cast, text)
    assert len(server.calls) == 2
    assert " ".join(call.text for call in server.calls) == text
    assert speech.duration_s > 200
