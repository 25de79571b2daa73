"""Where state and files are kept, and whether they can be reached."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from studio.errors import SettingsError, StudioError
from studio.readiness.features import Feature
from studio.settings import Settings
from studio.store import Store, StoreHome, home_of

_KEEPING: Final = "Keeping things"
_CONNECT_S = 4
_SUPABASE = "Set SUPABASE_URL, SUPABASE_SECRET_KEY and SUPABASE_PUBLISHABLE_KEY to keep accounts and files at Supabase."


def keeping(settings: Settings, store: Store | None) -> Iterator[Feature]:
    """With an open store its own answer counts; without one (before a start) one is tried."""
    yield _store(settings, store)
    yield _files(settings)
    yield _address(settings)


def home(settings: Settings) -> StoreHome | None:
    """None where the settings contradict each other."""
    try:
        return home_of(settings)
    except SettingsError:
        return None


def _store(settings: Settings, store: Store | None) -> Feature:
    name = "Database"
    try:
        place = home_of(settings)
        _try(settings, place, store)
    except StudioError as error:
        return Feature(_KEEPING, name, "broken", str(error), _SUPABASE if home(settings) is None else "")
    if place is StoreHome.EMBEDDED:
        why = "PostgreSQL runs inside this installation and keeps projects, jobs and credits in its data folder."
        return Feature(_KEEPING, name, "on", why, f"For another home, set DATABASE_URL. {_SUPABASE}")
    where = "at Supabase" if place is StoreHome.SUPABASE else "in the PostgreSQL of DATABASE_URL"
    return Feature(_KEEPING, name, "on", f"Projects, jobs and credits are kept {where}.")


def _try(settings: Settings, place: StoreHome, store: Store | None) -> None:
    if store is not None:
        store.call("price_list")
    elif place is StoreHome.POSTGRES and settings.database_url:
        _try_postgres(settings.database_url.get_secret_value())
    elif settings.supabase_url and settings.supabase_secret_key:
        _try_supabase(settings.supabase_url, settings.supabase_secret_key.get_secret_value())
    else:
        from studio.store.programs import packaged_binaries

        packaged_binaries()


def _try_postgres(url: str) -> None:
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=_CONNECT_S).close()
    except psycopg.Error as error:
        # Its own words may quote the address, and with it the password.
        raise SettingsError(
            "The database of DATABASE_URL cannot be reached: check its address and password."
        ) from error


def _try_supabase(url: str, secret_key: str) -> None:
    from studio.store.supabase import SupabaseStore

    store = SupabaseStore(url, secret_key, patience_s=_CONNECT_S, answer_limit_s=2 * _CONNECT_S)
    try:
        store.call("price_list")
    finally:
        store.close()


def _files(settings: Settings) -> Feature:
    name = "Files"
    if not _can_write(settings.data_folder):
        why = "The data folder cannot be written, so no film can be made here."
        return Feature(
            _KEEPING, name, "broken", why, "Change its permissions, or set CANVASCAST_DATA_FOLDER to another."
        )
    if home(settings) is StoreHome.SUPABASE:
        return Feature(_KEEPING, name, "on", "Films lie in private buckets at Supabase; links to them expire.")
    return Feature(_KEEPING, name, "on", "Films lie in the data folder of this installation; links to them expire.")


def _can_write(folder: Path) -> bool:
    """Whether the folder, or the one that it would be made in, takes files."""
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    return place.is_dir() and os.access(place, os.W_OK | os.X_OK)


def _address(settings: Settings) -> Feature:
    name, parts = "Address", urlsplit(settings.site_url)
    how = "Set CANVASCAST_SITE_URL to the address that people see in their browser, such as https://films.example.org."
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return Feature(_KEEPING, name, "broken", "CANVASCAST_SITE_URL is not a web address.", how)
    if parts.hostname in ("localhost", "127.0.0.1"):
        return Feature(_KEEPING, name, "off", "This installation is for this machine alone.", how)
    return Feature(_KEEPING, name, "on", f"People reach it at {parts.scheme}://{parts.netloc}.")
