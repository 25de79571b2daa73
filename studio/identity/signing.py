"""The keys that embedded accounts sign their access tokens with, kept in the database that the accounts are in."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from studio.identity import accounts
from studio.identity.accounts import AccountTables
from studio.identity.tokens import AUDIENCE

ACCESS_S = 3600


class SigningKeys:
    """Signs with the newest key and knows them all. Several processes on one database share them."""

    def __init__(self, tables: AccountTables) -> None:
        self._tables = tables
        self.issuer = f"urn:uuid:{tables.run(accounts.installation)}"
        fresh = _new_key()
        tables.run(lambda connection: accounts.add_signing_key(connection, fresh, only_if_none=True))
        self._load()

    def sign(self, user: UUID, email: str, session: UUID) -> tuple[str, int]:
        """An access token and when it is over, in seconds since 1970."""
        now = int(time.time())
        expires_at = now + ACCESS_S
        claims = {
            "iss": self.issuer,
            "sub": str(user),
            "aud": AUDIENCE,
            "role": AUDIENCE,
            "iat": now,
            "exp": expires_at,
            "email": email,
            "session_id": str(session),
        }
        return jwt.encode(claims, self._newest[1], algorithm="ES256", headers={"kid": self._newest[0]}), expires_at

    def key_of(self, token: str) -> Any:
        kid = jwt.get_unverified_header(token).get("kid")
        if kid not in self._keys:
            self._load()
        if kid not in self._keys:
            raise jwt.InvalidKeyError("no such key")
        return self._keys[kid].public_key()

    def rotate(self) -> None:
        """Sign with a new key from now on; tokens of older ones stay valid until they are over."""
        fresh = _new_key()
        self._tables.run(lambda connection: accounts.add_signing_key(connection, fresh, only_if_none=False))
        self._load()

    def _load(self) -> None:
        rows = self._tables.run(accounts.signing_keys)
        self._keys = {str(row.kid): _key(row.private_pem) for row in rows}
        self._newest = next(iter(self._keys.items()))


def _new_key() -> str:
    return (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )


def _key(pem: str) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key
