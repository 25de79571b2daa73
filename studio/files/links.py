"""Links to files that carry their own permission until they run out, and the byte ranges that players ask for."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from studio.errors import FileRefused, LinkExpired, LinkInvalid

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True)
class LinkedFile:
    """What a valid link lets its holder read."""

    path: str
    download_name: str | None
    expires_at: int


class LinkSigner:
    """Signs `<base>/<path>?expires=...&signature=...` with a secret that only this installation knows."""

    def __init__(self, secret: bytes, base_url: str, *, now: Callable[[], float] = time.time) -> None:
        if len(secret) < 32:
            raise ValueError("the secret of links has at least 32 bytes")
        self._secret = secret
        self._base = base_url.rstrip("/")
        self._now = now

    def link(self, path: str, *, seconds: int, download_name: str | None = None) -> str:
        expires = int(self._now()) + seconds
        query = {"expires": str(expires), "signature": self._signature(path, str(expires), download_name)}
        if download_name is not None:
            query["download"] = download_name
        return f"{self._base}/{quote(path)}?{urlencode(query)}"

    def verify(self, path: str, query: Mapping[str, str]) -> LinkedFile:
        """What the link allows; its path comes decoded and without the base, its query as a mapping."""
        expires, name = query.get("expires", ""), query.get("download")
        if not hmac.compare_digest(query.get("signature", "").encode(), self._signature(path, expires, name).encode()):
            raise LinkInvalid("This link is not valid. Open the file from its project again.")
        if int(expires) <= self._now():
            raise LinkExpired("This link has expired. Open the file from its project again.")
        return LinkedFile(path, name, int(expires))

    def _signature(self, path: str, expires: str, download_name: str | None) -> str:
        # Lengths keep one field from running into the next.
        fields = [path, expires, "" if download_name is None else f"as {download_name}"]
        message = "".join(f"{len(field.encode())}:{field}" for field in fields).encode()
        digest = hmac.digest(self._secret, message, hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True)
class ByteRange:
    """The bytes from `first` to `last`, both included, of a file of `size` bytes."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def header(self) -> str:
        return f"bytes {self.first}-{self.last}/{self.size}"


def byte_range(header: str | None, size: int) -> ByteRange | None:
    """What a Range header asks of a file; None means the whole of it. FileRefused where nothing can be given.

    Several ranges in one header are answered with the whole file, as the standard allows.
    """
    match = _RANGE.fullmatch((header or "").replace(" ", ""))
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    if first and last and int(last) < int(first):
        return None
    if start > end:
        raise FileRefused("The file is shorter than that.", details={"size": size})
    return ByteRange(start, end, size)


def disposition(download_name: str | None) -> str:
    """The Content-Disposition header: shown in the page, or saved under a name."""
    if download_name is None:
        return "inline"
    plain = re.sub(r"[^A-Za-z0-9 _.()-]", "_", download_name) or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(download_name, safe='')}"
