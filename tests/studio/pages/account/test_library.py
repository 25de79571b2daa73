"""The library in a browser: found while typing, thrown away and taken back, by mouse and by keyboard."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from studio.jobs import Jobs, Leases
from studio.projects import ProjectFields, Projects
from tests.studio.arrange import ONE_MINUTE


@pytest.fixture
def person(studio_app):
    return studio_app.person()


@pytest.fixture
def film(studio_app, person):
    def make(title="", **fields):
        return (
            Projects(studio_app.installation.store).create(person.id, uuid4(), ProjectFields(title=title, **fields)).id
        )

    return make


def opened(page, address="/library"):
    page.goto(address)
    expect(page.locator("[data-cards]:not([aria-busy]) .lb-card[data-id], [data-nothing] > *").first).to_be_visible()
    return page


def titles(page):
    return page.locator(".lb-card[data-id] h2").all_inner_texts()


def expect_titles(page, *wanted):
    expect(page.locator(".lb-card[data-id] h2")).to_have_text(list(wanted))


def test_a_visitor_learns_what_would_be_here_and_comes_back_after_signing_in(page_of):
    page = page_of()
    page.goto("/library")
    expect(page.get_by_role("heading", name="Your library")).to_be_visible()
    assert page.locator(".ac-visitor a.cc-button").get_attribute("href") == "/sign-in?next=/library"
    expect(page.get_by_label("Search your films")).to_be_hidden()


def test_an_empty_library_shows_the_way_to_a_first_film(page_of, person):
    page = opened(page_of(person))
    expect(page.get_by_role("heading", name="Your films will stand here")).to_be_visible()
    page.get_by_role("link", name="Make your first film").click()
    page.wait_for_url("**/")


def test_films_are_found_while_somebody_types_and_the_address_remembers_it(page_of, person, film):
    for title in ("Volcanoes", "100% wool", "茶的历史"):
        film(title)
    page = opened(page_of(person))
    expect_titles(page, "茶的历史", "100% wool", "Volcanoes")
    page.get_by_label("Search your films").press_sequentially("100%")
    expect_titles(page, "100% wool")
    assert "q=100%25" in page.url
    page.reload()
    expect_titles(page, "100% wool")
    page.get_by_label("Search your films").fill("nothing like it")
    expect(page.get_by_role("heading", name="No film matches “nothing like it”")).to_be_visible()
    page.get_by_role("button", name="Show all films").click()
    expect_titles(page, "茶的历史", "100% wool", "Volcanoes")


def test_what_somebody_wrote_is_shown_and_never_run(page_of, person, film):
    film('<img src=x onerror="document.title=1">"\'')
    page = opened(page_of(person))
    expect_titles(page, '<img src=x onerror="document.title=1">"\'')
    page.get_by_label("Search your films").fill("<b>nothing</b>")
    expect(page.get_by_role("heading", name="No film matches “<b>nothing</b>”")).to_be_visible()
    assert page.title() != "1"


def test_a_deleted_film_comes_back_by_undo_and_from_recently_deleted(page_of, person, film):
    film("Volcanoes")
    film("Rain")
    page = opened(page_of(person))
    page.get_by_role("button", name="Delete Rain").click()
    expect_titles(page, "Volcanoes")
    expect(page.get_by_text("Deleted.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect_titles(page, "Rain", "Volcanoes")
    page.get_by_role("button", name="Delete Volcanoes").click()
    expect_titles(page, "Rain")
    page.locator(".lb-filters").get_by_text("Recently deleted").click()
    expect_titles(page, "Volcanoes")
    expect(page.locator(".lb-facts")).to_contain_text("gone for good in 30 days")
    page.get_by_role("button", name="Restore Volcanoes").click()
    expect(page.get_by_role("heading", name="Nothing was deleted")).to_be_visible()
    page.get_by_role("button", name="Show all films").click()
    expect_titles(page, "Volcanoes", "Rain")


def test_a_copy_stands_first_and_holds_the_keyboard(page_of, person, film):
    film("Volcanoes")
    page = opened(page_of(person))
    page.get_by_role("button", name="Duplicate Volcanoes").click()
    expect_titles(page, "Volcanoes (copy)", "Volcanoes")
    expect(page.get_by_role("link", name="Volcanoes (copy)")).to_be_focused()


def test_everything_works_with_the_keyboard_alone(page_of, person, film):
    film("Volcanoes")
    film("Rain")
    page = opened(page_of(person))
    page.get_by_label("Search your films").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="No drafts")).to_be_hidden()
    expect_titles(page, "Rain", "Volcanoes")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Rain")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Delete Rain")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Rain")).to_be_focused()


def test_a_film_in_the_making_moves_by_itself(studio_app, page_of, person, film):
    store, project = studio_app.installation.store, film("Volcanoes")
    job = Jobs(store).start(uuid4(), user=person.id, project=project, request={}, usage=ONE_MINUTE, lane="gpu")
    leases = Leases(store, worker="w", lanes=["gpu"])
    while (claimed := leases.claim()) and claimed.id != job.id:
        pass
    leases.step(claimed, "SCRIPTING", job_progress=7)
    page = opened(page_of(person))
    expect(page.get_by_role("progressbar", name="Making Volcanoes")).to_have_attribute("aria-valuenow", "7")
    link = page.get_by_role("link", name="Volcanoes")
    link.focus()
    leases.step(claimed, "VOICE_GEN", job_progress=42)
    expect(page.get_by_role("progressbar", name="Making Volcanoes")).to_have_attribute(
        "aria-valuenow", "42", timeout=10_000
    )
    expect(link).to_be_focused()
    page.get_by_role("button", name="Delete Volcanoes").click()
    expect(page.get_by_text("What was being made of it stopped")).to_be_visible()


def test_more_films_come_when_asked_for(page_of, person, film):
    for number in range(26):
        film(f"Film {number}")
    page = opened(page_of(person, width=390))
    assert len(titles(page)) == 24
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".lb-card[data-id]")).to_have_count(26)
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()
    expect(page.get_by_role("link", name="Film 1", exact=True)).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_nobodys_page_reaches_anothers_film(studio_app, page_of, person, film):
    theirs, other = film("Secret"), studio_app.person()
    page = opened(page_of(other))
    assert "Secret" not in page.content()
    answer = page.evaluate(
        """async (id) => {
            const config = window.gradio_config || await (await fetch("/config")).json();
            const part = config.components.find((one) => (one.props.server_fns || []).includes("delete"));
            const answer = await fetch("/gradio_api/component_server", {
                method: "POST", headers: {"content-type": "application/json"},
                body: JSON.stringify({data: {id}, component_id: part.id, fn_name: "delete", session_hash: "x"}),
            });
            return answer.json();
        }""",
        str(theirs),
    )
    assert answer == {"problem": "There is no such project."}
    assert studio_app.installation.projects.get(person.id, theirs).deleted_at is None
