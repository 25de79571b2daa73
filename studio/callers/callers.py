"""Finds out who asks, from the cookie, the key or the place of a request. Wrong credentials make somebody unknown."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Network, ip_address
from threading import Lock
from urllib.parse import urlsplit
from uuid import UUID

from anyio import to_thread
from starlette.requests import HTTPConnection

from studio.callers.caller import ANYONE, Caller
from studio.errors import Forbidden, IdentityError, StoreUnavailable
from studio.identity import ApiKeys, Identity
from studio.identity.embedded import EmbeddedIdentity, Visit

SESSION_COOKIE = "cc_session"
GUEST_COOKIE = "cc_guest"
"""Set when the owner at this machine signs out, so that they see what others see."""
KEY_HEADER = "x-canvascast-key"
KEY_MARK = "cck_"
# What proxies add to what they pass on; some add nothing, but speak as no browser has for twenty years.
_OF_PROXIES = (
    *("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via", "cf-connecting-ip"),
    *("x-client-ip", "true-client-ip", "x-forwarded", "x-original-forwarded-for"),
)
_REMEMBERED_S = 5.0
_MOST_REMEMBERED = 5000
_log = logging.getLogger(__name__)


class Callers:
    """Answers are remembered for some seconds: a page asks many times a second, and revoking works within them."""

    def __init__(
        self,
        identity: Identity,
        keys: ApiKeys,
        *,
        is_admin: Callable[[str], bool],
        welcome: Callable[[UUID], object] = bool,
        proxies: int = 0,
        owner_at_home: bool = True,
    ) -> None:
        """`proxies` is how many of them stand before the app and can be believed; `welcome` meets the owner at home."""
        self._identity = identity
        self._keys = keys
        self._is_admin = is_admin
        self._welcome = welcome
        self._proxies = proxies
        self._owner_at_home = owner_at_home and isinstance(identity, EmbeddedIdentity)
        self._known: dict[str, tuple[float, Caller]] = {}
        self._owner: Caller | None = None
        self._lock = Lock()

    async def name(self, request: HTTPConnection) -> str:
        """For Gradio's `auth_dependency`: never None, which would close the page itself."""
        return str(await self.of(request))

    async def of(self, request: HTTPConnection) -> Caller:
        key, token = _key_of(request), request.cookies.get(SESSION_COOKIE)
        if key:
            caller = await self._remembered(key, self._by_key)
        elif token:
            caller = await self._remembered(token, self._by_token)
        elif GUEST_COOKIE not in request.cookies and self.is_at_home(request):
            caller = await to_thread.run_sync(self._by_place)
        else:
            caller = ANYONE
        return caller.at(self.address_of(request))

    def address_of(self, request: HTTPConnection) -> str:
        """The visitor's address, as the last proxy that can be believed saw it."""
        passed_on = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
        if self._proxies and len(passed_on) >= self._proxies:
            return _whose(passed_on[-self._proxies])
        return _whose(request.client.host) if request.client else ""

    def is_at_home(self, request: HTTPConnection) -> bool:
        """Whether this comes from a browser on the studio's own machine, whoever is signed in there."""
        return self._owner_at_home and _is_at_home(request)

    def forget(self, secret: str) -> None:
        """Somebody signed out or a key was revoked: it works no more from this moment, here at least."""
        with self._lock:
            self._known.pop(secret, None)

    def forget_all(self) -> None:
        with self._lock:
            self._known.clear()
            self._owner = None

    async def _remembered(self, secret: str, find: Callable[[str], Caller]) -> Caller:
        now = time.monotonic()
        until, caller = self._known.get(secret, (0.0, ANYONE))
        if until > now:
            return caller
        caller = await to_thread.run_sync(find, secret)
        with self._lock:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known = {one: kept for one, kept in self._known.items() if kept[0] > now}
            self._known[secret] = (now + _REMEMBERED_S, caller)
        return caller

    def _by_key(self, key: str) -> Caller:
        try:
            program = self._keys.use(key)
        except Forbidden:
            return ANYONE
        except StoreUnavailable as error:
            _log.warning("nobody is known just now: %s", error)
            return ANYONE
        return Caller(program.user_id, scopes=program.scopes, by_key=True)

    def _by_token(self, token: str) -> Caller:
        try:
            person = self._identity.verify(token)
        except IdentityError:
            return ANYONE
        return Caller(person.id, is_admin=self._is_admin((person.email or "").lower()))

    def _by_place(self) -> Caller:
        with self._lock:
            if self._owner is None and isinstance(self._identity, EmbeddedIdentity):
                visit = Visit(peer="127.0.0.1", host="localhost", forwarded=False)
                owner = self._identity.sign_in_owner(visit).person.id
                self._welcome(owner)
                self._owner = Caller(owner, is_admin=True)
            return self._owner or ANYONE


def _is_at_home(request: HTTPConnection) -> bool:
    """A page of another site in the owner's browser also sends from this machine: it is not the owner."""
    headers = request.headers
    host = headers.get("host", "")
    visit = Visit(
        peer=request.client.host if request.client else "",
        host=host,
        forwarded=any(name in headers for name in _OF_PROXIES) or request.scope.get("http_version") == "1.0",
    )
    origin = headers.get("origin")
    is_foreign = headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate"
    return visit.is_at_this_machine and not is_foreign and (not origin or urlsplit(origin).netloc == host)


def _whose(address: str) -> str:
    """One visitor: each connection has a whole network of the newer addresses, and could be somebody new each time."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return address
    return str(found.ipv4_mapped or IPv6Network((int(found), 64), strict=False))


def presents_key(request: HTTPConnection) -> bool:
    """Whether a program speaks, with whatever key."""
    return bool(_key_of(request))


def _key_of(request: HTTPConnection) -> str:
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    return request.headers.get(KEY_HEADER, "") or (bearer if bearer.startswith(KEY_MARK) else "")
