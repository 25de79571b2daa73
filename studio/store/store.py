"""What a store is, and which one the settings ask for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from studio.errors import SettingsError

if TYPE_CHECKING:
    from studio.settings import Settings

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class Store(Protocol):
    """State, reached through SQL functions. Every function may be repeated with the same arguments without harm."""

    def call(
        self, function: str, arguments: Mapping[str, object] | None = None, *, as_user: UUID | None = None
    ) -> Json:
        """Run a function as that user, under their row-level rights, or as the service when there is no user."""
        ...

    def close(self) -> None: ...


class StoreHome(StrEnum):
    EMBEDDED = "embedded"
    POSTGRES = "postgres"
    SUPABASE = "supabase"


def home_of(settings: Settings) -> StoreHome:
    """Where the state lives. Half of Supabase's settings is a mistake, and no reason to keep work elsewhere."""
    if settings.supabase_url and settings.supabase_secret_key:
        return StoreHome.SUPABASE
    if settings.supabase_url or settings.supabase_secret_key:
        raise SettingsError("Supabase needs both SUPABASE_URL and SUPABASE_SECRET_KEY: set the other one, or neither.")
    return StoreHome.POSTGRES if settings.database_url else StoreHome.EMBEDDED


def open_store(settings: Settings) -> Store:
    """The store of this installation, migrated where that is ours to do (Supabase is migrated by its own CLI)."""
    home = home_of(settings)
    if home is StoreHome.SUPABASE:
        from studio.store.supabase import SupabaseStore

        return SupabaseStore.from_settings(settings)
    if home is StoreHome.POSTGRES and settings.database_url:
        return _open_postgres(settings.database_url.get_secret_value())
    return _open_embedded(settings)


def _open_postgres(url: str) -> Store:
    from studio.store.migrations import Migrator
    from studio.store.postgres import PostgresStore

    Migrator(url).migrate()
    return PostgresStore(url)


def _open_embedded(settings: Settings) -> Store:
    from studio.store.embedded import EmbeddedPostgres
    from studio.store.home import EmbeddedStore

    return EmbeddedStore(EmbeddedPostgres(settings.data_folder / "postgres"))
