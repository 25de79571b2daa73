"""What a change makes again, what it costs, and that the film then has the scenes that were asked for."""

from __future__ import annotations

import hashlib
import random
from uuid import uuid4

import pytest

from pipeline.making.film import STATE
from pipeline.making.job import Takes
from pipeline.scripts import text as script_text
from studio.credits import Usage
from studio.errors import InvalidValue
from studio.films import FilmState, Wish, changes_of, expected_s, redo_of, sections_of
from studio.films.orders import require_paid
from studio.films.versions import Beginning, merged
from studio.films.wishes import words_of
from studio.projects import ProjectDetail, Scene

WORDS = "Tea came over the sea in wooden chests, and nobody in Europe knew how it had been grown."


@pytest.fixture(scope="module")
def state(finished) -> FilmState:
    return FilmState.of(finished.town.projects.version(finished.user, finished.versions[0].id).snapshot)


@pytest.fixture
def project(finished, state) -> ProjectDetail:
    return finished.detail.model_copy(update={"scenes": [*state.scenes]})


def changed(project: ProjectDetail, place: int, scene: Scene) -> ProjectDetail:
    scenes = [*project.scenes]
    scenes[place] = scene
    return project.model_copy(update={"scenes": scenes})


def asked(project: ProjectDetail, **brief) -> ProjectDetail:
    return project.model_copy(update={"brief": {**project.brief, **brief}})


def length(scene: Scene) -> float:
    return scene.settings["end_s"] - scene.settings["start_s"]


def test_a_film_as_it_is_needs_nothing(project, state):
    assert changes_of(project, state).nothing


def test_other_words_count_with_the_length_that_they_come_to_have(project, state):
    scene = project.scenes[2]
    twice = scene.model_copy(update={"narration": f"{scene.narration} {scene.narration}"})
    found = changes_of(changed(project, 2, twice), state)
    assert (found.how, found.whole, [one.what for one in found.scenes]) == ("made", (), [("other words",)])
    assert found.usage.seconds == pytest.approx(2 * length(scene), abs=0.01)


@pytest.mark.parametrize("wish", [Wish(motion="none"), Wish(picture={"path": "a/b.png", "name": "b.png"})])
def test_what_is_only_drawn_again_counts_a_quarter(project, state, wish):
    scene = project.scenes[2]
    found = changes_of(changed(project, 2, wish.on(scene)), state)
    assert (found.how, found.again_s) == ("drawn", pytest.approx(length(scene), abs=0.01))
    assert found.usage.seconds == pytest.approx(length(scene) / 4, abs=0.01)


def test_another_take_is_an_order_and_counts_in_full(project, state):
    asked_again = changed(project, 2, Wish(again=("picture",)).on(project.scenes[2]))
    redo = redo_of(asked_again.scenes, state)
    assert redo == (f"section:{state.sections[2]}:picture",)
    for names in (redo, ("section:3:picture",)):
        found = changes_of(asked_again, state, names)
        assert [(one.place, one.what) for one in found.scenes] == [(3, ("another picture",))]
        assert found.made_s == pytest.approx(length(project.scenes[2]), abs=0.01)


@pytest.mark.parametrize(
    ("brief", "how", "share"),
    [
        ({"look": "night-neon"}, "made", 1.0),
        ({"pace": "slow"}, "made", 1.0),
        ({"captions": "pop"}, "drawn", 0.25),
        ({"pack": "news"}, "drawn", 0.25),
        ({"music": "off"}, "joined", 0.0),
        ({"notes": "Quite other notes."}, "rewritten", 1.0),
    ],
)
def test_choices_for_the_whole_film_count_by_what_they_make_again(project, state, brief, how, share):
    found = changes_of(asked(project, **brief), state)
    assert (found.how, len(found.whole)) == (how, 1)
    assert found.usage.seconds == pytest.approx(max(1.0, share * state.seconds), rel=0.05)
    assert found.is_whole == (share == 1.0)


def test_moved_and_deleted_scenes_cost_next_to_nothing(project, state):
    one, two, three, *rest = project.scenes
    for scenes in ([one, three, two, *rest], [one, two, *rest]):
        found = changes_of(project.model_copy(update={"scenes": scenes}), state)
        assert (found.how, found.scenes, found.usage.seconds) == ("joined", (), 1.0)
        assert found.moved_s > 0


def test_a_change_is_never_dearer_than_the_whole_film(project, state):
    everything = project.model_copy(
        update={"scenes": [one.model_copy(update={"visual": "Another picture"}) for one in project.scenes]}
    )
    found = changes_of(asked(everything, captions="pop"), state)
    assert found.usage.seconds == pytest.approx(state.seconds, abs=0.5)
    assert found.drawn_s == pytest.approx(0, abs=0.01)


