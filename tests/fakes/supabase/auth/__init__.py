"""GoTrue: accounts, sessions, one-time tokens and Google sign-in, with its users in the real auth.users."""

from .routes import auth_routes

__all__ = ["auth_routes"]
