import hashlib

import numpy as np
import pytest
from scipy.signal import butter, sosfilt

from pipeline.errors import AssetError, BuildError
from pipeline.sound import Bed, Effect, Excerpt, MixPlan, OwnSound, Speech, measure, mix
from pipeline.sound.ducking import measure_ramps
from tests.pipeline.sound.signals import RATE, decoded, noise, pulse, tone, voice, wav, write


@pytest.fixture
def narration(tmp_path):
    return write(tmp_path / "voice.mp3", "libmp3lame", voice(6), 24_000)


@pytest.fixture
def bed(tmp_path):
    return wav(tmp_path / "bed.wav", noise(9, 0.1))


def speech(path, start_s, end_s, gain_db=0.0):
    return Speech(Excerpt(path, where="segments[0].audioPath"), round(start_s * RATE), round(end_s * RATE), gain_db)


def music(path, volume=0.08, seamless=False):
    return Bed(Excerpt(path, where="bgmPath"), volume, seamless)


def level_db(sound):
    return 10 * np.log10(np.mean(np.square(sound, dtype=np.float64)) + 1e-20)


def test_a_film_of_voice_and_music_holds_every_number_of_the_contract(tmp_path, narration, bed):
    plan = MixPlan(20 * RATE, (speech(narration, 1, 9), speech(narration, 10, 18)), bed=music(bed))
    report = mix(plan, tmp_path / "mix.wav")
    found = measure(tmp_path / "mix.wav")
    assert decoded(tmp_path / "mix.wav").shape == (2, 20 * RATE)
    assert found.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert found.true_peak_dbtp <= -1
    assert report.integrated_lufs == pytest.approx(found.integrated_lufs, abs=0.05)
    assert report.music_under_voice_lu >= 15
    assert 50 <= report.duck_attack_ms <= 150
    assert 400 <= report.duck_release_ms <= 800
    assert report.warnings == ()


def test_a_narration_lies_on_its_sample(tmp_path):
    path = write(tmp_path / "click.mp3", "libmp3lame", pulse(1, 0.5, 24_000), 24_000)
    plan = MixPlan(10 * RATE, (speech(path, 2, 4), speech(path, 6.25, 9)))
    mix(plan, tmp_path / "mix.wav")
    sound = np.abs(decoded(tmp_path / "mix.wav")[0])
    assert sound[: 4 * RATE].argmax() == pytest.approx(2.5 * RATE, abs=1)
    assert 4 * RATE + sound[4 * RATE :].argmax() == pytest.approx(6.75 * RATE, abs=1)


def test_a_mono_voice_is_heard_on_both_sides_and_a_stereo_one_keeps_its_sides(tmp_path):
    both = wav(tmp_path / "mono.wav", tone(300, 3))
    left = wav(tmp_path / "left.wav", np.stack((tone(300, 3), np.zeros(3 * RATE, np.float32))))
    mix(MixPlan(8 * RATE, (speech(both, 0, 4), speech(left, 4, 8))), tmp_path / "mix.wav")
    sound = decoded(tmp_path / "mix.wav")
    assert level_db(sound[0, RATE : 2 * RATE]) == pytest.approx(level_db(sound[1, RATE : 2 * RATE]), abs=0.01)
    assert level_db(sound[0, 5 * RATE : 6 * RATE]) > level_db(sound[1, 5 * RATE : 6 * RATE]) + 60


def test_a_narration_longer_than_its_slot_is_cut_with_a_fade_and_a_warning(tmp_path, narration):
    report = mix(MixPlan(5 * RATE, (speech(narration, 0, 3.0),)), tmp_path / "mix.wav")
    sound = decoded(tmp_path / "mix.wav")
    assert not sound[:, 3 * RATE :].any()
    assert "segments[0].audioPath: voice.mp3 is longer than its segment and was cut." in report.warnings


@pytest.mark.parametrize("seconds", [0, 2], ids=["zero length", "silent"])
def test_a_narration_without_sound_is_silence_and_a_warning(tmp_path, seconds):
    path = wav(tmp_path / "quiet.wav", np.zeros(seconds * RATE, np.float32))
    report = mix(MixPlan(3 * RATE, (speech(path, 0, 3),)), tmp_path / "mix.wav")
    assert not decoded(tmp_path / "mix.wav").any()
    assert report.integrated_lufs is None
    assert report.warnings == ("segments[0].audioPath: quiet.wav is silent.",)


def test_a_film_without_sound_is_silence_of_its_length(tmp_path):
    report = mix(MixPlan(12_345), tmp_path / "mix.wav")
    sound = decoded(tmp_path / "mix.wav")
    assert sound.shape == (2, 12_345)
    assert not sound.any()
    assert report.true_peak_dbtp is None


