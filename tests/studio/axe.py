"""What axe finds on a page that would keep somebody out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE_MS = 90_000
# Started and then asked for: a call that waits inside the page has no limit of time, and could hold up a whole run.
_START = """() => setTimeout(async () => {
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const where = (nodes) => nodes.slice(0, 3).map(({ html }) => html).join(", ");
    window.axeFound = grave.map(({ id, help, nodes }) => `${id}: ${help}: ${where(nodes)}`);
})"""


def grave_findings(page: Page) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    page.evaluate(_START)
    found: list[str] = page.wait_for_function("window.axeFound", polling=100, timeout=PATIENCE_MS).json_value()
    return found
