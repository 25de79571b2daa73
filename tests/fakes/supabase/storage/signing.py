"""Links that carry their own permission until they run out."""

from __future__ import annotations

import secrets

import jwt

from ..keys import Clock
from .errors import StorageRefused


class LinkSigner:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._secret = secrets.token_hex(32)

    def sign(self, bucket: str, name: str, seconds: int) -> str:
        now = int(self._clock.now())
        claims = {"url": f"{bucket}/{name}", "scope": "download", "iat": now, "exp": now + seconds}
        return jwt.encode(claims, self._secret, algorithm="HS256")

    def check(self, token: str, bucket: str, name: str) -> None:
        try:
            options = {"verify_exp": False, "verify_iat": False}
            claims = jwt.decode(token, self._secret, algorithms=["HS256"], options=options)  # type: ignore[arg-type]
        except jwt.PyJWTError as error:
            raise StorageRefused(400, "InvalidJWT", "signature verification failed") from error
        if claims["url"] != f"{bucket}/{name}":
            raise StorageRefused(400, "InvalidSignature", "Invalid signature")
        if claims["exp"] <= self._clock.now():
            raise StorageRefused(400, "InvalidJWT", '"exp" claim timestamp check failed')
