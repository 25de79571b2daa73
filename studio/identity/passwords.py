"""Which passwords are good enough, and how they are kept: scrypt with a salt of each one's own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from pathlib import Path

from studio.errors import EmailInvalid, PasswordWeak

SHORTEST = 10
LONGEST_BYTES = 72
"""Supabase keeps no more of a password than this."""

_EMAIL = re.compile(r"[^@\s\x00-\x1f\"<>()\[\],;:\\]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}")
_COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text().split())


def tidy_email(email: str) -> str:
    """The address in its one spelling."""
    tidy = email.strip().lower()
    if len(tidy) > 254 or not _EMAIL.fullmatch(tidy):
        raise EmailInvalid("This is not an e-mail address.")
    return tidy


def check_password(password: str, email: str = "") -> None:
    if len(password) < SHORTEST:
        raise PasswordWeak(f"A password has at least {SHORTEST} characters.")
    if len(password.encode(errors="replace")) > LONGEST_BYTES or "\x00" in password:
        raise PasswordWeak(f"A password has at most {LONGEST_BYTES} characters.")
    told = password.lower()
    if told in _COMMON or len(set(told)) < 4 or (email and told in (email, email.partition("@")[0])):
        raise PasswordWeak("This password is among the first that anybody would guess. Choose another.")


class Hasher:
    """`cost` is the power of two of scrypt's work: 15 takes 32 MiB and about a tenth of a second."""

    def __init__(self, cost: int = 15) -> None:
        self._cost = cost
        # What an account that does not exist is compared with; no password gives this digest.
        self._nobody = f"scrypt${cost}${_text(secrets.token_bytes(16))}${_text(secrets.token_bytes(32))}"

    def hash(self, password: str) -> str:
        salt = secrets.token_bytes(16)
        return f"scrypt${self._cost}${_text(salt)}${_text(_scrypt(password, salt, self._cost))}"

    def matches(self, password: str, kept: str | None) -> bool:
        """Takes as long for an account that does not exist as for one that does."""
        _, cost, salt, digest = (kept or self._nobody).split("$")
        found = _scrypt(password, _bytes(salt), int(cost))
        return hmac.compare_digest(found, _bytes(digest)) and kept is not None

    def is_dated(self, kept: str) -> bool:
        """Whether it was made with less work than is asked for today."""
        return int(kept.split("$")[1]) < self._cost


def _scrypt(password: str, salt: bytes, cost: int) -> bytes:
    data = password.encode(errors="surrogatepass")
    return hashlib.scrypt(data, salt=salt, n=1 << cost, r=8, p=1, maxmem=1 << (cost + 11), dklen=32)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
