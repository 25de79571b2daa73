"""The finished file, read back: what was asked for is what plays."""

import json
import random
import signal
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from pipeline.build import Workspace
from pipeline.check import check
from pipeline.check.container import read
from pipeline.errors import AssetError, BuildError, Cancelled, RenderError
from pipeline.progress import Cancel
from pipeline.render import encode
from pipeline.render.encode import Encoding
from pipeline.render.film import Film, render
from pipeline.render.planes import Planes
from pipeline.timeline import Timeline, dump, parse
from tests.pipeline.render.films import document, film, picture, plain, tone


def made(timeline: Timeline, folder: Path, name: str = "film.mp4", **options) -> Path:
    render(timeline, folder, folder / name, workspace=Workspace(folder / ".work"), **options)
    return folder / name


def frames_of(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as file:
        return [frame.to_ndarray(format="rgb24") for frame in file.decode(file.streams.video[0])]


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("film")
    timeline = film(folder, bgmPath="music:calm", transition={"kind": "crossfade", "durationMs": 300})
    return made(timeline, folder), timeline, folder


def test_it_has_every_frame_and_the_sound_ends_with_the_picture(finished):
    path, timeline, _ = finished
    facts = read(path)
    assert facts.frames == timeline.frames == 90
    assert abs(facts.video_s - facts.audio_s) <= 1 / 30


def test_it_is_tagged_and_packed_for_the_web(finished):
    facts = read(finished[0])
    assert (facts.video_codec, facts.profile, facts.pixel_format) == ("h264", "High", "yuv420p")
    assert facts.colour == (1, 1, 1, 1)
    assert facts.faststart
    assert facts.key_frame_gap_s <= 2
    assert (facts.audio_codec, facts.audio_rate) == ("aac", 48_000)


def test_chapters_come_from_the_segments(finished):
    titles = [title for title, _ in read(finished[0]).chapters]
    starts = [start for _, start in read(finished[0]).chapters]
    assert titles == ["Part 0", "Part 1", "Part 2"]
    assert starts == pytest.approx([0, 1, 1.8], abs=0.001)


def test_it_holds_what_every_film_must_hold(finished):
    path, timeline, folder = finished
    report = check(path, timeline, folder, asked_s=3)
    assert report.fit_to_ship, report.broken


def test_it_is_as_loud_as_it_should_be(finished):
    path, timeline, folder = finished
    lines = {line.name: line for line in check(path, timeline, folder).lines}
    assert lines["loudness"].verdict == "holds"
    assert lines["true peak"].verdict == "holds"


def test_the_same_inputs_give_the_same_bytes(tmp_path):
    timeline = film(tmp_path, (20, 16))
    first = made(timeline, tmp_path).read_bytes()
    render(timeline, tmp_path, tmp_path / "again.mp4", workspace=Workspace(tmp_path / "other"), workers=1)
    assert (tmp_path / "again.mp4").read_bytes() == first


def test_an_edit_of_one_scene_draws_that_scene_alone(tmp_path):
    facts = document(tmp_path, (30, 30, 30, 30), transition={"kind": "cut"})
    workspace = Workspace(tmp_path / ".work")
    render(Timeline.model_validate(facts), tmp_path, tmp_path / "a.mp4", workspace=workspace)
    facts["segments"][1]["captions"][0]["text"] = "Other words"
    report = render(Timeline.model_validate(facts), tmp_path, tmp_path / "a.mp4", workspace=workspace)
    assert (report.stretches, report.stretches_made) == (4, 1)


def test_a_changed_picture_draws_its_scene_and_the_transitions_at_both_ends(tmp_path):
    timeline = film(tmp_path, (30, 30, 30, 30), transition={"kind": "crossfade", "durationMs": 300})
    workspace = Workspace(tmp_path / ".work")
    render(timeline, tmp_path, tmp_path / "a.mp4", workspace=workspace)
    picture(tmp_path / "images/1.png", 99)
    report = render(timeline, tmp_path, tmp_path / "a.mp4", workspace=workspace)
    assert (report.stretches, report.stretches_made) == (7, 3)


def test_nothing_is_drawn_twice(tmp_path):
    timeline = film(tmp_path, (30, 30))
    workspace = Workspace(tmp_path / ".work")
    render(timeline, tmp_path, tmp_path / "a.mp4", workspace=workspace)
    assert render(timeline, tmp_path, tmp_path / "b.mp4", workspace=workspace).stretches_made == 0


def test_webm_plays_the_same_frames(tmp_path):
    timeline = film(tmp_path, (20, 16))
    facts = read(made(timeline, tmp_path, "film.webm"))
    assert facts.frames == 36
    assert facts.video_codec in ("av1", "vp9")
    assert facts.audio_codec == "opus"
    assert abs(facts.video_s - facts.audio_s) < 0.05


@pytest.mark.parametrize("fps", [24, 25, 50, 60])
def test_every_frame_rate_is_exact(tmp_path, fps):
    timeline = film(tmp_path, (17, 11), fps=fps)
    path = made(timeline, tmp_path)
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        times = [frame.pts * stream.time_base for frame in file.decode(stream)]
    assert times == [Fraction(n, fps) for n in range(28)]


@pytest.mark.parametrize(("width", "height"), [(180, 320), (240, 240), (426, 240), (130, 230)])
def test_every_shape_is_filled_to_its_edges(tmp_path, width, height):
    frames = frames_of(made(film(tmp_path, (8, 8), width=width, height=height), tmp_path))
    assert frames[0].shape == (height, width, 3)
    assert min(frame[edge].mean() for frame in frames for edge in (0, -1)) > 30


@pytest.mark.parametrize(
    "kind",
    ["crossfade", "dip_black", "dip_white", "slide_left", "slide_up", "wipe_right", "wipe_down", "zoom"],
)
def test_a_transition_begins_with_one_picture_and_ends_with_the_other(tmp_path, kind):
    for number, colour in enumerate(("red", "blue")):
        Image.new("RGB", (320, 180), colour).save(tmp_path / f"{number}.png")
    visuals = [
        {"path": "0.png", "motion": "none", "transition": {"kind": kind, "durationMs": 500}},
        {"path": "1.png", "motion": "none"},
    ]
    timeline = plain(tmp_path, 60, *visuals)
    scene = Film(timeline, tmp_path).scene(0)
    planes = Planes.empty(320, 180)
    pictures = []
    for frame in range(60):
        scene.draw(frame, planes)
        pictures.append(planes.to_rgb().astype(int))
    first, last = pictures[0], pictures[-1]
    assert all(np.array_equal(picture_, first) for picture_ in pictures[:15])
    assert all(np.array_equal(picture_, last) for picture_ in pictures[30:])
    assert np.abs(pictures[22] - first).mean() > 20
    assert np.abs(pictures[22] - last).mean() > 20


def test_a_picture_moves_on_smoothly_through_a_transition(tmp_path):
    """The incoming picture is already moving when it is alone: no jump where the transition ends."""
    visuals = [
        {"path": f"{n}.png", "motion": "pan_right", "transition": {"kind": "crossfade", "durationMs": 500}}
        for n in (0, 1)
    ]
    for n in (0, 1):
        picture(tmp_path / f"{n}.png", n)
    timeline = plain(tmp_path, 120, *visuals)
    scene, planes, changes, before = Film(timeline, tmp_path).scene(0), Planes.empty(320, 180), [], None
    for frame in range(62, 80):
        scene.draw(frame, planes)
        changes.append(0 if before is None else np.abs(planes.y.astype(int) - before).mean())
        before = planes.y.astype(int)
    assert max(changes[1:]) < 3 * np.median(changes[1:])


def clip(path: Path, seconds: float, width: int = 320, height: int = 180) -> Path:
    """A video whose brightness grows from frame to frame."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=30, options={"crf": "10"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(round(seconds * 30)):
            level = 40 + round(160 * number / (seconds * 30))
            frame = av.VideoFrame.from_ndarray(np.full((height, width, 3), level, np.uint8), format="rgb24")
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


FASTSTART = {"movflags": "+faststart"}


def with_clip(folder: Path, frames: int, **visual: object) -> Timeline:
    return plain(folder, frames, {"path": "clip.mp4", **visual})


def brightness(timeline: Timeline, folder: Path, frames: list[int]) -> list[float]:
    scene, planes = Film(timeline, folder).scene(0), Planes.empty(timeline.width, timeline.height)
    levels = []
    for frame in frames:
        scene.draw(frame, planes)
        levels.append(float(planes.to_rgb().mean()))
    scene.close()
    return levels


def test_a_clip_is_trimmed_and_retimed(tmp_path):
    clip(tmp_path / "clip.mp4", 2)
    plain = brightness(with_clip(tmp_path, 30), tmp_path, [0, 29])
    trimmed = brightness(with_clip(tmp_path, 30, trimStartMs=1000), tmp_path, [0, 29])
    fast = brightness(with_clip(tmp_path, 30, speed=2.0), tmp_path, [0, 29])
    assert plain == pytest.approx([40, 118], abs=6)
    assert trimmed == pytest.approx([120, 198], abs=6)
    assert fast == pytest.approx([41, 198], abs=6)


def test_a_clip_that_is_too_short_says_what_helps(tmp_path):
    clip(tmp_path / "clip.mp4", 1)
    with pytest.raises(AssetError, match=r"slow it to speed 0\.50") as caught:
        brightness(with_clip(tmp_path, 60), tmp_path, [0])
    assert caught.value.where == "segments[0].visuals[0].path"


def test_a_short_clip_may_loop_or_hold(tmp_path):
    clip(tmp_path / "clip.mp4", 1)
    looped = brightness(with_clip(tmp_path, 60, whenShort="loop"), tmp_path, [0, 29, 31, 59])
    held = brightness(with_clip(tmp_path, 60, whenShort="hold"), tmp_path, [0, 29, 45, 59])
    assert looped == pytest.approx([40, 195, 45, 195], abs=12)
    assert held == pytest.approx([40, 195, 195, 195], abs=12)


def test_a_clip_cut_off_in_the_middle_is_named(tmp_path):
    """Its index stands at the front and promises three seconds; half of the pictures are missing."""
    whole = clip(tmp_path / "whole.mp4", 3)
    with av.open(str(whole)) as source, av.open(str(tmp_path / "clip.mp4"), "w", options=FASTSTART) as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    timeline = with_clip(tmp_path, 60, whenShort="hold")
    made(timeline, tmp_path)
    content = (tmp_path / "clip.mp4").read_bytes()
    (tmp_path / "clip.mp4").write_bytes(content[: len(content) // 2])
    with pytest.raises(AssetError, match="cut off") as caught:
        made(timeline, tmp_path, "half.mp4")
    assert caught.value.where == "segments[0].visuals[0].path"


def test_a_picture_that_is_called_a_clip_says_what_to_change(tmp_path):
    picture(tmp_path / "clip.mp4.png", 1)
    timeline = plain(tmp_path, 30, {"path": "clip.mp4.png", "kind": "video"})
    with pytest.raises(AssetError, match="is a picture, not a clip"):
        made(timeline, tmp_path)


@pytest.mark.parametrize("fit", ["cover", "contain"])
def test_an_upright_clip_fits_a_wide_frame(tmp_path, fit):
    clip(tmp_path / "clip.mp4", 1, 180, 320)
    timeline = with_clip(tmp_path, 30, fit=fit)
    scene, planes = Film(timeline, tmp_path).scene(0), Planes.empty(320, 180)
    scene.draw(20, planes)
    scene.close()
    picture_ = planes.to_rgb()
    assert abs(int(picture_[90, 160, 0]) - 148) < 10
    assert (picture_[90, 5, 0] < 100) == (fit == "contain")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("images/1.png", None, "There is no file"),
        ("images/1.png", b"", "is empty"),
        ("images/1.png", b"no picture at all", "can be read"),
        ("audio/1.wav", None, "audio/1.wav"),
        ("audio/1.wav", b"", "empty"),
    ],
)
def test_a_bad_asset_is_named_with_its_place_and_nothing_is_left(tmp_path, name, content, sentence):
    timeline = film(tmp_path, (10, 10))
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(AssetError, match=sentence) as caught:
        made(timeline, tmp_path)
    assert caught.value.where.startswith("segments[1].")
    assert not (tmp_path / "film.mp4").exists()
    assert list((tmp_path / ".work/partial").iterdir()) == []


def test_a_picture_cut_off_in_the_middle_is_named_too(tmp_path):
    timeline = film(tmp_path, (10, 10))
    whole = (tmp_path / "images/1.png").read_bytes()
    (tmp_path / "images/1.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(AssetError) as caught:
        made(timeline, tmp_path)
    assert caught.value.where == "segments[1].visuals[0].path"


def test_a_silent_or_empty_narration_renders_as_silence(tmp_path):
    timeline = film(tmp_path, (12, 12))
    tone(tmp_path / "audio/0.wav", 0)
    tone(tmp_path / "audio/1.wav", 0.4, hertz=0)
    facts = read(made(timeline, tmp_path))
    assert abs(facts.video_s - facts.audio_s) <= 1 / 30


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path):
    timeline = film(tmp_path, (8,))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RenderError, match="cannot be written here"):
        render(timeline, tmp_path, tmp_path / "file" / "film.mp4", workspace=Workspace(tmp_path / ".work"))


def test_a_full_disk_is_one_clear_error_and_what_was_made_stays(tmp_path, small_disk):
    timeline = film(tmp_path, (60, 60, 60, 60), width=640, height=360)
    with pytest.raises((BuildError, RenderError), match=r"disk is full|No space left"):
        render(timeline, tmp_path, tmp_path / "film.mp4", workspace=Workspace(small_disk))
    assert not (tmp_path / "film.mp4").exists()
    assert Workspace(small_disk).verify() == []


def test_without_an_encoder_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(encode, "works", lambda name: False)
    with pytest.raises(RenderError, match="no video encoder"):
        encode.encoding()


@pytest.mark.parametrize("encoder", ["h264_nvenc", "no_such_encoder"])
def test_an_encoder_that_fails_after_all_is_one_clear_error(tmp_path, encoder):
    if encoder == "h264_nvenc" and encode.works(encoder):
        pytest.skip("this machine has NVENC")
    with pytest.raises(RenderError, match=f"{encoder} does not encode here"):
        made(film(tmp_path, (8,)), tmp_path, how=Encoding("mp4", encoder, "p4", 20))
    assert not (tmp_path / "film.mp4").exists()


@pytest.mark.parametrize("name", ["film.avi", "film"])
def test_a_film_is_written_as_mp4_or_webm_and_as_nothing_else(tmp_path, name):
    with pytest.raises(RenderError, match=r"\.mp4 or \.webm"):
        made(film(tmp_path, (8,)), tmp_path, name)


def test_stopping_keeps_what_is_done(tmp_path):
    timeline = film(tmp_path, (90, 90, 90, 90), width=1280, height=720)
    workspace, cancel = Workspace(tmp_path / ".work"), Cancel()

    def stop_half_way(event) -> None:
        if event.fraction > 0.4:
            cancel.ask()

    with pytest.raises(Cancelled):
        made(timeline, tmp_path, progress=stop_half_way, cancel=cancel, workers=1)
    report = render(timeline, tmp_path, tmp_path / "film.mp4", workspace=workspace)
    assert report.stretches_made < report.stretches


RENDERER = """
import sys
from pathlib import Path
from pipeline.build import Workspace
from pipeline.render.film import render
from pipeline.timeline import load
folder = Path(sys.argv[1])
workspace = Workspace(folder / ".work")
print("ready", flush=True)
report = render(load(folder / "timeline.json"), folder, folder / "film.mp4", workspace=workspace, workers=2)
print(report.stretches_made)
"""


def renderer(folder: Path) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", RENDERER, str(folder)], stdout=subprocess.PIPE, text=True)


def test_killed_at_random_instants_it_ends_with_the_same_bytes(tmp_path):
    """Every kill costs at most the stretch that each of the two workers was drawing."""
    timeline = film(tmp_path, (30, 24, 36, 30), transition={"kind": "crossfade", "durationMs": 300})
    (tmp_path / "timeline.json").write_text(dump(timeline))
    expected = made(timeline, tmp_path, "whole.mp4").read_bytes()
    for path in (tmp_path / ".work").rglob("*"):
        if path.is_file():
            path.unlink()
    chance = random.Random(7)
    kills = 0
    while not (tmp_path / "film.mp4").exists() and kills < 40:
        before = len(list((tmp_path / ".work/records").rglob("*.json")))
        process = renderer(tmp_path)
        process.stdout.readline()
        time.sleep(chance.uniform(0.05, 1.5) + 0.1 * kills)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        kills += 1
        assert len(list((tmp_path / ".work/records").rglob("*.json"))) >= before
    assert kills > 1
    assert (tmp_path / "film.mp4").read_bytes() == expected


def test_any_timeline_that_is_written_renders_as_it_did(tmp_path):
    timeline = film(tmp_path, (12,))
    first = made(timeline, tmp_path).read_bytes()
    again = made(parse(dump(timeline)), tmp_path, "again.mp4").read_bytes()
    assert first == again


def test_the_specification_s_own_file_renders(tmp_path):
    picture(tmp_path / "images/seg_001_01.png", 1, 960, 540)
    tone(tmp_path / "audio/seg_001.wav", 4)
    tone(tmp_path / "bgm/lofi_01.wav", 3, 110)
    for name in ("audio/seg_001", "bgm/lofi_01"):
        to_mp3(tmp_path / f"{name}.wav", tmp_path / f"{name}.mp3")
    specified = json.loads((Path(__file__).parent / "specification.json").read_text())
    small = {**specified, "width": 320, "height": 180}
    small["segments"][0]["endFrame"] = 90
    assert parse(json.dumps(specified)).frames == 90
    facts = read(made(parse(json.dumps(small)), tmp_path))
    assert facts.frames == 90


def to_mp3(source: Path, target: Path) -> None:
    with av.open(str(source)) as sound, av.open(str(target), "w") as file:
        stream = file.add_stream("libmp3lame", rate=48_000)
        for frame in sound.decode(audio=0):
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
