import numpy as np
import pytest
from PIL import Image

from pipeline.errors import AssetError
from pipeline.sound.reading import Excerpt, has_sound, read
from tests.pipeline.sound.signals import RATE, noise, pulse, tone, wav, write


def whole(path, **excerpt):
    return np.concatenate(list(read(Excerpt(path, **excerpt))), axis=1)


@pytest.mark.parametrize(
    ("suffix", "codec", "rate"),
    [
        ("wav", "pcm_s16le", 8_000),
        ("wav", "pcm_s24le", 96_000),
        ("flac", "flac", 22_050),
        ("flac", "flac", 44_100),
        ("mp3", "libmp3lame", 24_000),
        ("mp3", "libmp3lame", 44_100),
        ("m4a", "aac", 48_000),
        ("ogg", "libopus", 24_000),
        ("webm", "libopus", 48_000),
    ],
)
def test_every_format_and_rate_lands_on_the_sample(tmp_path, suffix, codec, rate):
    path = write(tmp_path / f"sound.{suffix}", codec, pulse(2, 1.0, rate), rate)
    assert int(np.abs(whole(path)[0]).argmax()) == pytest.approx(RATE, abs=1)


def test_mono_stays_one_channel_and_surround_becomes_two(tmp_path):
    assert len(whole(wav(tmp_path / "mono.wav", tone(300, 1)))) == 1
    surround = write(tmp_path / "surround.flac", "flac", np.tile(tone(300, 1, 0.1), (6, 1)))
    assert len(whole(surround)) == 2


def test_an_excerpt_begins_and_ends_on_its_samples(tmp_path):
    path = wav(tmp_path / "sound.wav", noise(5, channels=1))
    full = whole(path)
    for start_ms, end_ms in ((0, 500), (1250, 2000), (3100, None), (4900, 9000)):
        part = whole(path, start_ms=start_ms, end_ms=end_ms)
        np.testing.assert_array_equal(part, full[:, start_ms * 48 : None if end_ms is None else end_ms * 48])


def test_an_excerpt_deep_in_a_compressed_file_lands_where_the_whole_file_has_it(tmp_path):
    path = write(tmp_path / "sound.m4a", "aac", pulse(8, 6.0))
    part = whole(path, start_ms=5500)
    assert int(np.abs(part[0]).argmax()) == pytest.approx(RATE // 2, abs=1)


@pytest.mark.parametrize("speed", [0.25, 0.5, 1.5, 4.0])
def test_speed_changes_the_length_and_keeps_the_pitch(tmp_path, speed):
    path = wav(tmp_path / "sound.wav", tone(440, 4))
    fast = whole(path, speed=speed)[0]
    assert len(fast) == pytest.approx(4 * RATE / speed, rel=0.02)
    middle = fast[len(fast) // 4 : -len(fast) // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert spectrum.argmax() * RATE / len(middle) == pytest.approx(440, abs=8)


def test_a_wav_of_unknown_length_is_read_to_its_end(tmp_path):
    path = write(tmp_path / "streamed.wav", "pcm_s16le", tone(300, 1, rate=24_000), 24_000)
    data = bytearray(path.read_bytes())
    at = data.index(b"data") + 4
    data[at : at + 4] = data[4:8] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    assert whole(path).shape[1] == RATE


def test_a_sound_without_length_gives_nothing(tmp_path):
    assert list(read(Excerpt(wav(tmp_path / "empty.wav", np.zeros(0, np.float32))))) == []


@pytest.mark.parametrize(
    ("suffix", "codec"),
    [("wav", "pcm_s16le"), ("flac", "flac"), ("mp3", "libmp3lame"), ("m4a", "aac"), ("ogg", "libopus")],
)
def test_a_truncated_file_is_an_error_that_names_the_place(tmp_path, suffix, codec):
    path = write(tmp_path / f"sound.{suffix}", codec, noise(4, channels=1))
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    with pytest.raises(AssetError, match=rf"segments\[3\].audioPath: sound.{suffix}"):
        whole(path, where="segments[3].audioPath")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(AssetError, match=r"bgmPath: There is no file .*nothing.mp3"):
        whole(tmp_path / "nothing.mp3", where="bgmPath")


def test_an_empty_file_is_an_error(tmp_path):
    (tmp_path / "zero.mp3").touch()
    with pytest.raises(AssetError, match="0 bytes"):
        whole(tmp_path / "zero.mp3")


@pytest.mark.parametrize("content", [b"hello, world " * 500, bytes(range(256)) * 64], ids=["text", "bytes"])
def test_a_file_that_is_no_sound_is_an_error(tmp_path, content):
    path = tmp_path / "fake.mp3"
    path.write_bytes(content)
    with pytest.raises(AssetError, match=r"fake\.mp3"):
        whole(path)


def test_a_picture_is_not_a_narration(tmp_path):
    Image.new("RGB", (16, 16)).save(tmp_path / "picture.png")
    with pytest.raises(AssetError, match="no sound in it"):
        whole(tmp_path / "picture.png")
    assert not has_sound(tmp_path / "picture.png")


def test_numbers_that_are_none_become_silence(tmp_path):
    sound = tone(300, 1)
    sound[1000:1010] = np.nan
    assert np.isfinite(whole(wav(tmp_path / "nan.wav", sound))).all()


def test_a_broken_packet_among_many_is_passed_over(tmp_path):
    path = write(tmp_path / "sound.mp3", "libmp3lame", noise(20, channels=1))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 60] = b"\x00" * 60
    path.write_bytes(data)
    assert whole(path).shape[1] == pytest.approx(20 * RATE, rel=0.01)
