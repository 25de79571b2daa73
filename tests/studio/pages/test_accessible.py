"""Every page can be used with a keyboard, a screen reader and poor eyes: axe finds nothing serious, light or dark."""

from __future__ import annotations

import pytest

from studio.pages.site import PATHS
from tests.studio.axe import grave_findings


@pytest.fixture(scope="module")
def someone(studio_app):
    return studio_app.person()


def test_what_keeps_people_out_is_found(page_of):
    page = page_of()
    page.set_content('<html lang="en"><title>A door</title><main><h1>A door</h1><button></button></main></html>')
    assert [one.partition(":")[0] for one in grave_findings(page)] == ["button-name"]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_a_serious_finding_in_the_dark(page_of, path):
    page = page_of(dark=True)
    page.goto(path)
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")
    assert grave_findings(page) == []


@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_one_by_day_on_a_phone_for_somebody_signed_in(page_of, someone, path):
    page = page_of(someone, width=390)
    page.goto(path)
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")
    assert grave_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, "the page is wider than a phone"


def test_the_first_tab_leads_past_the_bar_and_stays_on_the_page(page_of):
    page = page_of()
    page.goto("/about")
    page.wait_for_selector("h1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "cc-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.url.endswith("/about")
