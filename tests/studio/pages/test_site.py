"""The site as a whole: it answers, to whoever asks."""

from __future__ import annotations


def test_the_first_page_shows_its_heading_in_a_browser(page_of):
    page = page_of()
    page.goto("/")
    page.get_by_role("heading", level=1).wait_for()
    assert page.title() == "CanvasCast"


def test_a_key_of_the_fixture_belongs_to_its_person(studio_app):
    person = studio_app.person()
    assert studio_app.installation.keys.use(studio_app.key(person.id)).user_id == person.id
