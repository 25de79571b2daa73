"""A film in the making, as its creator sees it: steps, scenes, a place in the line, and every way that it can end."""

from __future__ import annotations

import re
import time
import wave

from playwright.sync_api import expect

from studio.errors import JobFailed
from studio.films import Order
from tests.studio.pages.project.conftest import PATIENCE_MS


def _narrating(files, folder):
    """A runner that shows one scene with a long, quiet sound, and then goes on without end."""
    sound = folder / "quiet.wav"
    with wave.open(str(sound), "wb") as written:
        written.setparams((1, 2, 8000, 0, "NONE", ""))
        written.writeframes(bytes(2 * 8000 * 30))

    def run(job, record):
        path = files.put(sound, owner=job.user_id).path
        shown = [
            {
                "name": "s01_hook",
                "kind": "text",
                "section": "s01_hook",
                "title": "",
                "text": "Tea.",
            },
            {"name": "s01_hook", "kind": "sound", "section": "s01_hook", "title": "", "path": path},
        ]
        for percent in range(1, 100):
            record.step("VOICE_GEN", progress=percent, message="Speaking", artifacts=shown, job_progress=percent)
            record.check()
            time.sleep(0.5)

    return run


def test_a_film_in_the_line_tells_its_place_and_that_the_page_may_be_closed(studio, page_of):
    person = studio.app.person()
    project = studio.project(person)
    studio.order(person, project)
    page = page_of(person)
    page.goto(f"/project?id={project}")
    expect(page.locator(".pj-now")).to_have_text(re.compile(r"line"))
    expect(page.get_by_text("You can close this page")).to_be_visible()
    expect(page).to_have_title(re.compile(r"^0% · .+$"))


def test_another_device_finds_the_film_in_the_making_and_a_closed_tab_loses_nothing(studio, page_of):
    person = studio.app.person()
    project = studio.project(person)
    studio.order(person, project)
    first = page_of(person)
    first.goto(f"/project?id={project}")
    expect(first.locator(".pj-live")).to_be_visible()
    first.close()
    second = page_of(person, width=390)
    second.goto(f"/project?id={project}")
    expect(second.locator(".pj-live")).to_be_visible()
    assert second.evaluate("document.documentElement.scrollWidth") <= 390


def test_scenes_appear_as_they_are_made_words_then_sound_then_picture_then_a_moving_one(film):
    assert film.seen == {".pj-steps .running", ".pj-card p", ".pj-card audio", ".pj-card img", ".pj-card video"}


def test_the_tab_tells_how_far_the_film_is(film):
    assert any(re.fullmatch(r"\d+% · .+", title) for title in film.titles)
    assert "%" not in film.titles[-1]


def test_screen_readers_hear_stages_and_quarters_not_every_percent(film):
    assert film.said[-1] == "Your film is ready."
    heard = [int(percent) for words in film.said for percent in re.findall(r"(\d+) percent", words)]
    assert heard == sorted(heard)
    assert set(heard) <= {25, 50, 75}
    assert 2 < len(film.said) < 25


def test_a_sound_that_plays_is_not_restarted_and_the_focus_stays(studio, page_of, tmp_path):
    """The page asks again every other second; whatever somebody listens to or stands on is left alone."""
    person = studio.app.person()
    project = studio.project(person)
    studio.order(person, project)
    page = page_of(person)
    with studio.working(_narrating(studio.app.installation.files, tmp_path)):
        page.goto(f"/project?id={project}")
        page.wait_for_selector(".pj-card audio", timeout=PATIENCE_MS)
        page.evaluate("window.sound = document.querySelector('.pj-card audio'); sound.muted = true; sound.play()")
        page.get_by_role("button", name="Cancel this film").focus()
        before = page.locator(".pj-far strong").inner_text()
        page.wait_for_function("sound.currentTime > 0.3")
        began = page.evaluate("sound.currentTime")
        expect(page.locator(".pj-far strong")).not_to_have_text(before, timeout=10_000)
        assert page.evaluate("sound.isConnected")
        assert page.evaluate("sound.currentTime") >= began
        assert page.evaluate("document.activeElement.textContent") == "Cancel this film"
        assert page.evaluate("window.scrollY") == 0
        page.get_by_role("button", name="Cancel this film").click()
        page.get_by_role("button", name="Yes, stop").click()
        expect(page.get_by_role("heading", name="You stopped this film")).to_be_visible()


def test_cancelling_asks_once_and_gives_the_credits_back(studio, page_of):
    person = studio.app.person()
    project = studio.project(person)
    studio.order(person, project)
    before = studio.app.installation.credits.account(person.id)
    page = page_of(person)
    page.goto(f"/project?id={project}")
    page.get_by_role("button", name="Cancel this film").click()
    expect(page.get_by_text("Nothing will be charged")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Cancel this film")).to_be_focused()
    page.get_by_role("button", name="Cancel this film").click()
    page.get_by_role("button", name="Yes, stop").click()
    expect(page.get_by_text("The 1 credit set aside for it is yours again.")).to_be_visible()
    after = studio.app.installation.credits.account(person.id)
    assert (after.balance, after.held) == (before.balance + 1, 0)


def test_a_failure_says_why_and_what_was_not_charged_and_can_be_tried_again(studio, page_of):
    person = studio.app.person()
    project = studio.project(person)
    job = studio.order(person, project)
    page = page_of(person)

    def fails(_job, _record):
        raise JobFailed("The picture of scene 2 could not be painted.", reason="picture_error")

    with studio.working(fails):
        page.goto(f"/project?id={project}")
        expect(page.get_by_text("The picture of scene 2 could not be painted.")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("Nothing was charged.")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".pj-now")).to_have_text(re.compile("line"))
    assert studio.app.installation.jobs.get(person.id, job.id).run == 2
    studio.app.installation.jobs.cancel(person.id, job.id)


def test_the_opening_is_chosen_from_three(studio, page_of):
    person = studio.app.person()
    project = studio.project(person)
    job = studio.order(person, project, Order(choose_hook=True))
    page = page_of(person)
    with studio.working():
        page.goto(f"/project?id={project}")
        expect(page.get_by_role("button", name="Begin with this")).to_have_count(3, timeout=PATIENCE_MS)
    page.get_by_role("button", name="Begin with this").nth(1).click()
    expect(page.locator(".pj-live")).to_be_visible()
    assert studio.app.installation.projects.get(person.id, project).brief["hook"] == 2
    studio.app.installation.jobs.cancel(person.id, job.id)