def test_a_small_change_takes_a_small_part_of_the_time(project, state):
    whole = {"SCRIPTING": 2.0, "VOICE_GEN": 10.0, "IMAGE_GEN": 20.0, "RENDERING": 60.0, "PACKAGING": 4.0}
    wished = changed(project, 2, Wish(motion="none").on(project.scenes[2]))
    expected = expected_s(changes_of(wished, state), whole, 60.0)
    assert expected["VOICE_GEN"] == expected["IMAGE_GEN"] == expected["SCRIPTING"] == 0
    assert 0 < expected["RENDERING"] < 25


def test_what_became_dearer_than_what_was_ordered_is_refused():
    require_paid(Usage(seconds=50), Usage(seconds=20))
    for now in (Usage(seconds=70), Usage(seconds=20, hd=True)):
        with pytest.raises(InvalidValue, match="Order it again"):
            require_paid(now, Usage(seconds=20))


def edited(scenes: list[Scene], taken: list[str], dice: random.Random) -> list[Scene]:
    """One more edit, as a creator might make it."""
    place = dice.randrange(1, len(scenes))
    scene, rest = scenes[place], [*scenes[:place], *scenes[place + 1 :]]
    match dice.choice(["words", "picture", "motion", "move", "delete", "copy", "add", "line"]):
        case "words":
            return [*scenes[:place], scene.model_copy(update={"narration": f"{WORDS} {dice.random()}"}), *rest[place:]]
        case "picture":
            return [*scenes[:place], scene.model_copy(update={"visual": f"A chest, {dice.random()}"}), *rest[place:]]
        case "line":
            line = {**scene.settings, "on_screen": f"No. {dice.randrange(99)}"}
            return [*scenes[:place], scene.model_copy(update={"settings": line}), *rest[place:]]
        case "motion":
            motion = dice.choice(["none", "pan_left", None])
            return [*scenes[:place], Wish(like=Wish.of(scene).like, motion=motion).on(scene), *rest[place:]]
        case "move":
            to = dice.randrange(1, len(scenes))
            return [*rest[:to], scene, *rest[to:]]
        case "delete":
            return rest if len(rest) > 1 else scenes
        case "copy":
            section = sections_of([*scenes, Scene(id=uuid4(), narration="", visual="")], taken)[-1]
            settings = {**scene.settings, "section": section}
            copy = scene.model_copy(update={"id": uuid4(), "settings": settings})
            return [*scenes[: place + 1], Wish(like=scene.settings.get("section", "")).on(copy), *scenes[place + 1 :]]
        case _:
            return [*scenes[:place], Scene(id=uuid4(), narration=WORDS, visual="Tea"), *scenes[place:]]


@pytest.mark.parametrize("seed", range(25))
def test_whatever_is_edited_the_script_has_just_the_scenes_that_were_asked_for(state, tmp_path, seed):
    dice, scenes = random.Random(seed), [*state.scenes]
    for _ in range(dice.randrange(1, 12)):
        scenes = edited(scenes, list(state.sections), dice)
    beginning = Beginning(None, state, scenes)
    beginning.lay_out(tmp_path)
    data = (tmp_path / "script.txt").read_bytes()
    names = Takes(tmp_path / STATE).edited_sections(hashlib.sha256(data).hexdigest())
    script = script_text.with_ids(script_text.read(data.decode()), names)

    assert len(set(names)) == len(scenes)
    assert [(one.narration, one.visual, one.on_screen) for one in script.sections] == [words_of(one) for one in scenes]
    known = {scene.id: name for name, scene in zip(state.sections, state.scenes, strict=True)}
    for scene, section in zip(scenes, script.sections, strict=True):
        assert section.id == known.get(scene.id, section.id)
        assert (section.id in known.values()) == (scene.id in known)
    assert beginning.wishes == {name: Wish.of(scene) for name, scene in zip(names, scenes, strict=True)}


def test_what_is_added_moved_and_deleted_while_a_film_is_made_stays(state):
    one, two, three, *rest = made = list(state.scenes)
    own = Scene(id=uuid4(), narration=WORDS, visual="Tea", state="stale")
    now = [one, three, own, *rest]
    assert [scene.id for scene in merged(made, made, now)] == [scene.id for scene in now]
    assert merged(made, made, now)[2].state == "stale"
    assert {scene.state for scene in merged(made, made, [one, three, two, *rest])} == {"ready"}
