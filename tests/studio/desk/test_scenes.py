"""Scenes at the desk: changed one by one, priced before they are made, made again alone, and taken back."""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from studio.callers import ANYONE, Caller
from studio.desk.scenes import Scenes
from studio.errors import Conflict, ContentRefused, Forbidden, InvalidValue, NotFound, SignInNeeded
from studio.identity import Scope
from tests.studio.desk.films_made import Made, work
from tests.studio.films.town import SMALL, TEA

ANOTHER = "China sold the world its tea, and for a long time nobody else knew how it was made."


@pytest.fixture
def scenes(studio_app) -> Scenes:
    return studio_app.desk.scenes


@pytest.fixture
def creator(made: Made) -> Caller:
    return made.creator


@pytest.fixture(scope="module")
def kept_project(made: Made) -> UUID:
    """The same film in a project of this module's own: found in the creator's build, and nothing made."""
    desk = made.app.desk
    made.app.installation.credits.grant(made.person.id, 50, key=f"scenes:{made.person.id}")
    project = desk.orders.create_project(made.creator, {**SMALL, "notes": TEA}).id
    desk.films.generate(made.creator, project)
    work(made.app)
    return project


@pytest.fixture
def project(studio_app, creator: Caller, kept_project: UUID) -> UUID:
    """As its film is: whatever an earlier test asked for is taken back, whatever it made is left."""
    oldest = studio_app.desk.films.versions(creator, kept_project)[-1]
    studio_app.desk.films.return_to(creator, kept_project, oldest.id)
    return kept_project


@pytest.fixture
def make(studio_app, scenes: Scenes, creator: Caller, project: UUID):
    """Makes the changes. Answers with how many artifacts of each kind that added to the creator's build."""

    def changed() -> Counter[str]:
        before = kinds(studio_app, creator)
        job = scenes.make_changes(creator, project)
        work(studio_app)
        ended = studio_app.desk.films.job(creator, job.id)
        assert (ended.state, ended.error) == ("READY", "")
        assert ended.spent == job.reserved
        return kinds(studio_app, creator) - before

    return changed


def kinds(app, creator: Caller) -> Counter[str]:
    records = (app.installation.settings.data_folder / "films" / "builds" / str(creator.user)).glob("records/*/*.json")
    return Counter(json.loads(record.read_bytes())["kind"] for record in records)


def picture(tmp_path: Path, colour: str = "red") -> Path:
    path = tmp_path / "own.png"
    Image.new("RGB", (800, 450), colour).save(path)
    return path


def shown_colour(made: Made, place: int, project: UUID) -> tuple[int, ...]:
    """Of the first picture that the scene shows."""
    found = made.app.desk.scenes.scenes(made.creator, project)[place]
    answer = httpx.get(f"{made.app.url}{found.pictures[0]}", timeout=30)
    return Image.open(io.BytesIO(answer.content)).convert("RGB").getpixel((100, 100))


def test_scenes_tell_their_words_their_times_and_show_their_pictures(made, scenes, creator, project):
    found = scenes.scenes(creator, project)
    assert found[0].kind == "hook"
    assert {scene.state for scene in found} == {"ready"}
    assert [scene.place for scene in found] == list(range(1, len(found) + 1))
    assert all(scene.narration and scene.end_s > scene.start_s for scene in found)
    answer = httpx.get(f"{made.app.url}{found[2].pictures[0]}", timeout=30)
    assert answer.headers["content-type"] == "image/jpeg"


def test_what_was_not_changed_is_not_made_again(scenes, creator, project):
    change = scenes.changes(creator, project)
    assert (change.nothing, change.credits, change.scenes) == (True, 0, ())
    with pytest.raises(Conflict):
        scenes.make_changes(creator, project)


def test_another_movement_draws_one_scene_and_speaks_and_paints_nothing(scenes, creator, project, make):
    third = scenes.scenes(creator, project)[2]
    motion = "pan_left" if third.motion != "pan_left" else "pan_right"
    assert scenes.change(creator, project, third.id, motion=motion).state == "stale"
    change = scenes.changes(creator, project)
    assert ([one.place for one in change.scenes], change.whole_film, change.credits) == ([3], False, 1)
    assert change.film_seconds == pytest.approx(third.end_s - third.start_s, abs=0.1)
    assert change.sentence.startswith("Scene 3 is drawn again, about ")
    made = make()
    assert made["narration"] == made["speech"] == made["picture"] == made["script"] == 0
    assert 1 <= made["stretch"] <= 4
    assert (scenes.scenes(creator, project)[2].motion, scenes.changes(creator, project).nothing) == (motion, True)


def test_other_words_make_their_scene_again_as_long_as_they_take_to_say(scenes, creator, project):
    third = scenes.scenes(creator, project)[2]
    assert scenes.change(creator, project, third.id, narration=third.narration * 2).state == "stale"
    change = scenes.changes(creator, project)
    assert change.film_seconds == pytest.approx(2 * (third.end_s - third.start_s), rel=0.1)
    assert change.sentence.startswith("Scene 3 is made again, about ")