def test_narrations_of_different_levels_come_out_alike_and_keep_their_gain(tmp_path):
    quiet = wav(tmp_path / "quiet.wav", voice(5, rate=RATE, level=0.12))
    loud = wav(tmp_path / "loud.wav", voice(5, rate=RATE, level=0.24))
    mix(MixPlan(15 * RATE, (speech(quiet, 0, 5), speech(loud, 5, 10), speech(loud, 10, 15, -6))), tmp_path / "mix.wav")
    first, second, third = (level_db(part) for part in np.split(decoded(tmp_path / "mix.wav"), 3, axis=1))
    assert first == pytest.approx(second, abs=0.3)
    assert third == pytest.approx(second - 6, abs=0.8)


def test_the_music_that_is_really_heard_ducks_in_time(tmp_path):
    """The voice is high, the music low: a filter tells them apart in the finished mix."""
    high = wav(tmp_path / "voice.wav", tone(3000, 4, 0.2))
    low = wav(tmp_path / "bed.wav", tone(200, 30, 0.2))
    mix(MixPlan(16 * RATE, (speech(high, 6, 10),), bed=music(low, seamless=True)), tmp_path / "mix.wav")
    sound = decoded(tmp_path / "mix.wav")[0]
    bass = sosfilt(butter(6, 600, fs=RATE, output="sos"), sound)[2 * RATE : 13 * RATE]
    step = RATE // 100  # two periods of the bed
    envelope_db = 10 * np.log10(np.square(bass).reshape(-1, step).mean(axis=1))
    ramps = measure_ramps(envelope_db, step_ms=10)
    assert len(ramps.attacks_ms) == len(ramps.releases_ms) == 1
    assert 50 <= ramps.attacks_ms[0] <= 150
    assert 400 <= ramps.releases_ms[0] <= 800
    assert envelope_db[400] < envelope_db[200] - 6, "down when the voice begins"


def test_music_too_loud_for_the_voice_is_held_to_15_lu_and_reported(tmp_path, narration, bed):
    plan = MixPlan(12 * RATE, (speech(narration, 2, 9),), bed=music(bed, volume=0.8))
    report = mix(plan, tmp_path / "mix.wav")
    assert report.music_under_voice_lu >= 15
    assert report.music_volume < 0.8
    assert any("bgmVolume" in warning for warning in report.warnings)


