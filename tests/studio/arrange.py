"""What most tests of the store need first: a project, a job, a film's length."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from studio.credits import Usage
from studio.files import Files, Shelf
from studio.jobs import Job, Jobs, Lane
from studio.projects import Making, Projects
from studio.store import Store

ONE_MINUTE = Usage(seconds=60)
SOME_SHA = hashlib.sha256(b"some bytes").hexdigest()


def project_of(store: Store, user: UUID) -> UUID:
    project = uuid4()
    Projects(store).create(user, project)
    return project


def job_of(
    store: Store,
    user: UUID,
    *,
    usage: Usage = ONE_MINUTE,
    lane: Lane = "cpu",
    queue: bool = True,
    job: UUID | None = None,
) -> Job:
    return Jobs(store).start(
        job or uuid4(), user=user, project=project_of(store, user), request={}, usage=usage, lane=lane, queue=queue
    )


def filed(
    files: Files,
    making: Making,
    source: Path,
    *,
    user: UUID,
    project: UUID,
    kind: str = "video",
    shelf: Shelf = Shelf.OUTPUTS,
    **more: Any,
) -> str:
    """The path of a file that is stored and noted in its project, as the worker does it."""
    stored = files.put(source, owner=user, shelf=shelf)
    making.record_asset(
        uuid4(),
        user=user,
        project=project,
        kind=kind,
        path=stored.path,
        size_bytes=stored.bytes,
        mime=stored.mime,
        sha256=stored.sha256,
        **more,
    )
    return stored.path
