from __future__ import annotations

import hashlib
import io
import zipfile
from itertools import pairwise
from pathlib import Path

import pysrt
import pytest
import webvtt
from PIL import Image

from pipeline.build import Workspace
from pipeline.render.film import render
from pipeline.scripts.text import read as read_script
from pipeline.timeline import load
from tests.pipeline.making.films import Studio

BUNDLE = (
    *("final.mp4", "captions.srt", "captions.vtt", "script.txt", "outline.json", "timeline.json", "assets.zip"),
    *("report.json", "publishing.txt", "publishing.json", "thumbnail.jpg"),
)


@pytest.mark.parametrize("name", BUNDLE)
def test_a_bundle_holds(name: str, finished: Studio) -> None:
    assert (finished.out / name).stat().st_size > 0


def test_nothing_half_written_is_left(finished: Studio) -> None:
    files = {path.name for path in finished.out.iterdir() if path.is_file()}

    assert files == {*BUNDLE, ".canvascast.json"}


def test_the_film_holds_every_hard_line_and_the_goals_that_its_size_allows(finished: Studio) -> None:
    """Shake is told by pixels, and 360 lines have few of them; the mix has tests of its own."""
    lines = finished.json("report.json")["checks"]
    broken = [line["name"] for line in lines if line["verdict"] == "broken"]

    assert len(lines) > 15
    assert [name for name in broken if not name.startswith(("shake", "ducking"))] == []


def test_other_parsers_read_as_many_captions_as_the_timeline_has(finished: Studio) -> None:
    shown = sum(len(segment.captions) for segment in load(finished.out / "timeline.json").segments)

    assert len(pysrt.open(str(finished.out / "captions.srt"))) == shown > 10
    assert len(webvtt.read(str(finished.out / "captions.vtt"))) == shown


def test_the_zip_unpacks_to_a_timeline_that_renders_to_the_same_film(finished: Studio, tmp_path: Path) -> None:
    with zipfile.ZipFile(finished.out / "assets.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    timeline = load(tmp_path / "unpacked" / "timeline.json")

    render(timeline, tmp_path / "unpacked", tmp_path / "film.mp4", workspace=finished.workspace)

    assert (tmp_path / "film.mp4").read_bytes() == (finished.out / "final.mp4").read_bytes()


def test_one_scene_of_the_unpacked_zip_is_drawn_from_its_own_files(finished: Studio, tmp_path: Path) -> None:
    with zipfile.ZipFile(finished.out / "assets.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    whole = load(tmp_path / "unpacked" / "timeline.json")
    first = whole.model_copy(update={"segments": whole.segments[:1]})

    report = render(first, tmp_path / "unpacked", tmp_path / "film.mp4", workspace=Workspace(tmp_path / "work"))

    assert report.frames == first.frames


def test_the_zip_holds_what_the_timeline_names_and_no_more(finished: Studio) -> None:
    timeline = load(finished.out / "timeline.json")
    named = {segment.audio_path for segment in timeline.segments}
    named |= {visual.path for segment in timeline.segments for visual in segment.visuals}
    with zipfile.ZipFile(finished.out / "assets.zip") as archive:
        packed = {name for name in archive.namelist() if name.startswith("assets/")}

    assert packed == named


def test_the_outline_has_the_sections_of_the_timeline_with_their_sources(finished: Studio) -> None:
    sections = finished.json("outline.json")["sections"]

    assert [section["id"] for section in sections] == [s.id for s in load(finished.out / "timeline.json").segments]
    assert any(section["sources"] for section in sections)


def test_the_script_file_reads_as_what_is_spoken(finished: Studio) -> None:
    script = read_script((finished.out / "script.txt").read_text())
    spoken = [segment.narration_text for segment in load(finished.out / "timeline.json").segments]

    assert [section.narration for section in script.sections] == spoken


def test_the_publishing_pack_has_titles_chapters_tags_and_the_advice(finished: Studio) -> None:
    pack = finished.json("publishing.json")

    assert len(pack["titles"]) == 3
    assert "0:00" in pack["description"]
    assert pack["tags"]
    assert "The narration is a synthetic voice." in pack["description"]
    assert pack["alteredContent"]["mark"] is False


def test_the_thumbnail_is_of_the_size_that_is_uploaded(finished: Studio) -> None:
    with Image.open(finished.out / "thumbnail.jpg") as image:
        assert image.size == (1280, 720)


def test_the_report_tells_times_costs_fallbacks_and_the_hash_of_every_file(finished: Studio) -> None:
    report = finished.json("report.json")

    assert report["title"] == load(finished.out / "timeline.json").title
    assert report["stages"]["VOICE_GEN"]["made"] > 0
    assert sum(stage["cents"] for stage in report["stages"].values()) == 0
    assert 0 < report["stages"]["RENDERING"]["seconds"] < report["seconds"]
    assert any("speaks instead" in note for note in report["fallbacks"])
    for name, facts in report["files"].items():
        assert hashlib.sha256((finished.out / name).read_bytes()).hexdigest() == facts["sha256"]


def test_the_film_is_as_long_as_was_asked(finished: Studio) -> None:
    timeline = load(finished.out / "timeline.json")

    assert timeline.frames / timeline.fps == pytest.approx(60, rel=0.03)


def test_no_two_neighbouring_pictures_are_the_same(finished: Studio) -> None:
    shown = [v.path for s in load(finished.out / "timeline.json").segments for v in s.visuals]
    small = [Image.open(finished.out / path).convert("L").resize((16, 9)).tobytes() for path in shown]

    assert all(a != b for a, b in pairwise(small))
    assert len(set(shown)) == len(shown)


def test_every_stage_tells_of_itself_forwards_and_to_its_end(finished: Studio) -> None:
    fractions: dict[str, list[float]] = {}
    for event in finished.events:
        fractions.setdefault(event.stage, []).append(event.fraction)

    assert set(fractions) == {
        *("SCRIPTING", "VOICE_GEN", "ALIGNMENT", "VISUAL_PLAN", "IMAGE_GEN", "TIMELINE", "RENDERING", "PACKAGING")
    }
    assert all(told == sorted(told) and told[-1] == 1.0 for told in fractions.values())


def test_a_new_picture_comes_with_a_small_preview(finished: Studio) -> None:
    pictures = [event.made for event in finished.events if event.made and event.made.kind == "picture"]

    assert pictures
    assert max(Image.open(io.BytesIO(pictures[0].data)).size) <= 320