def test_music_alone_comes_to_full_loudness_and_fades_at_both_ends(tmp_path, bed):
    report = mix(MixPlan(20 * RATE, bed=music(bed)), tmp_path / "mix.wav")
    sound = decoded(tmp_path / "mix.wav")
    assert report.integrated_lufs == pytest.approx(-14, abs=0.5)
    middle = level_db(sound[:, 8 * RATE : 12 * RATE])
    assert level_db(sound[:, : RATE // 20]) < middle - 20
    assert level_db(sound[:, -RATE // 20 :]) < middle - 20


def test_a_short_bed_loops_without_a_hole_or_a_bump(tmp_path):
    short = wav(tmp_path / "short.wav", noise(6, 0.1, tilt=0.0))
    mix(MixPlan(40 * RATE, bed=music(short)), tmp_path / "mix.wav")
    seconds = decoded(tmp_path / "mix.wav")[:, 4 * RATE : 34 * RATE].reshape(2, 60, RATE // 2)
    levels = [level_db(seconds[:, part]) for part in range(60)]
    assert max(levels) - min(levels) < 1.0


def test_a_seamless_bed_keeps_its_beat_when_it_loops(tmp_path):
    beat = np.zeros(4 * RATE, np.float32)
    beat[:: RATE // 2] = 0.8
    mix(MixPlan(20 * RATE, bed=music(wav(tmp_path / "beat.wav", beat), seamless=True)), tmp_path / "mix.wav")
    sound = decoded(tmp_path / "mix.wav")[0, 3 * RATE : 15 * RATE]
    assert (np.flatnonzero(np.abs(sound) > 0.3 * sound.max()) % (RATE // 2) == 0).all()


def test_silence_at_the_ends_of_a_bed_is_not_looped(tmp_path):
    padded = np.pad(noise(5, 0.1), ((0, 0), (RATE, 2 * RATE)))
    mix(MixPlan(20 * RATE, bed=music(wav(tmp_path / "padded.wav", padded))), tmp_path / "mix.wav")
    parts = decoded(tmp_path / "mix.wav")[:, 2 * RATE : 16 * RATE].reshape(2, 28, RATE // 2)
    assert min(level_db(parts[:, part]) for part in range(28)) > -25


def test_an_effect_starts_on_its_cue_and_stays_below_the_voice(tmp_path, narration):
    click = wav(tmp_path / "click.wav", pulse(0.1, 0.05))
    plan = MixPlan(9 * RATE, (speech(narration, 0, 6.0),), effects=(Effect(Excerpt(click), 7 * RATE),))
    mix(plan, tmp_path / "mix.wav")
    sound = np.abs(decoded(tmp_path / "mix.wav")[0])
    at = 7 * RATE + round(0.05 * RATE)
    assert 6.5 * RATE + sound[round(6.5 * RATE) :].argmax() == at
    assert 0.02 < sound[at] < sound[: 6 * RATE].max()


def test_an_effect_s_gain_is_heard(tmp_path):
    click = wav(tmp_path / "click.wav", pulse(0.1, 0.05))
    effects = (Effect(Excerpt(click), RATE), Effect(Excerpt(click), 3 * RATE, -12.0))
    mix(MixPlan(5 * RATE, effects=effects), tmp_path / "mix.wav")
    sound = np.abs(decoded(tmp_path / "mix.wav")[0])
    assert 20 * np.log10(sound[: 2 * RATE].max() / sound[2 * RATE :].max()) == pytest.approx(12, abs=0.2)


def test_a_click_alone_is_not_blown_up_to_full_loudness(tmp_path):
    click = wav(tmp_path / "click.wav", pulse(0.1, 0.05))
    mix(MixPlan(20 * RATE, effects=(Effect(Excerpt(click), RATE),)), tmp_path / "mix.wav")
    assert np.abs(decoded(tmp_path / "mix.wav")).max() < 0.6


def test_own_sound_is_heard_in_its_slot_at_its_volume_and_gives_way_to_speech(tmp_path, narration):
    clip = wav(tmp_path / "clip.wav", noise(12, 0.4))
    own = OwnSound(Excerpt(clip), 0, 12 * RATE, volume=0.5)
    mix(MixPlan(14 * RATE, (speech(narration, 6, 12),), (own,)), tmp_path / "mix.wav")
    alone = decoded(tmp_path / "mix.wav")
    assert level_db(alone[:, RATE : 5 * RATE]) > -40
    assert not alone[:, round(12.1 * RATE) :].any()
    mix(MixPlan(14 * RATE, (speech(narration, 6, 12),)), tmp_path / "voice_only.wav")
    rest = alone - decoded(tmp_path / "voice_only.wav")
    assert level_db(rest[:, round(6.5 * RATE) : 8 * RATE]) < level_db(rest[:, RATE : 5 * RATE])


def test_own_sound_shorter_than_its_slot_loops_if_asked(tmp_path):
    clip = wav(tmp_path / "clip.wav", noise(2, 0.2))
    for loop, ends_s in ((True, 9.0), (False, 2.0)):
        mix(MixPlan(10 * RATE, own_sounds=(OwnSound(Excerpt(clip), 0, 9 * RATE, loop=loop),)), tmp_path / "mix.wav")
        sound = decoded(tmp_path / "mix.wav")
        assert sound[:, round((ends_s - 0.2) * RATE) : round((ends_s - 0.1) * RATE)].any()
        assert not sound[:, round((ends_s + 0.1) * RATE) :].any()


def test_the_same_plan_gives_the_same_bytes(tmp_path, narration, bed):
    plan = MixPlan(12 * RATE, (speech(narration, 2, 9),), bed=music(bed))
    hashes = set()
    for name in ("one.wav", "two.wav"):
        mix(plan, tmp_path / name)
        hashes.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(hashes) == 1


def test_a_bad_file_leaves_nothing_behind(tmp_path, narration):
    bad = tmp_path / "bad.mp3"
    bad.write_bytes(b"nothing of the kind" * 100)
    plan = MixPlan(9 * RATE, (speech(narration, 0, 3), Speech(Excerpt(bad, where="segments[7].audioPath"), 0, RATE)))
    before = set(tmp_path.iterdir())
    with pytest.raises(AssetError, match=r"segments\[7\]\.audioPath"):
        mix(plan, tmp_path / "mix.wav")
    assert set(tmp_path.iterdir()) == before


def test_stopping_midway_leaves_nothing_behind(tmp_path, bed):
    class Stop(Exception):
        pass

    def stop(fraction):
        if fraction > 0.3:
            raise Stop

    with pytest.raises(Stop):
        mix(MixPlan(20 * RATE, bed=music(bed)), tmp_path / "mix.wav", on_progress=stop)
    assert not (tmp_path / "mix.wav").exists()


def test_progress_rises_to_one(tmp_path, bed):
    told = []
    mix(MixPlan(6 * RATE, bed=music(bed)), tmp_path / "mix.wav", on_progress=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)


def test_a_folder_that_is_not_there_is_an_error_of_the_workspace(tmp_path):
    with pytest.raises(BuildError, match="cannot be written"):
        mix(MixPlan(RATE), tmp_path / "nowhere" / "mix.wav")
