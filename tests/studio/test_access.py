"""Who gets what: every endpoint, tool, page event, question, route and file link as a stranger, as somebody else and as
the owner. Somebody else's data never. What the app offers and this file does not name fails the test.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from uuid import uuid4

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client
from starlette.routing import Mount, Route

from studio.callers import Caller
from studio.callers.callers import GUEST_COOKIE
from studio.identity import Scope
from studio.programs import ENDPOINTS
from studio.routes import routes
from tests.studio.access_attack import (
    BRIEF,
    MARK,
    PROGRAMS,
    Answer,
    Victim,
    call_program,
    page_events,
    page_questions,
    question,
    set_off,
)
from tests.studio.app_fixtures import StudioApp

REFUSED = ("not_found", "sign_in_needed", "forbidden", "value_invalid")


def _named(page: str, names: str) -> set[str]:
    return {f"{page}:{name}" for name in names.split()}


# Endpoints and tools. open: shows nobody's things; own: the caller's own, whoever is named; theirs: of what is named.
ENDPOINT_KINDS = {
    "open": "presets voices estimate",
    "own": "create_project projects credits upload",
    "theirs": (
        "save_project project delete_project restore_project generate job cancel retry choose_hook versions return_to "
        "downloads scenes edit_scene another_take move_scene add_scene duplicate_scene delete_scene style changes "
        "make_changes undo_changes"
    ),
}
KIND_OF = {name: kind for kind, names in ENDPOINT_KINDS.items() for name in names.split()}
READING = {
    *("presets", "voices", "estimate", "credits"),
    *("projects", "project", "job", "versions", "downloads", "scenes", "changes"),
}
MORE = {
    "estimate": {"notes": "Tea."},
    "create_project": {"notes": "Tea is made of leaves."},
    "upload": {"name": "a.txt", "content": "dGVh"},
    "choose_hook": {"number": 1},
    "another_take": {"what": "voice"},
    "move_scene": {"place": 2},
    "edit_scene": {"narration": "Mine now."},
}

# Page events and questions: all of them are asked with the victim's ids in the address and in the payload.
EVENTS = {
    *_named(
        "project", "opened polled asked saved another_picture another_voice painted earlier later duplicated added"
    ),
    *_named("project", "deleted uploaded styled"),
    *_named("showcase", "show"),
    *_named("voices", "catalogue"),
}
QUESTIONS = {
    *_named("create", "start look keep generate"),
    *_named("library", "cards duplicate delete restore"),
    *_named("credits", "look lines"),
    *_named("settings", "look rename letters create_key revoke_key close"),
    *_named("about", "look"),
    *_named("embed", "embed_look embed_make embed_now"),
    *_named("admin", "show act steps"),
}
# Routes beside Gradio's, with the methods that are tried.
ROUTES = {
    "/studio/fonts/{name}", "/studio",
    "/health/live", "/health/ready", "/samples/voices/{name}", "/samples/music/{name}",
    "/samples/notes/{name}", "/account/export", "/showcase/config", "/session/handoff", "/session/handoff/carry",
    "/session/handoff/take", "/session", "/session/sign-in", "/session/sign-up", "/session/sign-out", "/session/owner",
    "/session/magic-link", "/session/reset", "/session/password", "/auth/confirm", "/auth/google",
    "/auth/google/return", "/drafts", "/files/{path:path}",
}  # fmt: skip


@pytest.fixture(scope="module")
def victim(studio_app: StudioApp, tmp_path_factory) -> Iterator[Victim]:
    email = f"{MARK.lower()}-{uuid4().hex[:8]}@example.com"
    person = studio_app.person(email)
    who = Caller(person.id)
    note = tmp_path_factory.mktemp("victim") / "mine.txt"
    note.write_text(f"{MARK} in a file.", encoding="utf-8")
    project = studio_app.desk.orders.create_project(who, BRIEF)
    job = studio_app.desk.films.generate(who, project.id)
    found = Victim(
        app=studio_app,
        person=person,
        email=email,
        project=project.id,
        job=job.id,
        file=studio_app.desk.orders.upload(who, note, f"{MARK}.txt", "document"),
        key=studio_app.installation.keys.create(person.id, MARK, [Scope.READ]).facts.id,
    )
    yield found
    studio_app.desk.films.cancel(who, job.id)


@pytest.fixture(scope="module")
def attackers(studio_app: StudioApp) -> Iterator[dict[str, httpx.Client]]:
    other = studio_app.person()
    clients = {
        "a stranger": studio_app.client(),
        "another user": studio_app.client(other),
        "another user's key": studio_app.client(key=studio_app.key(studio_app.person().id)),
        "a dead key": studio_app.client(key="cck_of_nobody"),
    }
    yield clients
    for client in clients.values():
        client.close()


@pytest.fixture
def unharmed(victim: Victim) -> Iterator[Callable[[Answer], None]]:
    """Takes every answer to an attack; in the end everything of the victim's is as it was."""
    before = victim.everything()

    def look(answer: Answer) -> None:
        assert MARK.lower() not in answer.text.lower(), f"{answer.way} shows it: {answer.text[:300]}"
        assert answer.status < 500, f"{answer.way} broke: {answer.text[:300]}"

    yield look
    assert victim.everything() == before


