"""Films at the desk: started once, watched, taken home under good names, and nobody else's."""

from __future__ import annotations

import time
from uuid import UUID, uuid4

import httpx
import pytest

from studio.callers import Caller
from studio.errors import Conflict, Forbidden, InvalidValue, NotFound, SignInNeeded
from studio.identity import Scope
from studio.jobs import Leases
from tests.studio.desk.films_made import Made
from tests.studio.films.town import SMALL, TEA


@pytest.fixture
def films(studio_app):
    return studio_app.desk.films


def project_of(studio_app, creator: Caller, **brief) -> UUID:
    return studio_app.desk.orders.create_project(creator, {**SMALL, "notes": TEA, **brief}).id


def taken(studio_app) -> tuple[Leases, object]:
    """Some worker has the next job of the line."""
    leases = Leases(studio_app.installation.store, worker="a test", lanes=("cpu",))
    job = leases.claim()
    assert job is not None
    return leases, job


def test_a_film_is_started_once_however_often_its_id_comes(studio_app, films, creator):
    project, job = project_of(studio_app, creator), uuid4()
    started = films.generate(creator, project, job)
    again = films.generate(creator, project, job)
    assert (started.id, started.number, started.state) == (again.id, again.number, "QUEUED")
    assert started.reserved == 1
    assert films.now(creator, project) == films.job(creator, job)
    films.cancel(creator, job)


def test_a_waiting_film_tells_its_place_in_the_line(studio_app, films, creator):
    other = Caller(studio_app.person().id)
    first = films.generate(other, project_of(studio_app, other))
    second = films.generate(creator, project_of(studio_app, creator))
    assert (first.place, second.place) == (1, 2)
    films.cancel(other, first.id)
    assert films.job(creator, second.id).place == 1
    films.cancel(creator, second.id)


def test_cancelling_gives_the_credits_back_and_the_film_can_be_tried_again_once(studio_app, films, creator):
    job = films.generate(creator, project_of(studio_app, creator)).id
    cancelled = films.cancel(creator, job)
    assert (cancelled.state, cancelled.ended, cancelled.spent) == ("CANCELLED", True, 0)
    assert films.retry(creator, job).run == 2
    assert films.retry(creator, job).run == 2
    films.cancel(creator, job)


def test_one_film_of_a_project_is_made_at_a_time(studio_app, films, creator):
    project = project_of(studio_app, creator)
    first = films.generate(creator, project)
    with pytest.raises(Conflict, match="is being made"):
        films.generate(creator, project)
    films.cancel(creator, first.id)
    second = films.generate(creator, project)
    with pytest.raises(Conflict, match="is being made"):
        films.retry(creator, first.id)
    films.cancel(creator, second.id)


def test_scenes_appear_as_they_are_made(studio_app, films, creator):
    project = project_of(studio_app, creator)
    job = films.generate(creator, project)
    leases, claimed = taken(studio_app)
    folder = f"{creator.user}/assets/previews/{job.id}"
    path = f"{folder}/picture-s01.jpg"
    home = studio_app.installation.files.home
    (home.root / folder).mkdir(parents=True)
    (home.root / path).write_bytes(b"a picture")
    left = {"name": "left", "kind": "left", "seconds": 90, "at": time.time()}
    words = {"name": "s01", "kind": "text", "section": "s01_hook", "title": "Tea", "text": "It began with a leaf."}
    picture = {"name": "s01-1", "kind": "picture", "section": "s01_hook", "path": path}
    leases.step(claimed, "SCRIPTING", "DONE", artifacts=[words], message="Writing · about 2 minutes left")
    leases.step(claimed, "IMAGE_GEN", "RUNNING", progress=10, artifacts=[picture, left], job_progress=30)
    seen = films.now(creator, project)
    assert (seen.state, seen.progress, seen.place) == ("IMAGE_GEN", 30, None)
    assert 85 <= seen.seconds_left <= 90
    assert [step.state for step in seen.steps][:5] == ["DONE", "WAITING", "WAITING", "WAITING", "RUNNING"]
    assert seen.steps[0].message == "Writing"
    (scene,) = seen.scenes
    assert (scene.title, scene.text, len(scene.pictures)) == ("Tea", "It began with a leaf.", 1)
    assert films.now(creator, project).scenes == seen.scenes, "the same links, so that nothing is loaded twice"
    films.cancel(creator, job.id)


