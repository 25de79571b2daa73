"""What cannot be made is refused before anything is spent, in a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import BriefError, Cancelled, PipelineError, ScriptError, VoiceError
from pipeline.making import make
from pipeline.making.estimate import estimate
from pipeline.progress import Cancel, Event
from presets import niches
from tests.pipeline.making.films import Studio, brief, embedded


def refusal(tmp_path: Path, **changes: Any) -> PipelineError:
    with pytest.raises(PipelineError) as caught:
        Studio(tmp_path).make(brief(**changes))
    return caught.value


def test_a_topic_alone_needs_a_model(tmp_path: Path) -> None:
    error = refusal(tmp_path, documents=(), topic="the history of tea")

    assert isinstance(error, ScriptError)
    assert "needs a text model" in str(error)
    assert "Add notes" in str(error)


def test_too_few_notes_are_told_with_the_minutes_that_they_carry(tmp_path: Path) -> None:
    error = refusal(tmp_path, minutes=12)

    assert isinstance(error, ScriptError)
    assert "These notes carry about" in str(error)
    assert "minutes" in str(error)


@pytest.mark.parametrize("choice", ["niche", "look", "pack", "music"])
def test_what_does_not_exist_is_named_with_what_does(choice: str, tmp_path: Path) -> None:
    error = refusal(tmp_path, **{choice: "nonsense"})

    assert isinstance(error, BriefError)
    assert "nonsense" in str(error)
    assert str(error).count("\n") == 0
    assert len(str(error).split(", ")) >= 3, "a list of what there is"


def test_an_unknown_niche_lists_all_of_them(tmp_path: Path) -> None:
    message = str(refusal(tmp_path, niche="cooking"))

    assert all(name in message for name in niches.names())


@pytest.mark.parametrize(("choice", "file"), [("pack", "none.json"), ("music", "none.mp3"), ("music", "no/such")])
def test_a_missing_file_of_the_creator_is_named(choice: str, file: str, tmp_path: Path) -> None:
    assert str(refusal(tmp_path, **{choice: file})) == f"There is no file {file}."


def test_an_unknown_voice_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, voice="nobody")

    assert isinstance(error, VoiceError)
    assert "nobody" in str(error)


def test_a_voice_without_its_key_says_which_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    error = refusal(tmp_path, voice="openai-nova")

    assert "OPENAI_API_KEY" in str(error)


def test_a_missing_upload_is_named(tmp_path: Path) -> None:
    assert str(refusal(tmp_path, uploads=("castle.jpg",))) == "castle.jpg: There is no such file."


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")

    assert "Choose another folder" in str(refusal(tmp_path))


def test_a_refused_brief_counts_no_take(tmp_path: Path) -> None:
    with pytest.raises(BriefError):
        Studio(tmp_path).make(brief(niche="cooking"), redo=["script"])

    assert not (tmp_path / "out" / ".canvascast.json").exists()


@pytest.mark.parametrize("choice", ["niche", "look", "pack", "voice"])
def test_an_estimate_refuses_what_does_not_exist(choice: str) -> None:
    wanted = brief(**{choice: "nonsense"})

    with pytest.raises(PipelineError, match="nonsense"):
        estimate(wanted, embedded(wanted))


def test_an_estimate_of_what_is_always_there_costs_credits_and_no_money() -> None:
    wanted = brief(minutes=2.5)
    expected = estimate(wanted, embedded(wanted))

    assert (expected.credits, expected.cents) == (3, 0)
    assert expected.total_s > 1


@pytest.mark.parametrize("stage", ["SCRIPTING", "VOICE_GEN", "IMAGE_GEN", "TIMELINE", "RENDERING"])
def test_a_film_stops_soon_in_every_stage_and_goes_on_where_it_was(stage: str, tmp_path: Path) -> None:
    studio, wanted, cancel = Studio(tmp_path), brief(), Cancel()
    seen_after: list[Event] = []

    def stop(event: Event) -> None:
        seen_after.append(event) if cancel.asked else None
        if event.stage == stage:
            cancel.ask()

    with pytest.raises(Cancelled, match="start again to go on"):
        make(wanted, studio.out, services=embedded(wanted), workspace=studio.workspace, progress=stop, cancel=cancel)

    kept = studio.kinds()
    assert len(seen_after) < 40
    assert kept["source"] == kept["script"] == 1
    assert list(studio.workspace.root.glob("partial/*")) == []
