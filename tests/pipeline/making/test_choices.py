"""What a creator may choose, seen in the finished film. Only the timeline is looked at where no frame is needed."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from PIL import Image

from pipeline.making.film import laid_out
from pipeline.timeline import Timeline, load
from presets import niches
from tests.pipeline.making.films import Studio, brief, embedded

SCRIPT = """
The lighthouse at the end of the bay has burned for three hundred years. Nobody has ever seen it go dark.

Its first keeper was a widow named Anna Berg. She carried the oil up two hundred steps every evening, in wind and in
rain, and she wrote down every ship that passed. Her book is still there, and so is her chair by the window. In her
last winter the snow lay so deep that she did not come down for forty days.

After her came seven others, each with a lamp a little brighter than the one before. The last of them learned to mend
the engine that turned the great lens. When the power failed one night, he turned it by hand until the morning came.

Today a small computer does the work, and a motor no bigger than a bread tin. Once a month somebody climbs the steps to
clean the glass. They say that the chair by the window is always warm. Thanks for watching, and come back next week.
"""


def laid(tmp_path: Path, **changes: object) -> Timeline:
    """The timeline alone, with every picture in its place."""
    studio, wanted = Studio(tmp_path), brief(**changes)
    with laid_out(wanted, studio.out, services=embedded(wanted), workspace=studio.workspace) as film:
        for segment in film.timeline.segments:
            film.pictures.wait_for(segment.id)
    return film.timeline


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "sea.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for number in range(48):
            frame = np.full((90, 160, 3), 90 + number, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("niche", niches.names())
def test_every_niche_becomes_a_timeline_of_its_own(niche: str, tmp_path: Path) -> None:
    timeline = laid(tmp_path, niche=niche)

    assert timeline.frames / timeline.fps == pytest.approx(60, rel=0.1)
    assert timeline.bgm_path == f"music:{niches.load(niche).music}"
    assert all(segment.captions and segment.visuals for segment in timeline.segments)


def test_a_finished_script_is_spoken_word_for_word(tmp_path: Path) -> None:
    timeline = laid(tmp_path, documents=(), notes=SCRIPT, transcript="manual")
    spoken = " ".join(segment.narration_text for segment in timeline.segments)

    assert spoken.split() == SCRIPT.split()


def test_own_pictures_and_clips_are_placed_as_their_names_say(tmp_path: Path, clip: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        Image.new("RGB", (320, 180), "teal" if folder == "a" else "maroon").save(tmp_path / folder / "02-same.png")
    uploads = (str(tmp_path / "a" / "02-same.png"), str(tmp_path / "b" / "02-same.png"), str(clip))
    timeline = laid(tmp_path, uploads=uploads)
    own = {v.path: v for s in timeline.segments for v in s.visuals if v.path.startswith("assets/uploads/")}

    assert timeline.segments[1].visuals[0].path in own
    assert len(own) == 3
    assert [visual.kind for path, visual in own.items() if path.endswith(".mp4")] == ["video"]
    placed = {(tmp_path / "out" / path).read_bytes() for path in own}
    assert placed == {Path(upload).read_bytes() for upload in uploads}


def test_captions_can_be_kept_out_of_the_picture(tmp_path: Path) -> None:
    timeline = laid(tmp_path, captions="off")

    assert timeline.caption_style == "off"
    assert all(segment.captions for segment in timeline.segments), "they are still in the files for the player"


def test_music_can_be_off(tmp_path: Path) -> None:
    assert laid(tmp_path, music="off").bgm_path is None


def test_own_music_travels_with_the_film(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "My tune.WAV", np.zeros(4800, np.float32), 48_000)
    timeline = laid(tmp_path, music=str(tmp_path / "My tune.WAV"))

    assert timeline.bgm_path == "assets/music.wav"
    assert (tmp_path / "out" / "assets/music.wav").read_bytes() == (tmp_path / "My tune.WAV").read_bytes()


@pytest.mark.parametrize(("aspect", "size"), [("9:16", (360, 640)), ("1:1", (360, 360))])
def test_a_film_may_be_upright_or_square(aspect: str, size: tuple[int, int], tmp_path: Path) -> None:
    timeline = laid(tmp_path, aspect=aspect)

    assert (timeline.width, timeline.height) == size
    with Image.open(tmp_path / "out" / timeline.segments[0].visuals[0].path) as picture:
        assert picture.width / picture.height == pytest.approx(size[0] / size[1], rel=0.01)


def test_a_film_without_captions_music_and_with_a_clip_is_finished(tmp_path: Path, clip: Path) -> None:
    studio = Studio(tmp_path)
    bundle = studio.make(brief(captions="off", music="off", uploads=(str(clip),), aspect="1:1"))

    assert bundle.report["fitToShip"]
    assert load(studio.out / "timeline.json").bgm_path is None
