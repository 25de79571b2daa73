"""PostgREST: functions and tables of the public schema over HTTP, answered by the real Postgres."""

from .routes import rest_routes

__all__ = ["rest_routes"]