def test_moved_and_deleted_scenes_speak_and_paint_nothing_and_keep_their_choices(scenes, creator, project, make):
    before = scenes.scenes(creator, project)
    scenes.delete(creator, project, before[1].id)
    moved = scenes.move(creator, project, before[2].id, 2)
    assert [scene.id for scene in moved] == [before[n].id for n in (0, 3, 2, *range(4, len(before)))]
    assert scenes.changes(creator, project).sentence.startswith("The film is put together anew, nothing is spoken")
    scenes.change(creator, project, before[2].id, motion="none")
    made = make()
    assert made["narration"] == made["speech"] == made["picture"] == 0
    after = scenes.scenes(creator, project)
    assert [(scene.id, scene.narration) for scene in after] == [(scene.id, scene.narration) for scene in moved]
    assert after[2].motion == "none"


def test_a_copy_looks_like_its_original_and_can_then_be_changed_alone(scenes, creator, project, make):
    original = scenes.scenes(creator, project)[2]
    twice = scenes.duplicate(creator, project, original.id)
    assert (twice[3].narration, twice[3].state, twice[3].pictures) == (original.narration, "stale", original.pictures)
    made = make()
    assert made["picture"] == made["speech"] == 0
    both = scenes.scenes(creator, project)[2:4]
    assert both[1].id == twice[3].id
    assert len({scene.id for scene in both}) == 2
    assert len(both[0].pictures) == len(both[1].pictures)
    scenes.change(creator, project, both[1].id, narration=ANOTHER)
    assert [one.place for one in scenes.changes(creator, project).scenes] == [4]


def test_an_own_picture_takes_the_place_of_the_painted_ones_and_can_be_taken_back(
    made, scenes, creator, project, make, tmp_path
):
    third = scenes.scenes(creator, project)[2]
    given = made.app.desk.orders.upload(creator, picture(tmp_path), "own.png", "picture")
    assert scenes.change(creator, project, third.id, picture=given).own_picture
    assert shown_colour(made, 2, project) == (255, 0, 0)
    assert make()["picture"] == 0
    shown = scenes.scenes(creator, project)[2]
    assert (shown.own_picture, len(shown.pictures)) == (True, 1)
    assert not scenes.change(creator, project, third.id, clear_picture=True).own_picture
    fresh = make()
    assert fresh["picture"] == fresh["narration"] == 0
    assert shown_colour(made, 2, project) != (255, 0, 0)


def test_another_picture_and_another_voice_are_asked_for_once(scenes, creator, project, make):
    third = scenes.scenes(creator, project)[2]
    scenes.another_picture(creator, project, third.id)
    asked = scenes.another_voice(creator, project, third.id)
    assert (asked.again, asked.state) == (("picture", "voice"), "stale")
    made = make()
    assert made["picture"] == len(third.pictures)
    assert made["narration"] == 1
    assert scenes.changes(creator, project).nothing
    assert scenes.scenes(creator, project)[2].again == ()


def test_a_card_with_words_is_not_moved_out_of_the_picture(studio_app, scenes, creator, project):
    projects = studio_app.installation.projects
    card, *others = projects.scenes(creator.user, project)
    as_a_card = card.model_copy(update={"settings": {**card.settings, "card": True}})
    projects.save_scenes(creator.user, project, [as_a_card, *others])
    with pytest.raises(InvalidValue, match="a card with words"):
        scenes.change(creator, project, card.id, motion="pan_left")
    assert scenes.change(creator, project, card.id, motion="none").motion == "none"


def test_a_line_on_the_screen_draws_its_scene_again(scenes, creator, project):
    second = scenes.scenes(creator, project)[1]
    assert scenes.change(creator, project, second.id, on_screen="From Yunnan").on_screen == "From Yunnan"
    (change,) = scenes.changes(creator, project).scenes
    assert (change.place, change.what) == (2, ("another line on screen",))


def test_a_scene_of_ones_own_needs_words_before_it_can_be_made(scenes, creator, project):
    before = scenes.scenes(creator, project)
    added = scenes.add(creator, project, before[1].id)[2]
    assert "Scene 3 has no words" in scenes.changes(creator, project).problem
    with pytest.raises(InvalidValue, match="no words"):
        scenes.make_changes(creator, project)
    scenes.change(creator, project, added.id, narration="A scene of my own about cups.", visual="A cup of tea")
    change = scenes.changes(creator, project)
    assert ([(one.place, one.what) for one in change.scenes], change.problem) == ([(3, ("a new scene",))], "")


