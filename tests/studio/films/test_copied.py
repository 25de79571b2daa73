"""A film that was copied on the shelf goes on like its original: only what is changed in it is made again."""

from __future__ import annotations

import pytest

from studio.callers import Caller
from studio.desk.shelf import Shelf
from studio.installation import Installation
from tests.studio.films.town import report_of, text_of

ANOTHER = "In Japan the leaf was ground to powder, and drinking it became a ceremony of its own."


@pytest.fixture(scope="module")
def copied(finished):
    """A copy whose third scene says something else, made into a film of its own."""
    town, user = finished.town, finished.user
    installation = Installation(settings=None, store=town.store, files=town.files, identity=None, callers=None)
    shelf, caller = Shelf(installation), Caller(user)
    copy = shelf.duplicate(caller, finished.project)
    before = next(card for card in shelf.cards(caller) if card.id == copy)
    scenes = town.projects.scenes(user, copy)
    changed = scenes[2].model_copy(update={"narration": ANOTHER, "state": "stale"})
    town.projects.save_scenes(user, copy, [*scenes[:2], changed, *scenes[3:]])
    return copy, before, town.made(user, copy)


def test_a_copy_shows_its_film_before_anything_is_made(finished, copied):
    card = copied[1]
    assert (card.state, card.title) == ("ready", f"{finished.detail.title} (copy)")
    assert card.seconds == pytest.approx(finished.job.result["seconds"], abs=0.01)
    assert card.thumbnail


def test_its_change_is_one_new_narration_at_the_price_of_an_edit(finished, copied):
    copy, _, job = copied
    assert (job.state, job.error_message, job.spent) == ("READY", None, 1)
    report = report_of(finished.town, finished.user, copy, job)
    assert report["stages"]["VOICE_GEN"]["made"] == 1
    assert 0 < report["render"]["stretchesMade"] < report["render"]["stretches"]
    assert ANOTHER in text_of(finished.town, finished.user, copy, job, "script.txt")


def test_the_original_keeps_its_words_and_its_version(finished, copied):
    town, user = finished.town, finished.user
    assert ANOTHER not in [scene.narration for scene in town.projects.scenes(user, finished.project)]
    assert [one.id for one in town.projects.versions(user, finished.project)] == [one.id for one in finished.versions]
    assert len(town.projects.versions(user, copied[0])) == 2
