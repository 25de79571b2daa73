"""The first stages: what the film may draw on, and its script."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.brief import Brief, Pace
from pipeline.build import Artifact, Recipe, Workspace, fingerprint, hash_of_file, hash_of_sources
from pipeline.making.job import Job, WrittenScript
from pipeline.making.services import Services
from pipeline.progress import Event, Made
from pipeline.scripts import text as script_text
from pipeline.scripts.models import Script
from pipeline.scripts.writers import Assignment, Cost, LengthChange, Written
from pipeline.sources import Source
from pipeline.sources import read as read_source

HERE = Path(__file__).parent.parent
_WANTED = {"topic", "title", "minutes", "pace", "transcript", "language"}
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
        "documents": _documents(brief),
        "links": list(brief.links),
        "transcript": brief.transcript,
        "language": brief.language,
        "code": hash_of_sources(HERE / "sources"),
    }

    def produce(path: Path) -> None:
        path.write_text(read_source(brief, web=services.web).model_dump_json(), encoding="utf-8")

    return Source.model_validate_json(workspace.make(Recipe("source", inputs, ".json"), produce).path.read_bytes())


def _documents(brief: Brief) -> list[list[str]]:
    return [[Path(path).name, hash_of_file(Path(path))] for path in brief.documents if Path(path).is_file()]


def scripted(job: Job, source: Source) -> Scripted:
    """What the writer wrote, with the hook that was chosen, or what a person has made of it since."""
    assignment = _assignment(job, source)
    kept = _edit(job, assignment, None)
    if kept:
        return _shown(job, kept, assignment, edited=True)
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
    edit = _edit(job, assignment, script)
    return _shown(job, edit or script, assignment, edited=edit is not None)


def _shown(job: Job, script: Script, assignment: Assignment, *, edited: bool) -> Scripted:
    job.account.note(*script.notes)
    show(job, script)
    job.progress(Event("SCRIPTING", script.title, 1.0))
    written = job.takes.written()
    return Scripted(script, assignment, written.rate if edited and written else None)


def show(job: Job, script: Script, known: Script | None = None) -> None:
    """The words of every scene, but for those that were shown as they are."""
    shown = {section.id: section.narration for section in known.sections} if known else {}
    for section in script.sections:
        if shown.get(section.id) != section.narration:
            made = Made("text", section.id, section.id, section.title, section.narration)
            job.progress(Event("SCRIPTING", section.title, 0.99, made=made))


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
    digest = hashlib.sha256(data).hexdigest()
    job.takes.remember_script(WrittenScript(_key_of(job, assignment), digest, rate, job.setup.brief.pace))
    path.write_bytes(data)


def _edit(job: Job, assignment: Assignment, script: Script | None) -> Script | None:
    """The script file, if it is of this assignment and no longer what was written there.

    Where its sections are known, the writer's script is not needed, nor paid, to tell them.
    """
    path, written = job.out / SCRIPT_FILE, job.takes.written()
    if written is None or written.key != _key_of(job, assignment) or not _is_edit(path, written):
        return None
    data = path.read_bytes()
    known = job.takes.edited_sections(hashlib.sha256(data).hexdigest())
    if script is None and not known:
        return None
    edited = script_text.read(data.decode("utf-8", errors="replace"), previous=script)
    edited = script_text.with_ids(edited, known) if known else edited
    return _at_pace(edited, written.pace, job.setup.brief.pace)


def _at_pace(script: Script, before: Pace, now: Pace) -> Script:
    """The film's own pace may have been changed since; a section with a pace of its own keeps it."""
    sections = (
        section.model_copy(update={"pace": now}) if section.pace == before else section for section in script.sections
    )
    return script.model_copy(update={"sections": tuple(sections)})


def _key_of(job: Job, assignment: Assignment) -> str:
    """What was asked for in words. An edit stays one of it whoever writes, speaks or reads sources now.

    Hook, voice and pace are not in it: the words of a person stay as they are.
    """
    brief = job.setup.brief
    wanted = {"notes", "links", "niche", *_WANTED} - {"pace"}
    asked = brief.model_dump(mode="json", include=wanted)
    return fingerprint({**asked, "documents": _documents(brief), "take": assignment.take})


def _is_edit(path: Path, written: WrittenScript | None) -> bool:
    if written is None or not path.is_file():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() != written.sha256


def _inputs(job: Job, assignment: Assignment) -> dict[str, object]:
    brief = job.setup.brief
    inputs: dict[str, object] = {
        "source": assignment.source.model_dump(mode="json"),
        "brief": brief.model_dump(mode="json", include=_WANTED),
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
