"""Verifies access tokens on this machine: signed by our own issuer, for signed-in people, and not yet over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

import jwt

from studio.errors import IdentityUnavailable, SessionInvalid, SettingsError
from studio.identity.records import Person

AUDIENCE = "authenticated"
_ALGORITHMS = ("ES256", "RS256")
_LEEWAY_S = 10
"""Clocks of two machines differ a little; more than this is no clock's fault."""


class KeySource(Protocol):
    """Public keys by the identifier in a token's header."""

    def key_of(self, token: str) -> Any:
        """The key, or jwt.PyJWTError when there is none of that name."""
        ...


class JwksKeys:
    """Keys that an issuer publishes; fetched when one is not known, at most every few seconds."""

    def __init__(self, url: str, *, headers: Mapping[str, str] | None = None, cooldown_s: float = 10.0) -> None:
        # Some gateways turn Python's default user agent away.
        named = {"User-Agent": "canvascast", **(headers or {})}
        self._client = jwt.PyJWKClient(url, headers=named, timeout=10, lifespan=600, cooldown_duration=cooldown_s)

    def key_of(self, token: str) -> Any:
        return self._client.get_signing_key_from_jwt(token).key


class TokenVerifier:
    def __init__(self, keys: KeySource, issuer: str) -> None:
        self._keys = keys
        self._issuer = issuer

    def verify(self, token: str) -> Person:
        claims = self._claims(token)
        # The audience is everybody's who has a token of this project; the role is what its holder may be.
        if claims.get("role") != AUDIENCE:
            raise SessionInvalid("This sign-in is not for this app. Sign in again.")
        try:
            session = claims.get("session_id")
            return Person(UUID(claims["sub"]), claims.get("email") or None, UUID(session) if session else None)
        except (ValueError, TypeError, AttributeError) as error:
            raise SessionInvalid("This sign-in is not valid. Sign in again.") from error

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                self._keys.key_of(token),
                algorithms=list(_ALGORITHMS),
                audience=AUDIENCE,
                issuer=self._issuer,
                leeway=_LEEWAY_S,
                options={"require": ["exp", "sub", "iss", "aud"]},
            )
        except jwt.ExpiredSignatureError as error:
            raise SessionInvalid("This sign-in is over. Sign in again.") from error
        except jwt.PyJWKSetError as error:
            raise SettingsError(
                "The Supabase project publishes no signing keys: change from the legacy secret to asymmetric keys "
                "in its Authentication settings."
            ) from error
        except jwt.PyJWKClientConnectionError as error:
            raise IdentityUnavailable("The accounts cannot be reached just now. Try again in a moment.") from error
        except jwt.PyJWTError as error:
            raise SessionInvalid("This sign-in is not valid. Sign in again.") from error