@pytest.fixture(scope="module")
def blocks(studio_app: StudioApp):
    return studio_app.site.blocks


def test_every_endpoint_event_question_and_route_is_tried_here(blocks, studio_app):
    assert set(KIND_OF) == PROGRAMS
    assert set(page_events(blocks)) == EVENTS
    assert set(page_questions(blocks)) == QUESTIONS
    assert {one.path for one in routes(studio_app.desk) if isinstance(one, Route | Mount)} == ROUTES
    assert {fn.api_name for fn in blocks.fns.values() if fn.api_visibility == "public"} == PROGRAMS


def test_endpoints_give_others_nothing(victim, attackers, blocks, unharmed):
    for who, client in attackers.items():
        for name, kind in KIND_OF.items():
            answer = call_program(client, name, {**victim.ids, **MORE.get(name, {})}, blocks)
            unharmed(Answer(f"{who}: {answer.way}", 200 if answer.status == 500 else answer.status, answer.text))
            if kind == "theirs":
                told = json.loads(answer.text)["error"]
                assert told.startswith(REFUSED), f"{who}: {name}: {told}"


def test_endpoints_give_their_owner_what_is_asked(victim, blocks, studio_app):
    with studio_app.client(key=studio_app.key(victim.person.id, frozenset({Scope.READ}))) as client:
        for name in READING:
            answer = call_program(client, name, {**victim.ids, **MORE.get(name, {})}, blocks)
            told = json.loads(answer.text).get("error") or ""
            assert not told or told.startswith("conflict: There is no film"), f"{name}: {told}"
        assert MARK in call_program(client, "project", victim.ids, blocks).text


def test_a_key_that_reads_makes_nothing(victim, blocks, studio_app, unharmed):
    with studio_app.client(key=studio_app.key(victim.person.id, frozenset({Scope.READ}))) as client:
        for name in sorted(PROGRAMS - READING):
            answer = call_program(client, name, {**victim.ids, **MORE.get(name, {})}, blocks)
            told = json.loads(answer.text).get("error", "nothing")
            assert told.startswith(("forbidden: This API key may not do that", "value_invalid")), f"{name}: {told}"


