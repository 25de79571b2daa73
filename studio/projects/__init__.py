"""Projects: a creator's films with their text, scenes, versions and files."""

from studio.projects.making import Making
from studio.projects.records import (
    Asset,
    AssetType,
    Generation,
    GenerationState,
    Project,
    ProjectCard,
    ProjectDetail,
    ProjectFields,
    Scene,
    SceneState,
    Version,
    VersionDetail,
)
from studio.projects.service import Projects
from studio.projects.titles import Titled, called
from studio.projects.uploads import Uploads

__all__ = [
    "Asset",
    "AssetType",
    "Generation",
    "GenerationState",
    "Making",
    "Project",
    "ProjectCard",
    "ProjectDetail",
    "ProjectFields",
    "Projects",
    "Scene",
    "SceneState",
    "Titled",
    "Uploads",
    "Version",
    "VersionDetail",
    "called",
]
