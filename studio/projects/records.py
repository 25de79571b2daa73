"""What a project is made of."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from studio.store.records import Record

Aspect = Literal["16:9", "9:16", "1:1"]
WorkflowStep = Literal["brief", "script", "making", "film"]
SceneState = Literal["draft", "ready", "stale", "failed"]
GenerationState = Literal["started", "submitted", "done", "failed"]
AssetType = Literal[
    "script",
    "outline",
    "audio",
    "image",
    "captions",
    "video",
    "thumbnail",
    "timeline",
    "manifest",
    "zip",
    "other",
]


class ProjectFields(BaseModel):
    """What a creator sets; what is left out stays as it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str | None = Field(default=None, max_length=300)
    niche: str | None = Field(default=None, min_length=1, max_length=60)
    brief: dict[str, Any] | None = None
    target_minutes: float | None = Field(default=None, ge=1, le=12)
    voice: str | None = Field(default=None, min_length=1, max_length=120)
    aspect: Aspect | None = None
    transcript_mode: Literal["auto", "manual"] | None = None
    workflow_step: WorkflowStep | None = None
    settings: dict[str, Any] | None = None


class ProjectCard(Record):
    """A project in a list: without its brief and settings."""

    id: UUID
    user_id: UUID
    title: str
    niche: str
    target_minutes: float
    voice: str
    aspect: Aspect
    transcript_mode: Literal["auto", "manual"]
    workflow_step: WorkflowStep
    current_version: UUID | None
    deleted_at: datetime | None
    created_at: datetime
    updated_at: datetime


class Project(ProjectCard):
    opening: str
    brief: dict[str, Any]
    settings: dict[str, Any]


class Scene(Record):
    id: UUID
    position: int = 0
    narration: str
    visual: str
    state: SceneState = "draft"
    settings: dict[str, Any] = Field(default_factory=dict)


class ProjectDetail(Project):
    scenes: list[Scene]


class Version(Record):
    id: UUID
    project_id: UUID
    number: int
    job_id: UUID | None
    note: str
    created_at: datetime


class VersionDetail(Version):
    snapshot: dict[str, Any]


class Asset(Record):
    """A file of a project; `path` begins with its owner's id."""

    id: UUID
    project_id: UUID
    user_id: UUID
    job_id: UUID | None
    version_id: UUID | None
    scene_id: UUID | None
    type: AssetType
    path: str
    bytes: int
    mime: str
    sha256: str
    meta: dict[str, Any]
    created_at: datetime


class Generation(Record):
    """One call of a model; `task_id` is the provider's, to ask for the outcome after a restart."""

    id: UUID
    user_id: UUID
    project_id: UUID | None
    job_id: UUID | None
    input_key: str
    provider: str
    model: str
    purpose: str
    state: GenerationState
    task_id: str | None
    cost_micros: int
    meta: dict[str, Any]
    created_at: datetime
