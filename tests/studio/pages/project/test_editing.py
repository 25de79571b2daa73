"""The film that is there: watched, taken away, changed scene by scene, and brought back."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from studio.callers import Caller
from studio.errors import NotFound
from tests.studio.axe import grave_findings
from tests.studio.pages.project.conftest import PATIENCE_MS

_SAVED_MS = 10_000


def test_the_film_plays_with_captions_and_can_be_sought(film, page_of):
    page = page_of(film.person)
    page.goto(film.path)
    page.wait_for_selector(".pj-screen video")
    page.wait_for_function("document.querySelector('.pj-screen video').readyState >= 1")
    page.evaluate(
        """() => { const film = document.querySelector('.pj-screen video'); film.muted = true;
        film.textTracks[0].mode = 'showing'; film.currentTime = 3; return film.play(); }"""
    )
    page.wait_for_function("document.querySelector('.pj-screen video').currentTime > 3.2")
    page.wait_for_function("document.querySelector('.pj-screen video').textTracks[0].cues?.length > 0")


def test_every_download_opens(film, studio, page_of):
    page = page_of(film.person)
    page.goto(film.path)
    page.wait_for_selector(".pj-files a")
    links = page.locator(".pj-take a").evaluate_all("found => found.map((one) => one.getAttribute('href'))")
    assert len(links) >= 8
    with studio.app.client(film.person) as client:
        for link in links:
            answer = client.get(urljoin(studio.app.url, link))
            assert answer.status_code == 200, link
            assert "attachment" in answer.headers["content-disposition"]


def test_texts_for_publishing_can_be_copied(film, page_of):
    page = page_of(film.person)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(film.path)
    page.get_by_text("Texts for publishing").click()
    page.get_by_role("button", name="Copy the description").click()
    expect(page.get_by_text("Copied: description.")).to_be_attached()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#pj-description").inner_text()


def test_how_it_was_checked_is_told_in_plain_words(film, page_of):
    page = page_of(film.person)
    page.goto(film.path)
    page.get_by_text("How it was checked").click()
    expect(page.get_by_text("No black frames")).to_be_visible()


def test_nobody_else_sees_anything_of_it(film, studio, page_of):
    stranger = studio.app.person()
    page = page_of(stranger)
    page.goto(film.path)
    expect(page.get_by_role("heading", name="There is no film here")).to_be_visible()
    assert "tea" not in page.locator("#main").inner_text()
    page = page_of()
    page.goto(film.path)
    expect(page.get_by_role("heading", name="Sign in to see this film")).to_be_visible()


def test_a_project_without_a_film_leads_back_to_its_notes(studio, page_of):
    person = studio.app.person()
    project = studio.project(person)
    page = page_of(person)
    page.goto(f"/project?id={project}")
    link = page.get_by_role("link", name="Go on with the notes")
    expect(link).to_have_attribute("href", f"/?from={project}")


def test_a_deleted_film_says_so(studio, page_of):
    person = studio.app.person()
    project = studio.project(person)
    studio.app.installation.projects.delete(person.id, project)
    page = page_of(person)
    page.goto(f"/project?id={project}")
    expect(page.locator(".cc-empty :is(h1, h2)")).to_be_visible()


def test_other_words_are_kept_priced_made_and_taken_back(film, studio, page_of):
    page = page_of(film.person)
    page.goto(film.path)
    page.locator(".pj-scene").nth(1).click()
    words = page.get_by_label("Words to speak")
    expect(words).to_have_value(re.compile("route"))
    words.fill("We take the long way, from one plant to your cup.")
    words.blur()
    expect(page.locator(".pj-scene").nth(1).get_by_text("changed")).to_be_visible(timeout=_SAVED_MS)
    expect(page.locator(".pj-change p")).to_have_text(re.compile(r"Scene 2 is made again.*1 credit, about \d+ seconds"))

    page.reload()
    expect(page.locator(".pj-scene").nth(1).get_by_text("changed")).to_be_visible(timeout=_SAVED_MS)
    page.get_by_role("button", name="Make the changes").click()
    expect(page.locator(".pj-live")).to_be_visible()
    studio.ordered[film.project] = film.person.id
    with studio.working():
        expect(page.locator(".pj-live")).to_have_count(0, timeout=PATIENCE_MS)
    expect(page.locator(".pj-scene").nth(1)).to_contain_text("long way")
    expect(page.locator(".pj-change")).to_have_count(0)

    new = page.locator(".pj-screen video").get_attribute("data-file")
    page.locator("summary", has_text="Versions").click()
    page.get_by_role("button", name="Return to this one: version 1").click()
    expect(page.locator(".pj-scene").nth(1)).to_contain_text("route")
    assert page.locator(".pj-screen video").get_attribute("data-file") != new


def test_scenes_are_added_moved_and_deleted_and_all_of_it_undone(film, page_of):
    page = page_of(film.person)
    page.goto(film.path)
    page.locator(".pj-scene").nth(1).click()
    expect(page.locator(".pj-panel h3")).to_contain_text("Scene 2")
    count = page.locator(".pj-scene").count()
    page.get_by_role("button", name="Add a scene after it").click()
    expect(page.locator(".pj-scene")).to_have_count(count + 1)
    expect(page.locator(".pj-panel h3")).to_contain_text("Scene 3")
    expect(page.locator(".pj-change")).to_contain_text("no words to speak")
    page.get_by_label("Words to speak").fill("Bring your own cup, too.")
    page.get_by_role("button", name="Move earlier").click()
    expect(page.locator(".pj-scene").nth(1)).to_contain_text("own cup")
    page.get_by_role("button", name="Delete the scene").click()
    expect(page.locator(".pj-scene")).to_have_count(count)
    page.get_by_role("button", name="Duplicate").click()
    expect(page.locator(".pj-scene")).to_have_count(count + 1)
    page.get_by_role("button", name="Undo all changes").click()
    page.get_by_role("button", name="Yes, undo").click()
    expect(page.locator(".pj-scene")).to_have_count(count)
    expect(page.locator(".pj-change")).to_have_count(0)


def test_a_picture_of_ones_own_is_shown_and_taken_back(film, page_of, tmp_path):
    from PIL import Image

    picture = tmp_path / "boat.png"
    Image.new("RGB", (640, 360), "#884422").save(picture)
    page = page_of(film.person)
    page.goto(film.path)
    page.locator(".pj-scene").nth(1).click()
    expect(page.locator(".pj-panel h3")).to_contain_text("Scene 2")
    painted = page.locator(".pj-scene").nth(1).locator("img").get_attribute("data-file")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Use my own picture").click()
    chooser.value.set_files(picture)
    back = page.get_by_role("button", name="Back to the painted picture")
    expect(back).to_be_visible(timeout=_SAVED_MS)
    assert page.locator(".pj-scene").nth(1).locator("img").get_attribute("data-file") != painted
    back.click()
    expect(back).to_be_hidden()
    expect(page.locator(".pj-scene").nth(1).locator("img")).to_have_attribute("data-file", painted)


def test_a_movement_is_chosen_and_given_back_to_the_film(film, page_of):
    page = page_of(film.person)
    page.goto(film.path)
    page.locator(".pj-scene").nth(1).click()
    expect(page.locator(".pj-panel h3")).to_contain_text("Scene 2")
    page.get_by_label("Hold still").check()
    expect(page.locator(".pj-change")).to_be_visible(timeout=_SAVED_MS)
    page.get_by_label("Automatic").check()
    expect(page.locator(".pj-change")).to_have_count(0, timeout=_SAVED_MS)


def test_what_cannot_be_done_is_said_on_the_page(film, page_of, tmp_path):
    page = page_of(film.person)
    page.goto(film.path)
    page.locator(".pj-scene").nth(2).click()
    expect(page.locator(".pj-panel h3")).to_contain_text("Scene 3")
    (tmp_path / "empty.png").write_text("No picture.")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Use my own picture").click()
    chooser.value.set_files(tmp_path / "empty.png")
    expect(page.get_by_role("alert").filter(has_text="empty.png is nothing that can be used here")).to_be_visible()


def test_another_look_changes_the_whole_film_and_says_so(film, page_of):
    page = page_of(film.person)
    page.goto(film.path)
    page.get_by_text("For the whole film").click()
    page.get_by_label("Captions in the picture").click()
    page.get_by_role("option", name="Boxed").click()
    expect(page.locator(".pj-change")).to_contain_text("other captions", timeout=_SAVED_MS)
    page.get_by_role("button", name="Undo all changes").click()
    page.get_by_role("button", name="Yes, undo").click()
    expect(page.locator(".pj-change")).to_have_count(0)


def test_a_link_that_does_not_work_any_more_is_renewed(film, page_of):
    page = page_of(film.person)
    page.goto(film.path)
    page.wait_for_function("document.querySelector('.pj-screen video')?.readyState >= 1")
    page.evaluate(
        """() => { const film = document.querySelector('.pj-screen video');
        film.src = film.getAttribute('src').replace(/signature=[^&]+/, 'signature=over'); }"""
    )
    page.wait_for_function(
        """() => { const film = document.querySelector('.pj-screen video');
        return !film.src.includes('signature=over') && film.readyState >= 1; }"""
    )


def test_its_papers_are_its_owners_alone(film, studio):
    stranger = Caller(studio.app.person().id)
    with pytest.raises(NotFound):
        studio.app.desk.papers.of(stranger, film.project)
    papers = studio.app.desk.papers.of(Caller(film.person.id), film.project)
    assert papers is not None
    assert papers.publishing.titles
    assert papers.report.checks


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_on_it(film, page_of, dark):
    page = page_of(film.person, dark=dark)
    page.goto(film.path)
    page.locator(".pj-scene").nth(1).click()
    for fold in ("Texts for publishing", "How it was checked", "For the whole film"):
        page.get_by_text(fold).click()
    page.wait_for_timeout(500)
    assert grave_findings(page) == []


def test_it_fits_a_phone(film, page_of):
    page = page_of(film.person, width=390)
    page.goto(film.path)
    page.wait_for_selector(".pj-scene")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
