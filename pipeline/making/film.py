"""From a brief to a bundle. Stages overlap: pictures are painted while voices speak and scenes are drawn.

Everything that is made goes through the build, so a film that was stopped goes on where it was, and one that was
changed makes again only what depends on the change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.brief import Brief
from pipeline.build import Workspace
from pipeline.errors import BriefError
from pipeline.making.assembling import narration_path, timeline_of
from pipeline.making.job import Account, Job, Takes
from pipeline.making.packaging import FILM, Bundle, checked, package, write_report
from pipeline.making.picturing import Pictures, painted, planned
from pipeline.making.redo import apply
from pipeline.making.scripting import Scripted, scripted, show, source_of, write_script_file
from pipeline.making.services import Services
from pipeline.making.setup import choose
from pipeline.making.speaking import Spoken, spoken
from pipeline.progress import Cancel, Event, Made, Progress, Steady, silent
from pipeline.render.film import RenderReport, render
from pipeline.scripts.models import Script
from pipeline.sources import Source
from pipeline.timeline import Timeline

STATE = ".canvascast.json"


@dataclass(frozen=True)
class LaidOut:
    """A film of which every frame is decided, while its pictures may still be on their way."""

    job: Job
    source: Source
    written: Scripted
    said: Spoken
    pictures: Pictures
    timeline: Timeline

    @property
    def is_edited(self) -> bool:
        """A person's script is as long as it is, and its file is theirs."""
        return self.written.edited_rate is not None


def make(
    brief: Brief,
    out: Path,
    *,
    services: Services,
    workspace: Workspace,
    progress: Progress = silent,
    cancel: Cancel | None = None,
    redo: Iterable[str] = (),
) -> Bundle:
    """Make the film of a brief into a folder. Raises a PipelineError that says what the creator can do."""
    with laid_out(
        brief, out, services=services, workspace=workspace, progress=progress, cancel=cancel, redo=redo
    ) as film:
        rendered = _rendered(film)
    if not film.is_edited:
        write_script_file(film.job, film.written.assignment, film.said.script, rate=film.said.rate)
    return _packaged(film, rendered)


def write_script(
    brief: Brief,
    out: Path,
    *,
    services: Services,
    workspace: Workspace,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Script:
    """Only the script, so that one of its openings can be chosen. The film is then made from the same one."""
    job, _, written = _begun(brief, out, services, workspace, progress, cancel, ())
    for number, hook in enumerate(written.script.hooks, 1):
        made = Made("hook", str(number), written.script.sections[0].id, hook.pattern, hook.narration)
        job.progress(Event("SCRIPTING", written.script.title, 1.0, made=made))
    return written.script


def _begun(
    brief: Brief,
    out: Path,
    services: Services,
    workspace: Workspace,
    progress: Progress,
    cancel: Cancel | None,
    redo: Iterable[str],
) -> tuple[Job, Source, Scripted]:
    takes = _takes(out)
    account = Account()
    with account.timed("SCRIPTING"):
        source = source_of(brief, services, workspace)
        account.note(*source.notes)
        setup = choose(brief, services.cast, language=source.language, commercial=services.commercial)
        account.note(*setup.voice.notes)
        takes.adopt(brief.copies)
        apply(redo, takes)
        job = Job(setup, services, workspace, out, takes, account, Steady(progress), cancel or Cancel())
        return job, source, scripted(job, source)


@contextmanager
def laid_out(
    brief: Brief,
    out: Path,
    *,
    services: Services,
    workspace: Workspace,
    progress: Progress = silent,
    cancel: Cancel | None = None,
    redo: Iterable[str] = (),
) -> Iterator[LaidOut]:
    """Everything up to the timeline. Its pictures are painted on until the block ends; a failure in it stops them."""
    job, source, written = _begun(brief, out, services, workspace, progress, cancel, redo)
    with ThreadPoolExecutor(services.network_lanes, "paint") as painters:
        try:
            pictures = painted(job, planned(job, written.script), painters)
            said = spoken(job, written)
            pictures = _of_the_final_script(job, written.script, said, pictures, painters)
            yield LaidOut(job, source, written, said, pictures, _laid_out(job, said, pictures))
        except BaseException:
            painters.shutdown(cancel_futures=True)
            raise


def _of_the_final_script(
    job: Job, written: Script, said: Spoken, pictures: Pictures, painters: ThreadPoolExecutor
) -> Pictures:
    """Words may have changed to fit the length, and some pictures with them."""
    show(job, said.script, written)
    shots = planned(job, said.script)
    if shots != pictures.shots:
        pictures.drop()
        pictures = painted(job, shots, painters)
    shots_of = {section.id: pictures.of(section.id) for section in said.script.sections}
    cards = [name for name, found in shots_of.items() if all(shot.kind != "illustration" for shot in found)]
    job.takes.remember_shots({name: [shot.id for shot in found] for name, found in shots_of.items()}, cards)
    return pictures


def _takes(out: Path) -> Takes:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BriefError(f"The film cannot be written to {out}: {error.strerror}. Choose another folder.") from error
    return Takes(out / STATE)


def _laid_out(job: Job, said: Spoken, pictures: Pictures) -> Timeline:
    with job.stage("TIMELINE"):
        for name, artifact in said.files.items():
            job.place(artifact, narration_path(name))
        timeline = timeline_of(job, said, pictures)
    job.progress(Event("TIMELINE", timeline.title, 1.0))
    return timeline


def _rendered(film: LaidOut) -> RenderReport:
    job, segments = film.job, film.timeline.segments

    def ready(index: int) -> None:
        film.pictures.wait_for(segments[index].id)

    with job.stage("RENDERING"):
        return render(
            film.timeline,
            job.out,
            job.out / FILM,
            workspace=job.workspace,
            progress=job.progress,
            cancel=job.cancel,
            ready=ready,
        )


def _packaged(film: LaidOut, rendered: RenderReport) -> Bundle:
    job, timeline = film.job, film.timeline
    with job.stage("PACKAGING"):
        job.progress(Event("PACKAGING", "captions and publishing pack", 0.1))
        publishing = package(job, film.source, film.said, film.pictures, timeline)
        job.account.note(*rendered.warnings)
        job.cancel.check()
        job.progress(Event("PACKAGING", "check of the finished film", 0.4))
        asked_s = None if film.is_edited else job.setup.brief.minutes * 60
        found = checked(job, timeline, rendered.sound, asked_s)
    facts = {
        "encoder": rendered.encoder,
        "frames": rendered.frames,
        "stretches": rendered.stretches,
        "stretchesMade": rendered.stretches_made,
        "seconds": round(rendered.seconds, 2),
        "sound": asdict(rendered.sound) if rendered.sound else None,
    }
    report = write_report(job, timeline, found, facts)
    found.demand()
    job.progress(Event("PACKAGING", FILM, 1.0))
    return Bundle(job.out, timeline, report, publishing)
