import struct

import numpy as np
import pytest

from pipeline.sound.pcm import RATE, WavWriter
from tests.pipeline.sound.signals import decoded, tone


def test_what_is_written_is_read_back_within_the_dither(tmp_path):
    sound = np.tile(tone(440, 0.5), (2, 1))
    with WavWriter(tmp_path / "out.wav", sound.shape[1]) as file:
        file.write(sound[:, :10_000])
        file.write(sound[:, 10_000:])
    assert np.abs(decoded(tmp_path / "out.wav") - sound).max() < 3 / 32768


def test_values_beyond_full_scale_are_clipped_not_wrapped(tmp_path):
    with WavWriter(tmp_path / "out.wav", 2) as file:
        file.write(np.array([[2.0, -2.0], [2.0, -2.0]], np.float32))
    assert decoded(tmp_path / "out.wav")[0] == pytest.approx([1, -1], abs=1e-4)


def test_beyond_4_gib_the_file_is_an_rf64(tmp_path):
    samples = 7 * 3600 * RATE
    with WavWriter(tmp_path / "long.wav", samples):
        pass
    head = (tmp_path / "long.wav").read_bytes()
    assert head[:4] == b"RF64"
    riff, data, count = struct.unpack_from("<QQQ", head, 20)
    assert (data, count) == (samples * 4, samples)
    assert riff == samples * 4 + len(head) - 8
