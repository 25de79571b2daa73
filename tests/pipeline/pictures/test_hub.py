"""Through the real huggingface_hub client against a stand-in endpoint."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from pipeline.pictures import catalogue
from pipeline.pictures.errors import PainterMisused, PainterUnavailable, PictureRefused
from pipeline.pictures.hub import TRIES, HubPainter
from tests.fakes.images import FORBIDDEN
from tests.pipeline.pictures.conftest import shot

ENTRY = catalogue.entry("flux-schnell")


def painter(server, token: str = "secret", timeout_s: float = 5.0) -> HubPainter:
    return HubPainter(ENTRY, token=token, endpoint=f"{server.url}/hub/endpoint", timeout_s=timeout_s, pause_s=0.01)


def test_a_picture_comes_back_as_jpeg(server, style):
    painted = painter(server).paint(shot(), style, idempotency_key="k1")

    assert Image.open(io.BytesIO(painted.data)).format == "JPEG"
    assert painted.cost_cents == ENTRY.cents
    assert server.calls[0].key == "k1"


@pytest.mark.parametrize("trouble", ["429", "500", "cut_off", "malformed", "slow"])
def test_a_stumble_is_retried_and_paid_once(server, style, trouble):
    server.trouble.append(trouble)
    server.slow_s = 0.8

    painter(server, timeout_s=0.5).paint(shot(), style, idempotency_key="k1")

    assert len(server.calls) == 2
    assert server.charged == 1


def test_a_provider_that_stays_down_is_unavailable(server, style):
    server.trouble.extend(["500"] * TRIES)

    with pytest.raises(PainterUnavailable):
        painter(server).paint(shot(), style, idempotency_key="k1")

    assert len(server.calls) == TRIES


def test_a_wrong_token_is_told_to_the_creator(server, style):
    with pytest.raises(PainterMisused):
        painter(server, token="wrong").paint(shot(), style, idempotency_key="k1")

    assert len(server.calls) == 1


def test_a_refused_prompt_is_softened_once(server, style):
    server.harsh_words = ("murder",)

    painted = painter(server).paint(shot(instruction="A murder in the castle"), style, idempotency_key="k1")

    assert "softened" in painted.notes[0]


def test_a_prompt_refused_twice_is_given_up(server, style):
    with pytest.raises(PictureRefused):
        painter(server).paint(shot(instruction=FORBIDDEN), style, idempotency_key="k1")
