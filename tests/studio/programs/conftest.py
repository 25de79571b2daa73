"""Programs that call the app under test with keys of people they make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gradio_client import Client

from studio.identity import Scope
from tests.studio.app_fixtures import Person, StudioApp

READING = frozenset({Scope.READ})
Call = Callable[..., Any]


@pytest.fixture(scope="session")
def program(studio_app: StudioApp) -> Callable[..., Call]:
    """`program(key)("job", job=...)`: as gradio_client calls it. Without a key: a stranger."""
    clients: dict[str, Client] = {}

    def of(key: str = "") -> Call:
        if key not in clients:
            # A stranger, although it calls from this machine.
            headers = {"X-CanvasCast-Key": key} if key else {"Cookie": "cc_guest=1"}
            clients[key] = Client(studio_app.url, headers=headers, verbose=False)

        def call(endpoint: str, /, **given: object) -> Any:
            return clients[key].predict(**given, api_name=f"/{endpoint}")

        return call

    return of


@pytest.fixture
def person(studio_app: StudioApp) -> Person:
    return studio_app.person()


@pytest.fixture
def call(studio_app: StudioApp, program: Callable[..., Call], person: Person) -> Call:
    """A program of that person's, with a key for everything."""
    return program(studio_app.key(person.id))
