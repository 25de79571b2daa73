"""A finished film: what lies where, what was paid, and who can see it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import av
import pytest

from studio.errors import FileMissing, NotFound
from studio.jobs import STAGES


def test_the_job_is_ready_with_every_step_done(finished):
    assert (finished.job.state, finished.job.error_message, finished.job.progress) == ("READY", None, 100)
    assert [(step.step, step.state, step.progress) for step in finished.job.steps] == [
        (stage, "DONE", 100) for stage in STAGES
    ]


def test_a_minute_of_film_costs_one_credit_and_nothing_stays_held(finished):
    account = finished.account
    assert (account.balance, account.held, finished.job.reserved, finished.job.spent) == (9, 0, 1, 1)
    assert finished.town.credits.unbalanced() == []


def test_progress_is_written_about_once_a_second(finished):
    assert finished.notes <= finished.seconds + 2 * len(STAGES) + 2


def test_every_file_of_the_film_is_noted_and_can_be_opened(finished):
    assets = finished.assets
    named = {asset.meta["name"]: asset for asset in assets}
    assert len(named) == len(assets)
    kinds = {name: asset.type for name, asset in named.items() if "/" not in name}
    assert kinds == {
        "final.mp4": "video",
        "captions.srt": "captions",
        "captions.vtt": "captions",
        "script.txt": "script",
        "outline.json": "outline",
        "timeline.json": "timeline",
        "assets.zip": "zip",
        "report.json": "manifest",
        "publishing.txt": "other",
        "publishing.json": "other",
        "thumbnail.jpg": "thumbnail",
    }
    for asset in assets:
        with finished.town.files.open(asset.path, owner=finished.user) as file:
            data = file.read()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (asset.bytes, asset.sha256)


def opened(finished, name: str) -> bytes:
    path = next(asset.path for asset in finished.assets if asset.meta["name"] == name)
    with finished.town.files.open(path, owner=finished.user) as file:
        return file.read()


def test_the_film_plays_for_the_minute_that_was_asked(finished):
    with av.open(io.BytesIO(opened(finished, "final.mp4"))) as film:
        video = film.streams.video[0]
        assert (video.height, len(film.streams.audio)) == (360, 1)
        assert float(film.duration) / av.time_base == pytest.approx(60, rel=0.03)


def test_nothing_that_is_delivered_names_a_folder_of_this_machine(finished):
    for name in ("timeline.json", "outline.json", "report.json", "script.txt", "publishing.json"):
        assert str(finished.town.folder) not in opened(finished, name).decode()
    with zipfile.ZipFile(io.BytesIO(opened(finished, "assets.zip"))) as archive:
        assert all(not name.startswith(("/", "..")) for name in archive.namelist())


def test_the_project_has_a_version_with_its_scenes_and_their_files(finished):
    detail, (version,) = finished.detail, finished.versions
    segments = json.loads(opened(finished, "timeline.json"))["segments"]
    assert detail.current_version == version.id
    assert (version.job_id, str(version.id)) == (finished.job.id, finished.job.result["version"])
    assert [scene.narration for scene in detail.scenes] == [segment["narrationText"] for segment in segments]
    assert {scene.state for scene in detail.scenes} == {"ready"}
    seen = {asset.scene_id for asset in finished.assets if asset.type == "image"}
    heard = {asset.scene_id for asset in finished.assets if asset.type == "audio"}
    assert seen == heard == {scene.id for scene in detail.scenes}
    assert {asset.version_id for asset in finished.assets} == {version.id}


def test_a_project_without_a_title_is_called_as_its_film(finished):
    assert finished.detail.title
    assert finished.detail.title == finished.job.result["title"]


def test_nothing_unfinished_is_left_behind(finished):
    assert finished.town.leftovers() == []


def test_another_creator_sees_nothing_of_it(finished):
    town, other = finished.town, finished.town.creator()
    asset = finished.assets[0]
    version = finished.job.result["version"]
    looks = (
        lambda: town.projects.get(other, finished.project),
        lambda: town.projects.scenes(other, finished.project),
        lambda: town.projects.assets(other, finished.project),
        lambda: town.projects.asset(other, asset.id),
        lambda: town.projects.version(other, version),
        lambda: town.jobs.get(other, finished.job.id),
        lambda: town.order(other, finished.project),
    )
    for look in looks:
        with pytest.raises(NotFound):
            look()
    for reach in (town.files.open, town.files.link):
        with pytest.raises(FileMissing):
            reach(asset.path, owner=other)
