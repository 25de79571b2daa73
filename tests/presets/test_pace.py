"""Pace: three speeds, in order."""

import pytest

from presets import pace
from presets.errors import PresetInvalid, UnknownPreset


def test_there_are_slow_normal_and_fast():
    assert pace.names() == ("slow", "normal", "fast")


def test_normal_changes_nothing():
    assert (pace.load("normal").rate_factor, pace.load("normal").pause_factor) == (1, 1)


def test_faster_means_quicker_speech_and_shorter_silences():
    slow, normal, fast = (pace.load(name) for name in pace.names())
    assert slow.rate_factor < normal.rate_factor < fast.rate_factor
    assert slow.pause_factor > normal.pause_factor > fast.pause_factor


def test_an_unknown_pace_lists_the_known_ones():
    with pytest.raises(UnknownPreset, match="slow, normal, fast"):
        pace.load("warp")


def test_a_broken_pace_names_the_file_and_the_field(tmp_path):
    path = tmp_path / "pace.toml"
    path.write_text('[slow]\ntitle = "Slow"\nrate_factor = 9\npause_factor = 1\n')
    with pytest.raises(PresetInvalid, match=r"pace\.toml: rate_factor: "):
        pace.read(path)


def test_a_pace_that_is_no_table_is_said_so(tmp_path):
    path = tmp_path / "pace.toml"
    path.write_text("slow = 1\n")
    with pytest.raises(PresetInvalid, match=r"pace\.toml: slow: must be a table"):
        pace.read(path)
