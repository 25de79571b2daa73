"""The catalogue's data, and the choice among its voices."""

from __future__ import annotations

import pytest

from voices import Cast, Catalogue, CatalogueError, UnknownVoice, VoiceSettings, VoiceUnavailable, published
from voices.catalogue import read
from voices.errors import VoicesError
from voices.measure import measure


@pytest.fixture(scope="module")
def cast(tmp_path_factory):
    return Cast(VoiceSettings(models=tmp_path_factory.mktemp("none")))


def test_every_engine_has_voices_and_every_voice_a_licence():
    engines = {voice.engine for voice in published().voices}
    assert engines == {"espeak", "kokoro", "flite", "openai", "elevenlabs"}
    assert all(voice.licence and voice.needs and voice.sample for voice in published().voices)


@pytest.mark.parametrize("voice", ["espeak-walter", "espeak-june", "espeak-alistair", "espeak-max", "espeak-de-otto"])
def test_the_words_a_minute_of_the_offline_voices_are_true(cast, voice):
    entry = cast.catalogue.find(voice)
    assert entry.measured
    assert measure(cast, entry).words_per_minute == pytest.approx(entry.words_per_minute, rel=0.02)


def test_only_voices_with_a_key_cost_something():
    paid = {voice.engine for voice in published().voices if voice.cost_cents(1000) > 0}
    assert paid == {"openai", "elevenlabs"}
    assert published().find("openai-nova").cost_cents(2000) == pytest.approx(3.4)


def test_the_default_is_the_best_offline_voice_until_kokoros_files_are_here(cast):
    choice = cast.choose("default")
    assert choice.voice.id == "espeak-walter"
    assert choice.notes == ("Heart is not set up here.", "Walter speaks instead.")


@pytest.mark.parametrize(
    ("language", "voice"),
    [("en", "espeak-walter"), ("en-GB", "espeak-alistair"), ("de-AT", "espeak-de-otto"), ("pt", "espeak-pt-br-rafael")],
)
def test_the_default_speaks_the_films_language(cast, language, voice):
    assert cast.choose("default", language=language).voice.id == voice


def test_a_language_that_nobody_speaks_offline_is_a_sentence(cast):
    with pytest.raises(VoiceUnavailable, match="“xx”"):
        cast.choose("default", language="xx")


def test_an_unknown_voice_names_those_there_are(cast):
    with pytest.raises(UnknownVoice, match="espeak-walter"):
        cast.choose("nobody")


def test_a_voice_of_another_language_is_allowed_and_said(cast):
    assert "script is in “fr”" in cast.choose("espeak-june", language="fr").notes[0]


def test_a_non_commercial_voice_is_refused_in_a_paid_product_only():
    free = (
        published().find("espeak-june").model_copy(update={"id": "hobby", "commercial": False, "licence": "CC-BY-NC"})
    )
    cast = Cast(VoiceSettings(), catalogue=Catalogue([free]))
    assert cast.choose("hobby").voice.id == "hobby"
    with pytest.raises(VoiceUnavailable, match=r"paid product \(CC-BY-NC\)"):
        cast.choose("hobby", commercial=True)
    with pytest.raises(VoiceUnavailable):
        cast.choose("default", commercial=True)
    assert cast.ready(commercial=True) == ()


def test_only_voices_that_can_speak_are_ready(cast):
    ready = {voice.engine for voice in cast.ready()}
    assert "espeak" in ready
    assert not ready & {"kokoro", "openai", "elevenlabs"}


@pytest.mark.parametrize(
    "text",
    [
        "[[voices]]\nid = 'x'",
        "not toml at all",
        "[shared]\nname = 'x'",
        "[[voices]]\nid = 'Bad Id'\nname = 'x'",
    ],
)
def test_a_broken_catalogue_names_its_file(tmp_path, text):
    path = tmp_path / "99-mine.toml"
    path.write_text(text)
    with pytest.raises(CatalogueError, match=r"99-mine\.toml"):
        read(path)


def test_two_voices_may_not_share_an_id():
    walter = published().find("espeak-walter")
    with pytest.raises(CatalogueError, match="same id"):
        Catalogue([walter, walter])


def test_every_error_has_a_code_of_its_own():
    codes = [error.code for error in VoicesError.__subclasses__()]
    assert len(set(codes)) == len(codes)
