"""The one door to state: `call` runs an SQL function, on Postgres directly or on Supabase over HTTPS."""

from studio.store.embedded import EmbeddedPostgres
from studio.store.migrations import Migrator
from studio.store.postgres import PostgresStore
from studio.store.store import Json, Store, StoreHome, home_of, open_store

__all__ = [
    "EmbeddedPostgres",
    "Json",
    "Migrator",
    "PostgresStore",
    "Store",
    "StoreHome",
    "home_of",
    "open_store",
]
