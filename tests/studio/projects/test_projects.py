"""Projects as their creators meet them, on both transports: text is theirs, versions and files are the service's."""

from __future__ import annotations

from uuid import uuid4

import pytest

from studio.errors import Conflict, Forbidden, InvalidValue, KeyReused, NotFound
from studio.projects import Making, ProjectFields, Projects, Scene
from tests.studio.arrange import SOME_SHA, project_of


@pytest.fixture
def projects(store):
    return Projects(store)


@pytest.fixture
def making(store):
    return Making(store)


@pytest.fixture
def project(store, user):
    return project_of(store, user)


def scene(narration="It began with rain.", **more):
    return Scene(id=uuid4(), narration=narration, visual="rain", **more)


def film(user, **more):
    return {
        "user": user,
        "kind": "video",
        "path": f"{user}/outputs/film.mp4",
        "size_bytes": 10,
        "mime": "video/mp4",
        "sha256": SOME_SHA,
        **more,
    }


def test_a_project_keeps_what_its_creator_sets(projects, user):
    fields = ProjectFields(
        title="Rain",
        niche="science",
        brief={"notes": "wet"},
        target_minutes=2.5,
        aspect="9:16",
        transcript_mode="manual",
    )
    made = projects.create(user, uuid4(), fields)
    assert ProjectFields(**made.model_dump(include=set(fields.model_fields_set))) == fields
    assert projects.get(user, made.id).brief == {"notes": "wet"}


def test_creating_again_with_the_same_id_finds_what_was_made(projects, user):
    project = uuid4()
    made = projects.create(user, project, ProjectFields(title="Rain"))
    assert projects.create(user, project, ProjectFields(title="Rain")) == made
    with pytest.raises(KeyReused):
        projects.create(user, project, ProjectFields(title="Snow"))


def test_saving_changes_only_what_is_named(projects, user, project):
    projects.save(user, project, ProjectFields(title="Rain", settings={"music": "off"}))
    saved = projects.save(user, project, ProjectFields(workflow_step="script"))
    assert (saved.title, saved.settings, saved.workflow_step) == ("Rain", {"music": "off"}, "script")


@pytest.mark.parametrize(
    "fields",
    [
        {"target_minutes": 13},
        {"target_minutes": 0.5},
        {"aspect": "4:3"},
        {"title": "x" * 301},
        {"brief": ["not", "an", "object"]},
        {"settings": {"x": "y" * 100_001}},
        {"current_version": str(uuid4())},
        {"user_id": str(uuid4())},
        {"workflow_step": "dreaming"},
    ],
)
def test_what_a_project_cannot_be_is_refused_and_changes_nothing(store, projects, user, project, fields):
    before = projects.get(user, project)
    with pytest.raises(InvalidValue):
        store.call("project_save", {"p_project": project, "p_fields": fields}, as_user=user)
    assert projects.get(user, project) == before


def test_somebody_elses_project_does_not_exist(projects, user, sign_up, project):
    other = sign_up()
    for act in (
        lambda: projects.get(other, project),
        lambda: projects.save(other, project, ProjectFields(title="Mine")),
        lambda: projects.delete(other, project),
        lambda: projects.scenes(other, project),
        lambda: projects.save_scenes(other, project, [scene()]),
        lambda: projects.versions(other, project),
        lambda: projects.assets(other, project),
        lambda: projects.create(other, project),
    ):
        with pytest.raises(NotFound):
            act()
    assert projects.list_of(other) == []


def test_without_a_user_there_are_no_projects(store):
    with pytest.raises(Forbidden):
        store.call("project_list")


def test_the_list_is_searched_and_paged(projects, user):
    titles = ["Rain", "Snow", "More rain"]
    for title in titles:
        projects.create(user, uuid4(), ProjectFields(title=title))
    assert [card.title for card in projects.list_of(user, search="rain")] == ["More rain", "Rain"]
    first = projects.list_of(user, limit=2)
    assert [card.title for card in projects.list_of(user, before=first[-1].updated_at)] == ["Rain"]


