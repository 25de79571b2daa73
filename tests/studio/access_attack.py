"""Asking for somebody else's things, over the wire, by every way into the app that the app itself names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx
from gradio.blocks import BlockFunction, Blocks

from studio.callers import Caller
from studio.films import GivenFile
from studio.programs import ENDPOINTS
from tests.studio.app_fixtures import Person, StudioApp
from tests.studio.films.town import TEA

MARK = "Zanzibarquokka"
"""Stands in everything that the victim wrote: nobody else may ever read it."""
BRIEF = {"notes": f"{TEA}\n\n{MARK} is a word of mine.", "title": f"{MARK} tea", "minutes": 1, "resolution": "360p"}
PROGRAMS = frozenset(endpoint.name for endpoint in ENDPOINTS)


@dataclass(frozen=True)
class Victim:
    """Somebody with a project, a job and a file, and the ids of all of them, which an attacker is given."""

    app: StudioApp
    person: Person
    email: str
    project: UUID
    job: UUID
    file: GivenFile
    key: UUID
    made: Mapping[str, UUID] = field(default_factory=dict)

    @property
    def creator(self) -> Caller:
        return Caller(self.person.id)

    @property
    def ids(self) -> dict[str, str]:
        return {
            "project": str(self.project),
            "id": str(self.project),
            "job": str(self.job),
            "user": str(self.person.id),
            "key": str(self.key),
            "version": str(self.made.get("version", uuid4())),
            "scene": str(self.made.get("scene", uuid4())),
            "after": str(self.made.get("scene", uuid4())),
            "path": self.file.path,
            "file": self.file.path,
        }

    def everything(self) -> str:
        """All that an attack could have changed."""
        inside = self.app.installation
        user = self.person.id
        project = inside.projects.get(user, self.project)
        return json.dumps(
            [
                project.model_dump(mode="json"),
                [one.model_dump(mode="json") for one in inside.projects.list_of(user)],
                [one.model_dump(mode="json") for one in inside.projects.versions(user, self.project)],
                [one.model_dump(mode="json") for one in inside.jobs.list_of(user)],
                inside.credits.account(user).model_dump(mode="json"),
                [one.model_dump(mode="json") for one in inside.keys.of(user) if one.id == self.key],
                sum(one.name != "a test" for one in inside.keys.of(user)),
                inside.profiles.get(user).model_dump(mode="json"),
            ],
            sort_keys=True,
            default=sorted,
        )


class Answer(NamedTuple):
    way: str
    status: int
    text: str


def call_program(client: httpx.Client, name: str, given: Mapping[str, Any], blocks: Blocks) -> Answer:
    """An endpoint as a raw request, with what is left out at its default."""
    fn = next(fn for fn in blocks.fns.values() if fn.api_name == name)
    asked = next(endpoint for endpoint in ENDPOINTS if endpoint.name == name).asked.model_fields
    names = sorted(asked, key=lambda one: not asked[one].is_required())
    assert len(names) == len(fn.inputs)
    data = [given.get(one, component.value) for one, component in zip(names, fn.inputs, strict=True)]
    answer = client.post(f"/gradio_api/run/{name}", json={"data": data})
    return Answer(f"program {name}", answer.status_code, answer.text)


def page_events(blocks: Blocks) -> dict[str, BlockFunction]:
    """Everything that a page's parts can set off, by page and name; what runs in the browser alone is left out."""
    listed = [fn for fn in blocks.fns.values() if fn.api_name not in PROGRAMS and fn.fn is not None]
    return {f"{fn.page or 'create'}:{fn.name}": fn for fn in listed if fn.name != "js_fn"}


def page_questions(blocks: Blocks) -> dict[str, tuple[int, str]]:
    """What scripts of pages ask the server directly: by page and name, the component and its function."""
    return {
        f"{getattr(part, 'page', '') or 'create'}:{fn.__name__}": (number, fn.__name__)
        for number, part in blocks.blocks.items()
        for fn in getattr(part, "server_fns", None) or ()
    }


def set_off(client: httpx.Client, way: str, fn: BlockFunction, victim: Victim) -> Iterator[Answer]:
    """A page event with the victim's ids in its page's address and in its payload: straight, and through the queue."""
    for data in payloads(fn, victim):
        body = {"data": data, "fn_index": fn._id, "session_hash": uuid4().hex, "event_data": victim.ids}
        straight = client.post("/gradio_api/run/predict", params=victim.ids, json=body)
        yield Answer(f"{way} straight", straight.status_code, straight.text)
        joined = client.post("/gradio_api/queue/join", params=victim.ids, json=body)
        yield Answer(f"{way} joined", joined.status_code, joined.text)
        if joined.status_code == 200:
            yield Answer(f"{way} queued", 200, _heard(client, body["session_hash"]))


def payloads(fn: BlockFunction, victim: Victim) -> Iterator[list[Any]]:
    count = len(fn.inputs)
    for value in (str(victim.project), str(victim.made.get("scene", victim.job)), victim.ids, json.dumps(victim.ids)):
        yield [value] * count
        if not count:
            return


def _heard(client: httpx.Client, session: str) -> str:
    heard = []
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        for line in stream.iter_lines():
            heard.append(line)
            if "process_completed" in line or "close_stream" in line or "unexpected_error" in line:
                break
    return "\n".join(heard)


def question(client: httpx.Client, way: str, part: int, name: str, given: Mapping[str, Any]) -> Answer:
    body = {"component_id": part, "fn_name": name, "data": given, "session_hash": uuid4().hex}
    answer = client.post("/gradio_api/component_server", params={"id": str(given.get("id", ""))}, json=body)
    return Answer(f"question {way}", answer.status_code, answer.text)
