"""Files by signed links, in whole or in parts, as players ask for them. The link is the permission; nothing else is."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import anyio
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from studio.desk import Desk
from studio.errors import FileError, FileMissing, FileRefused, LinkInvalid, StudioError
from studio.files import ByteRange, FolderHome, LinkedFile, byte_range, disposition
from studio.files.service import mime_of
from studio.office import Downloads
from studio.routes.leaflet import link, told_or_shown

_log = logging.getLogger(__name__)
_PIECE = 256 * 1024
_HASHED = re.compile(r"[0-9a-f]{64}")
_SHOWN = ("video/", "audio/", "image/png", "image/jpeg", "image/webp", "image/gif", "text/vtt", "text/plain")
"""What a browser shows by itself; everything else, such as a page or a drawing with scripts, is only saved."""
_STILL = "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True)
class Sight:
    """A file that may be read now."""

    place: Path
    size: int
    tag: str
    linked: LinkedFile

    @classmethod
    def of(cls, home: FolderHome, path: str, query: dict[str, str]) -> Sight:
        linked = home.signer.verify(path, query)
        place = home.locate(linked.path)
        facts = place.stat()
        is_content = _HASHED.fullmatch(place.stem) is not None
        return cls(
            place, facts.st_size, f'"{place.stem if is_content else f"{facts.st_mtime_ns}-{facts.st_size}"}"', linked
        )

    def headers(self) -> dict[str, str]:
        return {
            "accept-ranges": "bytes",
            "etag": self.tag,
            "cache-control": "private, max-age=3600",
            "content-disposition": self._disposition(),
            "content-security-policy": _STILL,
            "referrer-policy": "no-referrer",
            # The link is a secret that works anywhere; who has it may play the file on any page.
            "access-control-allow-origin": "*",
            "cross-origin-resource-policy": "cross-origin",
        }

    @property
    def mime(self) -> str:
        return mime_of(self.place.suffix)

    def _disposition(self) -> str:
        name = self.linked.download_name
        return disposition(name or (None if self.mime.startswith(_SHOWN) else self.place.name))


class MediaRoutes:
    """Absent where files have addresses of their own, as at Supabase."""

    def __init__(self, desk: Desk) -> None:
        self._home = desk.installation.files.home
        self._downloads = Downloads(desk.installation.store)

    def routes(self) -> list[BaseRoute]:
        if not isinstance(self._home, FolderHome):
            return []
        return [Route("/files/{path:path}", self.give, methods=["GET", "HEAD"])]

    async def give(self, request: Request) -> Response:
        assert isinstance(self._home, FolderHome)
        try:
            sight = await run_in_threadpool(Sight.of, self._home, request.path_params["path"], _single(request))
            wanted = _wanted(request, sight)
        except FileRefused as error:
            return _unfit(request, error)
        except (FileError, OSError) as error:
            gone = error if isinstance(error, FileError) else FileMissing("There is no such file.")
            return told_or_shown(request, gone, "This file cannot be opened", link("Open your library", "/library"))
        if _is_known(request, sight):
            return Response(status_code=304, headers=sight.headers())
        answer = _answer(request, sight, wanted)
        if _is_taken(request, sight, wanted):
            answer.background = BackgroundTask(self._count, sight.linked)
        return answer

    def _count(self, linked: LinkedFile) -> None:
        try:
            self._downloads.note(linked.path, f"{linked.expires_at} {linked.download_name}")
        except StudioError as error:
            _log.warning("a download was not counted: %s", error)


def _is_taken(request: Request, sight: Sight, wanted: ByteRange | None) -> bool:
    """Saved under a name, and not the rest of a download that was counted when it began."""
    begins = wanted is None or wanted.first == 0
    return request.method == "GET" and sight.linked.download_name is not None and begins


def _single(request: Request) -> dict[str, str]:
    """The query, each name once: a second value could say something else than what was signed."""
    query = request.query_params
    if len(query.multi_items()) != len(query):
        raise LinkInvalid("This link is not valid. Open the file from its project again.")
    return dict(query)


def _wanted(request: Request, sight: Sight) -> ByteRange | None:
    """A part that was asked for on the condition that the file is still the same is given only then."""
    condition = request.headers.get("if-range")
    if condition is not None and condition != sight.tag:
        return None
    return byte_range(request.headers.get("range"), sight.size)


def _is_known(request: Request, sight: Sight) -> bool:
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    return sight.tag in known or "*" in known


def _answer(request: Request, sight: Sight, wanted: ByteRange | None) -> Response:
    headers = sight.headers()
    if wanted is not None:
        headers["content-range"] = wanted.header
        # A part counts bytes of the file itself: nobody may pack it on the way.
        headers["content-encoding"] = "identity"
    length = wanted.length if wanted else sight.size
    headers["content-length"] = str(length)
    status = 206 if wanted else 200
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=sight.mime)
    pieces = _pieces(sight.place, wanted.first if wanted else 0, length)
    return StreamingResponse(pieces, status_code=status, headers=headers, media_type=sight.mime)


async def _pieces(place: Path, first: int, length: int) -> AsyncIterator[bytes]:
    async with await anyio.open_file(place, "rb") as file:
        await file.seek(first)
        while length > 0:
            piece = await file.read(min(_PIECE, length))
            if not piece:
                return
            length -= len(piece)
            yield piece


def _unfit(request: Request, error: FileRefused) -> Response:
    """A path that is none, or a part beyond the file's end."""
    size = error.details.get("size")
    if size is None:
        missing = FileMissing("There is no such file.")
        return told_or_shown(request, missing, "This file cannot be opened", link("Open your library", "/library"))
    return Response(status_code=416, headers={"content-range": f"bytes */{size}", "accept-ranges": "bytes"})
