"""The certificates that the studio trusts, read once: reading them takes longer than most requests."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    return httpx.create_ssl_context()
