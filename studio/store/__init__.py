"""The one door to state: `call` runs an SQL function, on Postgres directly or on Supabase over HTTPS."""

from studio.store.embedded import EmbeddedPostgres
from studio.store.migrations import Migrator
from studio.store.postgres import PostgresStore
from studio.store.store import ACTING_USER_HEADER, Json, Store, StoreHome, home_of, open_store

__all__ = [
    "ACTING_USER_HEADER",
    "EmbeddedPostgres",
    "Json",
    "Migrator",
    "PostgresStore",
    "Store",
    "StoreHome",
    "home_of",
    "open_store",
]