def test_tools_are_the_endpoints_and_give_others_nothing(victim, studio_app, unharmed):
    async def tried(headers: dict[str, str]) -> list[Answer]:
        async with (
            streamablehttp_client(f"{studio_app.url}/gradio_api/mcp/", headers=headers) as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            tools = {tool.name for tool in (await session.list_tools()).tools}
            assert tools == PROGRAMS
            assert (await session.list_resources()).resources == []
            found = []
            for endpoint in ENDPOINTS:
                known = {**victim.ids, **MORE.get(endpoint.name, {})}
                given = {name: known[name] for name in endpoint.asked.model_fields if name in known}
                result = await session.call_tool(endpoint.name, given)
                found.append(Answer(endpoint.name, 400 if result.isError else 200, str(result.content)))
            return found

    other = {"X-CanvasCast-Key": studio_app.key(studio_app.person().id)}
    for headers in ({"Cookie": f"{GUEST_COOKIE}=1"}, other):
        for answer in asyncio.run(tried(headers)):
            unharmed(answer)
            if KIND_OF[answer.way] == "theirs":
                assert answer.status == 400, answer


def test_page_events_give_others_nothing_over_raw_http(victim, attackers, blocks, unharmed):
    for who in ("a stranger", "another user"):
        for way, fn in page_events(blocks).items():
            for answer in set_off(attackers[who], f"{who}: {way}", fn, victim):
                # Gradio answers 500 to a payload that is none of the event's; what it says is looked at all the same.
                unharmed(answer._replace(status=min(answer.status, 499)))


def test_the_same_ways_show_their_owner_what_is_theirs(victim, blocks, studio_app):
    """Otherwise the attacks above would prove nothing."""
    with studio_app.client(victim.person) as client:
        events = page_events(blocks)
        seen = [answer for answer in set_off(client, "opened", events["project:opened"], victim) if MARK in answer.text]
        assert {answer.way for answer in seen} >= {"opened straight"}
        part, name = page_questions(blocks)["library:cards"]
        assert MARK in question(client, "cards", part, name, {}).text


def test_questions_of_pages_give_others_nothing(victim, attackers, blocks, unharmed):
    given = {**victim.ids, "typed": "DELETE", "name": "x", "words": "x", "before": None, "search": "", "state": ""}
    for who in ("a stranger", "another user"):
        for way, (part, name) in page_questions(blocks).items():
            unharmed(question(attackers[who], f"{who}: {way}", part, name, given))


def test_routes_give_others_nothing(victim, attackers, studio_app, unharmed):
    for who in ("a stranger", "another user"):
        for path in sorted(ROUTES - {"/session/sign-out", "/session/owner"}):
            place = path.replace("{name}", victim.file.path).replace("{path:path}", victim.file.path)
            for method in ("GET", "POST", "DELETE"):
                with suppress(httpx.TooManyRedirects):
                    answer = attackers[who].request(method, place, params=victim.ids, json=victim.ids)
                    unharmed(Answer(f"{who}: {method} {path}", answer.status_code, answer.text))


def test_pages_show_others_nothing(victim, attackers, unharmed):
    for who in ("a stranger", "another user"):
        for path in ("/", "/project", "/library", "/credits", "/settings", "/admin", "/embed", "/config"):
            answer = attackers[who].get(path, params=victim.ids)
            unharmed(Answer(f"{who}: page {path}", answer.status_code, answer.text))


def test_a_file_is_read_by_its_own_link_and_by_no_other(victim, attackers, studio_app, unharmed):
    link = studio_app.installation.files.link(victim.file.path, owner=victim.person.id)
    assert MARK in httpx.get(studio_app.url + link).text
    path, _, query = link.partition("?")
    mine = studio_app.installation.files.home
    (mine.root / f"{uuid4()}").mkdir()
    whole = mine.root / victim.file.path
    for who, client in attackers.items():
        for tried in (
            path,
            f"{path}?{query.replace('expires=', 'expires=9')}",
            f"{path}?{query}&download=mine.txt",
            f"{path.replace('/assets/', '/outputs/')}?{query}",
            f"/files/..%2f..%2f{victim.file.path}?{query}",
            f"/gradio_api/file={whole}",
            f"/gradio_api/file={victim.file.path}",
        ):
            answer = client.get(tried)
            assert answer.status_code in (400, 403, 404, 410), f"{who}: {tried}: {answer.status_code}"
            unharmed(Answer(f"{who}: {tried}", answer.status_code, answer.text))


def test_no_key_makes_or_ends_a_key(victim, blocks, studio_app, unharmed):
    key = studio_app.key(victim.person.id)
    before = len(studio_app.installation.keys.of(victim.person.id))
    with studio_app.client(key=key) as client:
        for name in ("create_key", "revoke_key", "close"):
            part, fn = page_questions(blocks)[f"settings:{name}"]
            answer = question(client, name, part, fn, {**victim.ids, "name": "more", "scopes": ["read", "make"]})
            assert "cck_" not in answer.text
    assert len(studio_app.installation.keys.of(victim.person.id)) == before


def test_a_revoked_key_stops_within_seconds(studio_app, blocks):
    person = studio_app.person()
    key = studio_app.key(person.id)
    with studio_app.client(key=key) as client:
        assert "error" not in json.loads(call_program(client, "projects", {}, blocks).text)
        studio_app.installation.keys.revoke(person.id, studio_app.installation.keys.of(person.id)[0].id)
        end = time.monotonic() + 10
        while "error" not in (told := json.loads(call_program(client, "projects", {}, blocks).text)):
            assert time.monotonic() < end, "the key still works"
            time.sleep(0.5)
    assert told["error"].startswith("sign_in_needed")
