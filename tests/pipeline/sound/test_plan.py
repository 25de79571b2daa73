import numpy as np
import pytest

from pipeline.errors import AssetError
from pipeline.sound import mix, plan_of
from pipeline.timeline.models import Timeline
from tests.pipeline.sound.signals import RATE, noise, voice, wav


def film(*segments, **fields):
    made = [
        {"id": f"s{index}", "visuals": [{"path": "picture.png"}], **segment} for index, segment in enumerate(segments)
    ]
    return Timeline.model_validate({"version": 1, "title": "Test", "segments": made, **fields})


def segment(start, end, **fields):
    return {"startFrame": start, "endFrame": end, **fields}


@pytest.mark.parametrize("fps", [24, 25, 30, 50, 60])
def test_the_mix_is_as_long_as_the_film_to_the_sample(tmp_path, fps):
    plan = plan_of(film(segment(0, 7 * fps + 1), fps=fps), tmp_path)
    assert plan.samples == round((7 * fps + 1) * RATE / fps)


def test_cards_before_and_after_count_into_the_length(tmp_path):
    card = {"title": "Hello", "durationMs": 2000}
    plan = plan_of(film(segment(60, 90), intro=card, outro=card), tmp_path)
    assert plan.samples == 5 * RATE


def test_a_narration_begins_at_its_frame_and_offset_and_ends_with_its_segment(tmp_path):
    timeline = film(segment(0, 30), segment(45, 90, audioPath="a.mp3", audioOffsetMs=250, voiceGainDb=-3))
    (speech,) = plan_of(timeline, tmp_path).speech
    assert speech.start == round(1.5 * RATE) + RATE // 4
    assert speech.end == 3 * RATE
    assert speech.gain_db == -3
    assert speech.excerpt.path == tmp_path / "a.mp3"
    assert speech.excerpt.where == "segments[1].audioPath"


def test_an_effect_is_found_in_the_library_or_beside_the_timeline(tmp_path):
    (tmp_path / "boing").write_bytes(b"x")
    cues = [{"sound": "whoosh", "atMs": 500}, {"sound": "fx/bang.wav"}, {"sound": "boing", "gainDb": -4}]
    whoosh, bang, boing = plan_of(film(segment(0, 30), segment(30, 90, sounds=cues)), tmp_path).effects
    assert whoosh.start == round(1.5 * RATE)
    assert whoosh.excerpt.path.is_file()
    assert bang.excerpt.path == tmp_path / "fx/bang.wav"
    assert (boing.excerpt.path, boing.gain_db) == (tmp_path / "boing", -4)


def test_an_effect_of_no_such_name_lists_those_that_exist(tmp_path):
    timeline = film(segment(0, 30, sounds=[{"sound": "kaboom"}]))
    with pytest.raises(AssetError, match=r"segments\[0\]\.sounds\[0\]\.sound: .*kaboom.*whoosh"):
        plan_of(timeline, tmp_path)


def test_music_of_the_library_loops_seamlessly_and_a_file_does_not(tmp_path):
    own = plan_of(film(segment(0, 30), bgmPath="music:lofi", bgmVolume=0.1), tmp_path).bed
    assert own.excerpt.path.is_file()
    assert (own.seamless, own.volume) == (True, 0.1)
    given = plan_of(film(segment(0, 30), bgmPath="bgm/lofi_01.mp3"), tmp_path).bed
    assert given.excerpt.path == tmp_path / "bgm/lofi_01.mp3"
    assert not given.seamless


def test_music_of_no_such_name_lists_those_that_exist(tmp_path):
    with pytest.raises(AssetError, match=r"bgmPath: .*polka.*calm.*lofi"):
        plan_of(film(segment(0, 30), bgmPath="music:polka"), tmp_path)


def test_no_music_at_volume_zero(tmp_path):
    assert plan_of(film(segment(0, 30), bgmPath="music:lofi", bgmVolume=0), tmp_path).bed is None


def test_the_own_sound_of_a_clip_is_heard_while_the_clip_is_seen(tmp_path):
    fade = {"kind": "crossfade", "durationMs": 400}
    clip = {"path": "clip.mp4", "ownSound": True, "ownVolume": 0.7, "trimStartMs": 1500, "speed": 2}
    visuals = [{"path": "a.png", "startMs": 0, "transition": fade}, {**clip, "startMs": 1000}, {"path": "b.png"}]
    visuals[2]["startMs"] = 3000
    (own,) = plan_of(film(segment(0, 120, visuals=visuals)), tmp_path).own_sounds
    assert own.start == round(0.6 * RATE), "it is seen from the transition on"
    assert own.fade_in == round(0.4 * RATE)
    assert own.end == 3 * RATE
    assert (own.excerpt.start_ms, own.excerpt.speed, own.volume) == (1500, 2, 0.7)
    assert own.excerpt.where == "segments[0].visuals[1].path"


def test_a_picture_has_no_own_sound(tmp_path):
    visuals = [{"path": "a.png", "kind": "image", "ownSound": True}]
    assert plan_of(film(segment(0, 30, visuals=visuals)), tmp_path).own_sounds == ()


def test_the_inputs_change_with_the_content_and_not_with_the_name_of_a_file(tmp_path):
    wav(tmp_path / "one.wav", noise(1))
    wav(tmp_path / "two.wav", noise(1))
    wav(tmp_path / "three.wav", noise(1, seed=2))
    one, two, three = (
        plan_of(film(segment(0, 30, audioPath=f"{name}.wav")), tmp_path).inputs() for name in ("one", "two", "three")
    )
    assert one == two
    assert one != three


def test_the_inputs_of_a_missing_file_name_the_place(tmp_path):
    with pytest.raises(AssetError, match=r"segments\[0\]\.audioPath"):
        plan_of(film(segment(0, 30, audioPath="gone.wav")), tmp_path).inputs()


def test_a_whole_timeline_mixes_to_the_contract(tmp_path):
    wav(tmp_path / "a.wav", voice(4, rate=RATE))
    timeline = film(
        segment(0, 150, audioPath="a.wav", audioOffsetMs=500, sounds=[{"sound": "whoosh", "atMs": 4800}]),
        segment(150, 300, audioPath="a.wav"),
        bgmPath="music:calm",
    )
    report = mix(plan_of(timeline, tmp_path), tmp_path / "mix.wav")
    assert report.samples == 10 * RATE
    assert report.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert report.true_peak_dbtp <= -1
    assert report.music_under_voice_lu >= 15
    assert np.isclose(report.duration_s, 10)
