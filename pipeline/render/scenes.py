"""One section of a film, drawn frame by frame: its pictures, the transitions between them, and what lies over them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import AssetError
from pipeline.render import clips, motion, stills
from pipeline.render.planes import Planes, SpritePlanes, lay
from pipeline.render.sources import Source, Still
from pipeline.render.sprites import Layer, Sprite
from pipeline.render.transitions import TRANSITIONS, along
from pipeline.timeline.models import Timeline, Visual
from pipeline.timeline.schedule import Section, Slot

SPRITE_CACHE_BYTES = 48 * 1024 * 1024


@dataclass(frozen=True)
class Shown:
    """A slot and how long it is seen in all: `lead_in` frames before its own begin."""

    slot: Slot
    lead_in: int

    @property
    def frames(self) -> int:
        return self.lead_in + self.slot.frames


def shown(section: Section, following: Section | None) -> tuple[Shown, ...]:
    """Everything that a section shows: its own slots, and the one that the section after it begins with."""
    leads = (section.lead_in, *(exit_.frames for exit_ in section.exits))
    slots = (*section.slots, *((following.slots[0],) if following else ()))
    return tuple(Shown(slot, lead) for slot, lead in zip(slots, leads, strict=False))


class Scene:
    """Draws any frame of one section. Frames asked for in order are cheapest; not to be shared between threads."""

    def __init__(
        self,
        timeline: Timeline,
        base: Path,
        section: Section,
        following: Section | None,
        layers: tuple[Layer, ...],
        strength: float,
    ) -> None:
        self._timeline = timeline
        self._base = base
        self._section = section
        self._shown = shown(section, following)
        self._layers = layers
        self._strength = strength
        self._sources: dict[int, Source] = {}
        self._sprites = SpriteCache()
        self._outgoing = Planes.empty(timeline.width, timeline.height)
        self._incoming = Planes.empty(timeline.width, timeline.height)

    def draw(self, frame: int, target: Planes) -> None:
        """Frame number from the section's start."""
        self._draw_picture(frame, target)
        for sprite in self.sprites(frame):
            lay(sprite, self._sprites.planes(sprite), target)

    def sprites(self, frame: int) -> tuple[Sprite, ...]:
        """All that lies over the picture at a frame, lowest first."""
        return tuple(sprite for layer in self._layers for sprite in layer(frame))

    def close(self) -> None:
        for source in self._sources.values():
            source.close()
        self._sources.clear()

    def _draw_picture(self, frame: int, target: Planes) -> None:
        position = next(i for i, slot in enumerate(self._section.slots) if frame < slot.end)
        slot, leave = self._section.slots[position], self._section.exits[position]
        self._forget_before(position)
        seen = frame - slot.start + self._shown[position].lead_in
        into = frame - (slot.end - leave.frames)
        if into < 0:
            self._source(position).draw(seen, target)
            return
        self._source(position).draw(seen, self._outgoing)
        self._source(position + 1).draw(into, self._incoming)
        TRANSITIONS[leave.transition.kind](self._outgoing, self._incoming, along(into, leave.frames), target)

    def _source(self, position: int) -> Source:
        if position not in self._sources:
            self._sources[position] = open_source(self._timeline, self._base, self._shown[position], self._strength)
        return self._sources[position]

    def _forget_before(self, position: int) -> None:
        """Pictures that are over make room: a film of any length holds two at most."""
        for passed in [p for p in self._sources if p < position]:
            self._sources.pop(passed).close()


class SpriteCache:
    """Sprites as planes, drawn and converted once while they are in use."""

    def __init__(self) -> None:
        self._cached: OrderedDict[Hashable, SpritePlanes] = OrderedDict()
        self._bytes = 0

    def planes(self, sprite: Sprite) -> SpritePlanes:
        key = (sprite.picture.key, sprite.x & 1, sprite.y & 1)
        found = self._cached.get(key)
        if found is None:
            found = self._cached[key] = SpritePlanes.convert(sprite.picture, sprite.x & 1, sprite.y & 1)
            self._bytes += found.nbytes
            self._evict()
        self._cached.move_to_end(key)
        return found

    def _evict(self) -> None:
        while self._bytes > SPRITE_CACHE_BYTES and len(self._cached) > 1:
            self._bytes -= self._cached.popitem(last=False)[1].nbytes


def open_source(timeline: Timeline, base: Path, what: Shown, strength: float) -> Source:
    """The picture or clip of a slot, ready to draw."""
    visual, place = what.slot.visual, what.slot.place
    size = (timeline.width, timeline.height)
    if visual is None:
        path = motion.plan("none", *size, what.frames, Visual(path="-").focus)
        return Still(Planes.of_colour(*size, timeline.theme.background), path)
    file, where = base / visual.path, f"{place}.path"
    if is_clip(visual, file):
        return clips.Clip(
            file, visual, frames=what.frames, fps=timeline.fps, width=size[0], height=size[1], where=where
        )
    path = motion.plan(visual.motion, *size, what.frames, visual.focus, strength)
    pixels = stills.plate(
        file,
        path.plate_width,
        path.plate_height,
        focus=visual.focus,
        fit=visual.fit,
        background=timeline.theme.background,
        where=where,
    )
    return Still(Planes.from_rgb(pixels), path)


def is_clip(visual: Visual, file: Path) -> bool:
    return visual.kind == "video" or (visual.kind == "auto" and file.is_file() and _moves(file))


def _moves(file: Path) -> bool:
    """A file that is no still and not empty is taken for a clip; opening it says so if it is neither."""
    return file.stat().st_size > 0 and not stills.is_still(file)


def check_assets(timeline: Timeline, base: Path, index: int) -> None:
    """Meet every missing or unusable picture of a segment before anything of it is drawn."""
    for position, visual in enumerate(timeline.segments[index].visuals):
        where = f"segments[{index}].visuals[{position}].path"
        file = base / visual.path
        if not file.is_file():
            raise AssetError(f"There is no file {visual.path}.", where=where)
        if is_clip(visual, file):
            clips.facts(file, where)
        else:
            stills.check(file, where)
