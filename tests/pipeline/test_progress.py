from __future__ import annotations

import random
import threading
import time

import pytest

from pipeline.errors import Cancelled
from pipeline.progress import Cancel, Event, Made, Meter, Steady


def test_a_meter_counts_to_the_end() -> None:
    told: list[Event] = []
    meter = Meter("RENDERING", 4, told.append, every_s=0)
    for _ in range(4):
        meter.add(1, "a frame")

    assert [event.fraction for event in told] == [0.25, 0.5, 0.75, 1.0]


def test_a_meter_of_a_part_counts_to_the_end_of_that_part() -> None:
    told: list[Event] = []
    meter = Meter("VOICE_GEN", 2, told.append, span=(0.6, 0.9), every_s=0)
    meter.add(1, "one")
    meter.add(1, "two")

    assert [event.fraction for event in told] == pytest.approx([0.75, 0.9])


def test_a_meter_holds_its_tongue_but_not_at_the_end_nor_with_something_to_show() -> None:
    told: list[Event] = []
    meter = Meter("IMAGE_GEN", 10, told.append, every_s=60)
    for number in range(10):
        meter.add(1, "shot", made=Made("picture", "shot", "s01_hook") if number == 4 else None)

    assert [event.fraction for event in told] == [0.1, 0.5, 1.0]


def test_what_was_found_says_nothing_about_the_time_left() -> None:
    told: list[Event] = []
    meter = Meter("RENDERING", 10, told.append, every_s=0)
    meter.add(8, "found", found=True)
    assert told[-1].seconds_left is None

    time.sleep(0.05)
    meter.add(1, "made")
    assert told[-1].seconds_left == pytest.approx(0.05, abs=0.04)


def test_a_stage_never_goes_backwards_whatever_the_order_of_threads() -> None:
    told: list[Event] = []
    steady = Steady(told.append)
    fractions = [number / 200 for number in range(201)]
    random.Random(1).shuffle(fractions)

    def tell(part: list[float]) -> None:
        for fraction in part:
            steady(Event("RENDERING", "frame", fraction))
            steady(Event("IMAGE_GEN", "shot", fraction / 2))

    threads = [threading.Thread(target=tell, args=(fractions[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for stage, end in (("RENDERING", 1.0), ("IMAGE_GEN", 0.5)):
        seen = [event.fraction for event in told if event.stage == stage]
        assert seen == sorted(seen)
        assert seen[-1] == end
        assert len(seen) == 201


def test_a_wish_to_stop_is_noticed() -> None:
    cancel = Cancel()
    cancel.check()
    cancel.ask()

    assert cancel.asked
    with pytest.raises(Cancelled):
        cancel.check()
