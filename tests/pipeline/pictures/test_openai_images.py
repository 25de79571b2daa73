"""Through the real SDK against a stand-in: what is asked, what is paid, what is said when it goes wrong."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from pipeline.pictures import catalogue
from pipeline.pictures.errors import PainterMisused, PainterUnavailable, PictureRefused
from pipeline.pictures.openai_images import OpenAIPainter
from tests.fakes.images import FORBIDDEN
from tests.pipeline.pictures.conftest import shot

ENTRY = catalogue.entry("gpt-image-2")


def painter(server, key: str = "secret", timeout_s: float = 5.0) -> OpenAIPainter:
    return OpenAIPainter(ENTRY, api_key=key, base_url=f"{server.url}/v1", timeout_s=timeout_s)


def test_a_picture_comes_back_with_its_cost_and_its_prompt(server, style):
    painted = painter(server).paint(shot(), style, idempotency_key="k1")

    assert Image.open(io.BytesIO(painted.data)).width == 1920 // 8
    assert painted.mime == "image/png"
    assert painted.cost_cents == ENTRY.cents
    assert "A volcano erupts" in painted.prompt
    assert painted.painter == "gpt-image-2"


def test_the_size_follows_the_shape_of_the_shot(server, style):
    painter(server).paint(shot(width=270, height=480), style, idempotency_key="k1")

    assert server.calls[0].size == "1088x1920"


def test_a_reference_picture_goes_through_the_edit_endpoint(server, style):
    first = painter(server).paint(shot(), style, idempotency_key="k1")

    painted = painter(server).paint(shot(), style, idempotency_key="k2", reference=first.data)

    assert server.calls[1].path == "/v1/images/edits"
    assert server.calls[1].references == 1
    assert painted.cost_cents == ENTRY.edit_cents


@pytest.mark.parametrize("trouble", ["429", "500"])
def test_a_stumble_is_retried_under_the_same_key_and_paid_once(server, style, trouble):
    server.trouble.append(trouble)

    painter(server).paint(shot(), style, idempotency_key="k1")

    assert [call.key for call in server.calls] == ["k1", "k1"]
    assert server.charged == 1


def test_asking_again_with_the_same_key_is_not_paid_again(server, style):
    first = painter(server).paint(shot(), style, idempotency_key="k1")
    second = painter(server).paint(shot(), style, idempotency_key="k1")

    assert second.data == first.data
    assert server.charged == 1


def test_a_refused_prompt_is_softened_once_and_said_so(server, style):
    server.harsh_words = ("murder",)

    painted = painter(server).paint(shot(instruction="A murder in the castle"), style, idempotency_key="k1")

    assert "murder" not in painted.prompt.lower()
    assert "softened" in painted.notes[0]
    assert [call.key for call in server.calls] == ["k1", "k1-softened"]


def test_a_prompt_refused_twice_is_given_up(server, style):
    with pytest.raises(PictureRefused):
        painter(server).paint(shot(instruction=FORBIDDEN), style, idempotency_key="k1")

    assert len(server.calls) == 2
    assert server.charged == 0


@pytest.mark.parametrize("trouble", ["401", "404", "quota"])
def test_what_the_creator_must_mend_is_told_to_the_creator(server, style, trouble):
    server.trouble.extend([trouble] * 4)

    with pytest.raises(PainterMisused) as caught:
        painter(server).paint(shot(), style, idempotency_key="k1")

    assert caught.value.where == "s03_beat-1"


@pytest.mark.parametrize("trouble", ["500", "slow", "no_picture"])
def test_a_provider_that_stays_down_is_unavailable(server, style, trouble):
    server.trouble.extend([trouble] * 4)
    server.slow_s = 0.6

    with pytest.raises(PainterUnavailable):
        painter(server, timeout_s=0.3).paint(shot(), style, idempotency_key="k1")


def test_an_answer_cut_off_half_way_is_asked_for_again_but_paid_once(server, style):
    server.trouble.append("cut_off")

    painted = painter(server).paint(shot(), style, idempotency_key="k1")

    assert painted.mime == "image/png"
    assert server.charged == 1
