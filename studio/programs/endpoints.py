"""The endpoints. Each takes what was asked and answers with a value; names and shapes are promises to programs."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import Field

from studio.callers import Caller
from studio.desk import Desk
from studio.desk.shelf import Card
from studio.desk.statement import Wallet
from studio.desk.views import Carry, Download, JobView, Presets, ProjectView, Quotation, VersionView, View, VoiceChoice
from studio.errors import InvalidValue
from studio.programs import asked as ask
from studio.programs.editing import EDITING
from studio.programs.endpoint import Endpoint


class VoiceList(View):
    voices: tuple[VoiceChoice, ...]


class Estimate(Quotation):
    notes: Carry = Field(description="how long a film the notes are enough for")


class ProjectList(View):
    projects: tuple[Card, ...]


class VersionList(View):
    versions: tuple[VersionView, ...]


class DownloadList(View):
    downloads: tuple[Download, ...]


def presets(desk: Desk, caller: Caller, _asked: ask.Nothing) -> Presets:
    return desk.choices.presets(caller)


def voices(desk: Desk, caller: Caller, asked: ask.VoicesAsked) -> VoiceList:
    found = desk.choices.voices(caller)
    wanted = asked.language.split("-")[0].lower()
    return VoiceList(voices=tuple(v for v in found if wanted in ("", v.language.split("-")[0].lower())))


def estimate(desk: Desk, caller: Caller, asked: ask.BriefAsked) -> Estimate:
    brief = asked.brief()
    quotation = desk.orders.estimate(caller, brief)
    return Estimate(**quotation.model_dump(), notes=desk.orders.carry(caller, brief))


def create_project(desk: Desk, caller: Caller, asked: ask.NewProjectAsked) -> ProjectView:
    made = desk.orders.create_project(caller, asked.brief(), asked.project)
    return desk.films.project(caller, made.id)


def save_project(desk: Desk, caller: Caller, asked: ask.SavedProjectAsked) -> ProjectView:
    desk.orders.save_project(caller, asked.project, asked.brief())
    return desk.films.project(caller, asked.project)


def project(desk: Desk, caller: Caller, asked: ask.ProjectAsked) -> ProjectView:
    return desk.films.project(caller, asked.project)


def projects(desk: Desk, caller: Caller, asked: ask.ProjectsAsked) -> ProjectList:
    return ProjectList(projects=desk.shelf.cards(caller, asked.search, asked.state, asked.before or None))


def delete_project(desk: Desk, caller: Caller, asked: ask.ProjectAsked) -> ProjectView:
    desk.shelf.delete(caller, asked.project)
    return desk.films.project(caller, asked.project)


def restore_project(desk: Desk, caller: Caller, asked: ask.ProjectAsked) -> ProjectView:
    desk.shelf.restore(caller, asked.project)
    return desk.films.project(caller, asked.project)


def generate(desk: Desk, caller: Caller, asked: ask.GenerateAsked) -> JobView:
    return desk.films.generate(
        caller, asked.project, asked.job, redo=asked.redo, note=asked.note, choose_hook=asked.choose_hook
    )


def job(desk: Desk, caller: Caller, asked: ask.JobAsked) -> JobView:
    return desk.films.job(caller, asked.job)


def cancel(desk: Desk, caller: Caller, asked: ask.JobAsked) -> JobView:
    return desk.films.cancel(caller, asked.job)


def retry(desk: Desk, caller: Caller, asked: ask.JobAsked) -> JobView:
    return desk.films.retry(caller, asked.job)


def choose_hook(desk: Desk, caller: Caller, asked: ask.HookAsked) -> JobView:
    return desk.films.choose_hook(caller, asked.job, asked.number)


def versions(desk: Desk, caller: Caller, asked: ask.ProjectAsked) -> VersionList:
    return VersionList(versions=desk.films.versions(caller, asked.project))


def return_to(desk: Desk, caller: Caller, asked: ask.VersionAsked) -> ProjectView:
    return desk.films.return_to(caller, asked.project, asked.version)


def downloads(desk: Desk, caller: Caller, asked: ask.DownloadsAsked) -> DownloadList:
    return DownloadList(downloads=desk.films.downloads(caller, asked.project, asked.version))


def credits(desk: Desk, caller: Caller, _asked: ask.Nothing) -> Wallet:
    return desk.account.balance(caller)


def upload(desk: Desk, caller: Caller, asked: ask.UploadAsked) -> ask.FileRef:
    try:
        data = base64.b64decode(asked.content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidValue("content: this is not base64.", details={"field": "content"}) from error
    with TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(data)
        return ask.FileRef.of(desk.orders.upload(caller, path, asked.name, asked.kind))


_MAKING: tuple[Endpoint, ...] = (
    Endpoint(
        "presets", presets, ask.Nothing, "Everything that a film can be made with, by name: niches, looks, music."
    ),
    Endpoint("voices", voices, ask.VoicesAsked, "Who can speak, in which language, and who is ready here."),
    Endpoint(
        "estimate",
        estimate,
        ask.BriefAsked,
        "What a film would cost in credits and time, how long a film the notes carry, and what stands in the way. "
        "Spends nothing.",
    ),
    Endpoint(
        "create_project",
        create_project,
        ask.NewProjectAsked,
        "Create a project from notes, links or documents. Makes no film yet: call generate with its id.",
    ),
    Endpoint("save_project", save_project, ask.SavedProjectAsked, "Replace a project's brief by this one."),
    Endpoint(
        "project", project, ask.ProjectAsked, "A project with its brief, its state and links to its finished film."
    ),
    Endpoint("projects", projects, ask.ProjectsAsked, "Your projects, last changed first, 24 a page."),
    Endpoint(
        "delete_project", delete_project, ask.ProjectAsked, "Throw a project away; it can be restored for 30 days."
    ),
    Endpoint("restore_project", restore_project, ask.ProjectAsked, "Take a project back that was thrown away."),
    Endpoint(
        "generate",
        generate,
        ask.GenerateAsked,
        "Start making the film of a project; its credits are set aside. Takes minutes: ask job until it has ended.",
    ),
    Endpoint(
        "job",
        job,
        ask.JobAsked,
        "How far a film is: state, progress, seconds left, scenes so far. Ask every few seconds until ended is true; "
        "then state is READY, FAILED or CANCELLED.",
    ),
    Endpoint("cancel", cancel, ask.JobAsked, "Stop a film that is being made; its credits come back."),
    Endpoint("retry", retry, ask.JobAsked, "Try a failed or cancelled film again; what was made already is kept."),
    Endpoint("choose_hook", choose_hook, ask.HookAsked, "Choose the opening of a film that waits for it."),
    Endpoint("versions", versions, ask.ProjectAsked, "The finished versions of a project, newest first."),
    Endpoint("return_to", return_to, ask.VersionAsked, "Go back to an earlier version of a project; nothing is lost."),
    Endpoint(
        "downloads",
        downloads,
        ask.DownloadsAsked,
        "The finished film's files: film, captions, script, timeline, thumbnail, archive. Links work for an hour.",
    ),
    Endpoint("credits", credits, ask.Nothing, "Your credits: what can be spent and what is held for running films."),
    Endpoint(
        "upload",
        upload,
        ask.UploadAsked,
        "Bring a file and get its reference for documents, pictures or own_music of a project.",
    ),
)

ENDPOINTS: tuple[Endpoint, ...] = (*_MAKING, *EDITING)
