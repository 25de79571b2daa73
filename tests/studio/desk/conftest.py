"""Who comes to the desk."""

from __future__ import annotations

import pytest

from studio.callers import Caller
from tests.studio.app_fixtures import StudioApp


@pytest.fixture
def creator(studio_app: StudioApp) -> Caller:
    """Somebody new, signed in."""
    return Caller(studio_app.person().id)
