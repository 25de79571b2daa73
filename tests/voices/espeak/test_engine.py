"""The offline voice, through the real library."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from voices import Cast, SpeechFailed, VoiceSettings, published
from voices.espeak import EspeakEngine
from voices.espeak.engine import _request
from voices.espeak.process import ask, start

TEXT = "In the year seventy-nine A D, Mount Vesuvius erupted. In the end, nobody was left in the town."
WALTER = published().find("espeak-walter")


@pytest.fixture(scope="module")
def engine():
    return EspeakEngine()


def said(text, words):
    return [text[word.start : word.end] for word in words]


def test_it_speaks_at_24_khz_without_clipping(engine):
    speech = engine.speak(TEXT, WALTER)
    assert speech.sample_rate == 24_000
    assert speech.samples.dtype == np.float32
    assert 0.1 < np.abs(speech.samples).max() < 1


def test_every_word_has_its_own_time_even_where_the_library_fuses_them(engine):
    speech = engine.speak(TEXT, WALTER)
    assert said(TEXT, speech.words) == TEXT.split()
    starts = [word.start_s for word in speech.words]
    assert starts == sorted(starts)
    assert min(np.diff(starts)) > 0.02


def test_the_fused_word_begins_where_its_first_phoneme_does(engine):
    words = engine.speak("It is in the house.", WALTER).words
    heard = ask(start(), _request("It is in the house.", WALTER.delivery, 1.0))
    th = next(event.sample for event in heard.events if event.phoneme == "D")
    assert words[3].start_s == th / heard.sample_rate


def test_a_word_ends_where_its_pause_begins(engine):
    words = engine.speak("It is here. Then it goes.", WALTER).words
    assert 0.25 < words[3].start_s - words[2].end_s < 0.8
    assert words[0].end_s == words[1].start_s


@pytest.mark.parametrize(
    ("voice", "text"),
    [
        ("espeak-de-otto", "Der Käse – natürlich – schläft über dem Fluß."),
        ("espeak-fr-hugo", "L'été déjà, où naïve façade s'éveille."),
        ("espeak-ru-ivan", "Это история горы, которая спала."),
        ("espeak-hi-asha", "यह एक पहाड़ की कहानी है।"),
    ],
)
def test_words_outside_ascii_are_found_at_their_characters(engine, voice, text):
    speech = engine.speak(text, published().find(voice))
    assert said(text, speech.words) == [word for word in text.split() if any(map(str.isalnum, word))]


def test_the_same_text_gives_the_same_samples_whatever_was_said_before(engine):
    first = engine.speak(TEXT, WALTER)
    engine.speak("Something else entirely!", published().find("espeak-june"))
    assert np.array_equal(engine.speak(TEXT, WALTER).samples, first.samples)
    assert np.array_equal(EspeakEngine().speak(TEXT, WALTER).samples, first.samples)


def test_threads_speak_side_by_side_and_get_what_they_asked_for(engine):
    texts = [f"This is sentence number {number}." for number in ("one", "two", "three", "four", "five", "six")]
    alone = [engine.speak(text, WALTER).samples for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: engine.speak(text, WALTER).samples, texts))
    assert all(np.array_equal(a, b) for a, b in zip(alone, together, strict=True))


def test_a_killed_child_is_replaced(engine):
    engine.speak("Hello.", WALTER)
    children = start()
    child = children._take()
    os.kill(child._process.pid, signal.SIGKILL)
    child._process.wait()
    children._idle.put(child)
    assert engine.speak("Hello again.", WALTER).samples.any()


def test_a_child_that_dies_while_speaking_is_an_error_and_not_a_crash(engine):
    child = start()._take()
    os.kill(child._process.pid, signal.SIGSTOP)
    with pytest.raises(SpeechFailed, match="stopped while it was speaking"):
        child.ask({"text": "x"}, timeout_s=0.1)
    child.stop()


def test_a_voice_that_the_library_lacks_is_a_sentence(engine):
    unknown = WALTER.model_copy(update={"delivery": WALTER.delivery.model_copy(update={"name": "xx-none"})})
    with pytest.raises(SpeechFailed, match="has no voice xx-none"):
        engine.speak("Hello.", unknown)


def test_the_echo_of_a_variant_is_taken_out(engine):
    june = published().find("espeak-june")
    wet = june.model_copy(update={"delivery": june.delivery.model_copy(update={"echo_ms": 0})})
    text = "It was magma. Then nothing."

    def in_the_pause(voice):
        speech = engine.speak(text, voice)
        end = round((speech.words[2].end_s + 0.12) * speech.sample_rate)
        return speech.samples[end : end + 1200].std() / speech.samples.std()

    assert in_the_pause(june) < 0.1 * in_the_pause(wet)


def test_rate_stretches_the_speech(engine):
    usual = engine.speak(TEXT, WALTER).duration_s
    assert engine.speak(TEXT, WALTER, 1.25).duration_s == pytest.approx(usual / 1.25, rel=0.08)
    assert engine.speak(TEXT, WALTER, 0.8).duration_s == pytest.approx(usual / 0.8, rel=0.08)


def test_a_text_without_a_letter_is_refused_or_silent_but_never_a_crash(engine):
    try:
        speech = engine.speak("…", WALTER)
    except SpeechFailed:
        return
    assert speech.words == ()


def test_a_very_long_text_is_spoken_to_its_end(engine):
    text = " ".join(f"Here is line {number}, and it goes on for a while." for number in range(60))
    speech = engine.speak(text, WALTER)
    assert said(text, speech.words) == text.split()


def test_every_offline_voice_speaks_its_own_sample_line():
    cast = Cast(VoiceSettings())
    for voice in cast.catalogue.of(engine="espeak"):
        speech = cast.speak(voice.sample, voice)
        assert len(speech.words) == len([w for w in voice.sample.split() if any(map(str.isalnum, w))]), voice.id
        assert speech.duration_s > 3, voice.id
