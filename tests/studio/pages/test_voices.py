"""The Voices page in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.fixture
def page(page_of):
    page = page_of()
    page.goto("/voices")
    page.locator(".vo-card").first.wait_for()
    return page


def test_those_who_can_speak_come_first_and_can_be_heard(page):
    ready = page.locator(".vo-group", has_text="Ready to speak here")
    walter = ready.locator(".vo-card", has_text="Walter")
    walter.get_by_role("button", name="Play Walter").click()
    expect(walter.get_by_role("button")).to_have_attribute("data-state", "playing", timeout=15_000)


def test_the_visitors_own_language_is_shown_and_others_are_a_choice_away(page):
    expect(page.locator(".vo-card:visible", has_text="Clara")).to_have_count(0)
    page.get_by_label("Language").select_option("German")
    expect(page.locator(".vo-card:visible", has_text="Clara")).to_have_count(1)
    page.locator("select[name=gender]").select_option("Male")
    expect(page.locator(".vo-card:visible", has_text="Clara")).to_have_count(0)


def test_a_card_says_what_may_be_done_with_the_voice(page):
    card = page.locator(".vo-card", has_text="Walter")
    expect(card).to_contain_text("what it says is yours")
    expect(card).to_contain_text("Yes, films with it may earn money")


def test_a_voice_that_is_not_set_up_says_so_and_has_nothing_to_play(page):
    card = page.locator(".vo-card", has_text="Onyx")
    expect(card).to_contain_text("Onyx is not set up in this studio.")
    expect(card.get_by_role("button")).to_have_count(0)


def test_using_a_voice_leads_to_create_with_it(page):
    page.get_by_role("link", name="Use this voice: June").click()
    page.locator(".cr-total").wait_for()
    assert page.get_by_role("radio", name="June").is_checked()
