"""The first stages: what the film may draw on, and its script."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.brief import Brief
from pipeline.build import Artifact, Recipe, Workspace, fingerprint, hash_of_file, hash_of_sources
from pipeline.making.job import Job, WrittenScript
from pipeline.making.services import Services
from pipeline.progress import Event
from pipeline.scripts import text as script_text
from pipeline.scripts.models import Script
from pipeline.scripts.writers import Assignment, Cost, LengthChange, Written
from pipeline.sources import Source
from pipeline.sources import read as read_source

HERE = Path(__file__).parent.parent
SCRIPT_FILE, SET_ASIDE = "script.txt", "script.before.txt"


@dataclass(frozen=True)
class Scripted:
    """The script as it is now, and the rate it is spoken at if a person edited it: then nothing else is touched."""

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
    assignment = _assignment(job, source)
    inputs = _inputs(job, assignment)
    titles: list[str] = []

    def progress(title: str) -> None:
        titles.append(title)
        told = len(titles) / (job.setup.budget.beats + 4)
        job.progress(Event("SCRIPTING", title, min(0.95, told)))

    def produce(path: Path) -> None:
        _save(job.services.writer.write(assignment, progress=progress), path)

    script = _counted(job, job.workspace.make(Recipe("script", inputs, ".json"), produce)).script
    if job.setup.brief.hook:
        script = script_text.with_hook(script, job.setup.brief.hook)
    job.account.note(*script.notes)
    edit, written = _edit(job, assignment, script), job.takes.written()
    job.progress(Event("SCRIPTING", script.title, 1.0))
    return Scripted(edit or script, assignment, written.rate if edit and written else None)


def _assignment(job: Job, source: Source) -> Assignment:
    """What was paid for has all hooks, and which of them opens the film is chosen afterwards."""
    brief = job.setup.brief
    if job.services.writer.paid:
        brief = brief.model_copy(update={"hook": None})
    return Assignment(source, brief, job.setup.niche, job.setup.budget, job.takes.take("script"))


def revised(job: Job, script: Script, assignment: Assignment, changes: tuple[LengthChange, ...]) -> Script:
    """The script with some sections longer or shorter, as its writer would have it."""
    inputs = {
        **_inputs(job, assignment),
        "script": script.model_dump(mode="json"),
        "changes": [asdict(change) for change in changes],
    }

    def produce(path: Path) -> None:
        _save(job.services.writer.revise(script, changes, assignment), path)

    return _counted(job, job.workspace.make(Recipe("revision", inputs, ".json"), produce)).script


def write_script_file(job: Job, assignment: Assignment, script: Script, *, rate: float) -> None:
    """script.txt, remembered so that an edit of it is noticed. An edit of another script is set aside."""
    path = job.out / SCRIPT_FILE
    data = script_text.write(script).encode()
    if path.is_file() and _is_edit(path, job.takes.written()):
        path.replace(path.with_name(SET_ASIDE))
        job.account.note(f"Your {SCRIPT_FILE} was of another script: it is kept as {SET_ASIDE}.")
    # Remembered first: stopped between the two, the old file is set aside and not taken for an edit of this script.
    job.takes.remember_script(WrittenScript(_key_of(job, assignment), hashlib.sha256(data).hexdigest(), rate))
    path.write_bytes(data)


def _edit(job: Job, assignment: Assignment, script: Script) -> Script | None:
    """The script file, if it is of this assignment and no longer what was written there."""
    path, written = job.out / SCRIPT_FILE, job.takes.written()
    if written is None or written.key != _key_of(job, assignment) or not _is_edit(path, written):
        return None
    return script_text.read(path.read_text(encoding="utf-8", errors="replace"), previous=script)


def _key_of(job: Job, assignment: Assignment) -> str:
    """An edit stays one of its assignment although the writer has learned something or another hook was chosen."""
    inputs = _inputs(job, assignment)
    return fingerprint({name: value for name, value in inputs.items() if name not in ("code", "hook")})


def _is_edit(path: Path, written: WrittenScript | None) -> bool:
    if written is None or not path.is_file():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() != written.sha256


def _inputs(job: Job, assignment: Assignment) -> dict[str, object]:
    brief = job.setup.brief
    wanted = {"topic", "title", "minutes", "pace", "transcript", "language"}
    inputs: dict[str, object] = {
        "source": assignment.source.model_dump(mode="json"),
        "brief": brief.model_dump(mode="json", include=wanted),
        "niche": assignment.niche.model_dump(mode="json"),
        "budget": asdict(assignment.budget),
        "writer": job.services.writer.name,
        "hook": assignment.brief.hook,
        "take": assignment.take,
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
