"""The real whisperx.align on a model made here; what the tiny model hears is noise, so only the contract is checked."""

from __future__ import annotations

import pytest

from pipeline.narration import WhisperXAligner, narrate
from pipeline.narration.align import is_installed
from pipeline.scripts.models import Section
from tests.fakes import tiny_wav2vec2
from tests.pipeline.narration.speakers import Toner
from voices import published

TEXT = "In 79 AD, Mount Vesuvius erupted. Nobody was ready for it."
WALTER = published().find("espeak-walter")


@pytest.fixture(scope="module")
def aligner(tmp_path_factory):
    assert is_installed(), "the tests need whisperx, torch and transformers"
    folder = tmp_path_factory.mktemp("wav2vec2")
    # The aligner is asked first, as in the program: it prepares a machine without torchaudio before transformers loads.
    aligner = WhisperXAligner(models={"en": str(folder)}, offline=True)
    tiny_wav2vec2.make(folder)
    return aligner


def aligned(aligner, **options):
    section = Section(id="s03_beat", kind="beat", narration=TEXT)
    return narrate(section, WALTER, Toner(words=False), aligner=aligner, **options)


def test_word_times_come_from_the_aligner_where_the_engine_gives_none(aligner):
    narration = aligned(aligner)
    assert narration.timing == "aligned"
    assert " ".join(word.text for word in narration.words) == TEXT
    latest = 0
    for word in narration.words:
        assert latest <= word.start_ms <= word.end_ms <= narration.duration_ms
        latest = word.start_ms


def test_an_engines_own_times_are_preferred(aligner):
    section = Section(id="s03_beat", kind="beat", narration=TEXT)
    assert narrate(section, WALTER, Toner(), aligner=aligner).timing == "engine"


def test_without_a_model_for_the_language_the_times_are_estimated():
    assert aligned(WhisperXAligner(offline=True), language="xx").timing == "estimated"


def test_a_model_that_cannot_be_loaded_is_an_estimate_too(tmp_path):
    broken = WhisperXAligner(models={"en": str(tmp_path)}, offline=True)
    assert aligned(broken).timing == "estimated"
