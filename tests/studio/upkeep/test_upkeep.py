"""What upkeep clears away, and what it never touches."""

from __future__ import annotations

import os
import time
from pathlib import Path
from uuid import uuid4

import pytest

from pipeline.build import Recipe, Workspace
from studio.errors import FileMissing, NotFound
from studio.files import Files, FolderHome
from studio.films.folders import Folders
from studio.jobs import Leases
from studio.projects import Making, ProjectFields, Projects, Uploads
from studio.settings import Settings
from studio.upkeep import Limits, Upkeep
from studio.upkeep.builds import Builds
from studio.upkeep.limits import DAY_S
from studio.upkeep.projects import clear_uploads, purge_projects
from tests.studio.arrange import filed, job_of, project_of

MONTH_S = 30 * DAY_S


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


@pytest.fixture
def files(tmp_path):
    return Files(FolderHome(tmp_path / "files"))


@pytest.fixture
def upkeep(tmp_path, direct_store, files):
    return Upkeep(Settings(_env_file=None, data_folder=tmp_path), direct_store, files)


@pytest.fixture
def source(tmp_path):
    made = tmp_path / "film.mp4"
    made.write_bytes(b"a film")
    return made


def brought(store, files, user, source):
    stored = files.put(source, owner=user)
    assert Uploads(store).begin(user, stored.path, size_bytes=stored.bytes, most_bytes=1000)
    return stored.path


def test_a_file_that_was_brought_goes_when_nothing_of_its_owner_needs_it(direct_store, user, files, source, sql):
    uploads, projects = Uploads(direct_store), Projects(direct_store)
    own = source.with_name("own.mp4")
    own.write_bytes(b"another clip")
    used, unused = (brought(direct_store, files, user, one) for one in (source, own))
    project = project_of(direct_store, user)
    projects.save(user, project, ProjectFields(brief={"uploads": [{"path": used, "name": "film.mp4"}]}))
    projects.delete(user, project)
    assert clear_uploads(uploads, files, after_days=14, at_once=50) == 0
    sql.execute("update public.uploads set brought_at = now() - interval '15 days'")
    assert clear_uploads(uploads, files, after_days=14, at_once=50) == 1
    files.open(used, owner=user).close()
    with pytest.raises(FileMissing):
        files.open(unused, owner=user)
    sql.execute("update public.projects set deleted_at = now() - interval '31 days' where id = %s", [project])
    assert purge_projects(Making(direct_store), files, after_days=30, at_once=50) == 1
    assert clear_uploads(uploads, files, after_days=14, at_once=50) == 1
    with pytest.raises(FileMissing):
        files.open(used, owner=user)


def test_a_project_deleted_long_ago_goes_with_the_files_that_are_its_alone(direct_store, user, files, source, sql):
    making, projects = Making(direct_store), Projects(direct_store)
    gone, kept = project_of(direct_store, user), project_of(direct_store, user)
    own = source.with_name("own.mp4")
    own.write_bytes(b"another film")
    shared_path = filed(files, making, source, user=user, project=gone)
    filed(files, making, source, user=user, project=kept)
    own_path = filed(files, making, own, user=user, project=gone)
    projects.delete(user, gone)
    assert purge_projects(making, files, after_days=30, at_once=50) == 0
    sql.execute("update public.projects set deleted_at = now() - interval '31 days' where id = %s", [gone])
    assert purge_projects(making, files, after_days=30, at_once=50) == 1
    files.open(shared_path, owner=user).close()
    with pytest.raises(FileMissing):
        files.open(own_path, owner=user)
    with pytest.raises(NotFound):
        projects.get(user, gone)
    assert projects.get(user, kept).id == kept


def made(workspace, kind, text):
    return workspace.make(Recipe(kind, {"of": text}, ".txt"), lambda path: path.write_text(text))


def aged(workspace, artifact, seconds):
    age(artifact.path, seconds)
    record = workspace.root / "records" / artifact.key[:2] / f"{artifact.key}.json"
    record.write_text(record.read_text().replace(str(artifact.made_at), str(time.time() - seconds)))
    age(record, seconds)


def clear(builds, **wishes):
    return builds.clear(**{"unused_s": 14 * DAY_S, "in_use_s": 3600, "budget_bytes": 10**9, **wishes})


@pytest.fixture
def owner():
    return uuid4()


@pytest.fixture
def workspace(tmp_path, owner):
    return Workspace(tmp_path / "builds" / str(owner))


