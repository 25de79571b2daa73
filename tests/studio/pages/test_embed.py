"""The studio on other sites, in a real browser: who may show it, and what works inside."""

from __future__ import annotations

from uuid import UUID, uuid4

import psycopg
import pytest

from studio.samples import samples
from studio.store import Migrator
from tests.fakes.google import GoogleAccount
from tests.studio.app_fixtures import PASSWORD, app_settings, free_port, launched
from tests.studio.arrange import filed, project_of
from tests.studio.pages.town_of_sites import FRIEND, STRANGER, STUDIO, Sites, serving
from tests.studio.signing_in import with_google

NOTES = samples()[0].notes
FRAME = '<iframe id="studio" src="{}" style="width:600px;height:900px"></iframe>'


@pytest.fixture(scope="module")
def on_show() -> UUID:
    return uuid4()


@pytest.fixture(scope="module")
def town(postgres_server, administrator, google, tmp_path_factory, on_show):
    """The studio as it stands on the web: behind TLS, under a name, with a site that may embed it."""
    administrator.execute("create database embedded_studio")
    url = postgres_server.url("embedded_studio")
    Migrator(url).migrate()
    folder, inner, outer = tmp_path_factory.mktemp("town"), free_port(), free_port()
    sites = Sites(outer, f"http://127.0.0.1:{inner}")
    settings = app_settings(
        url,
        folder,
        inner,
        site_url=sites.at(STUDIO, ""),
        embedders=sites.at(FRIEND, ""),
        proxies=1,
        showcase=str(on_show),
        google_client_id=google.client_id,
        google_client_secret="stand-in",
    )
    with launched(with_google(settings, google), port=inner) as app, serving(sites, folder):
        yield app, sites


@pytest.fixture
def visitor(browser):
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 800, "height": 1000})
    yield context
    context.close()


def member(app):
    address = f"{uuid4().hex[:10]}@example.com"
    return address, app.installation.identity.sign_up(address, PASSWORD).person.id


def framed(visitor, sites, host=FRIEND, path="/embed"):
    sites.pages["/"] = FRAME.format(sites.at(STUDIO, path))
    page = visitor.new_page()
    page.goto(sites.at(host))
    return page, page.frame_locator("#studio")


def sign_in(frame, address):
    form = frame.locator("form[data-view=in]")
    form.get_by_label("E-mail").fill(address)
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_role("button", name="Sign in", exact=True).click()


def test_a_site_that_is_named_shows_the_frame(town, visitor):
    _, sites = town
    _, frame = framed(visitor, sites)
    frame.get_by_role("heading", name="Turn your notes into a film").wait_for()


def test_a_site_that_is_not_named_shows_nothing(town, visitor):
    _, sites = town
    page = visitor.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "frame-ancestors" in message.text else None)
    sites.pages["/"] = FRAME.format(sites.at(STUDIO, "/embed"))
    page.goto(sites.at(STRANGER))
    page.wait_for_timeout(1500)
    assert refused
    assert page.frame_locator("#studio").locator(".em").count() == 0


def test_somebody_signs_in_inside_the_frame_and_a_project_is_made(town, visitor):
    app, sites = town
    address, user = member(app)
    _, frame = framed(visitor, sites)
    frame.get_by_label("Notes").fill(NOTES)
    frame.get_by_role("button", name="Generate").click()
    sign_in(frame, address)
    frame.get_by_role("link", name="Open it in CanvasCast").wait_for()
    (project,) = app.installation.projects.list_of(user)
    assert app.installation.projects.get(user, project.id).brief["notes"] == NOTES
    cookies = {one["name"]: one for one in visitor.cookies()}
    assert {"cc_session", "cc_refresh", "cc_framed"} <= set(cookies)
    for one in (cookies["cc_session"], cookies["cc_refresh"]):
        assert (one["sameSite"], one["secure"], one["httpOnly"]) == ("None", True, True)
        assert FRIEND in one["partitionKey"]


def test_being_signed_in_in_one_sites_frame_is_nothing_to_any_other_page(town, visitor):
    app, sites = town
    address, _ = member(app)
    _, frame = framed(visitor, sites)
    frame.get_by_role("button", name="Sign in").click()
    sign_in(frame, address)
    frame.get_by_role("button", name="Sign out").wait_for()
    alone = visitor.new_page()
    alone.goto(sites.at(STUDIO, "/session"))
    assert '"signed_in":false' in alone.content()


