"""The Create page in a real browser: from nothing to an order, by mouse and by keyboard, signed in or not."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import expect

from studio.callers import Caller
from studio.samples import find_sample
from tests.studio.app_fixtures import PASSWORD

NOTES = find_sample("volcanoes").notes
PROJECT = re.compile(r"/project\?id=([0-9a-f-]{36})")
expect.set_options(timeout=15_000)
BEES = "# Bees\n\nBees make honey from nectar. A hive keeps it for the winter. One bee makes a twelfth of a spoon.\n"


@pytest.fixture
def person(studio_app):
    return studio_app.person()


@pytest.fixture
def create(page_of):
    """The page, drawn and answered; for a stranger unless it is somebody's."""

    def opened(who=None, path="/", **how):
        page = page_of(who, **how)
        page.goto(path)
        page.locator(".cr-total").wait_for()
        return page

    return opened


def field(page, name):
    return page.locator(f"#field-{name}")


def generate(page):
    return page.get_by_role("button", name="Generate")


def ordered(page) -> UUID:
    page.wait_for_url(PROJECT)
    return UUID(PROJECT.search(page.url).group(1))


def jobs_of(studio_app, person) -> list[UUID]:
    projects = studio_app.installation.projects.list_of(person.id)
    found = [studio_app.desk.films.now(Caller(person.id), project.id) for project in projects]
    return [job.id for job in found if job]


def test_a_niche_is_chosen_with_the_arrow_keys(create):
    page = create()
    page.get_by_role("radio", name="Explainer", exact=True).focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="Facts", exact=True).is_checked()
    expect(page.locator("[data-about=niche]")).to_contain_text("surprising, true things")


def test_one_press_on_a_sample_orders_its_film(studio_app, create, person):
    page = create(person)
    page.get_by_role("button", name="Make this film: The deep sea").click()
    project = ordered(page)
    view = studio_app.desk.films.project(Caller(person.id), project)
    assert (view.brief["niche"], view.brief["minutes"]) == ("scary-facts", 2)
    assert view.brief["notes"].startswith("# The deep sea")
    assert view.state == "waiting"


def test_pressing_twice_orders_one_film(studio_app, create, person):
    page = create(person)
    field(page, "notes").fill(NOTES)
    generate(page).dblclick()
    ordered(page)
    assert len(jobs_of(studio_app, person)) == 1
    assert studio_app.installation.credits.account(person.id).held == 2


def test_the_counter_says_how_many_minutes_the_notes_carry(create):
    page = create()
    field(page, "notes").fill(NOTES)
    expect(page.locator("#carry")).to_contain_text("Your notes carry about 5.5 minutes.")
    expect(page.locator(".cr-meter")).to_have_class(re.compile("good"))


def test_notes_that_carry_less_offer_the_length_that_they_carry(create):
    page = create()
    field(page, "notes").fill(NOTES)
    field(page, "minutes").fill("12")
    offer = page.get_by_role("button", name=re.compile("Make it [2-9] minutes"))
    minutes = offer.inner_text().split()[2]
    offer.click()
    expect(page.locator("[data-length]")).to_have_text(f"{minutes} minutes")
    expect(page.locator(".cr-total")).to_contain_text(f"{minutes} credits")


def test_the_estimate_follows_length_and_size(create):
    page = create()
    expect(page.locator(".cr-total")).to_contain_text("2 credits")
    field(page, "minutes").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".cr-total")).to_contain_text("3 credits")
    page.get_by_text("More choices").click()
    page.get_by_role("radio", name="4K").check(force=True)
    expect(page.locator(".cr-total")).to_contain_text("6 credits")
    expect(page.get_by_role("table", name="Credits")).to_contain_text("Above 1080p")


def test_too_few_credits_are_said_before_with_the_way_to_more(create, person):
    page = create(person)
    field(page, "minutes").fill("12")
    notice = page.locator("[data-estimate]")
    expect(notice).to_contain_text("This film takes 12 credits and you have 10.")
    assert notice.get_by_role("link", name="Go to your credits").get_attribute("href") == "/credits"


