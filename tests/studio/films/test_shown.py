"""A film while it is made: its openings to choose from, and its scenes to read, hear and see."""

from __future__ import annotations

import base64
import io
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

import av
import pytest
from PIL import Image

from pipeline.progress import Made
from studio.errors import FileMissing
from studio.files import Files, FolderHome
from studio.films import Films, Order
from studio.films.showing import Showcase
from studio.jobs import JobDetail, Leases
from studio.projects import ProjectFields
from tests.studio.films.town import GPS, Town


class KeptPreviews(FolderHome):
    """Previews are removed when their film is ready; here they stay, to be looked at."""

    def remove(self, paths) -> None:
        super().remove([path for path in paths if "/previews/" not in path])


@dataclass
class Chosen:
    """A film that waited for the choice of its opening, and was made once it was chosen."""

    town: Town
    user: UUID
    project: UUID
    waiting: JobDetail
    built_waiting: int
    job: JobDetail

    @property
    def artifacts(self) -> list[dict]:
        return [artifact for step in self.job.steps for artifact in step.artifacts]

    def of(self, kind: str) -> list[dict]:
        return [artifact for artifact in self.artifacts if artifact["kind"] == kind]

    def bytes_of(self, kind: str) -> list[bytes]:
        return [self.town.files.open(one["path"], owner=self.user).read() for one in self.of(kind)]


@pytest.fixture(scope="module")
def chosen(shared_town) -> Chosen:
    town = shared_town
    user = town.creator()
    project = town.project(user, notes=GPS)
    films = Films(town.store, Files(KeptPreviews(town.folder / "files")), town.folder / "films", mirrored=False)
    job = town.order(user, project, Order(choose_hook=True))
    town.work(runner=films.make)
    waiting = town.ended(user, job)
    built = len(list((town.folder / "films" / "builds" / str(user)).glob("records/*/*.json")))
    brief = town.projects.get(user, project).brief
    town.projects.save(user, project, ProjectFields(brief={**brief, "hook": 2}))
    town.jobs.resume(user, job.id)
    town.work(runner=films.make)
    return Chosen(town, user, project, waiting, built, town.ended(user, job))


def test_a_film_waits_with_its_three_openings_and_nothing_else_made(chosen):
    waiting = chosen.waiting
    assert (waiting.state, waiting.message) == ("PENDING", "Choose how your film begins.")
    (step,) = waiting.steps
    hooks = [one for one in step.artifacts if one["kind"] == "hook"]
    assert [(one["number"], bool(one["text"])) for one in hooks] == [(1, True), (2, True), (3, True)]
    assert chosen.built_waiting == 2  # the source and the script


def test_it_goes_on_with_the_opening_that_was_chosen_and_is_paid_once(chosen):
    job = chosen.job
    assert (job.state, job.error_message, job.spent, job.attempts) == ("READY", None, 1, 1)
    opening = chosen.town.projects.scenes(chosen.user, chosen.project)[0]
    hooks = {one["number"]: one["text"] for one in chosen.of("hook")}
    assert opening.narration == hooks[2] != hooks[1]


def test_every_scene_is_read_heard_and_seen_while_the_film_is_made(chosen):
    scenes = [scene.settings["section"] for scene in chosen.town.projects.scenes(chosen.user, chosen.project)]
    for kind in ("text", "sound", "picture", "moving"):
        assert {one["section"] for one in chosen.of(kind)} == set(scenes), kind
    words = {one["section"]: one["text"] for one in chosen.of("text")}
    assert words == {
        scene.settings["section"]: scene.narration for scene in chosen.town.projects.scenes(chosen.user, chosen.project)
    }
    assert max(Counter((one["kind"], one["name"]) for one in chosen.artifacts if one["kind"] != "left").values()) == 1


def test_moving_previews_are_short_small_and_silent(chosen):
    for data in chosen.bytes_of("moving"):
        with av.open(io.BytesIO(data)) as file:
            (video,) = file.streams.video
            assert not file.streams.audio
            assert (video.codec_context.name, video.codec_context.pix_fmt) == ("h264", "yuv420p")
            assert min(video.width, video.height) <= 360
            assert float(video.duration * video.time_base) <= 2.2
        assert len(data) < 400_000


def test_pictures_are_small_and_sounds_are_as_long_as_the_words(chosen):
    assert all(max(Image.open(io.BytesIO(data)).size) <= 320 for data in chosen.bytes_of("picture"))
    for data in chosen.bytes_of("sound"):
        with av.open(io.BytesIO(data)) as file:
            (sound,) = file.streams.audio
            assert sound.codec_context.name == "aac"
            assert float(sound.duration * sound.time_base) > 1


def test_a_browser_plays_them(chosen, browser):
    page = browser.new_page()
    for kind, tag, mime in (("sound", "audio", "audio/mp4"), ("moving", "video", "video/mp4")):
        data = base64.b64encode(chosen.bytes_of(kind)[0]).decode()
        page.set_content(f'<{tag} muted src="data:{mime};base64,{data}"></{tag}>')
        seconds = page.evaluate(
            """async tag => {
                const media = document.querySelector(tag);
                await media.play();
                await new Promise(done => media.addEventListener('timeupdate', done, {once: true}));
                return media.duration;
            }""",
            tag,
        )
        assert seconds > 1
    page.close()


def test_the_time_left_is_told_as_a_number(chosen):
    left = chosen.of("left")
    assert left
    assert all(one["seconds"] >= 0 and one["at"] > 1e9 for one in left)


@pytest.fixture
def claimed(empty_town):
    user = empty_town.creator()
    empty_town.order(user, empty_town.project(user, notes=GPS))
    leases = Leases(empty_town.store, worker="a worker", lanes=["cpu"])
    return leases, leases.claim()


def test_what_is_made_again_takes_the_place_of_what_was_shown(empty_town, claimed):
    _, job = claimed
    showcase = Showcase(empty_town.files, job)
    for data in (b"one", b"two"):
        showcase.add("VOICE_GEN", Made("sound", "s01_hook", "s01_hook", data=data))
    (shown,) = showcase.of("VOICE_GEN", None)
    with empty_town.files.open(shown["path"], owner=job.user_id) as file:
        assert file.read() == b"two"
    showcase.remove()
    with pytest.raises(FileMissing):
        empty_town.files.open(shown["path"], owner=job.user_id)


def test_the_store_takes_what_is_shown_of_the_longest_script(empty_town, claimed):
    leases, job = claimed
    showcase = Showcase(empty_town.files, job)
    for number in range(99):
        section = f"s{number:02d}_beat"
        showcase.add("SCRIPTING", Made("text", section, section, 'A "title"', 'Wörter "茶"\n ' * 3000))
    leases.step(job, "SCRIPTING", artifacts=showcase.of("SCRIPTING", 5))
    shown = empty_town.jobs.get(job.user_id, job.id).steps[0].artifacts
    assert len(shown) > 30
    assert shown[-1]["kind"] == "left"
