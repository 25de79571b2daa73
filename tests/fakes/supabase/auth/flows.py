"""PKCE flows through an outside provider: the state sent along, the code handed back, the verifier that redeems it."""

from __future__ import annotations

import base64
import hashlib
import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
import jwt

from ...google import GoogleStandIn
from ..keys import Clock
from .errors import AuthRefused

FLOW_S = 300


@dataclass
class Flow:
    code_challenge: str
    method: str
    redirect_to: str
    started_at: float
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    code: str = field(default_factory=lambda: str(uuid.uuid4()))
    user_id: str | None = None

    def accepts(self, verifier: str) -> bool:
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        return secrets.compare_digest(digest, self.code_challenge)


class Flows:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_id: dict[str, Flow] = {}

    def start(self, code_challenge: str, method: str, redirect_to: str) -> Flow:
        flow = Flow(code_challenge, method, redirect_to, self._clock.now())
        self._by_id[flow.id] = flow
        return flow

    def by_state(self, state: str) -> Flow:
        flow = self._by_id.get(state)
        if flow is None:
            raise AuthRefused(400, "bad_oauth_state", "OAuth state not found or expired")
        return flow

    def redeem(self, code: str, verifier: str) -> Flow:
        if not code or not verifier:
            message = "invalid request: both auth code and code verifier should be non-empty"
            raise AuthRefused(400, "validation_failed", message)
        flow = next((flow for flow in self._by_id.values() if flow.code == code and flow.user_id), None)
        if flow is None:
            raise AuthRefused(404, "flow_state_not_found", "invalid flow state, no valid flow state found")
        if self._clock.now() - flow.started_at > FLOW_S:
            raise AuthRefused(422, "flow_state_expired", "invalid flow state, flow state has expired")
        if not flow.accepts(verifier):
            raise AuthRefused(400, "bad_code_verifier", "code challenge does not match previously saved code verifier")
        del self._by_id[flow.id]
        return flow


def consent_url(google: GoogleStandIn, callback: str, state: str) -> str:
    query = {
        "client_id": google.client_id,
        "redirect_uri": callback,
        "response_type": "code",
        "scope": "email profile",
        "state": state,
    }
    return f"{google.url}/o/oauth2/v2/auth?{urlencode(query)}"


async def google_claims(google: GoogleStandIn, callback: str, code: str) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": callback,
        "client_id": google.client_id,
        "client_secret": google.client_secret,
    }
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{google.url}/token", data=form)
    if answer.status_code != 200:
        raise AuthRefused(500, "unexpected_failure", "Unable to exchange external code: " + code)
    return jwt.decode(answer.json()["id_token"], options={"verify_signature": False})
