"""Scenes with a movement or a picture of their creator's own, in the order that they choose."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pipeline.brief import SceneWish
from pipeline.errors import BriefError, PictureError
from pipeline.making.film import STATE, laid_out
from pipeline.making.job import Takes
from pipeline.scripts import text as script_text
from pipeline.timeline import Timeline
from tests.pipeline.making.films import Studio, brief, embedded

THIRD = "s03_beat"


def planned(studio: Studio, **changes: Any) -> Timeline:
    """The film laid out, its pictures painted, and nothing drawn."""
    asked = brief(**changes)
    with laid_out(asked, studio.out, services=embedded(asked), workspace=studio.workspace) as film:
        for section in film.said.script.sections:
            film.pictures.wait_for(section.id)
        return film.timeline


def wishes(**wish: Any) -> dict[str, Mapping[str, SceneWish]]:
    return {"scenes": {THIRD: SceneWish(**wish)}}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.png"
    Image.new("RGB", (640, 360), "red").save(path)
    return path


@pytest.fixture
def arranged(copied: Studio) -> Callable[..., None]:
    """Writes the script with its sections in this order, each called as before."""

    def arrange(*order: str) -> None:
        path = copied.out / "script.txt"
        script = script_text.read(path.read_text())
        by_id = {section.id: section for section in script.sections}
        kept = tuple(by_id[re.sub("^s1", "s0", name)] for name in order)
        path.write_text(script_text.write(script.model_copy(update={"sections": kept})))
        Takes(copied.out / STATE).keep_script(hashlib.sha256(path.read_bytes()).hexdigest(), order)

    return arrange


def ids(studio: Studio) -> list[str]:
    return [section["id"] for section in studio.json("outline.json")["sections"]]


def test_another_movement_draws_its_scene_again_and_nothing_else(copied: Studio) -> None:
    before = copied.kinds()
    copied.make(brief(**wishes(motion="none")))
    made = copied.kinds() - before

    assert made["narration"] == made["speech"] == made["picture"] == made["sound"] == 0
    # Its own stretches, and the transitions from the scene before and into the next one.
    assert 1 <= made["stretch"] <= 4


def test_a_wish_for_one_scene_leaves_the_others_as_they_are(copied: Studio) -> None:
    plain = planned(copied)
    wished = planned(copied, **wishes(motion="pan_left"))

    for old, new in zip(plain.segments, wished.segments, strict=True):
        if new.id != THIRD:
            assert new == old
    third = next(segment for segment in wished.segments if segment.id == THIRD)
    assert "pan_left" in {visual.motion for visual in third.visuals}


def test_an_own_picture_is_all_that_its_scene_shows_until_it_is_taken_back(copied: Studio, own: Path) -> None:
    plain = planned(copied)
    before = copied.kinds()
    shown = next(s for s in planned(copied, **wishes(picture=str(own))).segments if s.id == THIRD)

    assert [visual.path for visual in shown.visuals] == [f"assets/uploads/{THIRD}-1.png"]
    assert (copied.out / shown.visuals[0].path).read_bytes() == own.read_bytes()
    assert planned(copied) == plain
    assert copied.kinds() == before


def test_an_own_picture_that_is_none_is_told_by_its_name(copied: Studio, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_text("no picture")

    with pytest.raises(PictureError, match=r"broken\.jpg"):
        planned(copied, **wishes(picture=str(broken)))


def test_scenes_that_only_moved_are_neither_spoken_nor_painted_again(
    copied: Studio, arranged: Callable[..., None]
) -> None:
    first, second, third, fourth, *rest = ids(copied)
    before, old = copied.kinds(), {segment.id: segment for segment in planned(copied).segments}
    arranged(first, fourth, second, third, *rest)
    moved = planned(copied)

    assert [segment.id for segment in moved.segments] == [first, fourth, second, third, *rest]
    assert copied.kinds() - before == Counter()
    for segment in moved.segments:
        assert segment.visuals == old[segment.id].visuals


def test_a_wish_moves_with_its_scene(copied: Studio, arranged: Callable[..., None]) -> None:
    first, second, third, *rest = ids(copied)
    arranged(first, third, second, *rest)
    moved = planned(copied, **wishes(motion="none"))

    assert {visual.motion for visual in moved.segments[1].visuals} == {"none"}


def test_a_copy_is_painted_like_its_original(copied: Studio, arranged: Callable[..., None]) -> None:
    before = copied.kinds()
    first, second, third, *rest = ids(copied)
    arranged(first, second, third, "s13_beat", *rest)
    film = planned(copied, scenes={"s13_beat": SceneWish(like=third)})
    original, copy = film.segments[2:4]

    assert (copied.kinds() - before)["picture"] == 0
    assert len(copy.visuals) == len(original.visuals)
    for one, other in zip(original.visuals, copy.visuals, strict=True):
        assert (copied.out / one.path).read_bytes() == (copied.out / other.path).read_bytes()
        assert one.motion == other.motion


def test_a_copy_and_its_original_have_takes_of_their_own(copied: Studio) -> None:
    takes = Takes(copied.out / STATE)
    takes.again(f"picture:{THIRD}")
    takes.adopt({"s13_beat": THIRD})
    takes.again(f"picture:{THIRD}")
    takes.adopt({"s13_beat": THIRD})

    assert (takes.take(f"picture:{THIRD}"), takes.take("picture:s13_beat")) == (3, 2)


def test_takes_are_asked_for_by_the_scenes_own_name(copied: Studio) -> None:
    before = copied.kinds()
    copied.make(brief(), redo=[f"section:{THIRD}:picture"])
    made = copied.kinds() - before

    assert made["picture"] == len(next(s for s in planned(copied).segments if s.id == THIRD).visuals)
    with pytest.raises(BriefError, match="s77_beat"):
        copied.make(brief(), redo=["section:s77_beat:voice"])


def test_words_stay_their_creators_when_another_pace_is_chosen(copied: Studio, arranged: Callable[..., None]) -> None:
    arranged(*ids(copied))
    normal, slow = planned(copied), planned(copied, pace="slow")

    assert [one.narration_text for one in slow.segments] == [one.narration_text for one in normal.segments]
    assert slow.frames > normal.frames


def test_scenes_that_show_only_cards_are_remembered(copied: Studio) -> None:
    numbers = "Exactly 62 percent of all volcanoes."
    script = copied.out / "script.txt"
    third, before = planned(copied).segments[2], Takes(copied.out / STATE).cards
    script.write_text(script.read_text().replace(third.narration_text, numbers))
    planned(copied)

    assert Takes(copied.out / STATE).cards - before == {third.id}
