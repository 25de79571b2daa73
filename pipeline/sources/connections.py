"""Connections that only reach where they may.

Every one, also after a redirect, goes to an address that was looked up and checked a moment before. The name is not
looked up again, so what was checked is what is reached. A deadline holds for every single byte.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from pipeline.sources.addresses import MayReach, Resolve
from pipeline.sources.errors import LinkRefused

_PRIVATE = (
    "This link leads to a private address, or to a port that is not the web's. Only public web pages can be read."
)
_SCHEME = "Only links that begin with http:// or https:// can be read."
_ADDRESSES_TRIED = 3


def checked(link: str) -> str:
    """The link, if it has the form of one that may be followed."""
    try:
        url = httpx.URL(link.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise LinkRefused("This is not a link that can be read. Copy it from the browser's address bar.") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise LinkRefused(_SCHEME)
    if url.userinfo:
        raise LinkRefused("This link carries a name and a password. Give the plain address of a public page.")
    return str(url)


class CheckedTransport(httpx.BaseTransport):
    """Plain HTTP/1.1 over checked connections; no proxies, nothing taken from the environment."""

    def __init__(self, resolve: Resolve, may_reach: MayReach, deadline: float) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            network_backend=_CheckedBackend(resolve, may_reach, deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        response = self._pool.handle_request(
            httpcore.Request(request.method, target, headers=request.headers.raw, extensions=request.extensions)
        )
        body = response.stream
        if not isinstance(body, Iterable):
            raise TypeError("the connection answered with a body for asynchronous readers")
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(body), extensions=response.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts

    def close(self) -> None:
        if hasattr(self._parts, "close"):
            self._parts.close()


class _CheckedBackend(httpcore.NetworkBackend):
    def __init__(self, resolve: Resolve, may_reach: MayReach, deadline: float) -> None:
        self._resolve = resolve
        self._may_reach = may_reach
        self._deadline = deadline
        self._system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port)[:_ADDRESSES_TRIED]:
            try:
                left = _left(timeout, self._deadline)
                stream = self._system.connect_tcp(str(address), port, left, local_address, socket_options)
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _addresses(self, host: str, port: int) -> list[Any]:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} has no address") from error
        if not all(self._may_reach(address, port) for address in addresses):
            raise LinkRefused(_PRIVATE)
        return list(addresses)


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, _left(timeout, self._deadline))
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(timeout: float | None, deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the page's time is up")
    return min(timeout, left) if timeout is not None else left
