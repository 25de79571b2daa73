"""What the page's script may ask, and what it may not."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import pytest

from studio.callers import ANYONE, Caller
from studio.pages.create.answers import Answers
from studio.samples import find_sample

FORM = {"niche": "explainer", "notes": find_sample("volcanoes").notes, "minutes": "2"}


@pytest.fixture
def answers(studio_app) -> Answers:
    return Answers(studio_app.desk)


@pytest.fixture
def caller(studio_app) -> Caller:
    return Caller(studio_app.person().id)


@pytest.fixture
def sent(studio_app, caller) -> Path:
    """A file as Gradio leaves it after the caller sent it."""
    path = Path(os.environ["GRADIO_TEMP_DIR"], uuid4().hex, "bees.md")
    path.parent.mkdir(parents=True)
    path.write_text("Bees make honey.\n")
    studio_app.installation.brought.note(caller, [str(path)])
    return path


def test_a_file_that_was_sent_becomes_its_owners_and_leaves_the_shared_folder(answers, caller, sent):
    answer = answers.keep(caller, {"path": str(sent), "name": "bees.md", "place": "documents"})
    assert answer["file"]["path"].startswith(str(caller.user))
    assert not sent.exists()


@pytest.mark.parametrize("path", ["/etc/passwd", "../../../../etc/passwd", "", "\0"])
def test_no_other_file_of_the_machine_is_taken(answers, caller, path):
    answer = answers.keep(caller, {"path": path, "name": "notes.txt", "place": "documents"})
    assert answer == {"problem": "notes.txt did not arrive. Choose it once more."}


def test_a_file_that_somebody_else_sent_is_not_taken(studio_app, answers, sent):
    other = Caller(studio_app.person().id)
    answer = answers.keep(other, {"path": str(sent), "name": "bees.md", "place": "documents"})
    assert answer == {"problem": "bees.md did not arrive. Choose it once more."}
    assert sent.exists()


def test_a_stranger_brings_no_files(studio_app, answers, sent):
    studio_app.installation.brought.note(ANYONE, [str(sent)])
    answer = answers.keep(ANYONE, {"path": str(sent), "name": "bees.md", "place": "documents"})
    assert answer == {"problem": "Sign in first; what you wrote is kept."}


def test_a_stranger_is_sent_to_sign_in_with_the_brief_to_keep(answers):
    answer = answers.generate(ANYONE, {"form": FORM, "project": str(uuid4()), "job": str(uuid4())})
    assert answer["sign_in"] is True
    assert answer["brief"]["minutes"] == 2.0


def test_the_same_ids_order_the_same_film(studio_app, answers, caller):
    order = {"form": FORM, "project": str(uuid4()), "job": str(uuid4())}
    assert (
        answers.generate(caller, order) == answers.generate(caller, order) == {"go": f"/project?id={order['project']}"}
    )
    assert studio_app.installation.credits.account(caller.user).held == 2


def test_a_second_try_takes_what_was_changed_since_the_first(studio_app, answers, caller):
    ids = {"project": str(uuid4()), "job": str(uuid4())}
    refused = answers.generate(caller, {"form": {**FORM, "minutes": "12"}, **ids})
    assert "problems" in refused
    answers.generate(caller, {"form": {**FORM, "minutes": "3"}, "again": True, **ids})
    (project,) = studio_app.installation.projects.list_of(caller.user)
    assert project.target_minutes == 3


def test_another_persons_project_cannot_be_ordered_over(studio_app, answers, caller):
    theirs = studio_app.desk.orders.create_project(Caller(studio_app.person().id), {"notes": "A secret."})
    answer = answers.generate(caller, {"form": FORM, "project": str(theirs.id), "job": str(uuid4()), "again": True})
    assert "problems" in answer
    assert studio_app.installation.projects.get(theirs.user_id, theirs.id).brief["notes"] == "A secret."


def test_a_file_of_another_person_is_refused_at_its_place(studio_app, answers, caller):
    other = studio_app.person().id
    form = {**FORM, "documents": [{"path": f"{other}/uploads/{'a' * 64}.md", "name": "theirs.md"}]}
    answer = answers.generate(caller, {"form": form, "project": str(uuid4()), "job": str(uuid4())})
    assert "theirs.md is not one of your files" in answer["problems"][0]["words"]


@pytest.mark.parametrize("order", [{}, {"form": FORM}, {"form": FORM, "project": "x", "job": 1}, {"form": [1]}])
def test_whatever_is_sent_is_answered_in_words(answers, caller, order):
    assert answers.generate(caller, order)["problems"]
