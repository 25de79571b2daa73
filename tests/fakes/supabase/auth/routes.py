"""Auth's endpoints as supabase-py calls them, and the pages that a browser passes through."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ..gateway import KeyRefused, caller_of
from ..keys import TokenRefused
from .errors import AuthRefused
from .flows import consent_url
from .service import AuthService
from .users import hashed, public_user

if TYPE_CHECKING:
    from ..project import Project

Handler = Callable[[Request], Awaitable[Response]]


def auth_routes(project: Project) -> list[Route]:
    auth = Auth(project)
    admin = AuthAdmin(auth)
    keyed: list[tuple[str, str, Handler]] = [
        ("POST", "/signup", auth.sign_up),
        ("POST", "/token", auth.token),
        ("POST", "/otp", auth.otp),
        ("POST", "/recover", auth.recover),
        ("POST", "/resend", auth.resend),
        ("POST", "/verify", auth.verify),
        ("POST", "/logout", auth.log_out),
        ("GET", "/user", auth.get_user),
        ("PUT", "/user", auth.put_user),
        ("POST", "/admin/users", admin.create),
        ("GET", "/admin/users", admin.list),
        ("GET", "/admin/users/{user_id}", admin.get),
        ("PUT", "/admin/users/{user_id}", admin.update),
        ("DELETE", "/admin/users/{user_id}", admin.delete),
        ("POST", "/admin/generate_link", admin.generate_link),
    ]
    browser: list[tuple[str, str, Handler]] = [
        ("GET", "/.well-known/jwks.json", auth.jwks),
        ("GET", "/authorize", auth.authorize),
        ("GET", "/callback", auth.callback),
        ("GET", "/verify", auth.follow_link),
    ]
    return [
        Route("/auth/v1" + path, _guarded(handler, project, keyed=is_keyed), methods=[method])
        for is_keyed, table in ((True, keyed), (False, browser))
        for method, path, handler in table
    ]


def _guarded(handler: Handler, project: Project, *, keyed: bool) -> Handler:
    async def answer(request: Request) -> Response:
        try:
            if keyed:
                request.state.caller = caller_of(request, project.keys)
            return await handler(request)
        except KeyRefused as error:
            return error.response()
        except TokenRefused as error:
            message = f"invalid JWT: unable to parse or verify signature, {error}"
            return AuthRefused(403, "bad_jwt", message).response()
        except AuthRefused as error:
            return error.response()

    return answer


class Auth:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.service = AuthService(project)

    @property
    def _callback(self) -> str:
        return f"{self.project.url}/auth/v1/callback"

    async def sign_up(self, request: Request) -> Response:
        return JSONResponse(await self.service.sign_up(await _body(request), _redirect(request)))

    async def token(self, request: Request) -> Response:
        body = await _body(request)
        grants: dict[str, Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]] = {
            "password": self.service.with_password,
            "refresh_token": self.service.refreshed,
            "pkce": self.service.with_code,
        }
        grant = grants.get(request.query_params.get("grant_type", ""))
        if grant is None:
            raise AuthRefused(400, "invalid_credentials", "unsupported_grant_type")
        return JSONResponse(await grant(body))

    async def otp(self, request: Request) -> Response:
        await self.service.magic_link(await _body(request), _redirect(request))
        return JSONResponse({})

    async def recover(self, request: Request) -> Response:
        await self.service.recover(await _body(request), _redirect(request))
        return JSONResponse({})

    async def resend(self, request: Request) -> Response:
        await self.service.resend(await _body(request), _redirect(request))
        return JSONResponse({})

    async def verify(self, request: Request) -> Response:
        return JSONResponse(await self.service.verify(await _body(request)))

    async def log_out(self, request: Request) -> Response:
        signed_in = await self.service.signed_in(request.state.caller)
        scope = request.query_params.get("scope", "global")
        self.service.sessions.end(str(signed_in.user["id"]), scope, signed_in.session)
        return Response(status_code=204)

    async def get_user(self, request: Request) -> Response:
        return JSONResponse(public_user((await self.service.signed_in(request.state.caller)).user))

    async def put_user(self, request: Request) -> Response:
        signed_in = await self.service.signed_in(request.state.caller)
        return JSONResponse(public_user(await self.service.change_user(signed_in.user, await _body(request))))

    async def jwks(self, request: Request) -> Response:
        return JSONResponse(self.project.keys.jwks(), headers={"cache-control": "public, max-age=600"})

    async def authorize(self, request: Request) -> Response:
        query = request.query_params
        if query.get("provider") != "google":
            raise AuthRefused(400, "validation_failed", f"Unsupported provider: {query.get('provider')}")
        redirect_to = query.get("redirect_to") or self.project.site_url
        flow = self.service.flows.start(query.get("code_challenge", ""), "oauth", redirect_to)
        return RedirectResponse(consent_url(self.project.google, self._callback, flow.id), 302)

    async def callback(self, request: Request) -> Response:
        query = request.query_params
        flow = self.service.flows.by_state(query.get("state", ""))
        if query.get("error"):
            return _back(flow.redirect_to, error=query["error"], error_code="", error_description=query["error"])
        await self.service.google_signed_in(flow, query["code"], self._callback)
        return _back(flow.redirect_to, code=flow.code)

    async def follow_link(self, request: Request) -> Response:
        query = request.query_params
        redirect_to = query.get("redirect_to") or self.project.site_url
        try:
            found = await self.service.code_for_link(query.get("type", ""), query.get("token", ""), redirect_to)
        except AuthRefused as error:
            return _back(redirect_to, error="access_denied", error_code=error.code, error_description=error.message)
        if isinstance(found, dict):
            tokens = {name: found[name] for name in ("access_token", "refresh_token", "expires_in", "token_type")}
            return RedirectResponse(f"{redirect_to}#{urlencode(tokens)}", 303)
        return _back(redirect_to, code=found.code)


class AuthAdmin:
    """Endpoints that only a secret key opens."""

    def __init__(self, auth: Auth) -> None:
        self._auth = auth

    async def create(self, request: Request) -> Response:
        body = await self._admin_body(request)
        users = self._auth.service.users
        if await users.by_email(body["email"]):
            message = "A user with this email address has already been registered"
            raise AuthRefused(422, "email_exists", message)
        user = await users.create(
            body["email"],
            password=body.get("password"),
            data=body.get("user_metadata") or {},
            provider="email",
            confirmed=bool(body.get("email_confirm")),
        )
        return JSONResponse(public_user(user))

    async def list(self, request: Request) -> Response:
        await self._admin_body(request)
        page = int(request.query_params.get("page") or 1)
        size = int(request.query_params.get("per_page") or 50)
        rows = await self._auth.service.users.page(page, size)
        return JSONResponse({"users": [public_user(row) for row in rows], "aud": "authenticated"})

    async def get(self, request: Request) -> Response:
        await self._admin_body(request)
        return JSONResponse(public_user(await self._user(request)))

    async def update(self, request: Request) -> Response:
        body = await self._admin_body(request)
        user = await self._user(request)
        values: dict[str, Any] = {}
        if body.get("password"):
            values["encrypted_password"] = hashed(body["password"])
        for field, column in (("user_metadata", "raw_user_meta_data"), ("app_metadata", "raw_app_meta_data")):
            if body.get(field) is not None:
                values[column] = json.dumps({**user[column], **body[field]})
        if values:
            user = await self._auth.service.users.change(str(user["id"]), **values)
        return JSONResponse(public_user(user))

    async def delete(self, request: Request) -> Response:
        await self._admin_body(request)
        user = await self._user(request)
        await self._auth.service.users.delete(str(user["id"]))
        return JSONResponse({})

    async def generate_link(self, request: Request) -> Response:
        """The link of a letter without the letter, for an app that sends its own mail."""
        body = await self._admin_body(request)
        service = self._auth.service
        user = await service.users.by_email(body["email"])
        if user is None:
            raise AuthRefused(404, "user_not_found", "User with this email not found")
        letter = service.letters.send(body["type"], str(user["id"]), user["email"], redirect_to=_redirect(request))
        service.letters.outbox.remove(letter)
        redirect_to = letter.redirect_to or self._auth.project.site_url
        query = urlencode({"token": letter.token_hash, "type": letter.kind, "redirect_to": redirect_to})
        link = {
            "action_link": f"{self._auth.project.url}/auth/v1/verify?{query}",
            "email_otp": letter.token,
            "hashed_token": letter.token_hash,
            "verification_type": letter.kind,
            "redirect_to": redirect_to,
        }
        return JSONResponse({**public_user(user), **link})

    async def _admin_body(self, request: Request) -> dict[str, Any]:
        if request.state.caller.role != "service_role":
            raise AuthRefused(403, "not_admin", "User not allowed")
        return await _body(request)

    async def _user(self, request: Request) -> dict[str, Any]:
        user = await self._auth.service.users.by_id(request.path_params["user_id"])
        if user is None:
            raise AuthRefused(404, "user_not_found", "User not found")
        return user


async def _body(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError as error:
        raise AuthRefused(400, "bad_json", f"Could not parse request body as JSON: {error}") from error
    if not isinstance(body, dict):
        raise AuthRefused(400, "bad_json", "Could not parse request body as JSON: not an object")
    return body


def _redirect(request: Request) -> str | None:
    return request.query_params.get("redirect_to")


def _back(redirect_to: str, **query: str) -> Response:
    joint = "&" if "?" in redirect_to else "?"
    return RedirectResponse(f"{redirect_to}{joint}{urlencode(query)}", 303)
