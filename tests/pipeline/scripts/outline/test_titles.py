from __future__ import annotations

import pytest

from pipeline.brief import Brief
from pipeline.scripts.outline.material import gather
from pipeline.scripts.outline.subject import subject
from pipeline.scripts.outline.titles import spoken_form
from tests.pipeline.scripts.assignments import notes

TEXT = (
    "Volcanoes are old. Most volcanoes stand around the Pacific. The belt is called the Ring of Fire. "
    "We saw the Ring of Fire and other volcanoes. Honey is sweet, and bees make honey from nectar."
)


@pytest.mark.parametrize(
    ("heading", "spoken"),
    [
        ("The Ring of Fire", "the Ring of Fire"),
        ("How do volcanoes form?", "how volcanoes form"),
        ("What is honey?", "what honey is"),
        ("What causes eruptions?", "what causes eruptions"),
        ("What was found", "what was found"),
        ("Volcanoes are everywhere", ""),
        ("Trapped", ""),
        ("From missiles to maps", ""),
        ("Taxes & Fees", ""),
        ("The crew that would not give up", "the crew that would not give up"),
    ],
)
def test_a_heading_is_spoken_only_where_it_fits_into_a_sentence(heading: str, spoken: str) -> None:
    assert spoken_form(heading, gather(notes(TEXT))) == spoken


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("How Volcanoes Work", "volcanoes"),
        ("10 Surprising Facts About Honey", "honey"),
        ("Volcanoes: Fire From Below", "volcanoes"),
        ("The History of Honey", "the history of honey"),
    ],
)
def test_a_film_knows_what_it_is_about(title: str, about: str) -> None:
    assert subject(title, Brief(), gather(notes(TEXT))) == about
