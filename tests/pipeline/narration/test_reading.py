"""Alignment against the offline voice's own reading, measured on voices whose word times are known."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.signal import resample_poly

from pipeline.narration import ReadingAligner, best_aligner, narrate
from pipeline.narration.aligners import FirstThatCan
from pipeline.narration.estimate import estimated
from pipeline.scripts.models import Section
from tests.pipeline.narration.speakers import Toner
from voices import Cast, VoiceSettings

TEXT = (
    "Volcanoes are windows into the deep Earth. Beneath the crust, rock melts into magma, which is lighter than the "
    "solid rock around it, so it rises. When the pressure becomes too great, the magma breaks through the surface. "
    "Three thousand years ago, nobody knew why. Would you have stayed? Some did; most of them never came home."
)
CAST = Cast(VoiceSettings())
OTHERS = ["espeak-june", *(voice.id for voice in CAST.ready(language="en") if voice.engine == "flite")]


def errors_ms(truth, found):
    return np.array([abs(a.start_s - b.start_s) * 1000 for a, b in zip(truth, found, strict=True)])


@pytest.mark.parametrize("voice", OTHERS)
def test_onsets_of_other_voices_are_found_within_the_bar(voice):
    speech = CAST.speak(TEXT, CAST.catalogue.find(voice), 1.06)
    found = ReadingAligner(CAST).align(TEXT, speech.samples, speech.sample_rate, "en")
    errors = errors_ms(speech.words, found)
    assert np.median(errors) <= 40
    assert np.percentile(errors, 95) <= 120


def test_a_slower_deeper_noisy_recording_is_aligned_as_well():
    speech = CAST.speak(TEXT, CAST.catalogue.find("espeak-june"))
    slower = resample_poly(speech.samples, 11, 10)
    noisy = slower + 0.003 * np.random.default_rng(1).standard_normal(len(slower))
    found = ReadingAligner(CAST).align(TEXT, noisy.astype(np.float32), 24_000, "en")
    errors = [abs(a.start_s * 1.1 - b.start_s) * 1000 for a, b in zip(speech.words, found, strict=True)]
    assert np.median(errors) <= 40
    assert np.percentile(errors, 95) <= 120


def test_times_never_go_back_and_never_past_the_end():
    speech = CAST.speak(TEXT, CAST.catalogue.find("espeak-june"))
    found = ReadingAligner(CAST).align(TEXT, speech.samples, speech.sample_rate, "en")
    starts = [word.start_s for word in found]
    assert starts == sorted(starts)
    assert all(word.start_s <= word.end_s <= speech.duration_s + 0.02 for word in found)


def test_a_narration_without_word_times_is_aligned_by_it():
    section = Section(id="s01_hook", kind="hook", narration="In 79 AD, the mountain woke. Nobody was ready.")
    voice = CAST.catalogue.find("espeak-walter")
    narration = narrate(section, voice, Toner(words=False), aligner=ReadingAligner(CAST))
    assert narration.timing == "aligned"
    assert " ".join(word.text for word in narration.words) == "In 79 AD, the mountain woke. Nobody was ready."


def test_a_language_that_the_offline_voice_does_not_speak_cannot_be_aligned():
    speech = CAST.speak("Hello there.", CAST.catalogue.find("espeak-june"))
    assert ReadingAligner(CAST).align("Hello there.", speech.samples, speech.sample_rate, "xx") is None


def test_the_best_aligner_asks_the_model_first_and_the_reading_last():
    aligner = best_aligner(CAST, offline=True)
    assert isinstance(aligner, FirstThatCan)
    assert [type(each).__name__ for each in aligner.aligners] == ["WhisperXAligner", "ReadingAligner"]
    speech = CAST.speak(TEXT, CAST.catalogue.find("espeak-june"))
    assert aligner.align(TEXT, speech.samples, speech.sample_rate, "en")


@pytest.mark.parametrize("voice", ["espeak-walter", "espeak-june"])
def test_the_estimate_by_syllables_stays_near_the_truth(voice):
    speech = CAST.speak(TEXT, CAST.catalogue.find(voice))
    words = [TEXT[word.start : word.end] for word in speech.words]
    found = estimated(words, speech.samples, speech.sample_rate)
    errors = [abs(a.start_s - b[0]) * 1000 for a, b in zip(speech.words, found, strict=True)]
    assert np.median(errors) <= 110
    assert all(a[1] <= b[0] + 1e-9 for a, b in pairwise(found))
