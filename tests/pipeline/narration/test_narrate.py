"""A section's narration: even, trimmed, judged, timed."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyloudnorm
import pytest

from pipeline.errors import VoiceError
from pipeline.narration import narrate
from pipeline.narration.sound import voiced
from pipeline.scripts.models import Section
from tests.pipeline.narration.speakers import Toner
from voices import Cast, VoiceSettings, published

TEXT = "In 79 AD, Mount Vesuvius erupted. It cost $3.5 million — in today's money. Nobody in the town was ready for it."
WALTER = published().find("espeak-walter")


def section(text=TEXT):
    return Section(id="s01_hook", kind="hook", narration=text)


@pytest.fixture(scope="module")
def cast():
    return Cast(VoiceSettings())


@pytest.fixture(scope="module")
def narration(cast):
    return narrate(section(), WALTER, cast)


def test_every_written_word_is_timed_in_order_and_within_the_sound(narration):
    assert " ".join(word.text for word in narration.words) == TEXT
    assert (narration.timing, narration.engine, narration.notes) == ("engine", "espeak", ())
    latest = 0
    for word in narration.words:
        assert latest <= word.start_ms < word.end_ms <= narration.duration_ms
        latest = word.end_ms


def test_a_word_does_not_last_through_the_pause_after_it(narration):
    texts = [word.text for word in narration.words]
    place = texts.index("erupted.")
    assert narration.words[place + 1].start_ms - narration.words[place].end_ms > 150


def test_word_onsets_lie_where_the_energy_rises(cast):
    """After a pause, where the sound itself shows the truth."""
    text = "First, look. Then, listen. Now, stop. Again, we go. Later, they come. Nobody, not one, believed."
    spoken = narrate(section(text), WALTER, cast)
    runs = voiced(spoken.samples, spoken.sample_rate).runs(90)
    rises = np.array([start * 1000 for start, _ in runs])
    pairs = zip(spoken.words, spoken.words[1:], strict=False)
    after_pause = [after.start_ms for before, after in pairs if after.start_ms - before.end_ms > 90]
    errors = [np.abs(rises - onset).min() for onset in after_pause]
    assert len(errors) >= 8
    assert np.median(errors) <= 40
    assert np.percentile(errors, 95) <= 120


def test_the_sound_is_24_khz_trimmed_and_as_loud_as_every_other(narration):
    assert narration.sample_rate == 24_000
    loudness = pyloudnorm.Meter(24_000).integrated_loudness(narration.samples.astype(np.float64))
    assert loudness == pytest.approx(-20, abs=0.5)
    assert np.abs(narration.samples).max() <= 10 ** (-1.4 / 20)
    sounding = voiced(narration.samples, 24_000).runs(30)
    assert sounding[0][0] <= 0.06
    assert narration.duration_ms / 1000 - sounding[-1][1] <= 0.15
    assert abs(narration.samples[0]) < 1e-3
    assert abs(narration.samples[-1]) < 1e-3


@pytest.mark.parametrize("fault", ["loud", "quiet", ""])
def test_loud_and_quiet_recordings_come_out_alike(fault):
    spoken = narrate(section(), WALTER, Toner(fault))
    loudness = pyloudnorm.Meter(24_000).integrated_loudness(spoken.samples.astype(np.float64))
    assert loudness == pytest.approx(-20, abs=0.5)


def test_the_same_section_gives_the_same_narration(cast, narration):
    again = narrate(section(), WALTER, cast)
    assert np.array_equal(again.samples, narration.samples)
    assert again.words == narration.words


def test_marked_pauses_are_as_long_as_they_say():
    plain = narrate(section("Wait for it. Here it comes."), WALTER, Toner())
    marked = narrate(section("Wait for it. [pause 1.5s] Here it comes."), WALTER, Toner())
    gap = marked.words[3].start_ms - marked.words[2].end_ms
    assert gap == pytest.approx(1500, abs=130)
    assert marked.duration_ms - plain.duration_ms == pytest.approx(1500 - 300, abs=150)


def test_pauses_between_paragraphs_stretch_with_their_scale():
    text = "One paragraph.\n\nAnother paragraph."
    usual = narrate(section(text), WALTER, Toner())
    longer = narrate(section(text), WALTER, Toner(), pause_scale=2)
    assert longer.duration_ms - usual.duration_ms == pytest.approx(650, abs=2)


@pytest.mark.parametrize("scale", [0.6, 1.5])
def test_the_halts_between_sentences_stretch_as_well_and_the_words_go_along(cast, scale):
    text = "First, look at it. Then it slept, for years. Nobody knew why. It woke."
    usual, scaled = narrate(section(text), WALTER, cast), narrate(section(text), WALTER, cast, pause_scale=scale)
    halts = [
        [after.start_ms - before.end_ms for before, after in pairwise(spoken.words) if before.text[-1] in ".,"]
        for spoken in (usual, scaled)
    ]
    assert np.sum(halts[1]) == pytest.approx(scale * np.sum(halts[0]), rel=0.25)
    lengths = [[word.end_ms - word.start_ms for word in spoken.words] for spoken in (usual, scaled)]
    assert np.abs(np.subtract(*lengths)).max() <= 45
    runs = voiced(scaled.samples, scaled.sample_rate).runs(90)
    onset = next(word.start_ms for word in scaled.words if word.text == "Nobody")
    assert min(abs(start * 1000 - onset) for start, _ in runs) <= 40


def test_rate_and_pronunciations_reach_the_voice():
    speaker = Toner()
    narrate(section("The gif is here."), WALTER, speaker, rate=1.1, pronunciations={"gif": "jif"})
    assert speaker.said == [("The jif is here.", 1.1, 1)]


def test_low_rates_are_raised_to_24_khz_and_high_ones_kept():
    assert narrate(section(), WALTER, Toner(sample_rate=16_000)).sample_rate == 24_000
    assert narrate(section(), WALTER, Toner(sample_rate=44_100)).sample_rate == 44_100


@pytest.mark.parametrize("fault", ["silent", "clipped", "short", "long"])
def test_a_recording_that_cannot_be_right_is_made_again_once(fault):
    speaker = Toner(fault)
    spoken = narrate(section(), WALTER, speaker)
    assert [take for _, _, take in speaker.said] == [1, 2]
    assert spoken.notes == ()


@pytest.mark.parametrize(("fault", "note"), [("clipped", "clipped"), ("short", "may be missing"), ("long", "needed")])
def test_what_is_wrong_twice_is_reported(fault, note):
    speaker = Toner(fault, fault)
    spoken = narrate(section(), WALTER, speaker)
    assert len(speaker.said) == 2
    assert note in spoken.notes[0]
    assert spoken.notes[0].endswith(", twice.")


def test_a_voice_that_stays_silent_twice_is_an_error_that_names_the_section():
    with pytest.raises(VoiceError, match="stayed silent twice") as caught:
        narrate(section(), WALTER, Toner("silent", "silent"))
    assert caught.value.where == "s01_hook"


def test_an_engines_failure_is_translated_and_keeps_its_cause():
    with pytest.raises(VoiceError, match="s01_hook: The provider is asleep") as caught:
        narrate(section(), WALTER, Toner("error"))
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize("text", ["🎉", "—", "[pause]"])
def test_nothing_to_say_is_a_sentence(text):
    with pytest.raises(VoiceError, match="nothing to say"):
        narrate(section(text), WALTER, Toner())


def test_without_word_times_they_are_estimated_and_marked():
    spoken = narrate(section(), WALTER, Toner(words=False))
    assert spoken.timing == "estimated"
    assert " ".join(word.text for word in spoken.words) == TEXT
    latest = 0
    for word in spoken.words:
        assert latest <= word.start_ms <= word.end_ms <= spoken.duration_ms
        latest = word.start_ms


def test_japanese_is_timed_character_by_character():
    spoken = narrate(section("火山は、地球の窓です。"), WALTER, Toner(words=False), language="ja")
    assert "".join(word.text for word in spoken.words) == "火山は、地球の窓です。"
    assert spoken.words[-1].end_ms <= spoken.duration_ms
