"""Whatever valid timeline comes, the film has every frame, none is black, and the sound ends with the picture."""

import tempfile
from pathlib import Path

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.build import Workspace
from pipeline.check.container import read
from pipeline.render.film import Film, render
from pipeline.timeline import Timeline, dump, parse
from tests.pipeline.render.films import picture, tone

MOTIONS = ["none", "kenburns_in", "kenburns_out", "pan_left", "pan_right"]
KINDS = ["cut", "crossfade", "dip_white", "slide_left", "slide_up", "wipe_right", "wipe_down", "zoom"]
WORDS = st.sampled_from(["tea", "völlig", "山", "مرحبا", "नमस्ते", "🎬", "x" * 200, "1,000 %", "don't"])
TEXT = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
TRANSITION = st.fixed_dictionaries({"kind": st.sampled_from(KINDS), "durationMs": st.integers(0, 600)})
ANIMATION = st.sampled_from(["none", "fade", "rise", "slide", "pop"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("assets")
    for number in range(3):
        picture(made / f"{number}.png", number, 200 + 60 * number, 260)
    tone(made / "voice.wav", 0.5)
    return made


@st.composite
def overlays(draw):
    kind = draw(st.sampled_from(["title_card", "lower_third", "quote", "big_number", "list", "chapter_marker"]))
    start = draw(st.integers(0, 500))
    return {
        "kind": kind,
        "text": draw(TEXT)[:400],
        "items": [draw(TEXT)[:200]] if kind == "list" else [],
        "startMs": start,
        "endMs": start + draw(st.integers(100, 900)),
        "animateIn": draw(ANIMATION),
        "animateOut": draw(ANIMATION),
    }


@st.composite
def segments(draw, start: int, number: int):
    frames = draw(st.integers(4, 24))
    count = draw(st.integers(1, min(3, frames // 3)))
    visuals = [
        {
            "path": f"{draw(st.integers(0, 2))}.png",
            "motion": draw(st.sampled_from(MOTIONS)),
            "fit": draw(st.sampled_from(["cover", "contain"])),
            "focus": {"x": draw(st.floats(0, 1)), "y": draw(st.floats(0, 1))},
            **({"overlayText": draw(TEXT)[:400]} if draw(st.booleans()) else {}),
            **({"transition": draw(TRANSITION)} if draw(st.booleans()) else {}),
        }
        for _ in range(count)
    ]
    caption = {"startMs": draw(st.integers(0, 100)), "endMs": draw(st.integers(150, 900)), "text": draw(TEXT)}
    return {
        "id": f"s{number}",
        "startFrame": start,
        "endFrame": start + frames,
        "visuals": visuals,
        "captions": [caption] if draw(st.booleans()) else [],
        "overlays": draw(st.lists(overlays(), max_size=2)),
        **({"title": "A title"} if draw(st.booleans()) else {}),
        **({"audioPath": "voice.wav"} if draw(st.booleans()) else {}),
        **({"sounds": [{"sound": "pop", "atMs": 50}]} if draw(st.booleans()) else {}),
        **({"transition": draw(TRANSITION)} if draw(st.booleans()) else {}),
    }


@st.composite
def timelines(draw):
    fps = draw(st.sampled_from([24, 25, 30, 50, 60]))
    card = {"title": "Hello", "durationMs": 500}
    intro, outro = draw(st.booleans()), draw(st.booleans())
    at, made = round(0.5 * fps) if intro else 0, []
    for number in range(draw(st.integers(1, 4))):
        segment = draw(segments(at, number))
        at = segment["endFrame"] + draw(st.integers(0, 6))
        made.append(segment)
    width, height = draw(st.sampled_from([(256, 144), (144, 256), (160, 160), (214, 130)]))
    facts = {
        "version": 1,
        "title": draw(TEXT)[:300],
        "fps": fps,
        "width": width,
        "height": height,
        "segments": made,
        "pack": draw(st.sampled_from(["documentary-slideshow", "faceless-facts"])),
        "captionStyle": draw(st.sampled_from(["off", "clean", "boxed", "karaoke", "pop"])),
        # Bright, so that a black frame is a frame that nobody drew.
        "theme": {"background": "#c8d0e0", "text": "#101010", "accent": "#803000"},
        **({"bgmPath": "music:lofi"} if draw(st.booleans()) else {}),
        **({"intro": card} if intro else {}),
        **({"outro": card} if outro else {}),
        **({"overlays": [{"kind": "progress_bar"}]} if draw(st.booleans()) else {}),
    }
    return Timeline.model_validate(facts)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(timeline=timelines())
def test_every_frame_is_drawn_and_the_lengths_are_exact(folder, timeline):
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "film.mp4"
        render(timeline, folder, path, workspace=Workspace(Path(name) / "work"))
        facts = read(path)
        assert facts.frames == timeline.frames
        assert abs(facts.video_s - facts.audio_s) <= 1 / timeline.fps + 0.001
        with av.open(str(path)) as file:
            lumas = [frame.to_ndarray(format="gray").mean() for frame in file.decode(file.streams.video[0])]
        assert len(lumas) == timeline.frames
        assert min(lumas) > 24


@settings(max_examples=60)
@given(timeline=timelines())
def test_the_stretches_cover_the_film_once_and_in_order(folder, timeline):
    film = Film(timeline, folder)
    frames = [
        film.sections[stretch.position].start + frame
        for stretch in film.stretches()
        for frame in range(stretch.first, stretch.last)
    ]
    assert frames == list(range(timeline.frames))


@settings(max_examples=60)
@given(timeline=timelines())
def test_what_is_written_reads_back_as_it_was(timeline):
    assert parse(dump(timeline)) == timeline