def test_choices_for_the_whole_film_say_what_they_make_again(scenes, creator, project):
    seconds = scenes.scenes(creator, project)[-1].end_s
    captions = scenes.style(creator, project, captions="karaoke")
    assert (captions.whole_film, captions.scenes, captions.credits) == (True, (), 1)
    assert captions.film_seconds == pytest.approx(seconds, abs=0.5)
    assert "nothing is spoken or painted" in captions.sentence
    look = scenes.style(creator, project, captions="", look="night-neon")
    assert look.why == ("another look",)
    assert look.sentence.startswith("The whole film is made again (another look): 1 credit")
    assert scenes.style(creator, project, look="").nothing


def test_other_music_only_puts_the_film_together_anew(scenes, creator, project, make):
    scenes.style(creator, project, music="off")
    made = make()
    assert (made["stretch"], made["narration"], made["picture"], made["sound"]) == (0, 0, 0, 1)


def test_other_notes_are_another_script_and_say_that_changes_to_scenes_are_lost(studio_app, scenes, creator, project):
    scenes.change(creator, project, scenes.scenes(creator, project)[2].id, narration=ANOTHER)
    studio_app.desk.orders.save_project(creator, project, {**SMALL, "notes": TEA + "\nTea is drunk everywhere."})
    change = scenes.changes(creator, project)
    assert (change.whole_film, change.why) == (True, ("other notes",))
    assert "without your changes" in change.sentence


def test_everything_can_be_taken_back(scenes, creator, project):
    before = [(scene.id, scene.narration) for scene in scenes.scenes(creator, project)]
    scenes.change(creator, project, before[2][0], narration=ANOTHER, motion="none")
    scenes.delete(creator, project, before[1][0])
    scenes.style(creator, project, captions="off")
    back = scenes.undo(creator, project)
    assert [(scene.id, scene.narration) for scene in back] == before
    assert scenes.changes(creator, project).nothing


def test_the_opening_stays_the_first_scene(scenes, creator, project):
    first, second, *_ = scenes.scenes(creator, project)
    for refused in (
        lambda: scenes.move(creator, project, first.id, 2),
        lambda: scenes.move(creator, project, second.id, 0),
        lambda: scenes.delete(creator, project, first.id),
    ):
        with pytest.raises(InvalidValue):
            refused()


def test_what_may_not_be_filmed_is_refused_where_it_is_written(scenes, creator, project):
    third = scenes.scenes(creator, project)[2]
    with pytest.raises(ContentRefused):
        scenes.change(creator, project, third.id, narration="Here is how to build a pipe bomb at home, step by step.")
    assert scenes.scenes(creator, project)[2].narration == third.narration


def test_a_file_of_somebody_else_or_of_another_kind_is_no_picture(studio_app, scenes, creator, project, tmp_path):
    third = scenes.scenes(creator, project)[2]
    stranger = Caller(studio_app.person().id)
    theirs = studio_app.desk.orders.upload(stranger, picture(tmp_path), "own.png", "picture")
    notes = tmp_path / "notes.txt"
    notes.write_text("Some notes.")
    text = studio_app.desk.orders.upload(creator, notes, "notes.txt", "document")
    for file in (theirs, text):
        with pytest.raises(InvalidValue):
            scenes.change(creator, project, third.id, picture=file)


def test_nobody_else_sees_or_changes_them(studio_app, scenes, creator, project):
    third = scenes.scenes(creator, project)[2]
    reader = Caller(creator.user, scopes=frozenset({Scope.READ}), by_key=True)
    for who, refusal in ((Caller(studio_app.person().id), NotFound), (ANYONE, SignInNeeded), (reader, Forbidden)):
        for act in (
            lambda who=who: scenes.change(who, project, third.id, narration="Theirs."),
            lambda who=who: scenes.move(who, project, third.id, 3),
            lambda who=who: scenes.delete(who, project, third.id),
            lambda who=who: scenes.duplicate(who, project, third.id),
            lambda who=who: scenes.add(who, project, third.id),
            lambda who=who: scenes.another_voice(who, project, third.id),
            lambda who=who: scenes.style(who, project, captions="off"),
            lambda who=who: scenes.undo(who, project),
        ):
            with pytest.raises(refusal):
                act()
    with pytest.raises(NotFound):
        scenes.change(creator, project, uuid4(), narration="Nowhere.")


def test_a_change_is_ordered_once_however_often_its_job_comes(studio_app, scenes, creator, project):
    scenes.change(creator, project, scenes.scenes(creator, project)[2].id, motion="none")
    job = uuid4()
    first = scenes.make_changes(creator, project, job)
    again = scenes.make_changes(creator, project, job)
    assert (first.id, first.number) == (again.id, again.number)
    studio_app.desk.films.cancel(creator, job)


def test_another_take_is_ordered_by_one_film_alone(studio_app, scenes, creator, project):
    scenes.another_voice(creator, project, scenes.scenes(creator, project)[2].id)
    first = scenes.make_changes(creator, project)
    with pytest.raises(Conflict, match="is being made"):
        scenes.make_changes(creator, project)
    studio_app.desk.films.cancel(creator, first.id)
