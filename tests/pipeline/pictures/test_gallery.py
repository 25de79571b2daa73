"""Who paints what, side by side, and what happens when somebody cannot."""

from __future__ import annotations

import pytest
from PIL import Image

from pipeline.pictures import catalogue, uploads
from pipeline.pictures.canvas.painter import CanvasPainter
from pipeline.pictures.errors import PainterMisused
from pipeline.pictures.gallery import Gallery
from pipeline.pictures.openai_images import OpenAIPainter
from tests.fakes.images import FORBIDDEN
from tests.pipeline.pictures.conftest import shot


def gallery(server, key: str = "secret", placed: dict | None = None) -> Gallery:
    paid = OpenAIPainter(catalogue.entry("gpt-image-2"), api_key=key, base_url=f"{server.url}/v1", timeout_s=5)
    return Gallery(paid, CanvasPainter(), uploads.UploadsPainter(placed) if placed else None)


def test_the_canvas_stands_in_for_a_refused_picture_and_says_so(server, style):
    painted = gallery(server).paint(shot(instruction=FORBIDDEN), style)

    assert painted.painter == "canvas"
    assert "stands in" in painted.notes[0]
    assert painted.cost_cents == 0


def test_the_canvas_stands_in_for_a_provider_that_is_down(server, style):
    server.trouble.extend(["500"] * 8)

    assert gallery(server).paint(shot(), style).painter == "canvas"


def test_a_wrong_key_is_not_covered_up(server, style):
    with pytest.raises(PainterMisused):
        gallery(server, key="wrong").paint(shot(), style)


def test_cards_are_always_drawn_by_the_canvas(server, style):
    painted = gallery(server).paint(shot(kind="big_number", lines=("1,500", "volcanoes")), style)

    assert painted.painter == "canvas"
    assert not server.calls


def test_the_creators_own_picture_comes_first(server, style, tmp_path):
    Image.new("RGB", (64, 36), "red").save(tmp_path / "01-own.png")
    placed = uploads.place(uploads.read([tmp_path / "01-own.png"]), [shot()])

    painted = gallery(server, placed=placed).paint(shot(), style)

    assert painted.painter == "uploads"
    assert painted.data == (tmp_path / "01-own.png").read_bytes()


def test_the_key_names_the_picture_and_not_its_place(server, style):
    here, there = shot(), shot(id="s04_beat-2", section_id="s04_beat", start_fraction=0.5)
    other = shot(seed=8)
    made = gallery(server)

    assert made.key(here, style) == made.key(there, style)
    assert made.key(here, style) != made.key(other, style)
