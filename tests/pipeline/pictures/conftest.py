"""Small frames, real styles, and a stand-in for the image providers."""

from __future__ import annotations

import pytest

from pipeline.pictures.models import Shot, Style
from pipeline.pictures.styles import style_for
from presets import niches
from tests.fakes.images import ImageServer


@pytest.fixture(scope="session")
def style() -> Style:
    return style_for(niches.load("explainer"))


@pytest.fixture
def server():
    with ImageServer() as running:
        yield running


def shot(**given) -> Shot:
    facts = {
        "id": "s03_beat-1",
        "section_id": "s03_beat",
        "kind": "illustration",
        "scale": "medium",
        "composition": "centre",
        "instruction": "A volcano erupts",
        "narration": "A volcano erupts and lava runs down to the sea.",
        "width": 480,
        "height": 270,
        "seed": 7,
    }
    return Shot(**{**facts, **given})
