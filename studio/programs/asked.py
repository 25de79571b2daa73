"""What programs send, checked before the desk sees it: one value an endpoint. Callers read the descriptions."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from pipeline.brief import Pace
from pipeline.timeline.models import CaptionStyle, Motion
from pipeline.timeline.sizes import Aspect, Resolution
from studio.films import GivenFile

_LONGEST_FILE_TEXT = 48 * 1024 * 1024
_OWN_FIELDS = ("niche", "minutes", "voice", "aspect", "transcript")


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


MaybeId = Annotated[UUID | None, BeforeValidator(_none_if_empty)]
ProjectId = Annotated[UUID, Field(description="The project's id.")]
JobId = Annotated[UUID, Field(description="The job's id, as generate answered it.")]
SceneId = Annotated[UUID, Field(description="The scene's id, as scenes lists it.")]


class Asked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FileRef(Asked):
    """A file that was brought. Called `file`, since gradio_client fetches whatever has a `path`."""

    file: str = Field(max_length=1000)
    name: str = Field(min_length=1, max_length=200)

    @classmethod
    def of(cls, given: GivenFile) -> FileRef:
        return cls(file=given.path, name=given.name)

    @property
    def given(self) -> GivenFile:
        return GivenFile(path=self.file, name=self.name)


class Nothing(Asked):
    """An endpoint that takes no parameters."""


class VoicesAsked(Asked):
    language: str = Field("", max_length=35, description="Only voices of this language, such as en or de.")


class BriefAsked(Asked):
    """What a film is made of. What is left out is the niche's own, or the default."""

    notes: str = Field("", description="The creator's notes, as plain text or Markdown.")
    topic: str = Field("", description="Instead of notes, where a text model is set up.")
    links: list[str] = Field([], description="Addresses of public pages to read, up to 20.")
    documents: list[FileRef] = Field([], description="Documents to read, as upload answered them.")
    title: str = Field("", description="The film's title; written by the studio when left out.")
    minutes: float = Field(2, description="How long the film is to be, 1 to 12.")
    niche: str = Field("explainer", description="The kind of film, by a name from presets.")
    voice: str = Field("default", description="Who speaks, by an id from voices.")
    look: str = Field("", description="How pictures are drawn, by a name from presets.")
    pace: Pace = Field("normal", description="How fast it is told.")
    aspect: Aspect = Field("16:9", description="The shape of the picture.")
    resolution: Resolution = Field("1080p", description="Above 1080p a minute costs one credit more.")
    captions: Literal[CaptionStyle, ""] = Field("", description="How captions are shown on the film.")
    music: str = Field("", description="A bed from presets, or off.")
    pack: str = Field("", description="A template pack from presets.")
    hook: int = Field(0, ge=0, le=3, description="Which of three openings: 1, 2 or 3; 0 leaves it to the studio.")
    transcript: Literal["auto", "manual"] = Field("auto", description="manual: the notes are spoken word for word.")
    language: str = Field("", description="The notes' language, such as en; found by itself when left out.")
    pictures: list[FileRef] = Field([], description="Own pictures and clips to show, as upload answered them.")
    own_music: FileRef | None = Field(None, description="A sound file as upload answered it, instead of music.")

    def brief(self) -> dict[str, Any]:
        """What was said, under the names that a project keeps; its own fields always, so that saving replaces them."""
        files = {"documents": self.documents, "uploads": self.pictures, "own_music": self.own_music}
        plain = set(BriefAsked.model_fields) - {"documents", "pictures", "own_music"}
        said = self.model_dump(mode="json", include=plain, exclude_defaults=True)
        said |= {name: getattr(self, name) for name in _OWN_FIELDS}
        return said | {name: _kept(one) for name, one in files.items() if one}


def _kept(files: list[FileRef] | FileRef | None) -> object:
    if isinstance(files, list):
        return [one.given.model_dump() for one in files]
    return files.given.model_dump() if files else None


class NewProjectAsked(BriefAsked):
    project: MaybeId = Field(None, description="An id of your own making (a UUID): sent again, it makes nothing twice.")


class SavedProjectAsked(BriefAsked):
    project: UUID = Field(description="The project whose brief becomes this one, whole.")


class ProjectAsked(Asked):
    project: ProjectId


class ProjectsAsked(Asked):
    search: str = Field("", max_length=200, description="Words of the title or the notes.")
    state: Literal["", "draft", "waiting", "making", "ready", "failed", "cancelled", "deleted"] = Field(
        "", description="Only projects in this state."
    )
    before: str = Field("", max_length=200, description="The place of the last one listed, for the next page.")


class GenerateAsked(Asked):
    project: ProjectId
    job: MaybeId = Field(None, description="An id of your own making (a UUID): sent again, it starts nothing twice.")
    redo: list[str] = Field([], description="What to make anew although nothing changed: script, section:3:voice, ...")
    note: str = Field("", max_length=500, description="The name of the version.")
    choose_hook: bool = Field(False, description="Wait after the script until choose_hook picks one of three openings.")


class JobAsked(Asked):
    job: JobId


class HookAsked(Asked):
    job: JobId
    number: int = Field(description="1, 2 or 3, as the job's hooks are numbered.")


class VersionAsked(Asked):
    project: ProjectId
    version: UUID = Field(description="The version's id, as versions lists it.")


class DownloadsAsked(Asked):
    project: ProjectId
    version: MaybeId = Field(None, description="An earlier version; the current one when left out.")


class UploadAsked(Asked):
    name: str = Field(min_length=1, max_length=300, description="The file's name.")
    content: str = Field(
        max_length=_LONGEST_FILE_TEXT, description="The file's bytes in base64, at most 36 MB of them."
    )
    kind: Literal["document", "picture", "clip", "sound"] = Field("document", description="What the file is for.")


class SceneAsked(Asked):
    project: ProjectId
    scene: SceneId


class EditAsked(SceneAsked):
    narration: str | None = Field(None, description="The words spoken; null leaves them as they are.")
    visual: str | None = Field(None, description="What the picture shows.")
    on_screen: str | None = Field(None, description="The line written on the picture.")
    motion: Motion | None = Field(None, description="How the picture moves.")
    picture: FileRef | None = Field(None, description="An own picture or clip, as upload answered it.")
    clear_picture: bool = Field(False, description="Back to a picture by the studio.")
    clear_motion: bool = Field(False, description="Back to the motion that the studio chooses.")


class MoveAsked(SceneAsked):
    place: int = Field(description="The place it gets, as scenes counts them; 1 is the opening's.")


class AddAsked(Asked):
    project: ProjectId
    after: UUID = Field(description="The scene that it comes behind.")
    narration: str = Field("", description="The words spoken.")
    visual: str = Field("", description="What the picture shows.")


class TakeAsked(SceneAsked):
    what: Literal["picture", "voice"] = Field(description="What is to be made once more of the same words.")


class StyleAsked(Asked):
    project: ProjectId
    captions: Literal[CaptionStyle, ""] | None = Field(None, description="How captions are shown; null leaves it.")
    music: str | None = Field(None, description="A bed from presets, or off.")
    look: str | None = Field(None, description="How pictures are drawn.")
    pack: str | None = Field(None, description="A template pack from presets.")
    voice: str | None = Field(None, description="Who speaks, by an id from voices.")
    pace: Pace | None = Field(None, description="How fast it is told.")


class ChangesAsked(Asked):
    project: ProjectId
    job: MaybeId = Field(None, description="An id of your own making (a UUID): sent again, it starts nothing twice.")
