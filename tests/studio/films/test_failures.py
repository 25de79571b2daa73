"""How often what is tried again, and what a creator reads when it was in vain."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import (
    AssetError,
    BriefError,
    BuildError,
    Cancelled,
    CheckError,
    PipelineError,
    RenderError,
    ScriptError,
    SourceError,
    TimelineError,
    VoiceError,
)
from pipeline.pictures.errors import PainterMisused, PainterUnavailable, PictureRefused
from pipeline.progress import Cancel
from studio.errors import FilesUnavailable, InvalidValue, StoreUnavailable
from studio.films.failures import failure_of, patiently
from studio.jobs import STAGES
from voices.errors import SpeechFailed, VoiceUnavailable


def because(cause: Exception) -> VoiceError:
    error = VoiceError("No narration.")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (PainterUnavailable("down"), 4),
        (because(SpeechFailed("silence")), 2),
        (RenderError("broken"), 2),
        (PainterMisused("wrong key"), 1),
        (PictureRefused("no"), 1),
        (because(VoiceUnavailable("no key")), 1),
        (ScriptError("nothing to say"), 1),
        (BriefError("no such niche"), 1),
    ],
)
def test_each_kind_is_tried_as_often_as_it_is_worth(error, tries):
    met = []

    def once():
        met.append(error)
        raise error

    with pytest.raises(type(error)):
        patiently(once, Cancel(), pause_s=0)
    assert len(met) == tries


def test_kinds_are_counted_apart_and_success_ends_it():
    troubles = [PainterUnavailable("down"), RenderError("broken"), PainterUnavailable("down"), PainterUnavailable("x")]

    def once():
        if troubles:
            raise troubles.pop(0)
        return "film"

    assert patiently(once, Cancel(), pause_s=0) == "film"


def test_a_film_that_is_cancelled_waits_for_no_other_try():
    cancel = Cancel()

    def once():
        cancel.ask()
        raise RenderError("broken")

    with pytest.raises(Cancelled):
        patiently(once, cancel, pause_s=60)


def kinds(root: type[PipelineError]):
    for child in root.__subclasses__():
        yield child
        yield from kinds(child)


@pytest.mark.parametrize("kind", sorted(set(kinds(PipelineError)) - {Cancelled, BuildError}, key=lambda one: one.code))
def test_every_failure_of_the_pipeline_names_a_step_and_keeps_its_code(kind):
    failure = failure_of(kind("Something to do about it."), Path("/somewhere"))
    assert failure.step in STAGES
    assert (failure.reason, failure.message, failure.again) == (kind.code, "Something to do about it.", False)


def test_a_sentence_says_where_but_never_which_folder():
    folder = Path("/data/films/attempts/1")
    inside = SourceError(f"There is no file {folder}/documents/notes.txt.", where="notes.txt")
    assert failure_of(inside, folder).message == "notes.txt: There is no file documents/notes.txt."
    full = failure_of(BuildError("The disk is full.", where="/data/films/builds/7"), folder)
    assert (full.message, full.again) == ("The disk is full.", True)


@pytest.mark.parametrize("error", [StoreUnavailable("away"), FilesUnavailable("away")])
def test_what_passes_by_itself_goes_back_into_the_line(error):
    failure = failure_of(error, Path("/somewhere"))
    assert failure.again
    assert failure.pause_s > 0


def test_a_brief_that_is_wrong_is_told_as_the_pipeline_would():
    failure = failure_of(InvalidValue("fps: Input should be 24."), Path("/somewhere"))
    assert (failure.reason, failure.step, failure.again) == ("brief_invalid", "SCRIPTING", False)


def test_the_steps_of_the_common_failures():
    steps = {kind: failure_of(kind("x"), Path("/s")).step for kind in (TimelineError, AssetError, CheckError)}
    assert steps == {TimelineError: "TIMELINE", AssetError: "RENDERING", CheckError: "PACKAGING"}
