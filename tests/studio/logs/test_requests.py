"""Every request has a number, in its records and in its answer."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from studio.logs import RequestIds, facts


@pytest.fixture
def client():
    async def tell(_request):
        return PlainTextResponse(facts().get("request", ""))

    def work(_request):
        return PlainTextResponse(facts().get("request", ""))

    return TestClient(Starlette(routes=[Route("/", tell), Route("/work", work)], middleware=[Middleware(RequestIds)]))


@pytest.mark.parametrize("path", ["/", "/work"])
def test_the_number_is_known_inside_and_told_outside(client, path):
    first, second = client.get(path), client.get(path)
    assert first.text == first.headers["x-request-id"] != second.text
    assert len(first.text) == 16


def test_a_proxys_number_is_taken_over_if_it_is_one(client):
    assert client.get("/", headers={"x-request-id": "proxy-7"}).text == "proxy-7"
    assert client.get("/", headers={"x-request-id": "two words"}).text != "two words"
