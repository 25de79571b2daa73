"""Kokoro through the real kokoro-onnx and onnxruntime, on a graph made here."""

from __future__ import annotations

import pytest

from tests.fakes import tiny_kokoro
from voices import Cast, SpeechFailed, VoiceSettings, VoiceUnavailable
from voices.espeak import EspeakEngine
from voices.kokoro import KokoroEngine, Weights

TEXT = "The mountain woke. In the end of the day, nobody was ready for it, and two thousand people died!"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kokoro")
    contents = tiny_kokoro.files()
    for name, raw in contents.items():
        (folder / name).write_bytes(raw)
    return KokoroEngine(VoiceSettings(), Weights(folder, "http://127.0.0.1:9", tiny_kokoro.described(contents)))


@pytest.fixture(scope="module")
def cast(engine):
    return Cast(VoiceSettings(), engines_by_name={"kokoro": engine, "espeak": EspeakEngine()})


def speak(cast, text=TEXT, voice="kokoro-heart", **options):
    return cast.speak(text, cast.catalogue.find(voice), **options)


def test_every_word_has_a_time_in_order_and_within_the_sound(cast):
    speech = speak(cast)
    assert [TEXT[word.start : word.end] for word in speech.words] == TEXT.split()
    latest = 0.0
    for word in speech.words:
        assert latest <= word.start_s <= word.end_s <= speech.duration_s + 0.01
        latest = word.start_s


def test_words_that_are_run_together_are_parted_near_where_they_sound(cast):
    speech = speak(cast, "It stood in the end of the day.")
    lengths = [word.end_s - word.start_s for word in speech.words]
    assert min(lengths) >= 0.04
    assert max(lengths) < 0.5


def test_a_text_of_thousands_of_phonemes_is_never_cut_off(cast):
    sentence = "and the long road went on through valleys and over hills without a single place to rest "
    text = (sentence * 40).strip() + "."
    speech = speak(cast, text)
    assert [text[word.start : word.end] for word in speech.words] == text.split()
    once = speak(cast, sentence.strip() + ".")
    assert speech.duration_s > 36 * once.duration_s


def test_a_faster_rate_is_shorter(cast):
    assert speak(cast, rate=1.5).duration_s < 0.8 * speak(cast).duration_s


def test_other_languages_are_read_by_their_own_rules(cast):
    text = "La montaña despertó. Nadie estaba listo."
    speech = speak(cast, text, voice="kokoro-dora")
    assert [text[word.start : word.end] for word in speech.words] == text.split()


def test_it_is_the_default_as_soon_as_its_files_are_here(cast):
    choice = cast.choose("default")
    assert (choice.voice.id, choice.notes) == ("kokoro-heart", ())


def test_a_text_without_a_sound_is_refused(cast):
    with pytest.raises(SpeechFailed):
        speak(cast, "…")


def test_without_its_files_it_says_how_to_get_them(tmp_path):
    cast = Cast(VoiceSettings(models=tmp_path))
    with pytest.raises(VoiceUnavailable, match="python -m voices fetch"):
        cast.speak("Hello.", cast.catalogue.find("kokoro-heart"))
