"""All pages in one Gradio app, and how it is launched."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import gradio as gr

from studio import routes
from studio.desk import Desk
from studio.pages import (
    about,
    admin,
    create,
    credits,
    embed,
    library,
    programs,
    project,
    settings,
    showcase,
    sign_in,
    voices,
)
from studio.pages.shell import bare, frame
from studio.pages.theme import theme
from studio.programs import speak_json
from studio.routes.missing import missing
from studio.routes.static import STATIC
from studio.safety.uploads import MOST_BYTES

MAX_UPLOAD = max(MOST_BYTES.values())
_HEAD = (
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<link rel="icon" type="image/svg+xml" href="/studio/icon.svg">'
)


class Page(NamedTuple):
    title: str
    path: str
    build: Callable[[Desk], None]
    bare: bool = False
    """Without the bar and the foot, as a part of another site's page."""


_PAGES: tuple[Page, ...] = (
    Page("Library", "/library", library.build),
    Page("Project", "/project", project.build),
    Page("Credits", "/credits", credits.build),
    Page("Settings", "/settings", settings.build),
    Page("About", "/about", about.build),
    Page("Sign in", "/sign-in", sign_in.build),
    Page("Create", "/embed", embed.build, bare=True),
    Page("Showcase", "/showcase", showcase.build, bare=True),
    Page("Voices", "/voices", voices.build),
    Page("Admin", "/admin", admin.build),
    Page("For programs", "/programs", programs.build),
)
"""Beside the first one, which is Create."""
PATHS = ("/", *(page.path for page in _PAGES))


class Site:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # Gradio's parts remember where files lie when they are built.
        os.environ["GRADIO_TEMP_DIR"] = str((desk.installation.settings.data_folder / "gradio").absolute())
        self.blocks = _blocks(desk)
        self.url = ""

    def launch(self, *, host: str | None = None, port: int | None = None) -> None:
        """Serve; returns as soon as the page answers."""
        os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
        _, self.url, _ = self.blocks.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,
            show_error=False,
            ssr_mode=False,
            run_history=False,
            enable_monitoring=False,
            footer_links=[],
            mcp_server=True,
            max_file_size=MAX_UPLOAD,
            auth_dependency=self._desk.installation.callers.name,
            app_kwargs={
                "routes": routes.routes(self._desk),
                "middleware": routes.middleware(self._desk),
                "exception_handlers": {404: missing},
            },
            theme=theme(),
            css_paths=sorted(STATIC.glob("*.css"), key=_shared_first),
            head=_HEAD + "".join(map(_script, sorted(STATIC.glob("*.js"), key=_shared_first))),
        )
        speak_json(self.blocks)

    def close(self) -> None:
        with suppress(OSError):
            self.blocks.close(verbose=False)


def _shared_first(path: str | Path) -> tuple[bool, str]:
    """What all pages share comes before what a page adds to it."""
    return Path(path).stem != "studio", Path(path).name


def _script(path: Path) -> str:
    return f'<script src="/studio/{path.name}"></script>'


def _blocks(desk: Desk) -> gr.Blocks:
    blocks: gr.Blocks
    with gr.Blocks(title="CanvasCast", analytics_enabled=False, delete_cache=(3600, 86_400)) as blocks, frame("/"):
        create.build(desk)
    for page in _PAGES:
        with blocks.route(page.title, page.path, show_in_navbar=False), bare() if page.bare else frame(page.path):
            page.build(desk)
    blocks.queue(api_open=False, max_size=200, default_concurrency_limit=8)
    return blocks
