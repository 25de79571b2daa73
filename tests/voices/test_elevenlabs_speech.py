"""ElevenLabs' voices against a stand-in over real HTTP."""

from __future__ import annotations

from collections import deque

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
    return Cast(VoiceSettings(elevenlabs_key=server.key, elevenlabs_address=server.url))


def speak(cast, text=TEXT, **options):
    return cast.speak(text, cast.catalogue.find("elevenlabs-george"), **options)


def test_every_word_has_its_time(cast):
    speech = speak(cast)
    assert [TEXT[word.start : word.end] for word in speech.words] == TEXT.split()
    assert speech.words[0].start_s == 0
    assert speech.words[-1].end_s == pytest.approx(speech.duration_s, abs=0.01)
    assert all(a.end_s <= b.start_s for a, b in zip(speech.words, speech.words[1:], strict=False))


def test_words_of_a_long_text_are_timed_over_all_its_parts(cast, server):
    text = " ".join(f"Sentence number {number} is here." for number in range(160))
    speech = speak(cast, text)
    assert len(server.calls) == 2
    assert [text[word.start : word.end] for word in speech.words] == text.split()
    assert [word.start_s for word in speech.words] == sorted(word.start_s for word in speech.words)
    assert speech.words[-1].end_s == pytest.approx(speech.duration_s, abs=0.05)


def test_without_an_alignment_there_are_no_word_times(cast, server):
    server.timestamps = False
    assert speak(cast).words is None


@pytest.mark.parametrize("trouble", ["429", "500", "cut_off"])
def test_what_passes_is_tried_again_under_the_same_key(cast, server, trouble):
    server.trouble = deque([trouble])
    assert speak(cast).samples.any()
    assert len(server.calls) == 2
    assert len({call.key for call in server.calls}) == 1


def test_the_same_take_is_paid_for_once(cast, server):
    speak(cast)
    speak(cast)
    assert server.charged == 1
    speak(cast, take=2)
    assert server.charged == 2


def test_the_speed_stays_within_what_the_provider_allows(cast, server):
    speak(cast, rate=2.0)
    assert server.calls[0].body["voice_settings"]["speed"] == 1.2


@pytest.mark.parametrize(
    ("trouble", "error", "sentence"),
    [
        ("401", VoiceUnavailable, "ELEVENLABS_API_KEY"),
        ("404", VoiceUnavailable, "does not know this voice"),
        ("refused", SpeechFailed, "would not speak"),
        ("malformed", SpeechFailed, "cannot be read"),
        ("empty", SpeechFailed, "without any sound"),
    ],
)
def test_every_failure_is_a_sentence(cast, server, trouble, error, sentence):
    server.trouble = deque([trouble])
    with pytest.raises(error, match=sentence):
        speak(cast)
    assert len(server.calls) == 1


def test_a_server_that_stays_busy_is_given_up(cast, server):
    server.trouble = deque(["429"] * 8)
    with pytest.raises(SpeechFailed, match="busy"):
        speak(cast)
    assert len(server.calls) == 4


def test_without_a_key_the_voice_says_what_it_needs():
    with pytest.raises(VoiceUnavailable, match="ELEVENLABS_API_KEY"):
        Cast(VoiceSettings()).choose("elevenlabs-george")
