"""What exists is not made again; a change makes again what depends on it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from pipeline.errors import BriefError, ScriptError
from pipeline.timeline import Timeline, load
from tests.pipeline.making.films import Studio, brief

EDITED, ADDED = 3, "Nobody expected these words at all."


def added(studio: Studio, *, redo: Iterable[str] = (), **changes: Any) -> Counter[str]:
    """How many artifacts of each kind the next run adds."""
    before = studio.kinds()
    studio.make(brief(**changes), redo=redo)
    return studio.kinds() - before


def timeline_of(studio: Studio) -> Timeline:
    return load(studio.out / "timeline.json")


def edit(studio: Studio, old: str, new: str) -> None:
    script = studio.out / "script.txt"
    text = script.read_text()
    assert text.count(old) == 1
    script.write_text(text.replace(old, new))


def test_the_same_once_more_makes_nothing_and_gives_the_same_bytes(copied: Studio) -> None:
    before = {name: (copied.out / name).read_bytes() for name in ("final.mp4", "assets.zip", "script.txt")}

    assert added(copied) == {}
    assert before == {name: (copied.out / name).read_bytes() for name in before}


def test_from_nothing_the_same_brief_gives_the_same_bytes(finished: Studio, tmp_path_factory: Any) -> None:
    other = Studio(tmp_path_factory.mktemp("other"))
    other.make(brief())

    for name in ("final.mp4", "assets.zip", "captions.srt", "thumbnail.jpg", "publishing.json"):
        assert (other.out / name).read_bytes() == (finished.out / name).read_bytes(), name


@dataclass(frozen=True)
class Edited:
    """A film before and after one sentence was added to one of its sections."""

    studio: Studio
    before: Timeline
    after: Timeline
    made: Counter[str]
    script: str


@pytest.fixture(scope="module")
def edited(finished: Studio, tmp_path_factory: pytest.TempPathFactory) -> Edited:
    folder = tmp_path_factory.mktemp("edited") / "film"
    shutil.copytree(finished.folder, folder)
    studio = Studio(folder)
    before = timeline_of(studio)
    words = before.segments[EDITED].narration_text
    edit(studio, words, f"{words} {ADDED}")
    script = (studio.out / "script.txt").read_text()
    return Edited(studio, before, made=added(studio), after=timeline_of(studio), script=script)


def test_an_edited_sentence_makes_one_narration_its_scene_and_the_joins(edited: Edited) -> None:
    scene, made = edited.after.segments[EDITED], edited.made

    assert made["narration"] == made["film"] == made["sound"] == 1
    assert made["speech"] == 1
    assert made["script"] == made["source"] == made["revision"] == 0
    assert made["picture"] <= len(scene.visuals)
    # Its own stretches, and the transitions from the scene before and into the next one.
    assert made["stretch"] <= -(-(scene.end_frame - scene.start_frame) // (10 * edited.after.fps)) + 2
    # Looked at anew: the scene, the one that ends in a transition to it, and the one that follows.
    assert 0 < made["seen"] <= 3 < len(edited.after.segments)


def test_an_edit_moves_the_other_scenes_and_changes_nothing_in_them(edited: Edited) -> None:
    for number, (old, new) in enumerate(zip(edited.before.segments, edited.after.segments, strict=True)):
        shifted = new.model_copy(update={"start_frame": old.start_frame, "end_frame": old.end_frame})
        if number != EDITED:
            assert new.end_frame - new.start_frame == old.end_frame - old.start_frame
            assert shifted == old


def test_an_edit_is_spoken_word_for_word_and_stays_in_the_file(edited: Edited) -> None:
    captions = " ".join((edited.studio.out / "captions.srt").read_text().split())

    assert edited.after.segments[EDITED].narration_text.endswith(ADDED)
    assert ADDED.split()[0] in captions
    assert (edited.studio.out / "script.txt").read_text() == edited.script


def test_no_file_is_left_that_the_film_no_longer_shows(edited: Edited) -> None:
    out = edited.studio.out
    named = {segment.audio_path for segment in edited.after.segments}
    named |= {visual.path for segment in edited.after.segments for visual in segment.visuals}

    assert {path.relative_to(out).as_posix() for path in (out / "assets").rglob("*") if path.is_file()} == named


def test_an_edit_of_another_script_is_set_aside_and_said(copied: Studio) -> None:
    edit(copied, timeline_of(copied).segments[EDITED].narration_text, "My own words.")
    bundle = copied.make(brief(), redo=["script"])

    assert "My own words." in (copied.out / "script.before.txt").read_text()
    assert any("script.before.txt" in note for note in bundle.report["fallbacks"])


def test_a_broken_script_file_is_told_with_its_line(copied: Studio) -> None:
    script = copied.out / "script.txt"
    script.write_text(script.read_text().replace("Pace: normal", "Pace: breakneck"))

    with pytest.raises(ScriptError, match=r"script\.txt line \d+.*breakneck"):
        copied.make(brief())


def test_another_voice_take_speaks_one_section_again(copied: Studio) -> None:
    """At the voice's own rate, and again at the one that fits the length."""
    made = added(copied, redo=["section:3:voice"])

    assert made["narration"] <= 2
    assert made["speech"] > 0
    assert made["picture"] == made["script"] == 0


def test_another_picture_is_painted_with_another_hand(copied: Studio) -> None:
    third = timeline_of(copied).segments[2]
    before = {visual.path: (copied.out / visual.path).read_bytes() for visual in third.visuals}
    made = added(copied, redo=["section:3:picture"])

    assert made["picture"] == len(before)
    assert made["narration"] == made["speech"] == 0
    assert all((copied.out / path).read_bytes() != old for path, old in before.items())


def test_one_picture_of_a_section_alone_is_painted_again(copied: Studio) -> None:
    third = timeline_of(copied).segments[2]
    assert len(third.visuals) > 1
    first, second = (copied.out / visual.path for visual in third.visuals[:2])
    before = first.read_bytes(), second.read_bytes()
    made = added(copied, redo=["section:3:picture:2"])

    assert made["picture"] == 1
    assert (first.read_bytes(), second.read_bytes() != before[1]) == (before[0], True)


def test_another_script_is_asked_for(copied: Studio) -> None:
    assert added(copied, redo=["script"])["script"] == 1


@pytest.mark.parametrize(
    "what", ["section:99:voice", "section:3:film", "everything", "section:3:picture:x", "section:3:picture:9"]
)
def test_what_cannot_be_made_again_is_refused_and_counts_no_take(copied: Studio, what: str) -> None:
    with pytest.raises(BriefError):
        copied.make(brief(), redo=["section:3:voice", what])

    assert added(copied) == {}


def test_another_hook_opens_the_film_and_the_rest_stays(copied: Studio) -> None:
    before = timeline_of(copied).segments[0].narration_text
    copied.make(brief(hook=3))

    assert timeline_of(copied).segments[0].narration_text != before
    assert "Opens with hook: 3" in (copied.out / "script.txt").read_text()


def test_a_damaged_state_file_is_named(copied: Studio) -> None:
    (copied.out / ".canvascast.json").write_text("{")

    with pytest.raises(BriefError, match="Delete it"):
        copied.make(brief())
