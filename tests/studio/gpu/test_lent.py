"""Alignment on a card that a Space lends: in a child process, for as long as it asks; without a card, not at all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pipeline.brief import Brief
from studio import gpu
from studio.gpu.lent import seconds_for
from tests.fakes.zerogpu import ZeroGpu

ROOT = Path(__file__).parents[3]


def aligned(space):
    command = [sys.executable, "-m", "tests.studio.gpu.aligning", space.url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_a_lent_card_aligns_in_a_process_of_its_own():
    with ZeroGpu() as space:
        told = aligned(space)
    assert told["words"] == [[0, 6, 0, 1], [7, 10, 1, 2], [11, 16, 2, 3]]
    assert told["asked_here"] == 0
    assert told["loaded"] == ["en"]
    (asked,) = space.asked("/schedule")
    assert int(asked["durationSeconds"]) == seconds_for("", np.zeros(48_000, np.float32), 16_000, "en")


def test_when_no_card_is_lent_the_next_aligner_is_asked():
    with ZeroGpu(lends=False) as space:
        told = aligned(space)
    assert (told["words"], told["asked_here"]) == (None, 0)


@pytest.mark.parametrize(("speech_s", "wanted_s"), [(1, 9), (60, 17), (3600, 60)])
def test_a_call_asks_for_as_long_as_its_speech_needs(speech_s, wanted_s):
    assert seconds_for("words", np.zeros(speech_s * 100, np.float32), 100, "en") == wanted_s


def test_elsewhere_nothing_is_changed():
    assert type(gpu.services(Brief()).writer).__name__ == "OutlineWriter"
