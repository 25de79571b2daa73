"""Plans decide who is let into the line: each test has a database that nobody used before."""

from __future__ import annotations

import pytest


@pytest.fixture
def supabase_database_url(own_database_url: str) -> str:
    return own_database_url
