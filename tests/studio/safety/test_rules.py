"""The studio's own rules: what they refuse, and the history, science, crime and news that must pass."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from studio.safety.judges import Judges
from studio.safety.rules.patterns import PatternError, compiled, keys

_HERE = Path(__file__).parent
_ROOT = Path(__file__).parents[3]
_SENTENCES = tomllib.loads((_HERE / "sentences.toml").read_text("utf-8"))
_JUDGES = Judges()


def _all(kinds):
    return [(category, sentence) for category, listed in kinds.items() for sentence in listed]


@pytest.mark.parametrize(("category", "sentence"), _all(_SENTENCES["refused"]))
def test_refused_with_its_kind_and_a_sentence_that_says_what_to_do(category, sentence):
    found = _JUDGES.judge(sentence, "notes")
    assert found.verdict == "refused"
    assert category in found.categories
    assert found.sentence.endswith(".")
    assert "{" not in found.sentence


@pytest.mark.parametrize(("category", "sentence"), _all(_SENTENCES["passed"]))
def test_passes(category, sentence):
    assert _JUDGES.judge(sentence, "notes").verdict in ("allowed", "flagged")


@pytest.mark.parametrize(("category", "sentence"), _all(_SENTENCES["prompts"]["refused"]))
def test_refused_as_what_a_picture_shall_show(category, sentence):
    assert category in _JUDGES.judge(sentence, "prompt").categories


@pytest.mark.parametrize(("category", "sentence"), _all(_SENTENCES["prompts"]["passed"]))
def test_passes_as_what_a_picture_shall_show(category, sentence):
    assert _JUDGES.judge(sentence, "prompt").verdict in ("allowed", "flagged")


def test_most_of_what_passes_is_not_even_noted():
    passed = [sentence for _, sentence in _all(_SENTENCES["passed"])]
    noted = [sentence for sentence in passed if _JUDGES.judge(sentence, "notes").verdict == "flagged"]
    assert len(noted) <= len(passed) / 20


@pytest.mark.parametrize("path", sorted(_ROOT.glob("examples/*.md")), ids=lambda path: path.stem)
def test_the_studios_own_samples_pass_without_a_note(path):
    assert _JUDGES.judge(path.read_text("utf-8"), "notes").verdict == "allowed"


@pytest.mark.parametrize(
    "path", sorted(_ROOT.glob("presets/**/*.toml")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
@pytest.mark.parametrize("subject", ["notes", "prompt"])
def test_every_niche_look_and_pack_passes_without_a_note(path, subject):
    assert _JUDGES.judge(path.read_text("utf-8"), subject).verdict == "allowed"


def test_safe_mode_off_lets_a_voice_be_asked_for_and_nothing_worse():
    open_judges = Judges(safe_mode=False)
    assert open_judges.judge("Narrate it in the voice of Morgan Freeman.", "notes").verdict == "allowed"
    assert open_judges.judge("How to make a pipe bomb at home.", "notes").verdict == "refused"


def test_the_sentence_names_the_person_and_quotes_the_place():
    found = _JUDGES.judge("Tea is warm. Make Taylor Swift say that she loves our tea. It is good.", "notes")
    assert "Taylor Swift" in found.sentence
    assert "she loves our tea" in found.sentence


def test_a_card_number_is_repeated_nowhere():
    found = _JUDGES.judge("My card is 4111 1111 1111 1111.", "notes")
    assert "4111" not in found.sentence + found.excerpt


def test_one_bad_sentence_in_long_notes_is_found():
    text = "The harbour lay quiet in the morning. " * 20_000
    assert _JUDGES.judge(f"{text} How to make a pipe bomb at home. {text}", "notes").verdict == "refused"


@pytest.mark.parametrize("text", ["a", "b o m b ", "how to make ", "1", "1 ", "a1", "\n", "é", "Mr. "])
def test_two_million_characters_of_anything_take_seconds(text):
    before = time.monotonic()
    _JUDGES.judge((text * 2_000_000)[:2_000_000], "notes")
    assert time.monotonic() - before < 8


def test_a_rule_that_is_written_wrongly_does_not_load():
    with pytest.raises(PatternError):
        compiled(["gu* ~2 shop"], {})
    with pytest.raises(PatternError):
        compiled(["@nowhere"], {})
    with pytest.raises(PatternError):
        keys("~3 the?", {})
