from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.publishing import PublishingPack, publishing_pack
from pipeline.publishing.chapters import SHORTEST_MS, chapters
from pipeline.scripts.models import Script
from pipeline.sources import Source
from pipeline.sources.models import Origin, Passage
from pipeline.timeline.models import Segment, Timeline, Visual
from presets import niches
from tests.pipeline.scripts.assignments import example, outlined

SCRIPT = outlined("volcanoes", 3)
NICHES = [niche.name for niche in niches.all_niches()]


def timeline(script: Script, lengths_s: list[float]) -> Timeline:
    segments, start = [], 0
    for section, length in zip(script.sections, lengths_s, strict=True):
        end = start + max(1, round(30 * length))
        segments.append(Segment(id=section.id, start_frame=start, end_frame=end, visuals=(Visual(path="a.png"),)))
        start = end
    return Timeline(version=1, title=script.title, segments=tuple(segments))


def pack(name: str = "volcanoes", niche: str = "explainer", minutes: float = 3, **more: str) -> PublishingPack:
    script = outlined(name, minutes, niche)
    lengths = [60 * minutes / len(script.sections)] * len(script.sections)
    return publishing_pack(script, example(name), niches.load(niche), timeline(script, lengths), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("niche", NICHES)
@pytest.mark.parametrize("name", ["volcanoes", "deep-sea", "endurance"])
def test_an_upload_form_takes_all_of_it(name: str, niche: str) -> None:
    made = pack(name, niche)
    assert len(set(made.titles)) == 3
    assert all(0 < len(title) <= 100 for title in made.titles)
    assert len(made.description.encode()) <= 5000
    assert not {"<", ">"} & set(made.description + "".join(made.titles))
    assert sum(len(tag) + 3 for tag in made.tags) <= 500
    assert len(made.tags) >= 5
    assert len(set(made.tags)) == len(made.tags)


@pytest.mark.parametrize("niche", NICHES)
def test_a_thumbnail_has_few_words(niche: str) -> None:
    for name in ("volcanoes", "deep-sea", "endurance", "tea", "gps", "compound-interest"):
        words = " ".join(pack(name, niche).thumbnail_words).split()
        assert 1 <= len(words) <= 5


def test_chapters_start_at_nought_and_name_the_beats() -> None:
    made = pack()
    script = outlined("volcanoes", 3)
    assert made.chapters[0].stamp == "0:00"
    beats = [section.title for section in script.sections if section.kind == "beat"]
    assert [chapter.title for chapter in made.chapters[1:-1]] == beats
    assert all(f"{chapter.stamp} {chapter.title}" in made.description for chapter in made.chapters)


@given(st.lists(st.floats(0.5, 60), min_size=10, max_size=10))
def test_every_chapter_lasts_ten_seconds_or_there_are_none(lengths: list[float]) -> None:
    script = SCRIPT
    lengths = (lengths * 2)[: len(script.sections)]
    film = timeline(script, lengths)
    marks = chapters(script, film)
    assert len(marks) == 0 or len(marks) >= 3
    ends = [*(mark.start_ms for mark in marks[1:]), round(1000 * film.frames / film.fps)]
    assert all(end - mark.start_ms >= SHORTEST_MS for mark, end in zip(marks, ends, strict=False))
    assert not marks or marks[0].start_ms == 0


def test_pages_that_the_film_draws_on_are_sources_and_others_are_not() -> None:
    script = outlined("volcanoes", 2)
    used = next(section.sources[0] for section in script.sections if section.sources)
    origins = (
        Origin(id="o1", kind="page", title="Volcano", address="https://example.org/volcano"),
        Origin(id="o2", kind="page", title="Unused", address="https://example.org/unused"),
        Origin(id="o3", kind="notes", title="Notes"),
    )
    source = Source(origins=origins, passages=(Passage(id=used, origin="o1", text="Something."),))
    text = publishing_pack(
        script, source, niches.load("explainer"), timeline(script, [10.0] * len(script.sections))
    ).description
    assert "Volcano: https://example.org/volcano" in text
    assert "unused" not in text


def test_a_niche_that_owes_a_disclaimer_gives_it() -> None:
    disclaimer = niches.load("finance").disclaimer
    assert disclaimer
    assert disclaimer in pack("compound-interest", "finance").description


def test_a_synthetic_voice_is_told_of_and_needs_no_mark() -> None:
    made = pack()
    assert not made.altered_content.mark
    assert "The narration is a synthetic voice." in made.description
    assert 'does not need "Altered content"' in made.altered_content.advice


@pytest.mark.parametrize(
    "more", [{"voice": "cloned"}, {"pictures": "realistic"}, {"voice": "recorded", "pictures": "realistic"}]
)
def test_a_copied_voice_or_lifelike_pictures_need_the_mark(more: dict[str, str]) -> None:
    made = pack(**more)
    assert made.altered_content.mark
    assert "Altered content" in made.altered_content.advice


def test_ones_own_recording_needs_nothing() -> None:
    made = pack(voice="recorded", pictures="own")
    assert not made.altered_content.mark
    assert "synthetic" not in made.description


def test_it_is_written_as_text_and_as_data() -> None:
    made = pack()
    assert all(title in made.text() for title in made.titles)
    assert json.loads(made.json_text())["alteredContent"]["mark"] is False
