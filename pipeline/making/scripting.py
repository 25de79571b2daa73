"""The first stages: what the film may draw on, and its script."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.brief import Brief
from pipeline.build import Artifact, Recipe, Workspace, hash_of_file, hash_of_sources
from pipeline.making.job import Job, WrittenScript
from pipeline.making.services import Services
from pipeline.progress import Event
from pipeline.scripts import text as script_text
from pipeline.scripts.models import Script
from pipeline.scripts.writers import Assignment, Cost, LengthChange, Written
from pipeline.sources import Source
from pipeline.sources import read as read_source

HERE = Path(__file__).parent.parent
SCRIPT_FILE = "script.txt"


@dataclass(frozen=True)
class Scripted:
    """The script as it is now, and the rate it is spoken at if a person edited it: then nothing else is touched."""

    key: str
    script: Script
    assignment: Assignment
    edited_rate: float | None


def source_of(brief: Brief, services: Services, workspace: Workspace) -> Source:
    """The brief's notes, documents and links, read once. A page is what it was when it was first read."""
    inputs = {
        "notes": brief.notes,
        "topic": brief.topic,
        "documents": [[Path(path).name, hash_of_file(Path(path))] for path in brief.documents if Path(path).is_file()],
        "links": list(brief.links),
        "transcript": brief.transcript,
        "language": brief.language,
        "code": hash_of_sources(HERE / "sources"),
    }

    def produce(path: Path) -> None:
        path.write_text(read_source(brief, web=services.web).model_dump_json(), encoding="utf-8")

    return Source.model_validate_json(workspace.make(Recipe("source", inputs, ".json"), produce).path.read_bytes())


def scripted(job: Job, source: Source) -> Scripted:
    """What the writer wrote, with the hook that was chosen, or what a person has made of it since."""
    assignment = Assignment(source, job.setup.brief, job.setup.niche, job.setup.budget)
    inputs = _inputs(job, assignment)
    titles: list[str] = []

    def progress(title: str) -> None:
        titles.append(title)
        told = len(titles) / (job.setup.budget.beats + 4)
        job.progress(Event("SCRIPTING", title, min(0.95, told)))

    def produce(path: Path) -> None:
        _save(job.services.writer.write(assignment, progress=progress), path)

    artifact = job.workspace.make(Recipe("script", inputs, ".json"), produce)
    script = _counted(job, artifact).script
    if job.setup.brief.hook:
        script = script_text.with_hook(script, job.setup.brief.hook)
    job.account.note(*script.notes)
    edit, written = _edit(job, artifact.key, script), job.takes.written()
    job.progress(Event("SCRIPTING", script.title, 1.0))
    return Scripted(artifact.key, edit or script, assignment, written.rate if edit and written else None)


def revised(job: Job, scripted_: Scripted, changes: tuple[LengthChange, ...]) -> Script:
    """The script with some sections longer or shorter, as its writer would have it."""
    before = scripted_.script
    inputs = {
        **_inputs(job, scripted_.assignment),
        "script": before.model_dump(mode="json"),
        "changes": [asdict(change) for change in changes],
    }

    def produce(path: Path) -> None:
        _save(job.services.writer.revise(before, changes, scripted_.assignment), path)

    return _counted(job, job.workspace.make(Recipe("revision", inputs, ".json"), produce)).script


def write_script_file(job: Job, key: str, script: Script, *, rate: float) -> None:
    """script.txt, remembered so that an edit of it is noticed. An edit of another script is set aside."""
    path = job.out / SCRIPT_FILE
    data = script_text.write(script).encode()
    if path.is_file() and _is_edit(path, job.takes.written()):
        path.replace(path.with_name("script.before.txt"))
    path.write_bytes(data)
    job.takes.remember_script(WrittenScript(key, hashlib.sha256(data).hexdigest(), rate))


def _edit(job: Job, key: str, script: Script) -> Script | None:
    """The script file, if it is of this assignment and no longer what was written there."""
    path, written = job.out / SCRIPT_FILE, job.takes.written()
    if written is None or written.key != key or not path.is_file() or not _is_edit(path, written):
        return None
    return script_text.read(path.read_text(encoding="utf-8", errors="replace"), previous=script)


def _is_edit(path: Path, written: WrittenScript | None) -> bool:
    return written is not None and hashlib.sha256(path.read_bytes()).hexdigest() != written.sha256


def _inputs(job: Job, assignment: Assignment) -> dict[str, object]:
    brief = job.setup.brief
    wanted = {"topic", "title", "minutes", "pace", "transcript", "language"}
    inputs: dict[str, object] = {
        "source": assignment.source.model_dump(mode="json"),
        "brief": brief.model_dump(mode="json", include=wanted),
        "niche": assignment.niche.model_dump(mode="json"),
        "budget": asdict(assignment.budget),
        "writer": job.services.writer.name,
        "take": job.takes.take("script"),
    }
    if not job.services.writer.paid:
        # What costs nothing is written anew when the writer has learned something.
        inputs["code"] = hash_of_sources(HERE / "scripts")
    return inputs


def _save(written: Written, path: Path) -> None:
    facts = {
        "script": written.script.model_dump(mode="json"),
        "minutes_carried": written.minutes_carried,
        "cost": asdict(written.cost),
    }
    path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def _counted(job: Job, artifact: Artifact) -> Written:
    facts = json.loads(artifact.path.read_bytes())
    written = Written(Script.model_validate(facts["script"]), facts["minutes_carried"], Cost(**facts["cost"]))
    job.account.count("SCRIPTING", fresh=artifact.fresh, cents=written.cost.cents)
    return written
