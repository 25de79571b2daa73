"""The sign-in page in a real browser: every way in, errors at their fields, the keyboard."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.studio.app_fixtures import PASSWORD


@pytest.fixture
def address():
    return f"{uuid4().hex[:10]}@example.com"


def opened(page, address="/sign-in"):
    page.goto(address)
    page.locator(".sd-card [data-view]:not([hidden])").first.wait_for()
    return page


def form(page, view):
    return page.locator(f"form[data-view={view}]")


def test_somebody_makes_an_account_and_arrives_where_they_came_from(page_of, address):
    page = opened(page_of(), "/sign-in?view=up&next=/voices")
    up = form(page, "up")
    up.get_by_label("Your name").fill("Ada")
    up.get_by_label("E-mail").fill(address)
    up.get_by_label("Choose a password").fill(PASSWORD)
    up.get_by_role("button", name="Make my account").click()
    page.wait_for_url("**/voices")
    page.get_by_role("link", name="Library").first.wait_for()


def test_the_keyboard_alone_signs_in(page_of, studio_app, address):
    studio_app.person(address)
    page = opened(page_of())
    form(page, "in").get_by_label("E-mail").focus()
    page.keyboard.type(address)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def test_a_wrong_password_is_said_at_its_field_and_the_address_stays(page_of, studio_app, address):
    studio_app.person(address)
    page = opened(page_of())
    one = form(page, "in")
    one.get_by_label("E-mail").fill(address)
    one.get_by_label("Password", exact=True).fill("wrong horse 42")
    one.get_by_role("button", name="Sign in").click()
    one.get_by_text("is wrong").wait_for()
    field = one.get_by_label("Password", exact=True)
    assert field.get_attribute("aria-invalid") == "true"
    assert field.evaluate("one => one === document.activeElement")
    assert one.get_by_label("E-mail").input_value() == address


def test_what_is_missing_is_said_before_anything_is_sent(page_of):
    page = opened(page_of())
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    form(page, "in").get_by_role("button", name="Sign in").click()
    form(page, "in").get_by_text("Write your e-mail address.").wait_for()
    assert not [url for url in sent if "/session/sign-in" in url]


def test_a_forgotten_password_leads_to_a_letter_and_tells_nothing_else(page_of, address):
    page = opened(page_of())
    page.get_by_role("button", name="I forgot my password").click()
    form(page, "forgot").get_by_label("E-mail").fill(address)
    form(page, "forgot").get_by_role("button", name="Send the letter").click()
    page.get_by_role("heading", name="Look into your mail").wait_for()
    assert page.locator("[data-address]").inner_text() == address


def test_password_managers_find_their_fields(page_of):
    page = opened(page_of())
    kinds = page.eval_on_selector_all("form input", "all => all.map(one => one.name + ' ' + one.autocomplete)")
    assert {"email username", "password current-password", "password new-password", "name name"} <= set(kinds)


def test_a_password_can_be_looked_at_and_hidden_again(page_of):
    page = opened(page_of())
    field = form(page, "in").locator("input[name=password]")
    form(page, "in").get_by_role("button", name="Show the password").click()
    assert field.get_attribute("type") == "text"
    form(page, "in").get_by_role("button", name="Hide the password").click()
    assert field.get_attribute("type") == "password"


def test_the_owner_signs_out_and_comes_back_by_one_press(page_of):
    page = opened(page_of(owner=True))
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Go on as the owner of this machine").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.get_by_role("link", name="Admin").first.wait_for()


def test_nobody_is_led_to_another_site(page_of, studio_app, address):
    studio_app.person(address)
    page = opened(page_of(), "/sign-in?next=javascript:document.title='caught'")
    one = form(page, "in")
    one.get_by_label("E-mail").fill(address)
    one.get_by_label("Password", exact=True).fill(PASSWORD)
    one.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{studio_app.url}/")
    assert page.title() != "caught"


def test_the_page_keeps_to_its_own_policy(page_of):
    page, broken = page_of(), []
    page.on(
        "console", lambda message: broken.append(message.text) if "Content Security Policy" in message.text else None
    )
    opened(page)
    assert broken == []
