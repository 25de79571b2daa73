"""Signing in with Google without Supabase: the code flow with PKCE, and Google's own word on who it is."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
import jwt

from studio.errors import GoogleRefused, IdentityUnavailable
from studio.identity.records import GoogleStart
from studio.identity.tokens import JwksKeys
from studio.tls import trusted

_LEEWAY_S = 10


@dataclass(frozen=True)
class GoogleEndpoints:
    consent: str = "https://accounts.google.com/o/oauth2/v2/auth"
    token: str = "https://oauth2.googleapis.com/token"
    keys: str = "https://www.googleapis.com/oauth2/v3/certs"


@dataclass(frozen=True)
class GooglePerson:
    """An address that Google has verified, and Google's lasting name for its holder."""

    id: str
    email: str
    name: str


class GoogleSignIn:
    def __init__(self, client_id: str, client_secret: str, *, endpoints: GoogleEndpoints | None = None) -> None:
        self._client_id = client_id
        self._client_secret = client_secret
        self._endpoints = endpoints or GoogleEndpoints()
        self._keys = JwksKeys(self._endpoints.keys)

    def begin(self, return_to: str) -> GoogleStart:
        verifier = secrets.token_urlsafe(48)
        query = {
            "client_id": self._client_id,
            "redirect_uri": return_to,
            "response_type": "code",
            "scope": "openid email profile",
            "code_challenge": _hashed(verifier),
            "code_challenge_method": "S256",
            "nonce": _nonce(verifier),
            "prompt": "select_account",
        }
        return GoogleStart(f"{self._endpoints.consent}?{urlencode(query)}", return_to, verifier)

    def finish(self, code: str, start: GoogleStart) -> GooglePerson:
        claims = self._claims(self._id_token(code, start))
        if claims.get("nonce") != _nonce(start.verifier):
            raise GoogleRefused("This sign-in was begun elsewhere. Start again.")
        if claims.get("email_verified") is not True or not claims.get("email"):
            raise GoogleRefused("Google has not verified the e-mail address of this account.")
        return GooglePerson(str(claims["sub"]), str(claims["email"]), str(claims.get("name") or ""))

    def _id_token(self, code: str, start: GoogleStart) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": start.return_to,
            "client_id": self._client_id,
            "client_secret": self._client_secret,
            "code_verifier": start.verifier,
        }
        try:
            answer = httpx.post(self._endpoints.token, data=form, timeout=15, verify=trusted())
        except httpx.TransportError as error:
            raise IdentityUnavailable("Google cannot be reached just now. Try again in a moment.") from error
        if answer.status_code >= 500:
            raise IdentityUnavailable("Google cannot be reached just now. Try again in a moment.")
        token = answer.json().get("id_token") if answer.is_success else None
        if not isinstance(token, str):
            raise GoogleRefused(
                "Google did not accept this sign-in. Start again.", details={"message": answer.text[:200]}
            )
        return token

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                self._keys.key_of(token),
                algorithms=["RS256"],
                audience=self._client_id,
                issuer=["https://accounts.google.com", "accounts.google.com"],
                leeway=_LEEWAY_S,
                options={"require": ["exp", "sub", "iss", "aud"]},
            )
        except jwt.PyJWKClientConnectionError as error:
            raise IdentityUnavailable("Google cannot be reached just now. Try again in a moment.") from error
        except jwt.PyJWTError as error:
            raise GoogleRefused("Google's answer could not be verified. Start again.") from error


def _hashed(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def _nonce(verifier: str) -> str:
    """Ties Google's answer to the browser that asked, without a second secret to keep."""
    return _hashed(f"nonce {verifier}")
