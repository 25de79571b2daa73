"""Addresses beside Gradio's own: the session, files, health, and what pages are dressed in."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from studio.desk import Desk
from studio.logs import RequestIds
from studio.routes import embed, export, health, samples, static
from studio.routes.auth import AuthRoutes
from studio.routes.bounds import Bounds
from studio.routes.drafts import DraftRoutes
from studio.routes.guard import Guard
from studio.routes.handoff import Handoffs
from studio.routes.headers import SecurityHeaders
from studio.routes.media import MediaRoutes
from studio.routes.renewal import Exchanges, Renewal
from studio.routes.session import SessionRoutes
from studio.routes.uploads import Uploads
from studio.routes.visits import Visits

__all__ = ["middleware", "routes"]


def routes(desk: Desk) -> list[BaseRoute]:
    return [*static.routes(), *health.routes(desk), *samples.routes(desk), *export.routes(desk), *_doors(desk)]


def _doors(desk: Desk) -> list[BaseRoute]:
    visits = Visits(desk.installation.settings)
    handoffs = Handoffs(desk.installation, visits)
    return [
        *embed.routes(desk),
        *handoffs.routes(),
        *SessionRoutes(desk, visits, handoffs).routes(),
        *AuthRoutes(desk, visits, handoffs).routes(),
        *DraftRoutes(desk, visits).routes(),
        *MediaRoutes(desk).routes(),
    ]


def middleware(desk: Desk) -> list[Middleware]:
    """The first one is the outermost."""
    installation = desk.installation
    visits = Visits(installation.settings)
    return [
        Middleware(RequestIds),
        Middleware(SecurityHeaders, installation.settings, visits),
        Middleware(Guard, visits),
        Middleware(Bounds, installation),
        Middleware(Renewal, Exchanges(installation.identity), visits),
        Middleware(Uploads, installation),
    ]
