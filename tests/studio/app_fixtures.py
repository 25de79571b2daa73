"""The whole studio, launched once for the session on a database of its own, and a browser to look at it with."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from studio.identity import Scope
from studio.store import EmbeddedPostgres, Migrator

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from studio.desk import Desk
    from studio.installation import Installation
    from studio.pages import Site

PASSWORD = "correct horse 42"


class Person(NamedTuple):
    """Somebody with an account, and the cookies of a browser in which they are signed in."""

    id: UUID
    cookies: dict[str, str]


@dataclass(frozen=True)
class StudioApp:
    """One launched studio. Tests share it, so each makes people of its own."""

    url: str
    installation: Installation
    desk: Desk
    site: Site

    def person(self, email: str = "") -> Person:
        """Somebody new, signed in; the password of all is PASSWORD."""
        from studio.callers.callers import SESSION_COOKIE

        session = self.installation.identity.sign_up(email or f"{uuid4().hex[:12]}@example.com", PASSWORD)
        assert session is not None
        return Person(session.person.id, {SESSION_COOKIE: session.access_token})

    def key(self, user: UUID, scopes: frozenset[Scope] = frozenset(Scope)) -> str:
        return self.installation.keys.create(user, "a test", scopes=scopes).key

    def client(self, who: Person | None = None, *, key: str = "", owner: bool = False) -> httpx.Client:
        """Speaks as that person, as that key, as the owner at this machine, or as a stranger."""
        return httpx.Client(
            base_url=self.url,
            cookies=self.cookies(who, owner=owner),
            headers={"X-CanvasCast-Key": key} if key else {},
            timeout=30,
        )

    def cookies(self, who: Person | None = None, *, owner: bool = False) -> dict[str, str]:
        from studio.callers.callers import GUEST_COOKIE

        return who.cookies if who else {} if owner else {GUEST_COOKIE: "1"}


@pytest.fixture(scope="session")
def app_database_url(postgres_server: EmbeddedPostgres, administrator: psycopg.Connection) -> str:
    """A migrated database without anything of Supabase's, for apps that keep their accounts themselves."""
    administrator.execute("create database studio_app")
    url = postgres_server.url("studio_app")
    Migrator(url).migrate()
    return url


@contextmanager
def launched(installation: Installation, *, port: int | None = None) -> Iterator[StudioApp]:
    """The installation's site, serving; it closes both in the end."""
    from studio.desk import Desk
    from studio.pages import Site

    with ExitStack() as stack:
        stack.callback(installation.close)
        desk = Desk(installation)
        site = Site(desk)
        site.launch(host="127.0.0.1", port=port or free_port())
        stack.callback(site.close)
        yield StudioApp(site.url.rstrip("/"), installation, desk, site)


@pytest.fixture(scope="session")
def studio_app(app_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudioApp]:
    from studio.installation import Installation

    port = free_port()
    settings = app_settings(app_database_url, tmp_path_factory.mktemp("studio"), port)
    with launched(Installation.open(settings), port=port) as app:
        yield app


def app_settings(database_url: str, folder: Path, port: int, **more: object):
    """Settings of an app under test, whatever the environment says."""
    from studio.settings import Settings

    values = {"data_folder": folder, "database_url": database_url, "site_url": f"http://127.0.0.1:{port}"}
    return Settings(_env_file=None, **{**values, **more})


@pytest.fixture
def page_of(studio_app: StudioApp, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Pages in browsers of their own: `page_of(person)`, `page_of(owner=True)`, or a stranger's; goto("/library")."""
    with ExitStack() as stack:

        def make(who: Person | None = None, *, owner: bool = False, dark: bool = False, width: int = 1280) -> Page:
            context = browser.new_context(
                base_url=studio_app.url,
                viewport={"width": width, "height": 900},
                color_scheme="dark" if dark else "light",
            )
            stack.callback(context.close)
            cookies = studio_app.cookies(who, owner=owner)
            context.add_cookies(
                [{"name": name, "value": value, "url": studio_app.url} for name, value in cookies.items()]
            )
            return context.new_page()

        yield make


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
