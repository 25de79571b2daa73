import av
import numpy as np
import pytest

from pipeline.sound.loudness import Meter, integrated, loudness_range, measure, momentary
from tests.pipeline.sound.signals import RATE, noise, tone, voice, wav, write


def reference(path):
    """What ffmpeg's ebur128 filter says at the end of a file: integrated LUFS and true peak in dBTP."""
    graph = av.filter.Graph()
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        source = graph.add_abuffer(template=stream)
        meter, sink = graph.add("ebur128", "peak=true:metadata=1"), graph.add("abuffersink")
        source.link_to(meter)
        meter.link_to(sink)
        graph.configure()
        facts = {}
        for frame in [*container.decode(stream), None]:
            source.push(frame)
            while True:
                try:
                    facts.update(sink.pull().metadata)
                except (BlockingIOError, EOFError):
                    break
    peak = 20 * np.log10(float(facts["lavfi.r128.true_peak"]))
    return float(facts["lavfi.r128.I"]), peak


def stepped():
    return noise(16) * np.repeat([1.0, 0.1, 0.5, 0.02], 4 * RATE)


SIGNALS = {
    "stereo noise": lambda: noise(8),
    "white noise": lambda: noise(8, tilt=0.0),
    "mono noise": lambda: noise(8, channels=1),
    "1 kHz": lambda: np.tile(tone(997, 8), (2, 1)),
    "bass": lambda: np.tile(tone(50, 8), (2, 1)),
    "one side only": lambda: np.stack((tone(400, 8), np.zeros(8 * RATE, np.float32))),
    "steps of loudness": stepped,
    "speech with pauses": lambda: voice(12, rate=RATE) * (np.arange(12 * RATE) % (3 * RATE) < 2 * RATE),
    "clipped": lambda: np.clip(noise(8, 0.9), -0.8, 0.8),
}


@pytest.mark.parametrize("name", SIGNALS)
def test_a_file_measures_as_ffmpeg_measures_it(tmp_path, name):
    path = wav(tmp_path / "sound.wav", SIGNALS[name]())
    lufs, peak = reference(path)
    found = measure(path)
    assert found.integrated_lufs == pytest.approx(lufs, abs=0.1)
    assert found.true_peak_dbtp == pytest.approx(peak, abs=0.2)


@pytest.mark.parametrize(("codec", "suffix", "rate"), [("libmp3lame", "mp3", 44_100), ("aac", "m4a", 48_000)])
def test_a_compressed_file_of_any_rate_measures_alike(tmp_path, codec, suffix, rate):
    path = write(tmp_path / f"sound.{suffix}", codec, noise(6)[:, : 6 * rate], rate)
    assert measure(path).integrated_lufs == pytest.approx(reference(path)[0], abs=0.1)


def test_a_full_scale_1_khz_tone_on_one_side_reads_minus_3_lufs():
    meter = Meter(1)
    meter.add(tone(997, 5, level=1.0)[None])
    assert meter.result().integrated_lufs == pytest.approx(-3.01, abs=0.02)


def test_the_size_of_the_blocks_changes_nothing():
    sound = noise(3)
    whole, parts = Meter(2), Meter(2)
    whole.add(sound)
    for first in range(0, sound.shape[1], 777):
        parts.add(sound[:, first : first + 777])
    assert parts.result().integrated_lufs == pytest.approx(whole.result().integrated_lufs, abs=1e-3)
    assert parts.result().true_peak_dbtp == pytest.approx(whole.result().true_peak_dbtp, abs=1e-3)


def test_the_peak_between_two_samples_is_found():
    times = np.arange(RATE)
    sound = np.sin(2 * np.pi * times / 4 + np.pi / 4).astype(np.float32)[None] * np.hanning(RATE).astype(np.float32)
    meter = Meter(1)
    meter.add(sound)
    assert float(np.abs(sound).max()) == pytest.approx(0.707, abs=0.001)
    assert meter.result().true_peak_dbtp == pytest.approx(0.0, abs=0.05)


def test_silence_is_minus_infinity():
    meter = Meter(2)
    meter.add(np.zeros((2, RATE), np.float32))
    assert meter.result().integrated_lufs == float("-inf")
    assert meter.result().true_peak_dbtp == float("-inf")


def test_pauses_below_the_gate_do_not_lower_the_loudness():
    powers = np.concatenate((np.full(1000, 0.01), np.full(5000, 1e-9)))
    assert integrated(powers) == pytest.approx(-20.69, abs=0.1)


def test_loudness_over_time_follows_the_sound():
    powers = np.concatenate((np.full(400, 0.01), np.full(400, 0.0001)))
    assert momentary(powers)[0] == pytest.approx(-20.69, abs=0.01)
    assert momentary(powers)[-1] == pytest.approx(-40.69, abs=0.01)


@pytest.mark.parametrize(("quieter_db", "range_lu"), [(10, 10), (5, 5), (20, 20)])
def test_the_loudness_range_is_that_of_the_ebu_test_tones(quieter_db, range_lu):
    loud, quiet = np.full(2000, 0.01), np.full(2000, 0.01 * 10 ** (-quieter_db / 10))
    assert loudness_range(np.concatenate((loud, quiet))) == pytest.approx(range_lu, abs=1)
