"""How long a film notes are enough for is what the writer will find when the film is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.brief import Brief
from pipeline.making.carrying import LONGEST_MINUTES, carried_minutes
from pipeline.making.setup import choose
from pipeline.scripts.outline import OutlineWriter
from pipeline.scripts.writers import Assignment
from pipeline.sources import read
from voices import Cast

NOTES = (Path(__file__).parents[3] / "examples" / "volcanoes.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def cast() -> Cast:
    return Cast()


def carried(cast: Cast, **brief) -> float:
    asked = Brief(**brief)
    return carried_minutes(asked, read(asked), cast)


def test_it_is_what_the_writer_says_in_the_end(cast):
    brief = Brief(notes=NOTES, minutes=3)
    source = read(brief)
    setup = choose(brief, cast, language=source.language)
    written = OutlineWriter().write(Assignment(source, brief, setup.niche, setup.budget))
    assert carried_minutes(brief, source, cast) == written.minutes_carried


def test_a_slower_pace_carries_longer(cast):
    assert carried(cast, notes=NOTES, pace="slow") > carried(cast, notes=NOTES, pace="fast")


def test_a_book_carries_the_longest_film_and_is_not_read_to_its_end(cast):
    words = "\n\n".join(
        f"Volcano {number} rose {number * 3} metres in {1000 + number}. It fell again." for number in range(3000)
    )
    assert carried(cast, notes=words) == LONGEST_MINUTES


def test_a_transcript_lasts_as_long_as_it_speaks(cast):
    half = "\n\n".join(NOTES.split("\n\n")[:8])
    assert 0 < carried(cast, notes=half, transcript="manual") < carried(cast, notes=NOTES, transcript="manual")


def test_nothing_to_tell_carries_nothing(cast):
    assert carried(cast, notes="1. 2. 3.") == 0.0
