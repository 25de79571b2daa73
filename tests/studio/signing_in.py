"""Ways in for tests: Google as its stand-in plays it, and passwords that are quick to check."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.identity.google import GoogleEndpoints, GoogleSignIn
from studio.identity.passwords import Hasher
from tests.fakes.google import GoogleStandIn

if TYPE_CHECKING:
    from studio.installation import Installation
    from studio.settings import Settings

QUICK = Hasher(cost=8)


def google_client(google: GoogleStandIn) -> GoogleSignIn:
    endpoints = GoogleEndpoints(
        consent=f"{google.url}/o/oauth2/v2/auth", token=f"{google.url}/token", keys=f"{google.url}/oauth2/v3/certs"
    )
    return GoogleSignIn(google.client_id, google.client_secret, endpoints=endpoints)


def with_google(settings: Settings, google: GoogleStandIn) -> Installation:
    """The installation of these settings, where people come in by letters in its outbox and through Google."""
    from studio.callers import Callers
    from studio.identity.embedded import EmbeddedIdentity
    from studio.installation import Installation
    from studio.mail.outbox import Outbox

    opened = Installation.open(settings)
    opened.identity.close()
    identity = EmbeddedIdentity(
        settings.database_url.get_secret_value(),
        postman=Outbox(settings.data_folder / "outbox", settings.site_url),
        google=google_client(google),
        verify_emails=settings.verify_emails,
        hasher=QUICK,
    )
    callers = Callers(identity, opened.keys, is_admin=set().__contains__, proxies=settings.proxies or 0)
    return replace(opened, identity=identity, callers=callers)
