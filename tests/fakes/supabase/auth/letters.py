"""The mail that Auth sends, kept for the test to read, and the one-time tokens in it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from ..keys import Clock
from .errors import AuthRefused

TOKEN_S = 3600


@dataclass(frozen=True)
class Letter:
    """What a template can show: `{{ .Token }}`, `{{ .TokenHash }}` and `{{ .RedirectTo }}`."""

    kind: str
    to: str
    token: str
    token_hash: str
    redirect_to: str | None


@dataclass(frozen=True)
class OneTimeToken:
    kind: str
    user_id: str
    sent_at: float
    code_challenge: str | None


class Letters:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tokens: dict[str, OneTimeToken] = {}
        self.outbox: list[Letter] = []

    def send(
        self, kind: str, user_id: str, email: str, *, redirect_to: str | None = None, code_challenge: str | None = None
    ) -> Letter:
        """A new token of a kind replaces the user's earlier one."""
        for old in [h for h, t in self._tokens.items() if t.user_id == user_id and t.kind == kind]:
            del self._tokens[old]
        token = f"{secrets.randbelow(1_000_000):06d}"
        digest = _digest(email, token)
        token_hash = f"pkce_{digest}" if code_challenge else digest
        self._tokens[token_hash] = OneTimeToken(kind, user_id, self._clock.now(), code_challenge)
        letter = Letter(kind, email, token, token_hash, redirect_to)
        self.outbox.append(letter)
        return letter

    def spend(self, kinds: frozenset[str], token_hash: str) -> OneTimeToken:
        found = self._tokens.get(token_hash)
        if found is None or found.kind not in kinds or self._clock.now() - found.sent_at > TOKEN_S:
            raise AuthRefused(403, "otp_expired", "Email link is invalid or has expired")
        del self._tokens[token_hash]
        return found

    def spend_code(self, kinds: frozenset[str], email: str, token: str) -> OneTimeToken:
        """The six digits of a letter, which a PKCE sign-up marks in its link alone."""
        digest = _digest(email, token)
        return self.spend(kinds, f"pkce_{digest}" if f"pkce_{digest}" in self._tokens else digest)


def _digest(email: str, token: str) -> str:
    return hashlib.sha224((email + token).encode()).hexdigest()
