"""Every page as a picture, by day, in the dark and on a phone, and whether a browser finds fault with it.

    python -m bench.app_looks [--out out/looks]

A real `python app.py` with somebody who has one finished film and one in the making. A page is at fault if its console
tells of an error or if it is wider than the screen.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Browser, Page, sync_playwright

from bench.apps import App
from bench.chromium import CHROMIUM, CHROMIUM_FLAGS
from bench.folders import entered_by_all
from bench.tables import machine, show
from studio.callers import Caller
from studio.pages.site import PATHS

SIGHTS = {"light": ("light", 1280), "dark": ("dark", 1280), "phone": ("light", 390), "phone-dark": ("dark", 390)}
SETTLED_MS = 1500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("out/looks"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    print(machine())
    with entered_by_all("looks") as folder, closing(App(folder)) as app, _chromium() as browser:
        app.start()
        who, cookies = app.person()
        finished = _finished(app, who)
        making, _ = app.order(who, minutes=2, resolution="1080p")
        places = {"project-making": f"/project?id={making}", "project-finished": f"/project?id={finished}"}
        places |= {path.strip("/") or "create": path for path in PATHS}
        rows = []
        for name, path in places.items():
            # Admin is the owner's alone, and without cookies that is whoever sits at the machine.
            signed_in = {} if name == "admin" else cookies
            faults = [
                f"{sight}: {fault}"
                for sight in SIGHTS
                for fault in _faults(browser, app.url + path, signed_in, sight, options.out / f"{name}-{sight}.png")
            ]
            rows.append((name, len(SIGHTS), "; ".join(faults) or "none"))
    show(("page", "pictures", "faults"), rows)
    print(f"\nThe pictures are in {options.out}.")


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


def _finished(app: App, who: Caller) -> UUID:
    project, job = app.order(who)
    while not app.desk.films.job(who, job).ended:
        time.sleep(1)
    return project


def _faults(browser: Browser, url: str, cookies: dict[str, str], sight: str, picture: Path) -> list[str]:
    scheme, width = SIGHTS[sight]
    with closing(browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)) as context:
        context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        page.goto(url)
        page.wait_for_selector("h1", state="attached")
        page.wait_for_timeout(SETTLED_MS)
        page.screenshot(path=picture, full_page=True)
        return faults + _too_wide(page, width)


def _too_wide(page: Page, width: int) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{wide} pixels wide"] if wide > width else []


if __name__ == "__main__":
    main()