def test_the_page_around_a_frame_cannot_use_its_session(town, visitor):
    app, sites = town
    address, _ = member(app)
    page, frame = framed(visitor, sites)
    frame.get_by_role("button", name="Sign in").click()
    sign_in(frame, address)
    frame.get_by_role("button", name="Sign out").wait_for()
    ask = "url => fetch(url, {credentials: 'include'}).then(a => a.status + ' ' + a.type, () => 'refused')"
    assert page.evaluate(ask, sites.at(STUDIO, "/session")) in ("403 cors", "refused")


def test_google_in_a_window_signs_the_frame_in(town, visitor, google):
    _, sites = town
    google.account, google.claims_override = GoogleAccount(f"{uuid4().hex[:10]}@example.com"), {}
    page, frame = framed(visitor, sites)
    frame.get_by_role("button", name="Sign in").click()
    with page.expect_popup() as opened:
        frame.get_by_role("link", name="Go on with Google").first.click()
    frame.get_by_role("button", name="Sign out").wait_for(timeout=30_000)
    if not opened.value.is_closed():
        opened.value.wait_for_event("close", timeout=20_000)
    alone = visitor.new_page()
    alone.goto(sites.at(STUDIO, "/session"))
    assert '"signed_in":false' in alone.content(), "the window's own browser pages are signed in to nothing"


@pytest.fixture(scope="module")
def film_on_show(town, on_show, tmp_path_factory, postgres_server):
    """A finished film of somebody's, as the files of a real one would be noted."""
    app, _ = town
    _, user = member(app)
    installation = app.installation
    folder = tmp_path_factory.mktemp("film")
    installation.projects.create(user, on_show)
    version = installation.making.record_version(uuid4(), user=user, project=on_show)
    for name, kind, data in (
        ("final.mp4", "video", b"not quite a film"),
        ("captions.vtt", "captions", b"WEBVTT\n\n00:00.000 --> 00:01.000\nTea"),
        ("thumbnail.jpg", "thumbnail", b"a picture"),
    ):
        (folder / name).write_bytes(data)
        filed(
            installation.files,
            installation.making,
            folder / name,
            user=user,
            project=on_show,
            kind=kind,
            version=version.id,
            meta={"name": name, "seconds": 61.0},
        )
    with psycopg.connect(postgres_server.url("embedded_studio"), autocommit=True) as sql:
        sql.execute("update public.projects set title = 'The story of tea' where id = %s", [on_show])
    return user


def test_any_site_shows_the_player_in_a_frame_without_cookies(town, visitor, film_on_show):
    _, sites = town
    page, frame = framed(visitor, sites, host=STRANGER, path="/showcase")
    frame.get_by_role("heading", name="The story of tea").wait_for()
    source = frame.locator("video").get_attribute("src")
    assert source.startswith(sites.at(STUDIO, "/files/"))
    assert page.evaluate("url => fetch(url).then(answer => answer.text())", source) == "not quite a film"
    assert visitor.cookies() == []


def test_any_site_shows_the_player_through_gradios_own_element(town, visitor, film_on_show):
    _, sites = town
    page = visitor.new_page()
    sites.pages["/player"] = (
        f'<script type="module" src="/gradio/gradio.js"></script><gradio-app src="{sites.at(STUDIO, "/showcase")}">'
    )
    page.goto(sites.at(STRANGER, "/player"))
    page.get_by_role("heading", name="The story of tea").wait_for(timeout=30_000)
    assert page.locator("video").get_attribute("src").startswith(sites.at(STUDIO, "/files/"))
    assert visitor.cookies() == []


def test_only_the_projects_that_the_settings_name_are_on_show(town, film_on_show):
    app, _ = town
    project_of(app.installation.store, film_on_show)
    from studio.callers import ANYONE

    assert [film.title for film in app.desk.showcase.films(ANYONE)] == ["The story of tea"]


def test_under_its_own_name_the_studio_is_asked_over_tls_from_then_on(town):
    app, sites = town
    name = f"{STUDIO}:{sites.port}"
    with app.client() as client:
        answer = client.get("/session", headers={"host": name, "x-forwarded-proto": "https"})
    assert answer.headers["strict-transport-security"].startswith("max-age=")
