"""A film that is changed: only what changed is made again, and every version can be returned to."""

from __future__ import annotations

from uuid import uuid4

import pytest

from pipeline.errors import ScriptError
from pipeline.scripts import text as script_text
from studio.films import Films, Order, return_to
from studio.films.versions import Beginning, FilmState
from studio.projects import ProjectFields, Scene
from tests.studio.films.town import report_of, text_of

ANOTHER = "China sold the world its tea, and for a long time nobody else knew how it was made."


@pytest.fixture(scope="module")
def edited(finished):
    """A project whose second film has other words in its third scene."""
    town, user, project = finished.town, finished.user, finished.same_again()
    first = town.made(user, project)
    scenes = town.projects.scenes(user, project)
    changed = scenes[2].model_copy(update={"narration": ANOTHER, "state": "stale"})
    town.projects.save_scenes(user, project, [*scenes[:2], changed, *scenes[3:]])
    second = town.made(user, project, Order(note="The third scene anew"))
    return project, first, second


def test_the_same_film_for_another_project_is_found_and_not_made(finished, edited):
    project, first, _ = edited
    report = report_of(finished.town, finished.user, project, first)
    assert report["render"]["stretchesMade"] == 0
    assert {stage["made"] for stage in report["stages"].values()} == {0}
    assert first.result["seconds"] == finished.job.result["seconds"]


def test_one_changed_scene_is_one_new_narration(finished, edited):
    project, _, second = edited
    assert (second.state, second.error_message) == ("READY", None)
    report = report_of(finished.town, finished.user, project, second)
    assert report["stages"]["VOICE_GEN"]["made"] == 1
    assert 0 < report["render"]["stretchesMade"] < report["render"]["stretches"]
    assert ANOTHER in text_of(finished.town, finished.user, project, second, "script.txt")


def test_an_edit_is_ordered_and_paid_by_the_scenes_that_it_makes_again(finished, edited):
    project, first, second = edited
    third = finished.town.projects.scenes(finished.user, project)[2].settings
    assert (first.usage.seconds, second.spent) == (60, 1)
    assert second.usage.seconds == pytest.approx(third["end_s"] - third["start_s"], rel=0.3)


def test_an_edit_that_became_dearer_since_it_was_ordered_is_refused_and_costs_nothing(finished, edited):
    town, user, project = finished.town, finished.user, edited[0]
    job = town.order(user, project)
    town.projects.save(user, project, ProjectFields(target_minutes=2))
    town.work()
    town.projects.save(user, project, ProjectFields(target_minutes=1))
    ended = town.ended(user, job)
    assert (ended.state, ended.spent) == ("FAILED", 0)
    assert "Order it again" in ended.error_message


def test_the_changed_scene_keeps_its_place_and_is_no_longer_stale(finished, edited):
    project, _, _ = edited
    scenes = finished.town.projects.scenes(finished.user, project)
    assert (scenes[2].narration, scenes[2].state) == (ANOTHER, "ready")


def test_versions_can_be_returned_to_and_come_forward_again(finished, edited):
    town, user = finished.town, finished.user
    project = edited[0]
    newest, oldest = town.projects.versions(user, project)
    assert newest.note == "The third scene anew"
    back = return_to(town.store, user, project, oldest.id)
    assert back.current_version == oldest.id
    assert back.scenes[2].narration != ANOTHER
    forward = return_to(town.store, user, project, newest.id)
    assert forward.scenes[2].narration == ANOTHER


def test_what_a_creator_writes_while_the_film_is_made_is_kept_and_marked(finished):
    town, user, project = finished.town, finished.user, finished.same_again()
    town.made(user, project)

    class Writing:
        """The store, in front of a creator who writes while the film is packed."""

        def call(self, function, arguments=None, *, as_user=None):
            if function == "version_record":
                scenes = town.projects.scenes(user, project)
                written = scenes[1].model_copy(update={"narration": "Written meanwhile."})
                town.projects.save_scenes(user, project, [scenes[0], written, *scenes[2:]])
            return town.store.call(function, arguments, as_user=as_user)

        def close(self):
            """Shared."""

    job = town.order(user, project)
    town.work(runner=Films(Writing(), town.files, town.folder / "films", mirrored=False).make)
    assert town.ended(user, job).state == "READY"
    scenes = town.projects.scenes(user, project)
    assert (scenes[1].narration, scenes[1].state) == ("Written meanwhile.", "stale")
    assert {scene.state for scene in scenes if scene.id != scenes[1].id} == {"ready"}


@pytest.fixture(scope="module")
def state(finished) -> FilmState:
    version = finished.town.projects.version(finished.user, finished.versions[0].id)
    return FilmState.of(version.snapshot)


@pytest.fixture
def laid_out(state, tmp_path):
    """The script file that the pipeline finds when a project has these scenes."""

    def lay(scenes) -> str:
        Beginning(None, state, scenes).lay_out(tmp_path / "film")
        return (tmp_path / "film" / "script.txt").read_bytes().decode()

    return lay


def spoken(text: str) -> list[str]:
    return [section.narration for section in script_text.read(text).sections]


def test_untouched_scenes_leave_the_script_byte_for_byte(state, laid_out):
    assert laid_out(state.scenes) == state.script


def test_scenes_can_be_removed_moved_and_added(state, laid_out):
    one, two, three, four, *rest = state.scenes
    own = Scene(id=uuid4(), narration="A scene of my own.", visual="A cup of tea", settings={"title": "My own"})
    text = laid_out([one, four, two, own, *rest])
    assert spoken(text) == [scene.narration for scene in (one, four, two, own, *rest)]
    assert three.narration not in text
    assert "[Beat: My own]" in text


def test_another_opening_changes_the_hook_that_is_spoken(state, laid_out):
    opening = state.scenes[0].model_copy(update={"narration": "Why does everybody drink tea?"})
    assert spoken(laid_out([opening, *state.scenes[1:]]))[0] == "Why does everybody drink tea?"


def test_scenes_that_make_no_film_are_refused(state, laid_out):
    silent = state.scenes[2].model_copy(update={"narration": "  "})
    many = [Scene(id=uuid4(), narration="More.", visual="") for _ in range(99)]
    for scenes in (state.scenes[1:], [], [*state.scenes[:2], silent], [*state.scenes, *many]):
        with pytest.raises(ScriptError):
            laid_out(scenes)
