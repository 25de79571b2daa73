import subprocess
import sys

import pytest

from tests.pipeline.sound.signals import RATE, noise, voice, wav, write

MIX = """
import resource, sys
from pathlib import Path
from pipeline.sound import Bed, Excerpt, MixPlan, Speech, measure, mix
folder, seconds = Path(sys.argv[1]), int(sys.argv[2])
measure(folder / "bed.wav")  # what the libraries themselves take
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
slots = [(s * 48_000, (s + 30) * 48_000) for s in range(0, seconds, 30)]
speech = tuple(Speech(Excerpt(folder / "voice.mp3"), start, end) for start, end in slots)
mix(MixPlan(seconds * 48_000, speech, bed=Bed(Excerpt(folder / "bed.wav"), 0.08)), folder / "mix.wav")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "voice.mp3", "libmp3lame", voice(28), 24_000)
    wav(tmp_path / "bed.wav", noise(20)[:, : 20 * RATE])
    return tmp_path


def megabytes(folder, seconds):
    command = [sys.executable, "-c", MIX, str(folder), str(seconds)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_a_long_film_takes_no_more_memory_than_a_short_one(folder):
    assert megabytes(folder, 720) < megabytes(folder, 60) + 10 < 60
