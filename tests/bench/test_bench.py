"""Every rendering bench runs, on films of a second, and prints its table."""

import subprocess
import sys

import pytest

from bench.__main__ import benches

TINY = {
    "render_speed": ("--seconds", "1", "--short", "1", "--width", "320", "--height", "180", "--runs", "1"),
    "render_memory": ("--long", "0.02", "--short", "0.02", "--heights", "180", "--runs", "1"),
    "render_edit": ("--minutes", "0.17", "--height", "180", "--edits", "1"),
    "render_shake": ("--seconds", "0.5", "--width", "640", "--height", "360", "--runs", "1"),
}
SAYS = {
    "render_speed": ("bare x264, one thread a stretch", "MoviePy 2", "libass"),
    "render_memory": ("180 lines",),
    "render_edit": ("one scene edited", "1 of 2"),
    "render_shake": ("ours, kenburns_in", "MoviePy 2, resized(lambda)", "zoompan, 4 x prescale"),
}


def run(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "bench", *arguments], check=True, capture_output=True, text=True
    ).stdout


def test_it_lists_them_all():
    listed = run()
    assert set(TINY) <= set(benches())
    assert all(name in listed for name in benches())


@pytest.mark.parametrize("name", TINY)
def test_it_prints_a_table_with_ratios(name):
    printed = run(name, *TINY[name])
    assert all(row in printed for row in SAYS[name]), printed
    assert "bar" in printed
    assert "goal" in printed