def test_a_search_is_words_and_not_a_pattern(projects, user):
    projects.create(user, uuid4(), ProjectFields(title="100 % rain"))
    projects.create(user, uuid4(), ProjectFields(title="snow"))
    assert [card.title for card in projects.list_of(user, search="%")] == ["100 % rain"]


def test_deleting_hides_and_restoring_brings_back(projects, making, user, project):
    projects.delete(user, project)
    assert projects.list_of(user) == []
    assert [card.id for card in projects.list_of(user, deleted=True)] == [project]
    projects.restore(user, project)
    assert [card.id for card in projects.list_of(user)] == [project]
    making.purge(project)
    assert [card.id for card in projects.list_of(user)] == [project]


def test_a_purge_names_the_files_and_then_takes_the_project(projects, making, user, project):
    making.record_asset(uuid4(), project=project, **film(user))
    projects.delete(user, project)
    [purge] = making.to_purge(after_days=0)
    assert (purge.id, purge.paths) == (project, [f"{user}/outputs/film.mp4"])
    making.purge(project)
    assert projects.list_of(user, deleted=True) == []


def test_a_file_that_another_project_shows_outlives_the_purge_of_the_first(projects, making, store, user, project):
    other = project_of(store, user)
    for place in (project, other):
        making.record_asset(uuid4(), project=place, **film(user))
    projects.delete(user, project)
    [purge] = making.to_purge(after_days=0)
    assert purge.paths == []
    making.purge(project)
    projects.delete(user, other)
    [purge] = making.to_purge(after_days=0)
    assert purge.paths == [f"{user}/outputs/film.mp4"]


def test_scenes_become_exactly_the_list(projects, user, project):
    one, two, three = scene("one"), scene("two"), scene("three")
    projects.save_scenes(user, project, [one, two, three])
    changed = three.model_copy(update={"narration": "changed", "state": "stale"})
    saved = projects.save_scenes(user, project, [changed, one])
    assert [(s.narration, s.position, s.state) for s in saved] == [("changed", 0, "stale"), ("one", 1, "draft")]
    assert projects.get(user, project).scenes == saved


def test_a_scene_of_another_project_cannot_be_taken_along(store, projects, user, project):
    other, mine = project_of(store, user), scene()
    projects.save_scenes(user, other, [mine])
    with pytest.raises(Conflict):
        projects.save_scenes(user, project, [mine])
    assert projects.scenes(user, project) == []
    assert len(projects.scenes(user, other)) == 1


def test_a_scene_of_another_user_cannot_be_taken_along(store, projects, user, sign_up, project):
    other = sign_up()
    theirs, their_scene = project_of(store, other), scene("theirs")
    projects.save_scenes(other, theirs, [their_scene])
    with pytest.raises((Forbidden, Conflict)):
        projects.save_scenes(user, project, [their_scene])
    assert [one.narration for one in projects.scenes(other, theirs)] == ["theirs"]


def test_versions_are_numbered_and_the_newest_is_current(projects, making, user, project):
    first = making.record_version(uuid4(), user=user, project=project, snapshot={"title": "one"})
    second = making.record_version(uuid4(), user=user, project=project)
    assert [version.number for version in projects.versions(user, project)] == [2, 1]
    assert projects.get(user, project).current_version == second.id
    projects.use_version(user, project, first.id)
    assert projects.get(user, project).current_version == first.id
    assert projects.version(user, first.id).snapshot == {"title": "one"}


def test_a_version_noted_twice_is_one(projects, making, user, project):
    version = uuid4()
    ask = {"user": user, "project": project, "snapshot": {"title": "one"}}
    assert making.record_version(version, **ask) == making.record_version(version, **ask)
    with pytest.raises(KeyReused):
        making.record_version(version, user=user, project=project, snapshot={"title": "two"})
    assert len(projects.versions(user, project)) == 1


def test_a_version_of_another_project_cannot_be_used(store, projects, making, user, project):
    elsewhere = making.record_version(uuid4(), user=user, project=project_of(store, user))
    with pytest.raises(NotFound):
        projects.use_version(user, project, elsewhere.id)


