"""Films that cannot be made: a code, a sentence that says what to do, and every credit back."""

from __future__ import annotations

from uuid import uuid4

import pytest

from studio.credits import Credits, Usage
from studio.errors import InvalidValue
from studio.files import Files, FolderHome, Shelf
from studio.films import Films, Order, place, project_fields
from studio.jobs import Jobs
from studio.projects import Projects
from studio.worker import Worker
from tests.studio.films.town import SMALL


def test_a_topic_without_a_model_fails_with_a_sentence_and_the_credits_come_back(store, user, tmp_path):
    project = Projects(store).create(user, uuid4(), project_fields({**SMALL, "topic": "Why volcanoes erupt"})).id
    job = place(store, user, project, uuid4())
    films = Films(store, Files(FolderHome(tmp_path / "files")), tmp_path / "films", mirrored=True)
    Worker(store, films.make).run(once=True)
    ended = Jobs(store).get(user, job.id)
    assert (ended.state, ended.failed_step, ended.spent) == ("FAILED", "SCRIPTING", 0)
    assert ended.error_code
    assert "notes" in ended.error_message
    account = Credits(store).account(user)
    assert (account.balance, account.held) == (10, 0)


@pytest.mark.parametrize(
    "brief",
    [
        {"music": "/etc/passwd"},
        {"music": "../../secret.wav"},
        {"pack": "/etc/hostname.json"},
        {"look": "../looks"},
        {"documents": ["/etc/passwd"]},
        {"documents": [{"path": "/etc/passwd", "name": "a.txt"}]},
        {"uploads": [{"path": f"{uuid4()}/assets/ab/somebodys.png", "name": "c.png"}]},
        {"own_music": {"path": "../outside.mp3", "name": "b.mp3"}},
        {"fps": 23},
        {"unheard": "of"},
    ],
)
def test_a_brief_that_is_not_to_be_trusted_is_refused_before_anything_is_reserved(shared_town, brief):
    user = shared_town.creator()
    project = shared_town.project(user, notes="Some.", **brief)
    with pytest.raises(InvalidValue):
        shared_town.order(user, project)
    assert shared_town.credits.account(user).balance == 10


def failure(town, user, project):
    """Ordered without a look at the brief, as one that was changed after the order."""
    job = town.jobs.start(uuid4(), user=user, project=project, request={}, usage=Usage(seconds=60))
    town.work()
    ended = town.ended(user, job)
    assert (ended.state, town.credits.account(user).balance) == ("FAILED", 10)
    return ended.error_code, ended.error_message


def test_another_creators_file_is_as_good_as_none(shared_town, tmp_path):
    user, other = shared_town.creator(), shared_town.creator()
    secret = tmp_path / "secret.txt"
    secret.write_text("The other one's notes.")
    path = shared_town.files.put(secret, owner=other, shelf=Shelf.ASSETS).path
    project = shared_town.project(user, documents=[{"path": path, "name": "secret.txt"}])
    code, sentence = failure(shared_town, user, project)
    assert code == "brief_invalid"
    assert "secret.txt" in sentence


def test_a_file_that_was_removed_meanwhile_is_named(shared_town):
    user = shared_town.creator()
    gone = f"{user}/assets/ab/{'ab' * 32}.txt"
    project = shared_town.project(user, documents=[{"path": gone, "name": "notes.txt"}])
    assert failure(shared_town, user, project) == (
        "brief_invalid",
        "notes.txt is not there any more. Upload it again, or take it out.",
    )


def test_a_film_does_not_grow_after_it_was_ordered(shared_town):
    user = shared_town.creator()
    code, sentence = failure(shared_town, user, shared_town.project(user, notes="Some.", minutes=12))
    assert code == "brief_invalid"
    assert "Order it again" in sentence


def test_an_order_that_is_not_understood_is_no_film(shared_town):
    user = shared_town.creator()
    project = shared_town.project(user, notes="Some.")
    shared_town.jobs.start(uuid4(), user=user, project=project, request={"redo": 7}, usage=Usage(seconds=60))
    shared_town.work()
    assert shared_town.jobs.list_of(user)[0].error_code == "brief_invalid"


def test_a_damaged_document_fails_by_its_own_name_and_not_by_a_path_of_this_machine(shared_town, tmp_path):
    user = shared_town.creator()
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing more")
    path = shared_town.files.put(broken, owner=user).path
    project = shared_town.project(user, documents=[{"path": path, "name": "my notes.pdf"}])
    code, sentence = failure(shared_town, user, project)
    assert code.startswith("source_")
    assert "my notes.pdf" in sentence
    assert str(shared_town.folder) not in sentence


def test_the_price_of_an_order_follows_from_the_brief(shared_town):
    user = shared_town.creator()
    job = shared_town.order(user, shared_town.project(user, notes="Some.", minutes=2.5, resolution="4k"))
    assert (job.usage, job.reserved) == (Usage(seconds=150, hd=True), 6)
    shared_town.jobs.cancel(user, job.id)


def test_ordering_twice_under_one_id_orders_once(shared_town):
    user, job = shared_town.creator(), uuid4()
    project = shared_town.project(user, notes="Some.")
    both = [place(shared_town.store, user, project, job, Order(note="First")) for _ in range(2)]
    assert both[0].id == both[1].id
    assert shared_town.credits.account(user).held == 1
    shared_town.jobs.cancel(user, job)