def test_three_openings_are_shown_while_it_waits_for_the_choice(studio_app, films, creator):
    project = project_of(studio_app, creator)
    job = films.generate(creator, project, choose_hook=True)
    leases, claimed = taken(studio_app)
    hooks = [
        {"name": f"{n}", "kind": "hook", "section": "", "title": "question", "text": f"Why {n}?"} for n in (1, 2, 3)
    ]
    leases.step(claimed, "SCRIPTING", artifacts=hooks)
    leases.wait(claimed, "Choose how your film begins.")
    waiting = films.job(creator, job.id)
    assert [(hook.number, hook.text) for hook in waiting.hooks] == [(1, "Why 1?"), (2, "Why 2?"), (3, "Why 3?")]
    with pytest.raises(InvalidValue):
        films.choose_hook(creator, job.id, 4)
    assert films.choose_hook(creator, job.id, 2).state == "QUEUED"
    assert films.project(creator, project).brief["hook"] == 2
    films.cancel(creator, job.id)


def test_a_film_that_cannot_be_made_is_refused_before_anything_is_reserved(studio_app, films, creator):
    project = project_of(studio_app, creator, notes="Tea is a drink.")
    with pytest.raises(InvalidValue, match="less than a minute"):
        films.generate(creator, project)
    assert films.now(creator, project) is None


def test_a_key_that_only_reads_watches_and_starts_nothing(studio_app, films, creator):
    project = project_of(studio_app, creator)
    reader = Caller(creator.user, scopes=frozenset({Scope.READ}), by_key=True)
    assert films.now(reader, project) is None
    with pytest.raises(Forbidden):
        films.generate(reader, project)


def test_a_finished_film_can_be_watched(made: Made):
    found = made.app.desk.films.project(made.creator, made.project)
    assert (found.state, found.title) == ("ready", made.title)
    assert found.film.seconds == pytest.approx(60, abs=6)
    for url in (found.film.video, found.film.captions, found.film.thumbnail):
        assert httpx.get(made.app.url + url).status_code == 200


def test_a_finished_job_tells_what_it_cost_and_which_version_it_made(made: Made):
    job = made.app.desk.films.job(made.creator, made.job)
    assert (job.state, job.ended, job.progress, job.spent, job.place, job.seconds_left) == (
        "READY",
        True,
        100,
        1,
        None,
        None,
    )
    assert [step.state for step in job.steps] == ["DONE"] * 8
    assert job.version == made.app.desk.films.versions(made.creator, made.project)[0].id


def test_everything_is_taken_home_under_a_good_name(made: Made):
    downloads = made.app.desk.films.downloads(made.creator, made.project)
    assert [one.name.removeprefix(made.stem) for one in downloads] == [
        ".mp4", ".srt", ".vtt", "-script.txt", "-outline.json", "-timeline.json", "-thumbnail.jpg", "-publishing.txt",
        "-publishing.json", ".zip", "-report.json",
    ]  # fmt: skip
    for one in downloads:
        answer = httpx.get(made.app.url + one.url)
        assert (answer.status_code, len(answer.content)) == (200, one.bytes)
        assert one.name in answer.headers["content-disposition"]


def test_versions_are_gone_back_to(made: Made):
    films = made.app.desk.films
    (version,) = films.versions(made.creator, made.project)
    assert (version.number, version.current) == (1, True)
    assert films.return_to(made.creator, made.project, version.id).film.version == version.id
    with pytest.raises(NotFound):
        films.return_to(made.creator, made.project, uuid4())


def test_another_users_film_is_not_there(studio_app, made: Made):
    films, stranger = made.app.desk.films, Caller(studio_app.person().id)
    (version,) = films.versions(made.creator, made.project)
    for look in (
        lambda who: films.now(who, made.project),
        lambda who: films.job(who, made.job),
        lambda who: films.cancel(who, made.job),
        lambda who: films.retry(who, made.job),
        lambda who: films.choose_hook(who, made.job, 1),
        lambda who: films.project(who, made.project),
        lambda who: films.downloads(who, made.project),
        lambda who: films.versions(who, made.project),
        lambda who: films.return_to(who, made.project, version.id),
        lambda who: films.generate(who, made.project),
        lambda who: films.generate(who, made.project, made.job),
    ):
        with pytest.raises(NotFound):
            look(stranger)
        with pytest.raises(SignInNeeded):
            look(Caller())


def test_a_poll_asks_the_store_once(studio_app, films, creator, monkeypatch):
    project = project_of(studio_app, creator)
    job = films.generate(creator, project)
    asked = []
    store = studio_app.installation.store
    monkeypatch.setattr(type(store), "call", _counted(asked, type(store).call))
    films.now(creator, project)
    assert asked == ["job_watch"]
    monkeypatch.undo()
    films.cancel(creator, job.id)


def _counted(asked: list[str], call):
    def counted(self, function, arguments=None, **more):
        asked.append(function)
        return call(self, function, arguments, **more)

    return counted
