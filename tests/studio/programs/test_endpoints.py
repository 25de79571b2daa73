"""What programs can ask, through the real gradio_client."""

from __future__ import annotations

import base64
from uuid import uuid4

import httpx
import jsonschema
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from studio.identity import Scope
from studio.programs.endpoints import ENDPOINTS
from tests.studio.films.town import TEA
from tests.studio.programs.conftest import READING

PROMISED = (
    "presets voices estimate create_project generate job cancel retry project edit_scene make_changes downloads "
    "credits upload"
)
BRIEF = {"notes": TEA, "minutes": 1, "resolution": "360p"}


def test_the_endpoints_are_these_and_no_others(studio_app):
    """Their names are promises: one that goes breaks programs."""
    found = Client(studio_app.url, verbose=False).view_api(return_format="dict", print_info=False)
    assert set(found["named_endpoints"]) == {f"/{endpoint.name}" for endpoint in ENDPOINTS}
    assert PROMISED.split() == [one for one in PROMISED.split() if f"/{one}" in found["named_endpoints"]]
    assert found["unnamed_endpoints"] == {}


def test_every_parameter_and_endpoint_is_described(studio_app):
    for endpoint in ENDPOINTS:
        assert endpoint.about
        assert all(field.description for field in endpoint.asked.model_fields.values()), endpoint.name


def test_answers_have_the_types_that_clients_are_told(studio_app, call):
    told = Client(studio_app.url, verbose=False).view_api(return_format="dict", print_info=False)["named_endpoints"]
    project = call("create_project", **BRIEF)["id"]
    answers = {
        "project": call("project", project=project),
        "job": call("generate", project=project),
        "estimate": call("estimate", **BRIEF),
        **{name: call(name) for name in ("presets", "voices", "projects", "credits")},
    }
    call("cancel", job=answers["job"]["id"])
    for name, answer in answers.items():
        (returned,) = told[f"/{name}"]["returns"]
        assert set(answer) == set(returned["type"]["properties"])
        jsonschema.validate(answer, returned["type"])


def test_what_there_is_to_choose_from_needs_no_key(studio_app, program):
    presets = program()("presets")
    assert {"explainer", "history"} <= {niche["name"] for niche in presets["niches"]}
    picture = httpx.get(presets["niches"][0]["picture"])
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/webp")
    voices = program()("voices", language="de-AT")["voices"]
    assert voices
    assert {voice["language"].split("-")[0] for voice in voices} == {"de"}
    assert voices[0]["sample"].startswith(studio_app.url)


def test_an_estimate_is_itemised_and_says_what_the_notes_carry(call):
    found = call("estimate", **BRIEF)
    assert (found["credits"], found["problem"]) == (1, "")
    assert found["lines"] == [{"item": "minute", "title": "Finished video", "units": 1, "credits": 1}]
    assert found["notes"]["minutes"] > 9
    assert found["balance"] > 0


def test_a_project_is_made_once_by_its_own_id(call):
    project = str(uuid4())
    made = call("create_project", **BRIEF, project=project)
    assert (made["id"], made["state"], made["film"]) == (project, "draft", None)
    assert made["brief"]["notes"] == TEA
    assert call("create_project", **BRIEF, project=project) == made
    assert call("project", project=project) == made
    assert [one["id"] for one in call("projects")["projects"]] == [project]


def test_a_project_is_saved_thrown_away_and_taken_back(call):
    project = call("create_project", **BRIEF)["id"]
    assert call("save_project", project=project, **BRIEF, title="Leaves")["title"] == "Leaves"
    assert call("delete_project", project=project)["deleted"]
    assert call("projects")["projects"] == []
    assert not call("restore_project", project=project)["deleted"]


def test_saving_replaces_the_whole_brief(call):
    project = call("create_project", **{**BRIEF, "minutes": 5}, niche="history", look="paper-cut")["id"]
    brief = call("save_project", project=project, notes=TEA)["brief"]
    assert (brief["minutes"], brief["niche"], brief.get("look")) == (2, "explainer", None)


def test_a_film_is_started_watched_and_cancelled(call):
    project = call("create_project", **BRIEF)["id"]
    job = str(uuid4())
    started = call("generate", project=project, job=job)
    assert (started["id"], started["state"], started["reserved"]) == (job, "QUEUED", 1)
    assert call("generate", project=project, job=job)["number"] == started["number"]
    assert call("credits")["held"] == 1
    assert call("job", job=job)["place"] == 1
    assert call("cancel", job=job)["state"] == "CANCELLED"
    assert call("credits")["held"] == 0
    assert call("retry", job=job)["run"] == 2
    assert call("cancel", job=job)["ended"]