def builds_of(workspace, *, has_projects=True):
    return Builds(workspace.root.parent, has_projects=lambda _owner: has_projects)


def test_rendered_scenes_go_when_they_were_not_used_for_long_and_what_was_paid_for_stays(workspace):
    pieces = {kind: made(workspace, kind, kind) for kind in ("stretch", "film", "speech", "picture", "script")}
    for piece in pieces.values():
        aged(workspace, piece, MONTH_S)
    clear(builds_of(workspace))
    assert {artifact.kind for artifact in workspace.artifacts()} == {"speech", "picture", "script"}


def test_what_was_used_lately_stays_although_it_is_old(workspace):
    old = made(workspace, "stretch", "old")
    aged(workspace, old, MONTH_S)
    age(old.path, 5)
    clear(builds_of(workspace))
    assert [artifact.key for artifact in workspace.artifacts()] == [old.key]


def test_a_full_disk_loses_the_longest_unused_first_and_nothing_of_the_last_hour(workspace):
    names = ("oldest", "older", "newest")
    pieces = {name: made(workspace, "stretch", name * 200) for name in names}
    for days, name in ((3, "oldest"), (2, "older")):
        aged(workspace, pieces[name], days * DAY_S)
    takes = sum(path.stat().st_size for path in workspace.root.rglob("*") if path.is_file())
    clear(builds_of(workspace), budget_bytes=takes - 10)
    assert {artifact.key for artifact in workspace.artifacts()} == {pieces["older"].key, pieces["newest"].key}
    clear(builds_of(workspace), budget_bytes=0)
    assert {artifact.key for artifact in workspace.artifacts()} == {pieces["newest"].key}


def test_the_build_of_a_creator_without_projects_goes_as_a_whole(workspace):
    aged(workspace, made(workspace, "speech", "words"), MONTH_S)
    for path in workspace.root.rglob("*"):
        age(path, MONTH_S)
    clear(builds_of(workspace, has_projects=True))
    assert workspace.root.is_dir()
    for path in workspace.root.rglob("*"):
        age(path, MONTH_S)
    clear(builds_of(workspace, has_projects=False))
    assert not workspace.root.exists()


def test_a_build_that_a_job_uses_is_left_alone(tmp_path, direct_store, user, files):
    job_of(direct_store, user)
    job = Leases(direct_store, worker="w", lanes=["cpu"]).claim()
    folders = Folders(tmp_path / "films", files, mirrored=False)
    workspace = folders.build(job)
    aged(workspace, made(workspace, "stretch", "old"), MONTH_S)
    builds = Builds(tmp_path / "films" / "builds", has_projects=lambda _owner: True)
    with folders.attempt(job):
        clear(builds)
        assert len(list(workspace.artifacts())) == 1
    clear(builds)
    assert list(workspace.artifacts()) == []


def test_leftovers_go_and_what_is_new_stays(tmp_path, upkeep, files, user):
    folder = tmp_path / "files" / str(user) / "assets"
    old_preview, new_preview = (folder / "previews" / str(uuid4()) / "scene.jpg" for _ in range(2))
    old_partial, new_partial = folder / "ab" / ".partial-1", folder / "ab" / ".partial-2"
    upload, fresh_upload = tmp_path / "gradio" / "a" / "notes.txt", tmp_path / "gradio" / "b" / "notes.txt"
    asset = folder / "ab" / "picture.jpg"
    for path in (old_preview, new_preview, old_partial, new_partial, upload, fresh_upload, asset):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"bytes")
    for path in (old_preview, old_partial, upload, asset):
        age(path, MONTH_S)
    upkeep()
    assert [path.exists() for path in (old_preview, old_partial, upload)] == [False] * 3
    assert [path.exists() for path in (new_preview, new_partial, fresh_upload, asset)] == [True] * 4
    assert not old_preview.parent.exists()
    assert not upload.parent.exists()


def test_the_disk_is_not_gone_through_at_every_call(tmp_path, direct_store, files):
    upkeep = Upkeep(Settings(_env_file=None, data_folder=tmp_path), direct_store, files, Limits(disk_every_s=3600))
    upkeep()
    late = tmp_path / "gradio" / "late.txt"
    late.parent.mkdir(exist_ok=True)
    late.write_bytes(b"bytes")
    age(late, MONTH_S)
    upkeep()
    assert late.exists()
