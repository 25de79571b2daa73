"""Gradio's own uploads: who may leave a file there, and that nobody but they can look at it again.

Gradio serves a file of its folder to whoever knows the path; here only to the visitor who brought it. Finished films
and everything else that is private never lie there: they go out by signed links.
"""

from __future__ import annotations

import json
import shutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio.callers import Caller
from studio.errors import FileMissing, FileRefused, RateLimited
from studio.installation import Installation
from studio.routes.answers import refused

_UPLOAD, _FILE = "/gradio_api/upload", "/gradio_api/file="
_STRANGERS_BYTES = 25 * 1024 * 1024
_STRANGERS_BYTES_LATELY = 10 * _STRANGERS_BYTES
_KEPT_FREE_BYTES = _GIB = 1024**3
_DAY_S = 86_400.0
_LONGEST_ANSWER = 65_536


class Loads:
    """How much each visitor brought today and the day before; for about so long it lies in Gradio's folder."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._since = now()
        self._today: Counter[str] = Counter()
        self._before: Counter[str] = Counter()
        self._lock = Lock()

    def take(self, visitor: str, size_bytes: int, most_bytes: int) -> bool:
        """Whether that much more is not too much; then it counts."""
        with self._lock:
            while self._now() - self._since >= _DAY_S:
                self._before, self._today, self._since = self._today, Counter(), self._since + _DAY_S
            if self._today[visitor] + self._before[visitor] + size_bytes > most_bytes:
                return False
            self._today[visitor] += size_bytes
            return True


class Uploads:
    def __init__(self, app: ASGIApp, installation: Installation) -> None:
        self._app = app
        self._installation = installation
        self._brought = installation.brought
        self._loads = Loads()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = unquote(scope["path"]) if scope["type"] == "http" else ""
        if path.startswith(_FILE):
            return await self._shown(path.removeprefix(_FILE), scope, receive, send)
        if path.rstrip("/") == _UPLOAD and scope["method"] == "POST":
            return await self._taken(scope, receive, send)
        return await self._app(scope, receive, send)

    async def _shown(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        caller = await self._installation.callers.of(HTTPConnection(scope))
        if not self._brought.is_by(caller, path):
            return await refused(FileMissing("There is no such file."))(scope, receive, send)
        return await self._app(scope, receive, send)

    async def _taken(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = HTTPConnection(scope)
        caller = await self._installation.callers.of(request)
        try:
            if caller.user is None:
                _require_small(request.headers)
            _require_room(request.headers, self._installation.settings.data_folder)
            await run_in_threadpool(self._installation.gate.limit, caller, "upload")
            self._require_share(caller, _length(request.headers))
        except (FileRefused, RateLimited) as error:
            return await refused(error)(scope, receive, send)
        return await self._app(scope, receive, self._noting(caller, send))

    def _require_share(self, caller: Caller, size_bytes: int) -> None:
        gib = self._installation.settings.uploads_gib
        if caller.user is None and not self._loads.take(caller.address, size_bytes, _STRANGERS_BYTES_LATELY):
            raise FileRefused("That is much before you have signed in. Sign in to bring more files.")
        if caller.user and not self._loads.take(str(caller.user), size_bytes, int(gib * _GIB)):
            raise FileRefused(f"You brought {gib:g} GB of files since yesterday. Go on tomorrow, or with smaller ones.")

    def _noting(self, caller: Caller, send: Send) -> Send:
        """Reads along in the answer, which names the files."""
        body, is_fine = bytearray(), False

        async def noting(message: Message) -> None:
            nonlocal is_fine
            if message["type"] == "http.response.start":
                is_fine = message["status"] == 200
            elif is_fine and len(body) < _LONGEST_ANSWER:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    self._brought.note(caller, [path for path in json.loads(body) if isinstance(path, str)])
            await send(message)

        return noting


def _require_small(headers: Headers) -> None:
    if not 0 < _length(headers) <= _STRANGERS_BYTES:
        raise FileRefused("Before you sign in, a file has at most 25 MB. Sign in to bring larger ones.")


def _require_room(headers: Headers, folder: Path) -> None:
    """Films need the disk more than anybody's next file does."""
    free = shutil.disk_usage(folder).free
    if free < _length(headers) + _KEPT_FREE_BYTES:
        raise FileRefused("There is no room for files just now. Try again in an hour.")


def _length(headers: Headers) -> int:
    """As the request says, and the server reads no more; one that says nothing true is refused before this."""
    length = headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0
