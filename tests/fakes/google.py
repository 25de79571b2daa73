"""Google's sign-in: the consent page that approves at once, the token endpoint with PKCE, and its signing keys."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from .loopback import Loopback


@dataclass(frozen=True)
class GoogleAccount:
    email: str
    sub: str = field(default_factory=lambda: str(secrets.randbelow(10**21)))
    name: str = "Ada Example"
    email_verified: bool = True


@dataclass(frozen=True)
class Grant:
    account: GoogleAccount
    redirect_uri: str
    nonce: str | None
    code_challenge: str | None


class GoogleStandIn:
    """`account` is whoever sits at the browser; None declines the consent page."""

    client_id = "stand-in.apps.googleusercontent.com"
    client_secret = "stand-in-secret"
    issuer = "https://accounts.google.com"

    def __init__(self, account: GoogleAccount | None) -> None:
        self.account = account
        self.claims_override: dict[str, Any] = {}
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._grants: dict[str, Grant] = {}
        self._loopback = Loopback()
        self.url = self._loopback.url

    def start(self) -> Self:
        routes = [
            Route("/o/oauth2/v2/auth", self._consent),
            Route("/token", self._token, methods=["POST"]),
            Route("/oauth2/v3/certs", self._certs),
        ]
        self._loopback.serve(Starlette(routes=routes))
        return self

    def stop(self) -> None:
        self._loopback.stop()

    async def _consent(self, request: Request) -> Response:
        query = request.query_params
        if query.get("client_id") != self.client_id or query.get("response_type") != "code":
            return JSONResponse({"error": "invalid_client"}, status_code=401)
        state = {"state": query["state"]} if "state" in query else {}
        if self.account is None:
            return RedirectResponse(f"{query['redirect_uri']}?{urlencode({'error': 'access_denied', **state})}", 302)
        code = f"4/{secrets.token_urlsafe(16)}"
        self._grants[code] = Grant(self.account, query["redirect_uri"], query.get("nonce"), query.get("code_challenge"))
        return RedirectResponse(f"{query['redirect_uri']}?{urlencode({'code': code, **state})}", 302)

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        grant = self._grants.pop(str(form.get("code")), None)
        if form.get("client_id") != self.client_id or form.get("client_secret") != self.client_secret:
            return JSONResponse({"error": "invalid_client"}, status_code=401)
        if grant is None or form.get("redirect_uri") != grant.redirect_uri:
            return JSONResponse({"error": "invalid_grant", "error_description": "Bad Request"}, status_code=400)
        if grant.code_challenge and grant.code_challenge != _challenge(str(form.get("code_verifier", ""))):
            return JSONResponse({"error": "invalid_grant", "error_description": "Invalid code verifier."}, 400)
        body = {"access_token": f"ya29.{secrets.token_urlsafe(16)}", "expires_in": 3599, "token_type": "Bearer"}
        return JSONResponse({**body, "scope": "openid email profile", "id_token": self._id_token(grant)})

    async def _certs(self, request: Request) -> Response:
        jwk = jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return JSONResponse({"keys": [{**jwk, "kid": "g1", "alg": "RS256", "use": "sig"}]})

    def _id_token(self, grant: Grant) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": self.client_id,
            "azp": self.client_id,
            "sub": grant.account.sub,
            "email": grant.account.email,
            "email_verified": grant.account.email_verified,
            "name": grant.account.name,
            "iat": now,
            "exp": now + 3600,
        }
        if grant.nonce:
            claims["nonce"] = grant.nonce
        return jwt.encode({**claims, **self.claims_override}, self._key, algorithm="RS256", headers={"kid": "g1"})


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
