"""What a creator chose for single scenes, kept in their settings, and which section of the script each of them is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from pipeline.errors import ScriptError
from pipeline.scripts.models import SectionKind, section_id
from pipeline.timeline.models import Motion
from studio.films.given import GivenFile
from studio.projects import Scene

Take = Literal["voice", "picture"]
MOST_SCENES = 99


class Wish(BaseModel):
    """`like` is the section that the scene is a copy of; `again` is what another take was asked of."""

    model_config = ConfigDict(frozen=True)

    motion: Motion | None = None
    picture: GivenFile | None = None
    like: str = Field(default="", max_length=40)
    again: tuple[Take, ...] = ()

    @classmethod
    def of(cls, scene: Scene) -> Self:
        return cls.model_validate(scene.settings.get("wish") or {})

    def on(self, scene: Scene) -> Scene:
        wish = self.model_dump(mode="json", exclude_defaults=True)
        rest = {name: value for name, value in scene.settings.items() if name != "wish"}
        return scene.model_copy(update={"settings": {**rest, **({"wish": wish} if wish else {})}})


def kind_of(scene: Scene) -> SectionKind:
    kind: SectionKind = scene.settings.get("kind") or "beat"
    return kind


def on_screen_of(scene: Scene) -> str:
    return " ".join(str(scene.settings.get("on_screen") or "").split())


def words_of(scene: Scene) -> tuple[str, str, str]:
    """What the script file has of a scene."""
    return scene.narration.strip(), " ".join(scene.visual.split()), on_screen_of(scene)


def sections_of(scenes: Sequence[Scene], taken: Collection[str] = ()) -> list[str]:
    """The section of each scene. One that has none yet gets a number that neither they nor `taken` have."""
    given = [str(scene.settings.get("section") or "") for scene in scenes]
    own = [name if name and given.index(name) == place else "" for place, name in enumerate(given)]
    fresh = _free_numbers({int(name[1:3]) for name in (*given, *taken) if name})
    return [name or section_id(next(fresh), kind_of(scene)) for name, scene in zip(own, scenes, strict=True)]


def _free_numbers(used: set[int]) -> Iterator[int]:
    """After the last one first, so that a number rarely comes twice."""
    last = max(used, default=0)
    yield from range(last + 1, MOST_SCENES + 1)
    yield from sorted({*range(1, last)} - used)
    raise ScriptError(f"A film has at most {MOST_SCENES} scenes. Join some of them.")
