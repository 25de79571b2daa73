"""The open door: a timeline as a MoviePy clip, and any MoviePy clip as a layer."""

import json

import numpy as np
import pytest
from moviepy import ColorClip

from pipeline.build import Workspace
from pipeline.exchange import as_clip, clip_layer
from pipeline.render import sheets
from pipeline.render.film import Film
from tests.pipeline.render.films import PLAIN_PACK, film


@pytest.fixture
def told(tmp_path):
    return tmp_path, film(tmp_path, (30, 24))


def test_a_timeline_opens_as_a_clip_of_its_length_and_size(told):
    folder, timeline = told
    clip = as_clip(timeline, folder)
    assert (clip.duration, clip.fps, tuple(clip.size)) == (pytest.approx(1.8), 30, (320, 180))


def test_its_frames_are_those_of_the_film_in_any_order(told):
    folder, timeline = told
    clip = as_clip(timeline, folder)
    for number in (40, 3, 53, 0):
        assert np.array_equal(clip.get_frame((number + 0.5) / 30), sheets.frame(Film(timeline, folder), number))


def test_it_brings_its_sound_where_a_workspace_holds_the_mix(told):
    folder, timeline = told
    clip = as_clip(timeline, folder, workspace=Workspace(folder / ".work"))
    assert clip.audio.duration == pytest.approx(1.8)
    assert np.abs(clip.audio.to_soundarray(fps=44_100)).max() > 0.05
    clip.audio.close()


def test_a_clip_is_a_layer_from_its_first_frame_to_its_last():
    layer = clip_layer(ColorClip((40, 20), (200, 30, 40), duration=0.5), fps=30, x=7, y=9, start_frame=10)
    assert layer(9) == ()
    (sprite,) = layer(10)
    assert (sprite.x, sprite.y, sprite.picture.pixels.shape) == (7, 9, (20, 40, 4))
    assert sprite.picture.pixels[3, 3].tolist() == [200, 30, 40, 255]
    assert len(layer(24)) == 1
    assert layer(25) == ()


def test_a_mask_becomes_transparency():
    masked = ColorClip((40, 20), (200, 30, 40), duration=0.5).with_opacity(0.5)
    (sprite,) = clip_layer(masked, fps=30)(0)
    assert sprite.picture.pixels[0, 0, 3] == 127


LAYERS = """
from moviepy import ColorClip
from pipeline.exchange import clip_layer

def layers(timeline, index, canvas):
    return (clip_layer(ColorClip((40, 20), (200, 30, 40), duration=0.5), fps=canvas.fps, x=8, y=10),)
"""


def test_a_pack_lays_a_clip_over_a_film(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "stamped.py").write_text(LAYERS)
    (tmp_path / "stamped.json").write_text(json.dumps({**PLAIN_PACK, "layers": ["stamped:layers"]}))
    opened = Film(film(tmp_path, (30,), pack="stamped.json"), tmp_path)
    with_clip, after_it = (sheets.frame(opened, number)[20, 28].astype(int) for number in (3, 20))
    assert np.abs(with_clip - (200, 30, 40)).max() < 12
    assert np.abs(after_it - (200, 30, 40)).max() > 30
