"""The one door to accounts: signing up and in, sessions, letters, Google, and keys for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.identity.identity import Identity
from studio.identity.keys import ApiKey, ApiKeys, NewApiKey, Program, Scope
from studio.identity.letters import AccountLetter, LetterKind, Postman
from studio.identity.records import GoogleStart, LinkKind, Person, Session

if TYPE_CHECKING:
    from studio.identity.google import GoogleSignIn
    from studio.settings import Settings
    from studio.store import Store

__all__ = [
    "AccountLetter",
    "ApiKey",
    "ApiKeys",
    "GoogleStart",
    "Identity",
    "LetterKind",
    "LinkKind",
    "NewApiKey",
    "Person",
    "Postman",
    "Program",
    "Scope",
    "Session",
    "open_identity",
]


def open_identity(settings: Settings, store: Store, postman: Postman) -> Identity:
    """The accounts of this installation: at Supabase if the store is there, or else in the store's own database."""
    from studio.errors import SettingsError
    from studio.store import PostgresStore
    from studio.store.home import EmbeddedStore

    if settings.supabase_url and settings.supabase_secret_key:
        from studio.identity.supabase import SupabaseIdentity

        if settings.supabase_publishable_key is None:
            raise SettingsError("Signing in with Supabase needs SUPABASE_PUBLISHABLE_KEY.")
        return SupabaseIdentity(settings.supabase_url, settings.supabase_publishable_key.get_secret_value())

    from studio.identity.embedded import EmbeddedIdentity

    google, verify = _google(settings), settings.verify_emails
    if isinstance(store, EmbeddedStore):
        server = store.server
        return EmbeddedIdentity(server.url, postman=postman, google=google, verify_emails=verify, revive=server.start)
    if isinstance(store, PostgresStore) and settings.database_url:
        url = settings.database_url.get_secret_value()
        return EmbeddedIdentity(url, postman=postman, google=google, verify_emails=verify)
    raise SettingsError("Accounts live beside the store: open the store with the same settings first.")


def _google(settings: Settings) -> GoogleSignIn | None:
    from studio.identity.google import GoogleSignIn

    if not settings.google_client_id or settings.google_client_secret is None:
        return None
    return GoogleSignIn(settings.google_client_id, settings.google_client_secret.get_secret_value())
