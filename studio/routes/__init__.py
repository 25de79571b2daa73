"""Addresses beside Gradio's own: the session, files, health, and what pages are dressed in."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from studio.desk import Desk
from studio.routes import health, samples, static

__all__ = ["middleware", "routes"]


def routes(desk: Desk) -> list[BaseRoute]:
    return [*static.routes(), *health.routes(desk), *samples.routes(desk)]


def middleware(desk: Desk) -> list[Middleware]:
    return []
