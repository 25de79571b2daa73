"""The notes to try the studio with."""

from __future__ import annotations

import pytest

from pipeline.brief import Brief
from pipeline.making.carrying import carried_minutes
from pipeline.sources import read
from presets import niches
from studio.samples import find_sample, samples
from voices import Cast


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_every_sample_carries_the_film_that_its_card_promises(sample):
    brief = Brief(notes=sample.notes, niche=sample.niche, minutes=sample.minutes)
    assert niches.load(sample.niche)
    assert carried_minutes(brief, read(brief), Cast()) >= sample.minutes


def test_a_name_that_is_no_sample_finds_nothing():
    assert find_sample("../README") is None
