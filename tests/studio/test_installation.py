"""What an installation does when it is opened."""

from __future__ import annotations

import asyncio
from contextlib import closing

import pytest
from starlette.requests import Request

from studio.errors import SettingsError
from studio.installation import OWNER_CREDITS, OWNER_PLAN, Installation
from tests.studio.app_fixtures import app_settings


@pytest.fixture
def opened(own_database_url, tmp_path):
    def opened_once() -> Installation:
        return Installation.open(app_settings(own_database_url, tmp_path, 7860))

    return opened_once


def owner_of(installation: Installation):
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "client": ("127.0.0.1", 5)}
    here = Request({**scope, "headers": [(b"host", b"localhost:7860")]})
    return asyncio.run(installation.callers.of(here)).require_user()


def test_the_owner_at_home_has_credits_again_at_every_start(opened):
    with closing(opened()) as first:
        owner = owner_of(first)
        assert first.credits.account(owner).balance == OWNER_CREDITS
        assert first.profiles.get(owner).plan == OWNER_PLAN
        first.credits.adjust(owner, -40, key="spent", note="films", actor="test")
    with closing(opened()) as second:
        assert second.credits.account(owner_of(second)).balance == OWNER_CREDITS


def test_credits_that_were_given_are_never_taken(opened):
    with closing(opened()) as first:
        first.credits.grant(owner_of(first), 100, key="given")
    with closing(opened()) as second:
        assert second.credits.account(owner_of(second)).balance == OWNER_CREDITS + 100


def test_admins_by_address_need_addresses_that_are_proven(own_database_url, tmp_path):
    settings = app_settings(own_database_url, tmp_path, 7860, admins="boss@example.com")
    with pytest.raises(SettingsError, match="CANVASCAST_VERIFY_EMAILS"):
        Installation.open(settings)
