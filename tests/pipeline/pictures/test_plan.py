"""The visual plan of a whole script."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.pictures.plan import plan, shot_key
from pipeline.scripts.models import Hook, Script, Section

SENTENCES = (
    "A volcano is a mountain with fire inside.",
    "Deep below it, rock melts and collects in a chamber.",
    "Gas pushes the magma up until the roof cannot hold it.",
    "Then ash climbs higher than any plane can fly.",
    "People in the valley have very little time to leave.",
    "There are about 1,500 active volcanoes on Earth.",
)


def script(sections: int = 6, sentences: int = 4) -> Script:
    made = [
        Section(
            id=f"s{i:02}_beat",
            kind="beat",
            title=f"Part {i}",
            narration=" ".join((SENTENCES * 2)[i % 6 : i % 6 + sentences]),
            visual=f"Scene {i} of the volcano",
        )
        for i in range(sections)
    ]
    return Script(
        title="Volcanoes", writer="manual", hooks=(Hook(pattern="claim", narration="Fire."),), sections=tuple(made)
    )


def test_every_section_has_one_to_three_shots_and_each_stays_four_to_nine_seconds(style):
    lengths = {f"s{i:02}_beat": ms for i, ms in enumerate((3000, 7000, 12000, 20000, 24000, 15000))}

    shots = plan(script(sentences=7), style, durations_ms=lengths)

    for section_id, length in lengths.items():
        mine = [shot for shot in shots if shot.section_id == section_id]
        assert 1 <= len(mine) <= 3
        ends = [*(shot.start_fraction for shot in mine[1:]), 1.0]
        stays = [length * (end - shot.start_fraction) for shot, end in zip(mine, ends, strict=True)]
        assert mine[0].start_fraction == 0
        assert min(stays) > min(length * 0.8, 2900)
        assert max(stays) < 10_500


def test_neighbours_differ_in_composition_and_no_picture_is_shown_twice(style):
    shots = plan(script(sections=9), style)

    for one, other in pairwise(shots):
        assert one.composition != other.composition
    assert len({shot_key(shot, style, "canvas") for shot in shots}) == len(shots)


def test_there_are_cards_but_never_three_in_a_row_and_at_most_one_in_a_short_section(style):
    shots = plan(script(sections=9), style)
    cards = [shot.kind != "illustration" for shot in shots]
    sections = [shot.section_id for shot in shots if shot.kind != "illustration"]

    assert any(cards)
    assert not any(all(cards[i : i + 3]) for i in range(len(cards) - 2))
    assert len(sections) == len(set(sections))


def test_a_long_section_gets_more_than_three_rather_than_a_picture_that_outstays(style):
    shots = plan(script(sections=1, sentences=12), style, durations_ms={"s00_beat": 45_000})

    assert 4 <= len(shots) <= 6


def test_all_that_is_said_is_seen_with_some_shot(style):
    made = script()

    for section in made.sections:
        mine = [shot.narration for shot in plan(made, style) if shot.section_id == section.id]
        assert " ".join(mine).split() == section.narration.split()


@pytest.mark.parametrize(("aspect", "size"), [("16:9", (1280, 720)), ("9:16", (720, 1280)), ("1:1", (720, 720))])
def test_shots_have_the_films_size(style, aspect, size):
    shots = plan(script(2), style, aspect=aspect, resolution="720p")

    assert {(shot.width, shot.height) for shot in shots} == {size}


def test_the_same_script_gives_the_same_plan(style):
    assert plan(script(), style) == plan(script(), style)


def test_an_edit_in_one_section_leaves_the_pictures_of_the_others(style):
    before = script()
    edited = before.sections[2].model_copy(
        update={"narration": "A quiet lake lies in the crater. Birds nest on its shore."}
    )
    after = before.model_copy(update={"sections": (*before.sections[:2], edited, *before.sections[3:])})

    old = {shot_key(shot, style, "canvas") for shot in plan(before, style) if shot.section_id != edited.id}
    new = {shot_key(shot, style, "canvas") for shot in plan(after, style) if shot.section_id != edited.id}

    assert old == new
