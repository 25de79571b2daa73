"""The keys of a stand-in project: who a request is from, and the ES256 tokens that its Auth signs."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

Claims = dict[str, Any]


class TokenRefused(Exception):
    """A bearer token that this project did not sign, or that has run out."""


@dataclass(frozen=True)
class Caller:
    """The role a request runs under, with the claims that SQL sees."""

    role: str
    claims: Claims

    @property
    def user_id(self) -> str | None:
        return self.claims.get("sub")


@dataclass
class Clock:
    """Real time, moved by `advance`, so that expiry is tested without waiting."""

    offset_s: float = 0.0

    def now(self) -> float:
        return time.time() + self.offset_s

    def advance(self, seconds: float) -> None:
        self.offset_s += seconds


@dataclass
class SigningKey:
    """One ES256 key with the identifier that JWKS publishes it under."""

    kid: str = field(default_factory=lambda: str(uuid.uuid4()))
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def sign(self, claims: Mapping[str, Any]) -> str:
        return jwt.encode(dict(claims), self.private, algorithm="ES256", headers={"kid": self.kid})

    def public_jwk(self) -> dict[str, Any]:
        jwk = jwt.algorithms.ECAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {**jwk, "kid": self.kid, "alg": "ES256", "use": "sig", "key_ops": ["verify"]}


class ProjectKeys:
    """API keys of both kinds and the token signer of one project."""

    def __init__(self, issuer: str, clock: Clock) -> None:
        self.issuer = issuer
        self.clock = clock
        self.signing_keys = [SigningKey()]
        self.legacy_secret = uuid.uuid4().hex + uuid.uuid4().hex
        self.publishable = f"sb_publishable_{uuid.uuid4().hex}"
        self.secret = f"sb_secret_{uuid.uuid4().hex}"
        self.legacy_anon = self._legacy("anon")
        self.legacy_service = self._legacy("service_role")

    @property
    def signing_key(self) -> SigningKey:
        return self.signing_keys[-1]

    def renew(self) -> None:
        """Sign with a new key and forget the others: their tokens are worth nothing any more."""
        self.signing_keys = [SigningKey()]

    def rotate(self) -> None:
        """Sign with a new key from now on; tokens of the old one stay valid."""
        self.signing_keys.append(SigningKey())

    def jwks(self) -> dict[str, Any]:
        return {"keys": [key.public_jwk() for key in self.signing_keys]}

    def role_of_api_key(self, key: str) -> str | None:
        roles = {
            self.publishable: "anon",
            self.legacy_anon: "anon",
            self.secret: "service_role",
            self.legacy_service: "service_role",
        }
        return roles.get(key)

    def caller_of_token(self, token: str) -> Caller:
        claims = self._verified(token)
        if claims.get("exp", self.clock.now() + 1) <= self.clock.now():
            raise TokenRefused("JWT expired")
        return Caller(str(claims.get("role", "anon")), claims)

    def _verified(self, token: str) -> Claims:
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") == "HS256":
                return self._decoded(token, self.legacy_secret, "HS256")
            for key in self.signing_keys:
                if key.kid == header.get("kid"):
                    return self._decoded(token, key.private.public_key(), "ES256")
        except jwt.PyJWTError as error:
            raise TokenRefused("JWT cryptographic operation failed") from error
        raise TokenRefused("No suitable key or wrong key type")

    @staticmethod
    def _decoded(token: str, key: Any, algorithm: str) -> Claims:
        return jwt.decode(token, key, algorithms=[algorithm], options={"verify_exp": False, "verify_aud": False})

    def _legacy(self, role: str) -> str:
        now = int(self.clock.now())
        claims = {"iss": "supabase", "ref": "standin", "role": role, "iat": now, "exp": now + 315_360_000}
        return jwt.encode(claims, self.legacy_secret, algorithm="HS256")
