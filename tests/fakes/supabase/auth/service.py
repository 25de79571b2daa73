"""What Auth does for each request, apart from HTTP."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..database import Row
from ..keys import Caller
from .errors import AuthRefused
from .flows import Flow, Flows, google_claims
from .letters import Letters, OneTimeToken
from .sessions import Session, Sessions
from .users import Users, hashed, matches, public_user

if TYPE_CHECKING:
    from ..project import Project

MIN_PASSWORD = 6
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
# Magic links and password recovery share one token column, so each opens the other's door.
_KINDS = {
    "email": frozenset({"signup", "magiclink", "recovery"}),
    "signup": frozenset({"signup"}),
    "magiclink": frozenset({"magiclink", "recovery"}),
    "recovery": frozenset({"magiclink", "recovery"}),
}

Body = dict[str, Any]


@dataclass(frozen=True)
class SignedIn:
    user: Row
    session: Session


class AuthService:
    def __init__(self, project: Project) -> None:
        self._project = project
        self.users = Users(project.database)
        self.sessions = Sessions(project.keys)
        self.letters: Letters = project.letters
        self.flows = Flows(project.clock)

    async def sign_up(self, body: Body, redirect_to: str | None) -> Body:
        email, password = _email(body), _password(body)
        known = await self.users.by_email(email)
        if known is not None and known["email_confirmed_at"]:
            return self._known(known)
        confirmed = self._project.autoconfirm
        data = body.get("data") or {}
        user = known or await self.users.create(
            email, password=password, data=data, provider="email", confirmed=confirmed
        )
        if confirmed:
            return self.sessions.start(user, "password")
        self._write("signup", user, body, redirect_to)
        return public_user(user)

    def _known(self, user: Row) -> Body:
        """A taken address is told only where no letter would reveal it anyway."""
        if self._project.autoconfirm:
            raise AuthRefused(422, "user_already_exists", "User already registered")
        return {**public_user(user), "id": "00000000-0000-0000-0000-000000000000", "identities": []}

    async def with_password(self, body: Body) -> Body:
        user = await self.users.by_email(_email(body))
        if user is None or not matches(str(body.get("password", "")), user["encrypted_password"]):
            raise AuthRefused(400, "invalid_credentials", "Invalid login credentials")
        if not user["email_confirmed_at"]:
            raise AuthRefused(400, "email_not_confirmed", "Email not confirmed")
        return self.sessions.start(user, "password")

    async def refreshed(self, body: Body) -> Body:
        token = str(body.get("refresh_token", ""))
        return self.sessions.rotate(token, await self._existing(self.sessions.owner_of(token)))

    async def with_code(self, body: Body) -> Body:
        flow = self.flows.redeem(str(body.get("auth_code") or ""), str(body.get("code_verifier") or ""))
        return self.sessions.start(await self._existing(flow.user_id or ""), flow.method)

    async def magic_link(self, body: Body, redirect_to: str | None) -> None:
        email = _email(body)
        user = await self.users.by_email(email)
        if user is None and body.get("create_user") is False:
            raise AuthRefused(422, "otp_disabled", "Signups not allowed for otp")
        if user is None:
            data = body.get("data") or {}
            user = await self.users.create(email, password=None, data=data, provider="email", confirmed=False)
        self._write("magiclink" if user["email_confirmed_at"] else "signup", user, body, redirect_to)

    async def recover(self, body: Body, redirect_to: str | None) -> None:
        user = await self.users.by_email(_email(body))
        if user is not None:
            self._write("recovery", user, body, redirect_to)

    async def resend(self, body: Body, redirect_to: str | None) -> None:
        user = await self.users.by_email(_email(body))
        if user is not None and not user["email_confirmed_at"]:
            self._write("signup", user, body, redirect_to)

    async def verify(self, body: Body) -> Body:
        spent = self._spend(body)
        return self.sessions.start(await self.users.confirm(spent.user_id), "otp")

    async def code_for_link(self, kind: str, token_hash: str, redirect_to: str) -> Flow | Body:
        """What following a link in a letter gives: a PKCE code where one was asked for, or the session itself."""
        spent = self._spend({"type": kind, "token_hash": token_hash})
        user = await self.users.confirm(spent.user_id)
        if spent.code_challenge is None:
            return self.sessions.start(user, "otp")
        flow = self.flows.start(spent.code_challenge, spent.kind, redirect_to)
        flow.user_id = str(user["id"])
        return flow

    def _spend(self, body: Body) -> OneTimeToken:
        kinds = _KINDS.get(str(body.get("type")))
        if kinds is None:
            raise AuthRefused(400, "validation_failed", "Unsupported verification type")
        if body.get("token_hash"):
            return self.letters.spend(kinds, str(body["token_hash"]))
        if not body.get("token"):
            raise AuthRefused(400, "validation_failed", "Verify requires either a token or a token hash")
        return self.letters.spend_code(kinds, _email(body), str(body["token"]))

    async def google_signed_in(self, flow: Flow, code: str, callback: str) -> Flow:
        claims = await google_claims(self._project.google, callback, code)
        user = await self.users.by_email(claims["email"])
        if user is None:
            data = {"full_name": claims["name"], "email": claims["email"], "sub": claims["sub"], "iss": claims["iss"]}
            confirmed = bool(claims["email_verified"])
            user = await self.users.create(
                claims["email"], password=None, data=data, provider="google", confirmed=confirmed
            )
        flow.user_id = str(user["id"])
        return flow

    async def signed_in(self, caller: Caller) -> SignedIn:
        if caller.user_id is None:
            raise AuthRefused(403, "bad_jwt", "invalid claim: missing sub claim")
        user = await self.users.by_id(caller.user_id)
        if user is None:
            raise AuthRefused(403, "user_not_found", "User from sub claim in JWT does not exist")
        session = self.sessions.find(caller.claims.get("session_id"))
        if session is None:
            message = "Session from session_id claim in JWT does not exist"
            raise AuthRefused(403, "session_not_found", message)
        return SignedIn(user, session)

    async def change_user(self, user: Row, body: Body) -> Row:
        values: dict[str, Any] = {}
        if body.get("password"):
            if matches(str(body["password"]), user["encrypted_password"]):
                raise AuthRefused(422, "same_password", "New password should be different from the old password.")
            values["encrypted_password"] = hashed(_password(body))
        if body.get("data") is not None:
            values["raw_user_meta_data"] = json.dumps({**user["raw_user_meta_data"], **body["data"]})
        return await self.users.change(str(user["id"]), **values) if values else user

    async def _existing(self, user_id: str) -> Row:
        user = await self.users.by_id(user_id)
        if user is None:
            raise AuthRefused(400, "user_not_found", "User not found")
        return user

    def _write(self, kind: str, user: Row, body: Body, redirect_to: str | None) -> None:
        challenge = body.get("code_challenge")
        self.letters.send(kind, str(user["id"]), user["email"], redirect_to=redirect_to, code_challenge=challenge)


def _email(body: Body) -> str:
    email = str(body.get("email") or "").strip().lower()
    if not _EMAIL.match(email):
        raise AuthRefused(400, "validation_failed", "Unable to validate email address: invalid format")
    return email


def _password(body: Body) -> str:
    password = str(body.get("password") or "")
    if len(password) < MIN_PASSWORD:
        message = f"Password should be at least {MIN_PASSWORD} characters."
        raise AuthRefused(422, "weak_password", message, reasons=["length"])
    return password