def test_nothing_to_tell_is_said_at_the_notes(create):
    page = create()
    generate(page).click()
    expect(page.locator("#step-notes > [data-problem]")).to_contain_text("drop in some notes first")
    expect(field(page, "notes")).to_be_focused()


def test_notes_that_are_too_short_are_said_at_the_notes(create, person):
    page = create(person)
    field(page, "notes").fill("Tea comes from one plant.")
    generate(page).click()
    expect(page.locator("#step-notes > [data-problem]")).to_contain_text("less than a minute")


def test_a_wrong_link_is_said_at_the_links_and_goes_with_the_next_letter(create):
    page = create()
    field(page, "notes").fill(NOTES)
    field(page, "links").fill("example.com")
    generate(page).click()
    said = page.locator("[data-problem=links]")
    expect(said).to_contain_text("“example.com” is not the address of a page")
    field(page, "links").press_sequentially("/")
    expect(said).to_be_hidden()


def test_a_file_that_is_dropped_counts_with_the_notes(create, person):
    page = create(person)
    held = page.evaluate_handle(
        """text => {
            const held = new DataTransfer();
            held.items.add(new File([text], "volcanoes.md", { type: "text/markdown" }));
            return held;
        }""",
        NOTES,
    )
    page.locator("[data-files=documents] .cr-drop").dispatch_event("drop", {"dataTransfer": held})
    listed = page.get_by_role("list", name="Documents").get_by_role("listitem")
    expect(listed).to_contain_text("volcanoes.md")
    expect(listed).to_contain_text("Ready")
    generate(page).click()
    assert ordered(page)


def test_a_file_that_cannot_be_read_is_said_at_the_file(create, person):
    page = create(person)
    files = [
        {"name": "bees.md", "mimeType": "text/markdown", "buffer": BEES.encode()},
        {"name": "photo.pdf", "mimeType": "application/pdf", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(64)},
    ]
    page.locator("[data-files=documents] input").set_input_files(files)
    listed = page.get_by_role("list", name="Documents").get_by_role("listitem")
    expect(listed.filter(has_text="bees.md")).to_contain_text("Ready")
    expect(listed.filter(has_text="photo.pdf")).to_contain_text("photo.pdf is a PNG picture.")
    listed.filter(has_text="photo.pdf").get_by_role("button", name="Remove photo.pdf").click()
    expect(listed).to_have_count(1)


def test_what_is_written_is_there_when_the_page_is_opened_again(create, person):
    page = create(person)
    field(page, "notes").fill(NOTES)
    page.get_by_role("radio", name="History").check(force=True)
    field(page, "minutes").fill("4")
    page.reload()
    page.locator(".cr-total").wait_for()
    assert field(page, "notes").input_value() == NOTES
    assert page.get_by_role("radio", name="History").is_checked()
    expect(page.locator(".cr-total")).to_contain_text("4 credits")


def test_a_draft_survives_the_sign_up_with_its_files(studio_app, create):
    page = create()
    file = {"name": "notes.md", "mimeType": "text/markdown", "buffer": NOTES.encode()}
    page.locator("[data-files=documents] input").set_input_files([file])
    listed = page.get_by_role("list", name="Documents").get_by_role("listitem")
    expect(listed).to_contain_text("Kept here until you sign in")
    generate(page).click()
    page.wait_for_url("**/sign-in?next=%2F")
    sign_up(page, f"{uuid4().hex[:12]}@example.com")
    page.goto("/")
    expect(listed).to_contain_text("Ready")
    expect(page.locator("[data-kept]")).to_contain_text("Everything is as you left it")
    generate(page).click()
    assert ordered(page)


def test_a_strangers_file_that_can_never_be_used_is_refused_at_once(create):
    page = create()
    page.locator(".cr-more > summary").click()
    page.get_by_role("radio", name="Your own music").check(force=True)
    file = {"name": "notes.txt", "mimeType": "text/plain", "buffer": BEES.encode()}
    page.locator("[data-files=own_music] input").set_input_files([file])
    expect(page.get_by_role("list", name="Your music")).to_contain_text("notes.txt cannot be used here")


