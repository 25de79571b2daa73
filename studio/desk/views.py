"""What the desk answers with. Every answer is a value of its own and turns into JSON for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from studio.jobs import JobState, Stage

StepLook = Literal["WAITING", "RUNNING", "DONE", "FAILED"]
ProjectState = Literal["draft", "waiting", "making", "ready", "failed", "cancelled"]


class View(BaseModel):
    model_config = ConfigDict(frozen=True)


class NicheChoice(View):
    name: str
    title: str
    about: str
    look: str
    pack: str
    captions: str
    music: str
    picture: str = Field(description="address of a picture")


class LookChoice(View):
    name: str
    title: str
    about: str


class PackChoice(View):
    name: str
    title: str
    about: str
    captions: str


class MusicChoice(View):
    name: str
    title: str
    mood: str
    seconds: float
    bpm: float | None


class Option(View):
    name: str
    title: str
    about: str = ""


class Presets(View):
    """Everything that a brief can choose from, by name."""

    niches: tuple[NicheChoice, ...]
    looks: tuple[LookChoice, ...]
    packs: tuple[PackChoice, ...]
    music: tuple[MusicChoice, ...]
    paces: tuple[Option, ...]
    captions: tuple[Option, ...]
    aspects: tuple[Option, ...]
    resolutions: tuple[Option, ...]
    transcripts: tuple[Option, ...]


class VoiceChoice(View):
    id: str
    name: str
    about: str
    language: str
    gender: Literal["female", "male", "neutral"]
    engine: str
    licence: str
    commercial: bool = Field(description="may be used in a paid product")
    words_a_minute: float
    sample_line: str
    sample: str = Field(description="address of the line, spoken")
    ready: bool
    needs: str = Field(default="", description="why it cannot speak here, and what to do")
    is_default: bool = Field(default=False, description="speaks where no voice is chosen")


class Carry(View):
    """How long a film the notes are enough for. Links are read only when the film is made."""

    minutes: float
    words: int
    links: int = 0
    sentence: str


class QuotationLine(View):
    item: str
    title: str
    units: int
    credits: int


class StageTime(View):
    stage: Stage
    title: str
    seconds: float


class Quotation(View):
    """What a film costs and how long it takes; `balance` is None for somebody who has not signed in."""

    credits: int
    lines: tuple[QuotationLine, ...]
    seconds: float
    stages: tuple[StageTime, ...]
    provider_cents: float | None = Field(description="what providers charge; None where a price is unknown")
    balance: int | None = None
    enough: bool = True
    problem: str = Field(default="", description="what stands in the way, and what to do about it")


class StepView(View):
    stage: Stage
    title: str
    state: StepLook
    progress: int = 0
    message: str = ""
    seconds: float | None = None


class SceneProgress(View):
    """A scene as far as it is made; its files are links that expire."""

    section: str
    title: str = ""
    text: str = ""
    sound: str | None = None
    pictures: tuple[str, ...] = ()
    moving: str | None = None


class HookView(View):
    number: int
    title: str
    text: str


class JobView(View):
    """A film in the making, or how its making ended."""

    id: UUID
    number: int
    project: UUID
    state: JobState
    ended: bool
    progress: int
    message: str
    seconds_left: int | None
    place: int | None = Field(description="1 is the next one in the line; None once it is made or ended")
    reserved: int
    spent: int | None
    steps: tuple[StepView, ...]
    scenes: tuple[SceneProgress, ...]
    hooks: tuple[HookView, ...] = Field(default=(), description="to choose from, while it waits for the choice")
    error: str = ""
    error_code: str = ""
    version: UUID | None = Field(default=None, description="of the project, once it is READY")
    run: int
    made_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class FilmView(View):
    """The current film; its addresses are links that expire."""

    version: UUID
    video: str
    captions: str
    thumbnail: str
    seconds: float
    width: int
    height: int
    made_at: datetime


class ProjectView(View):
    id: UUID
    title: str
    state: ProjectState
    brief: dict[str, Any]
    film: FilmView | None
    job: UUID | None
    deleted: bool
    created_at: datetime
    updated_at: datetime


class Download(View):
    name: str = Field(description="what it is saved as")
    kind: str
    title: str
    about: str
    bytes: int
    mime: str
    url: str = Field(description="a link that expires")


class VersionView(View):
    id: UUID
    number: int
    note: str
    current: bool
    made_at: datetime
