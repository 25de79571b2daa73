"""Sessions and their rotating refresh tokens, and the access tokens signed for them."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any

from ..database import Row
from ..keys import ProjectKeys
from .errors import AuthRefused
from .users import public_user

ACCESS_TOKEN_S = 3600
REUSE_S = 10


@dataclass
class Session:
    user_id: str
    method: str
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass
class RefreshToken:
    session: Session
    used_at: float | None = None
    child: str | None = None


class Sessions:
    def __init__(self, keys: ProjectKeys) -> None:
        self._keys = keys
        self._sessions: dict[str, Session] = {}
        self._refresh: dict[str, RefreshToken] = {}

    def start(self, user: Row, method: str) -> dict[str, Any]:
        session = Session(str(user["id"]), method)
        self._sessions[session.id] = session
        return self._tokens(user, session)

    def find(self, session_id: str | None) -> Session | None:
        return self._sessions.get(session_id or "")

    def owner_of(self, refresh_token: str) -> str:
        return self._live(refresh_token).session.user_id

    def rotate(self, refresh_token: str, user: Row) -> dict[str, Any]:
        """A used token works again for a few seconds, in case the answer was lost; later it betrays a theft."""
        found = self._live(refresh_token)
        now = self._keys.clock.now()
        if found.used_at is not None and now - found.used_at > REUSE_S:
            self._end(found.session)
            raise AuthRefused(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used")
        found.used_at = found.used_at or now
        return self._tokens(user, found.session)

    def end(self, user_id: str, scope: str, current: Session | None) -> None:
        mine = [session for session in self._sessions.values() if session.user_id == user_id]
        if scope == "local" and current is not None:
            mine = [current]
        elif scope == "others" and current is not None:
            mine = [session for session in mine if session.id != current.id]
        for session in mine:
            self._end(session)

    def _live(self, refresh_token: str) -> RefreshToken:
        found = self._refresh.get(refresh_token)
        if found is None or found.session.id not in self._sessions:
            raise AuthRefused(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
        return found

    def _end(self, session: Session) -> None:
        self._sessions.pop(session.id, None)

    def _tokens(self, user: Row, session: Session) -> dict[str, Any]:
        refresh_token = secrets.token_urlsafe(9)[:12].lower()
        self._refresh[refresh_token] = RefreshToken(session)
        now = int(self._keys.clock.now())
        return {
            "access_token": self.access_token(user, session),
            "token_type": "bearer",
            "expires_in": ACCESS_TOKEN_S,
            "expires_at": now + ACCESS_TOKEN_S,
            "refresh_token": refresh_token,
            "user": public_user(user),
        }

    def access_token(self, user: Row, session: Session) -> str:
        now = int(self._keys.clock.now())
        return self._keys.signing_key.sign(
            {
                "iss": self._keys.issuer,
                "sub": str(user["id"]),
                "aud": "authenticated",
                "exp": now + ACCESS_TOKEN_S,
                "iat": now,
                "email": user["email"],
                "phone": "",
                "app_metadata": user["raw_app_meta_data"],
                "user_metadata": user["raw_user_meta_data"],
                "role": "authenticated",
                "aal": "aal1",
                "amr": [{"method": session.method, "timestamp": now}],
                "session_id": session.id,
                "is_anonymous": False,
            }
        )
