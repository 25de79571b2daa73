"""One film for all tests of the desk that look at a finished one."""

from __future__ import annotations

import pytest

from tests.studio.desk.films_made import Made, make_one


@pytest.fixture(scope="session")
def made(studio_app) -> Made:
    return make_one(studio_app)
