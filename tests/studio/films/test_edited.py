"""A film that is changed: only what changed is made again, and every version can be returned to."""

from __future__ import annotations

import pytest

from studio.films import Order, return_to
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
