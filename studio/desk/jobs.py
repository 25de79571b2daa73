"""A job as a page shows it: its steps, the scenes as far as they are made, and how long it will still take."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from studio.desk.stages import TITLES
from studio.desk.views import HookView, JobView, SceneProgress, StepView
from studio.jobs import STAGES, JobStep
from studio.jobs.watching import WatchedJob

Artifact = Mapping[str, Any]
Links = Callable[[Collection[str]], Mapping[str, str]]
_FILES = frozenset({"sound", "picture", "moving"})


def shown(job: WatchedJob, links: Links) -> JobView:
    """`links` makes addresses of paths in the owner's part of the file store."""
    artifacts: list[Artifact] = [one for step in job.steps for one in step.artifacts if isinstance(one, dict)]
    version = (job.result or {}).get("version")
    return JobView(
        id=job.id,
        number=job.number,
        project=job.project_id,
        state=job.state,
        ended=job.has_ended,
        progress=job.progress,
        message=job.message.partition(" · ")[0],
        seconds_left=None if job.has_ended else _seconds_left(artifacts),
        place=None if job.ahead is None else job.ahead + 1,
        reserved=job.reserved,
        spent=job.spent,
        steps=tuple(_steps(job.steps)),
        scenes=tuple(_scenes(artifacts, {} if job.has_ended else links(_paths(artifacts)))),
        hooks=tuple(_hooks(artifacts)) if job.state == "PENDING" else (),
        error=job.error_message or "",
        error_code=job.error_code or "",
        version=version,
        run=job.run,
        made_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
    )


def _steps(steps: list[JobStep]) -> Iterator[StepView]:
    """All stages, also those that were not begun."""
    begun = {step.step: step for step in steps}
    for stage in STAGES:
        step = begun.get(stage)
        if step is None:
            yield StepView(stage=stage, title=TITLES[stage], state="WAITING")
            continue
        seconds = ((step.finished_at or datetime.now(UTC)) - step.started_at).total_seconds()
        yield StepView(
            stage=stage,
            title=TITLES[stage],
            state=step.state,
            progress=step.progress,
            message=step.message.partition(" · ")[0],
            seconds=round(max(0.0, seconds), 1),
        )


def _seconds_left(artifacts: list[Artifact]) -> int | None:
    """The newest estimate, less the time since it was made."""
    told = [one for one in artifacts if one.get("kind") == "left"]
    if not told:
        return None
    newest = max(told, key=lambda one: float(one["at"]))
    return max(1, round(float(newest["seconds"]) - (time.time() - float(newest["at"]))))


def _paths(artifacts: list[Artifact]) -> list[str]:
    return [str(one["path"]) for one in artifacts if one.get("kind") in _FILES and "path" in one]


def _scenes(artifacts: list[Artifact], links: Mapping[str, str]) -> Iterator[SceneProgress]:
    """In the order of the script; what is made of a scene before its words are known comes after."""
    known = [one for one in artifacts if "section" in one]
    sections = dict.fromkeys(str(one["section"]) for one in known if one.get("kind") == "text")
    sections |= dict.fromkeys(str(one["section"]) for one in known if one.get("kind") in _FILES)
    for section in sections:
        own = [one for one in artifacts if one.get("section") == section]
        words = next((one for one in own if one.get("kind") == "text"), {})
        files = [(one["kind"], links[path]) for one in own if (path := str(one.get("path", ""))) in links]
        yield SceneProgress(
            section=section,
            title=str(words.get("title", "")),
            text=str(words.get("text", "")),
            sound=next((url for kind, url in files if kind == "sound"), None),
            pictures=tuple(url for kind, url in files if kind == "picture"),
            moving=next((url for kind, url in files if kind == "moving"), None),
        )


def _hooks(artifacts: list[Artifact]) -> Iterator[HookView]:
    hooks = [one for one in artifacts if one.get("kind") == "hook"]
    for number, one in enumerate(hooks, 1):
        yield HookView(number=number, title=str(one.get("title", "")), text=str(one.get("text", "")))
