"""Every call of a paid provider is noted with what it cost; what is free is not."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from pipeline.brief import Brief
from pipeline.making import from_environment
from pipeline.pictures import catalogue
from pipeline.pictures.canvas.painter import CanvasPainter
from pipeline.pictures.errors import PainterMisused
from pipeline.pictures.openai_images import OpenAIPainter
from studio.credits import Usage
from studio.films.calls import Calls, with_notes
from studio.jobs import Leases
from studio.projects import Making
from tests.fakes.images import ImageServer
from tests.fakes.speech import SpeechServer
from tests.pipeline.pictures.conftest import shot
from tests.pipeline.pictures.conftest import style as style
from tests.studio.arrange import job_of

ENTRY = catalogue.entry("gpt-image-2")


@pytest.fixture
def making(direct_store) -> Making:
    return Making(direct_store)


@pytest.fixture
def calls(direct_store, user, making) -> Calls:
    job_of(direct_store, user, usage=Usage(seconds=60))
    claimed = Leases(direct_store, worker="a worker", lanes=["cpu"]).claim()
    return Calls(making, claimed)


def services(calls: Calls, **more):
    return with_notes(replace(from_environment(Brief(notes="Some."), {}), **more), calls)


def noted(making: Making, calls: Calls) -> list[tuple]:
    found = making.generations_of(calls.job.id)
    return [(one.provider, one.model, one.purpose, one.state, one.cost_micros) for one in found]


def test_a_painted_picture_is_noted_with_its_price(making, calls, style):
    with ImageServer() as server:
        painter = OpenAIPainter(ENTRY, api_key="secret", base_url=f"{server.url}/v1", timeout_s=5)
        paid = services(calls, painter=painter).painter
        paid.paint(shot(), style, idempotency_key="k1")
    assert noted(making, calls) == [("openai", "gpt-image-2", "picture", "done", round(ENTRY.cents * 10_000))]


def test_a_call_that_fails_is_noted_as_failed_and_free(making, calls, style):
    with ImageServer() as server:
        painter = OpenAIPainter(ENTRY, api_key="wrong", base_url=f"{server.url}/v1", timeout_s=5)
        paid = services(calls, painter=painter).painter
        with pytest.raises(PainterMisused):
            paid.paint(shot(), style, idempotency_key="k1")
    assert noted(making, calls) == [("openai", "gpt-image-2", "picture", "failed", 0)]


def test_a_paid_voice_is_noted_by_its_characters(making, calls, monkeypatch):
    with SpeechServer() as server:
        monkeypatch.setenv("OPENAI_API_KEY", server.key)
        monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1")
        cast = services(calls).cast
        voice = next(one for one in cast.catalogue.voices if one.engine == "openai")
        cast.speak("Tea comes from China.", voice)
    ((provider, model, purpose, state, micros),) = noted(making, calls)
    assert (provider, model, purpose, state) == ("openai", voice.id, "narration", "done")
    assert micros == round(voice.cost_cents(len("Tea comes from China.")) * 10_000)


def test_what_is_free_is_not_noted(making, calls, style):
    free = services(calls)
    assert isinstance(free.painter, CanvasPainter)
    free.cast.speak("Tea.", free.cast.choose("default").voice)
    assert noted(making, calls) == []


def test_a_picture_that_a_kill_interrupted_is_noted_once(making, calls, style):
    with ImageServer() as server:
        painter = OpenAIPainter(ENTRY, api_key="secret", base_url=f"{server.url}/v1", timeout_s=5)
        paid = services(calls, painter=painter).painter
        started = making.begin_generation(
            uuid4(),
            user=calls.job.user_id,
            input_key="picture:openai:gpt-image-2:k1",
            provider="openai",
            model="gpt-image-2",
            purpose="picture",
            job=calls.job.id,
        )
        paid.paint(shot(), style, idempotency_key="k1")
    (call,) = making.generations_of(calls.job.id)
    assert (call.id, call.state) == (started.id, "done")


def test_a_picture_that_was_paid_and_lost_is_noted_as_a_second_call(making, calls, style):
    with ImageServer() as server:
        painter = OpenAIPainter(ENTRY, api_key="secret", base_url=f"{server.url}/v1", timeout_s=5)
        paid = services(calls, painter=painter).painter
        for _ in range(2):
            paid.paint(shot(), style, idempotency_key="k1")
    assert [one[3:] for one in noted(making, calls)] == [("done", round(ENTRY.cents * 10_000))] * 2