def test_a_document_is_brought_as_base64_and_read(call):
    content = base64.b64encode(TEA.encode()).decode()
    given = call("upload", name="tea.md", content=content)
    assert given["name"] == "tea.md"
    assert call("estimate", documents=[given], minutes=1)["notes"]["minutes"] > 9
    project = call("create_project", documents=[given], minutes=1)
    assert project["brief"]["documents"] == [given]


def test_a_text_is_refused_as_music_when_the_project_is_made(call):
    given = call("upload", name="tea.md", content=base64.b64encode(TEA.encode()).decode())
    with pytest.raises(AppError, match=r"tea\.md is .* Music is a recording"):
        call("create_project", notes=TEA, own_music=given, minutes=1)


def test_the_finished_film_comes_home_by_links(made, program, studio_app):
    call = program(studio_app.key(made.person.id, READING))
    film = call("project", project=str(made.project))["film"]
    assert film["video"].startswith(studio_app.url)
    files = call("downloads", project=str(made.project))["downloads"]
    assert files[0]["name"] == f"{made.stem}.mp4"
    assert len(httpx.get(files[0]["url"]).content) == files[0]["bytes"]
    (version,) = call("versions", project=str(made.project))["versions"]
    assert version["current"]


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("project", {"project": str(uuid4())}, "not_found: There is no such project."),
        ("job", {"job": str(uuid4())}, "not_found: There is no such job."),
        ("project", {"project": "mine"}, "value_invalid: project: Input should be a valid UUID"),
        ("estimate", {"minutes": 40}, "value_invalid: minutes: "),
        ("estimate", {"minutes": "long"}, "value_invalid: minutes: "),
        ("estimate", {"notes": TEA, "voice": "nobody"}, "voice_failed: There is no voice “nobody”."),
        ("estimate", {"notes": TEA, "niche": "nothing"}, "brief_invalid: There is no niche "),
        ("create_project", {"links": ["ftp://example.org"]}, "link_refused: "),
        ("create_project", {"documents": [{"file": "/etc/passwd", "name": "x"}]}, "value_invalid: x is not one of"),
        ("upload", {"name": "a.txt", "content": "%%%"}, "value_invalid: content: this is not base64."),
        ("upload", {"name": "a.mp4", "content": "aGVsbG8=", "kind": "clip"}, "file_refused: "),
        ("projects", {"state": "lost"}, "value_invalid: state: "),
    ],
)
def test_what_goes_wrong_is_a_code_and_a_sentence(call, name, given, told):
    with pytest.raises(AppError) as caught:
        call(name, **given)
    assert str(caught.value).startswith(told)


def test_without_a_key_a_program_is_told_how_to_get_one(program):
    with pytest.raises(AppError, match="sign_in_needed: Send an API key with the call, in the header X-CanvasCast-Key"):
        program()("projects")
    with pytest.raises(AppError, match="sign_in_needed: This API key is unknown, revoked or expired"):
        program("cck_of_nobody")("projects")


def test_a_key_travels_as_a_bearer_token_too(studio_app, person):
    key = studio_app.key(person.id)
    client = Client(studio_app.url, headers={"Authorization": f"Bearer {key}"}, verbose=False)
    assert client.predict(api_name="/projects") == {"projects": []}


def test_a_key_without_a_scope_is_told_which_one_it_lacks(studio_app, program, person):
    reader = program(studio_app.key(person.id, READING))
    assert reader("projects") == {"projects": []}
    for name, given in (("create_project", BRIEF), ("upload", {"name": "a.txt", "content": "aGVsbG8="})):
        with pytest.raises(AppError, match="forbidden: This API key may not do that: it lacks the scope make"):
            reader(name, **given)
    maker = program(studio_app.key(person.id, frozenset({Scope.MAKE})))
    with pytest.raises(AppError, match="lacks the scope read"):
        maker("projects")


def test_a_fault_of_ours_shows_nothing_of_itself(call, studio_app, monkeypatch):
    def broken(*_given):
        raise RuntimeError("a secret from within")

    monkeypatch.setattr(studio_app.desk.films, "project", broken)
    with pytest.raises(AppError) as caught:
        call("project", project=str(uuid4()))
    assert (
        str(caught.value)
        == "internal: Something went wrong on our side. Try again, and tell us if it happens once more."
    )


def test_a_program_that_asks_too_often_waits(call, studio_app, person):

    for _ in range(600):
        studio_app.installation.limits.check("api", user=person.id)
    with pytest.raises(AppError, match="rate_limited: Your program asks very often"):
        call("presets")
