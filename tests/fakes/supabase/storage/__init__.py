"""Storage: private buckets whose rows and policies live in the real Postgres, signed links, and resumable uploads."""

from .routes import storage_routes

__all__ = ["storage_routes"]
