"""Where films are made: one build a creator, one folder an attempt, and a mirror for other machines."""

from __future__ import annotations

import pytest

from pipeline.build import Recipe
from studio.errors import FileMissing
from studio.files import Files, FolderHome
from studio.films.folders import Folders
from studio.jobs import Leases
from tests.studio.arrange import job_of

RECIPE = Recipe("word", {"of": "mouth"}, ".txt")


@pytest.fixture
def files(tmp_path) -> Files:
    return Files(FolderHome(tmp_path / "files"))


@pytest.fixture
def take(direct_store, sign_up):
    """The next creator's job in a worker's hands."""

    def claim():
        job_of(direct_store, sign_up())
        return Leases(direct_store, worker="a worker", lanes=["cpu"]).claim()

    return claim


def never(path):
    raise AssertionError("made twice")


def test_another_machine_finds_what_was_made_in_the_mirror(tmp_path, files, take):
    job = take()
    first, second = (Folders(tmp_path / name, files, mirrored=True).build(job) for name in ("one", "two"))
    made = first.make(RECIPE, lambda path: path.write_text("said"))
    assert second.make(RECIPE, never).sha256 == made.sha256


def test_no_two_creators_share_a_build(tmp_path, files, take):
    folders = Folders(tmp_path / "films", files, mirrored=True)
    mine, theirs = folders.build(take()), folders.build(take())
    mine.make(RECIPE, lambda path: path.write_text("mine"))
    assert theirs.find(RECIPE) is None


def test_without_a_mirror_the_file_store_stays_empty(tmp_path, files, take):
    job = take()
    Folders(tmp_path / "films", files, mirrored=False).build(job).make(RECIPE, lambda path: path.write_text("said"))
    with pytest.raises(FileMissing):
        files.open(f"{job.user_id}/assets/build/records/{RECIPE.key}.json", owner=job.user_id)


def test_an_attempts_folder_is_gone_when_it_ends_however_it_ends(tmp_path, files, take):
    folders, job = Folders(tmp_path / "films", files, mirrored=False), take()
    seen = []

    def failing():
        with folders.attempt(job) as folder:
            (folder / "film").mkdir()
            seen.append(folder)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert not seen[0].exists()


def test_what_a_killed_worker_left_is_swept_and_a_living_ones_folder_is_left_alone(tmp_path, files, take):
    folders = Folders(tmp_path / "films", files, mirrored=False)
    killed = tmp_path / "films" / "attempts" / "killed" / "film"
    killed.mkdir(parents=True)
    with folders.attempt(take()) as living, folders.attempt(take()):
        assert living.exists()
        assert not killed.exists()
    assert list((tmp_path / "films" / "attempts").iterdir()) == []
