"""The edit opens in editing suites with every picture, sound and joint where the film has it."""

from pathlib import Path
from urllib.parse import unquote, urlparse

import opentimelineio as otio
import pytest

from pipeline.errors import AssetError, RenderError
from pipeline.exchange import export
from pipeline.timeline import Timeline
from tests.pipeline.render.films import film


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edit")
    joint = {"kind": "crossfade", "durationMs": 400}
    return folder, film(folder, (60, 30, 45), bgmPath="music:calm", transition=joint)


@pytest.fixture(scope="module")
def edit(told):
    folder, timeline = told
    export(timeline, folder, folder / "edit.otio")
    return otio.adapters.read_from_file(str(folder / "edit.otio"))


def track(edit: otio.schema.Timeline, name: str) -> otio.schema.Track:
    return next(track for track in edit.tracks if track.name == name)


def clips(edit: otio.schema.Timeline, name: str) -> list[otio.schema.Clip]:
    return [item for item in track(edit, name) if isinstance(item, otio.schema.Clip)]


def test_pictures_last_as_long_as_their_scenes(edit, told):
    lengths = [clip.source_range.duration.value for clip in clips(edit, "Pictures")]
    assert lengths == [60, 30, 45]
    assert track(edit, "Pictures").duration().value == told[1].frames


def test_joints_are_dissolves_of_their_length(edit):
    joints = [item for item in track(edit, "Pictures") if isinstance(item, otio.schema.Transition)]
    assert [joint.in_offset.value for joint in joints] == [12, 12]


def test_narration_stands_where_it_is_heard(edit):
    voices = track(edit, "Narration")
    starts = [voices.range_of_child(clip).start_time.value for clip in clips(edit, "Narration")]
    assert starts == [0, 60, 90]


def test_music_fills_the_film(edit, told):
    assert track(edit, "Music").duration().value == told[1].frames


def test_chapters_are_markers(edit):
    assert [marker.name for marker in track(edit, "Pictures").markers] == ["Part 0", "Part 1", "Part 2"]


def test_every_file_that_it_names_is_there(edit):
    for name in ("Pictures", "Narration", "Music"):
        for clip in clips(edit, name):
            assert Path(unquote(urlparse(clip.media_reference.target_url).path)).is_file()


@pytest.mark.parametrize("suffix", ["edl", "xml", "fcpxml"])
def test_other_formats_read_back_with_the_same_pictures(told, tmp_path, suffix):
    folder, timeline = told
    export(timeline, folder, tmp_path / f"edit.{suffix}")
    rate = {"rate": 30} if suffix == "edl" else {}
    read = otio.adapters.read_from_file(str(tmp_path / f"edit.{suffix}"), **rate)
    if isinstance(read, otio.schema.SerializableCollection):
        read = next(item for item in read if isinstance(item, otio.schema.Timeline))
    lengths = [clip.source_range.duration.rescaled_to(30).value for clip in read.video_tracks()[0].find_clips()]
    assert len(lengths) == 3
    assert sum(lengths) == pytest.approx(timeline.frames, abs=24)


@pytest.mark.parametrize("suffix", ["otio", "edl", "xml", "fcpxml", "otioz"])
def test_a_film_between_cards_reads_back_with_its_pictures(told, tmp_path, suffix):
    folder, timeline = told
    facts = timeline.model_dump(mode="json", by_alias=True)
    for segment in facts["segments"]:
        segment["startFrame"], segment["endFrame"] = segment["startFrame"] + 30, segment["endFrame"] + 30
    card = {"title": "Hello", "durationMs": 1000}
    export(Timeline.model_validate(facts | {"intro": card, "outro": card}), folder, tmp_path / f"edit.{suffix}")
    rate = {"rate": 30} if suffix == "edl" else {}
    read = otio.adapters.read_from_file(str(tmp_path / f"edit.{suffix}"), **rate)
    if isinstance(read, otio.schema.SerializableCollection):
        read = next(item for item in read if isinstance(item, otio.schema.Timeline))
    assert len(list(read.video_tracks()[0].find_clips())) == 3


def test_a_sped_up_clip_is_marked_as_one(told, tmp_path):
    folder, timeline = told
    facts = timeline.model_dump(mode="json", by_alias=True)
    facts["segments"][0]["visuals"][0] |= {"speed": 2.0}
    export(Timeline.model_validate(facts), folder, tmp_path / "edit.otio")
    read = otio.adapters.read_from_file(str(tmp_path / "edit.otio"))
    assert [effect.time_scalar for effect in clips(read, "Pictures")[0].effects] == [2.0]


@pytest.mark.parametrize("name", ["edit.doc", "edit"])
def test_a_format_that_is_unknown_is_refused_with_those_that_are(told, tmp_path, name):
    folder, timeline = told
    with pytest.raises(RenderError, match=r"\.otio"):
        export(timeline, folder, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "place"), [("images/1.png", "segments[1].visuals[0].path"), ("audio/1.wav", "segments[1].audioPath")]
)
@pytest.mark.parametrize("content", [None, b"neither picture nor sound"])
def test_a_bad_asset_is_named_with_its_place_and_nothing_is_left(tmp_path, name, place, content):
    timeline = film(tmp_path, (10, 10))
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(AssetError) as caught:
        export(timeline, tmp_path, tmp_path / "edit.otio")
    assert caught.value.where == place
    assert sorted(tmp_path.rglob("*")) == before
