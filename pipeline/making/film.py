"""From a brief to a bundle. Stages overlap: pictures are painted while voices speak and scenes are drawn.

Everything that is made goes through the build, so a film that was stopped goes on where it was, and one that was
changed makes again only what depends on the change.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from pipeline.brief import Brief
from pipeline.build import Workspace
from pipeline.errors import BriefError
from pipeline.making.assembling import narration_path, timeline_of
from pipeline.making.job import Account, Job, Takes
from pipeline.making.packaging import FILM, Bundle, checked, package, write_report
from pipeline.making.picturing import Pictures, painted, planned
from pipeline.making.redo import apply
from pipeline.making.scripting import scripted, source_of, write_script_file
from pipeline.making.services import Services
from pipeline.making.setup import choose
from pipeline.making.speaking import Spoken, spoken
from pipeline.progress import Cancel, Event, Progress, Steady, silent
from pipeline.render.film import RenderReport, render
from pipeline.sources import Source
from pipeline.timeline import Timeline

STATE = ".canvascast.json"


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
    takes = _takes(out)
    account = Account()
    with account.timed("SCRIPTING"):
        source = source_of(brief, services, workspace)
        account.note(*source.notes)
        setup = choose(brief, services.cast, language=source.language, commercial=services.commercial)
        account.note(*setup.voice.notes)
        apply(redo, takes)
        job = Job(setup, services, workspace, out, takes, account, Steady(progress), cancel or Cancel())
        written = scripted(job, source)
    with ThreadPoolExecutor(services.network_lanes, "paint") as painters:
        try:
            pictures = painted(job, planned(job, written.script), painters)
            said = spoken(job, written)
            pictures = _of_the_final_script(job, said, pictures, painters)
            timeline = _laid_out(job, said, pictures)
            rendered = _rendered(job, timeline, pictures)
        except BaseException:
            painters.shutdown(cancel_futures=True)
            raise
    if written.edited_rate is None:
        write_script_file(job, written.assignment, said.script, rate=said.rate)
    return _packaged(job, source, said, pictures, timeline, rendered, asked=written.edited_rate is None)


def _of_the_final_script(job: Job, said: Spoken, pictures: Pictures, painters: ThreadPoolExecutor) -> Pictures:
    """Words may have changed to fit the length, and some pictures with them."""
    shots = planned(job, said.script)
    if shots != pictures.shots:
        pictures.drop()
        pictures = painted(job, shots, painters)
    job.takes.remember_shots({s.id: [shot.id for shot in pictures.of(s.id)] for s in said.script.sections})
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


def _rendered(job: Job, timeline: Timeline, pictures: Pictures) -> RenderReport:
    def ready(index: int) -> None:
        pictures.wait_for(timeline.segments[index].id)

    with job.stage("RENDERING"):
        return render(
            timeline,
            job.out,
            job.out / FILM,
            workspace=job.workspace,
            progress=job.progress,
            cancel=job.cancel,
            ready=ready,
        )


def _packaged(
    job: Job,
    source: Source,
    said: Spoken,
    pictures: Pictures,
    timeline: Timeline,
    rendered: RenderReport,
    *,
    asked: bool,
) -> Bundle:
    with job.stage("PACKAGING"):
        job.progress(Event("PACKAGING", "captions and publishing pack", 0.1))
        publishing = package(job, source, said, pictures, timeline)
        job.account.note(*rendered.warnings)
        job.progress(Event("PACKAGING", "check of the finished film", 0.4))
        asked_s = job.setup.brief.minutes * 60 if asked else None
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
