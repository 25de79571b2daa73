"""Three sites on one TLS port: the studio behind a proxy, one that may show it in a frame, and one that may not."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import gradio
import httpx
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

STUDIO, FRIEND, STRANGER = "studio.example", "friend.example", "stranger.example"
_HOP = {"connection", "transfer-encoding", "keep-alive"}


class Sites:
    """Other sites' pages are whatever the test lays out for their paths."""

    def __init__(self, port: int, behind: str) -> None:
        self.port = port
        self.pages: dict[str, str] = {}
        self._behind = httpx.AsyncClient(base_url=behind, timeout=60)
        gradios_own = Path(gradio.__file__).with_name("templates") / "frontend"
        self._others = Starlette(
            routes=[Mount("/gradio", StaticFiles(directory=gradios_own)), Route("/{path:path}", self._page)]
        )

    def at(self, host: str, path: str = "/") -> str:
        return f"https://{host}:{self.port}{path}"

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        if request.url.hostname == STUDIO:
            await (await self._passed_on(request))(scope, receive, send)
        else:
            await self._others(scope, receive, send)

    async def _page(self, request: Request) -> Response:
        body = self.pages.get(request.url.path, "")
        return HTMLResponse(f"<!doctype html><title>Another site</title><body>{body}")

    async def _passed_on(self, request: Request) -> Response:
        headers = [(name, value) for name, value in request.headers.raw if name.decode() not in _HOP]
        headers += [(b"x-forwarded-proto", b"https"), (b"x-forwarded-for", b"203.0.113.9")]
        asked = self._behind.build_request(
            request.method,
            str(request.url.replace(scheme="", netloc="")),
            headers=headers,
            content=await request.body(),
        )
        answer = await self._behind.send(asked, stream=True)
        passed = StreamingResponse(answer.aiter_raw(), answer.status_code, background=BackgroundTask(answer.aclose))
        passed.raw_headers = [
            (name.lower(), value) for name, value in answer.headers.raw if name.lower().decode() not in _HOP
        ]
        return passed


@contextmanager
def serving(sites: Sites, folder: Path) -> Iterator[Sites]:
    certificate, key = _certificate(folder)
    config = uvicorn.Config(
        sites,
        port=sites.port,
        ssl_certfile=certificate,
        ssl_keyfile=key,
        log_level="error",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield sites
    server.should_exit = True
    thread.join(10)


def _certificate(folder: Path) -> tuple[Path, Path]:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "example")])
    names = x509.SubjectAlternativeName([x509.DNSName(host) for host in (STUDIO, FRIEND, STRANGER)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "site.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "site.key").write_bytes(private)
    return folder / "site.pem", folder / "site.key"
