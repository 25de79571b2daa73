"""Who somebody is, and what being signed in consists of."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True)
class Person:
    """What a verified access token says."""

    id: UUID
    email: str | None
    session_id: UUID | None


@dataclass(frozen=True)
class Session:
    """A short-lived token that opens the studio, and a long-lived one that is exchanged for the next pair."""

    person: Person
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: int
    """Seconds since 1970, for the access token."""


class LinkKind(StrEnum):
    """What the link of a letter is for; the value travels in the link's `type`."""

    EMAIL = "email"
    """Confirms the address and signs in: after signing up, or as a magic link."""

    RECOVERY = "recovery"
    """Signs in to choose a new password."""


@dataclass(frozen=True)
class GoogleStart:
    """Where to send the browser, and the secret that redeems its return: keep it on the server or in a cookie."""

    url: str
    return_to: str
    verifier: str = field(repr=False)
