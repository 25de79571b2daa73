"""Fetches the pages that a creator links to, within limits of size, time and redirects."""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message

import httpcore
import httpx

from pipeline.sources.addresses import MayReach, Resolve, public_web, resolve
from pipeline.sources.connections import CheckedTransport, checked
from pipeline.sources.errors import LinkFailed, SourceTooLarge, SourceTooSlow, SourceUnsupported
from pipeline.sources.limits import DEFAULT, Limits

_TYPES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/markdown",
    "text/vtt",
    "application/x-subrip",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/octet-stream",
)
_HEADERS = {
    "User-Agent": "CanvasCast/1.0 (reads a page for the person who linked it)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,application/pdf;q=0.8,*/*;q=0.1",
    "Accept-Encoding": "gzip, deflate, identity",
}
_STATUS = {
    401: "The page asks for a login, so it cannot be read. Copy its text instead.",
    403: "The page does not let programs read it. Copy its text instead.",
    404: "There is no page at this address (404). Check the link.",
    410: "The page is gone (410). Check the link.",
    429: "The site is asked too often right now (429). Try again later, or copy the page's text.",
    451: "The page may not be shown here (451). Copy its text, if you may use it.",
}


@dataclass(frozen=True)
class Page:
    """What came from an address: its last one, after all redirects."""

    address: str
    data: bytes
    charset: str = ""


@dataclass(frozen=True)
class Web:
    """The door to the web. The resolver and the policy are the two things that a test has to play."""

    resolve: Resolve = resolve
    may_reach: MayReach = public_web
    limits: Limits = DEFAULT

    def fetch(self, link: str) -> Page:
        """The page behind a link, or LinkRefused, LinkFailed, SourceTooLarge, SourceTooSlow, SourceUnsupported."""
        address = checked(link)
        deadline = time.monotonic() + self.limits.page_seconds
        try:
            with self._client(deadline) as client:
                return self._follow(client, client.build_request("GET", address))
        except httpcore.TimeoutException as error:
            raise SourceTooSlow("The page takes too long to come. Try again later, or copy its text.") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL) as error:
            raise LinkFailed(_trouble(error)) from error

    def _client(self, deadline: float) -> httpx.Client:
        limits = self.limits
        return httpx.Client(
            transport=CheckedTransport(self.resolve, self.may_reach, deadline),
            headers=_HEADERS,
            timeout=httpx.Timeout(limits.silence_seconds, connect=limits.connect_seconds),
            trust_env=False,
        )

    def _follow(self, client: httpx.Client, request: httpx.Request) -> Page:
        """Redirects are followed here, so that their bodies are never read."""
        for _ in range(self.limits.redirects + 1):
            response = client.send(request, stream=True)
            try:
                if response.next_request is None:
                    return self._read(response)
                checked(str(response.next_request.url))
                request = response.next_request
            finally:
                response.close()
        raise LinkFailed("The link leads from page to page without end. Check it.")

    def _read(self, response: httpx.Response) -> Page:
        _accept(response)
        data = b"".join(self._bounded(response))
        return Page(str(response.url), data, response.charset_encoding or "")

    def _bounded(self, response: httpx.Response) -> Iterator[bytes]:
        """The body as it comes, never more than the limit of it, packed or unpacked."""
        left = self.limits.page_bytes
        unpack = _unpacker(response.headers.get("content-encoding", ""))
        for chunk in response.iter_raw():
            data = unpack(chunk, left + 1)
            left -= len(data)
            if left < 0:
                raise SourceTooLarge("The page is far larger than notes should be. Copy the part that matters.")
            yield data


def _accept(response: httpx.Response) -> None:
    if response.status_code >= 400:
        other = f"The site answers with an error ({response.status_code}). Try again later, or copy the page's text."
        raise LinkFailed(_STATUS.get(response.status_code, other))
    if response.status_code != 200:
        raise LinkFailed(f"The site sends no page ({response.status_code}). Check the link.")
    message = Message()
    message["content-type"] = response.headers.get("content-type", "text/html")
    kind = message.get_content_type()
    if kind not in _TYPES:
        raise SourceUnsupported(f"The link leads to {kind}, not to a page with text.")


class _Inflater:
    """gzip or deflate, unpacked no further than asked."""

    def __init__(self, window: int) -> None:
        self.window = window
        self.stream = zlib.decompressobj(window)
        self.begun = False

    def __call__(self, chunk: bytes, most: int) -> bytes:
        try:
            data = self.stream.decompress(chunk, most)
        except zlib.error as error:
            if self.begun or self.window > 16:
                raise LinkFailed("The page arrives damaged. Try again later, or copy its text.") from error
            # Some servers say deflate and send it without its header.
            self.window, self.stream = -zlib.MAX_WBITS, zlib.decompressobj(-zlib.MAX_WBITS)
            self.begun = True
            return self(chunk, most)
        self.begun = True
        return data


def _as_it_is(chunk: bytes, most: int) -> bytes:
    return chunk


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return _as_it_is
    if encoding in ("gzip", "x-gzip"):
        return _Inflater(16 + zlib.MAX_WBITS)
    if encoding == "deflate":
        return _Inflater(zlib.MAX_WBITS)
    raise LinkFailed("The page arrives packed in a way that was not asked for. Copy its text instead.")


def _trouble(error: BaseException) -> str:
    causes = list(_causes(error))
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return "The site cannot be found. Check the link for typing mistakes."
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return "The site's certificate is not valid, so the page cannot be trusted. Copy its text instead."
    if isinstance(error, httpcore.ProtocolError):
        return "The page breaks off, or is not sent as a web page. Try again later, or copy its text."
    return "The site cannot be reached. Try again later, or copy the page's text."


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