def test_assets_are_found_by_kind_and_only_by_their_owner(projects, making, user, sign_up, project):
    asset = making.record_asset(uuid4(), project=project, **film(user))
    making.record_asset(
        uuid4(), project=project, **film(user, kind="zip", path=f"{user}/outputs/all.zip", mime="application/zip")
    )
    assert projects.assets(user, project, "video") == [asset]
    assert projects.asset(user, asset.id) == asset
    with pytest.raises(NotFound):
        projects.asset(sign_up(), asset.id)


def test_an_asset_noted_twice_is_one(projects, making, user, project):
    asset = uuid4()
    first = making.record_asset(asset, project=project, **film(user))
    assert making.record_asset(asset, project=project, **film(user)) == first
    for other in ({"sha256": "0" * 64}, {"size_bytes": 11}, {"mime": "video/webm"}, {"kind": "other"}):
        with pytest.raises(KeyReused):
            making.record_asset(asset, project=project, **film(user, **other))


def test_an_asset_shows_no_version_or_scene_of_another_project(projects, making, store, user, sign_up, project):
    stranger = sign_up()
    theirs = making.record_version(uuid4(), user=stranger, project=project_of(store, stranger))
    mine = making.record_version(uuid4(), user=user, project=project_of(store, user))
    [foreign] = projects.save_scenes(user, mine.project_id, [scene()])
    for wrong in ({"version": theirs.id}, {"version": mine.id}, {"scene": foreign.id}):
        with pytest.raises(NotFound):
            making.record_asset(uuid4(), project=project, **film(user, **wrong))
    assert projects.assets(user, project) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"path": "somebody-else/film.mp4"},
        {"path": "/etc/passwd"},
        {"size_bytes": -1},
        {"mime": "nonsense"},
        {"sha256": "short"},
        {"kind": "poem"},
    ],
)
def test_a_file_that_cannot_be_is_refused(projects, making, user, project, wrong):
    with pytest.raises(InvalidValue):
        making.record_asset(uuid4(), project=project, **film(user, **wrong))
    with pytest.raises(InvalidValue):
        making.record_asset(uuid4(), project=project, **film(user, path=f"{user}/../x"))
    assert projects.assets(user, project) == []


def test_a_removed_asset_is_gone_and_removing_it_again_is_harmless(projects, making, user, project):
    asset = making.record_asset(uuid4(), project=project, **film(user))
    making.remove_asset(user, asset.id)
    making.remove_asset(user, asset.id)
    assert projects.assets(user, project) == []


def call(user, **more):
    return {"user": user, "input_key": "abc", "provider": "p", "model": "m", "purpose": "picture", **more}


def test_a_model_call_with_the_same_inputs_is_found_and_not_begun_again(making, user):
    first = making.begin_generation(uuid4(), **call(user))
    making.note_generation(first.id, "submitted", task_id="task-7")
    found = making.begin_generation(uuid4(), **call(user))
    assert (found.id, found.state, found.task_id) == (first.id, "submitted", "task-7")


def test_the_same_inputs_for_another_model_are_a_mistake(making, user):
    making.begin_generation(uuid4(), **call(user))
    for other in ({"provider": "q"}, {"model": "n"}, {"purpose": "voice"}):
        with pytest.raises(KeyReused):
            making.begin_generation(uuid4(), **call(user, **other))


def test_after_a_failure_the_same_inputs_may_be_tried_again(making, user):
    first = making.begin_generation(uuid4(), **call(user))
    making.note_generation(first.id, "failed", meta={"why": "busy"})
    second = making.begin_generation(uuid4(), **call(user))
    assert second.id != first.id
    with pytest.raises(Conflict):
        making.note_generation(first.id, "done")


def test_what_a_model_call_cost_is_kept_with_its_job(making, user):
    job = uuid4()
    one = making.begin_generation(uuid4(), **call(user, job=job))
    making.note_generation(one.id, "done", cost_micros=40_000)
    assert [(gen.state, gen.cost_micros) for gen in making.generations_of(job)] == [("done", 40_000)]