def sign_up(page, email):
    body = {"email": email, "password": PASSWORD}
    status = page.evaluate(
        """async (body) => (await fetch("/session/sign-up", {method: "POST", credentials: "same-origin",
           headers: {"content-type": "application/json"}, body: JSON.stringify(body)})).status""",
        body,
    )
    assert status < 300


def test_the_studio_keeps_the_draft_too_where_the_browser_forgets(create):
    page = create()
    field(page, "notes").fill(NOTES)
    generate(page).click()
    page.wait_for_url("**/sign-in?next=%2F")
    page.evaluate("localStorage.clear()")
    page.goto("/")
    expect(field(page, "notes")).to_have_value(NOTES)


def test_what_one_person_wrote_is_not_shown_to_the_next_at_the_same_browser(studio_app, create, person):
    page = create(person)
    field(page, "notes").fill("Nobody else may read this.")
    page.wait_for_function("localStorage.getItem('cc-draft')?.includes('Nobody else')")
    other = studio_app.person()
    page.context.add_cookies(
        [{"name": name, "value": value, "url": studio_app.url} for name, value in other.cookies.items()]
    )
    page.reload()
    page.locator(".cr-total").wait_for()
    expect(field(page, "notes")).to_have_value("")
    assert page.evaluate("localStorage.getItem('cc-draft')") is None


def test_a_sample_gives_back_what_it_took_the_place_of(create):
    page = create()
    field(page, "notes").fill("My own words.")
    page.locator("[data-sample=tea] [data-fill]").evaluate("button => button.click()")
    expect(field(page, "notes")).to_have_value(re.compile("^# The history of tea"))
    page.get_by_role("button", name="Bring my own back").click()
    expect(field(page, "notes")).to_have_value("My own words.")


def test_another_film_like_this_begins_with_that_ones_brief(studio_app, create, person):
    caller = Caller(person.id)
    brief = {
        "niche": "finance",
        "notes": NOTES,
        "minutes": 4,
        "pace": "fast",
        "music": "calm",
        "links": ["https://example.com/a"],
    }
    project = studio_app.desk.orders.create_project(caller, brief)
    page = create(person, f"/?from={project.id}")
    expect(field(page, "notes")).to_have_value(NOTES)
    assert field(page, "links").input_value() == "https://example.com/a"
    for name in ("Finance", "Fast", "Still Water"):
        assert page.get_by_role("radio", name=re.compile(f"^{name}")).is_checked()


def test_another_persons_project_fills_nothing_in(studio_app, create, person):
    theirs = studio_app.person()
    project = studio_app.desk.orders.create_project(Caller(theirs.id), {"notes": "A secret."})
    page = create(person, f"/?from={project.id}")
    expect(page.locator("[data-problem=generate]")).to_contain_text("cannot be opened")
    assert field(page, "notes").input_value() == ""


def test_a_voice_from_the_voices_page_is_chosen(create):
    page = create(path="/?voice=espeak-de-clara")
    assert page.get_by_role("radio", name="Clara").is_checked()
    assert page.get_by_label("Language").input_value() == "de"


def test_a_voice_is_heard_and_stops_for_the_next(create):
    page = create()
    walter, june = (page.get_by_role("button", name=f"Play {name}", exact=True) for name in ("Walter", "June"))
    walter.click()
    expect(walter).to_have_attribute("data-state", "playing", timeout=15_000)
    june.click()
    expect(walter).to_have_attribute("aria-pressed", "false")
    expect(june).to_have_attribute("data-state", "playing", timeout=15_000)


def test_voices_that_are_not_ready_say_so(create):
    page = create()
    page.get_by_text("more voices that are not ready here").click()
    expect(page.locator(".cr-absent")).to_contain_text("Onyx is not set up in this studio.")
    assert page.locator(".cr-absent input").count() == 0


def test_the_page_fits_a_phone_with_generate_in_reach(create):
    page = create(width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(generate(page)).to_be_in_viewport()
    page.mouse.wheel(0, 1500)
    expect(generate(page)).to_be_in_viewport()
