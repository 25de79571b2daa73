"""timeline.json, version 1: the contract between whoever plans a film and the renderer that draws it.

Names are camelCase in the file and snake_case here. Everything that the first files did not have is optional,
with a default that renders those files unchanged. Frames are counted from 0; an end frame is exclusive.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

FPS = (24, 25, 30, 50, 60)
MAX_FRAMES = 24 * 3600 * 60
"""A day at 60 fps: a slip of a digit is told, not rendered until the memory ends."""
MAX_NAME_BYTES = 255

Fraction = Annotated[float, Field(ge=0, le=1)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$", description="#rrggbb")]


def _names_fit(path: str) -> str:
    if any(len(name.encode()) > MAX_NAME_BYTES for name in path.split("/")):
        raise ValueError(f"a file's name has at most {MAX_NAME_BYTES} bytes")
    return path


FileName = Annotated[str, Field(max_length=4096), AfterValidator(_names_fit)]
Path = Annotated[FileName, Field(min_length=1, description="relative to the timeline file, or absolute")]
Motion = Literal["none", "kenburns_in", "kenburns_out", "pan_left", "pan_right"]
TransitionKind = Literal[
    "cut", "crossfade", "dip_black", "dip_white", "slide_left", "slide_up", "wipe_right", "wipe_down", "zoom"
]
CaptionStyle = Literal["off", "clean", "boxed", "karaoke", "pop"]
OverlayKind = Literal[
    "title_card",
    "lower_third",
    "quote",
    "big_number",
    "list",
    "progress_bar",
    "chapter_marker",
    "logo",
]


class Contract(BaseModel):
    """Base of every part: camelCase outside, immutable, and an unknown name is an error, not a silent loss."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True, allow_inf_nan=False
    )


class Point(Contract):
    """A place in a picture: (0, 0) is the top left corner, (1, 1) the bottom right one."""

    x: Fraction = 0.5
    y: Fraction = 0.5


class Transition(Contract):
    """How one visual gives way to the next, in the last frames of the outgoing one."""

    kind: TransitionKind = "cut"
    duration_ms: int = Field(default=500, ge=0, le=3000)


class Visual(Contract):
    """A picture or a clip that fills the frame for a while."""

    path: Path
    motion: Motion = "kenburns_in"
    overlay_text: str | None = Field(default=None, max_length=400)
    kind: Literal["auto", "image", "video"] = "auto"
    start_ms: int | None = Field(
        default=None, ge=0, description="from the segment's start; by default visuals share it evenly"
    )
    fit: Literal["cover", "contain"] = "cover"
    focus: Point = Point()
    transition: Transition | None = Field(default=None, description="into the next visual of the same segment")
    trim_start_ms: int = Field(default=0, ge=0)
    trim_end_ms: int | None = Field(default=None, ge=1)
    speed: float = Field(default=1.0, ge=0.25, le=4.0)
    own_sound: bool = False
    own_volume: float = Field(default=0.5, ge=0, le=2)
    when_short: Literal["error", "loop", "hold"] = "error"

    @model_validator(mode="after")
    def _trim_is_not_empty(self) -> Self:
        if self.trim_end_ms is not None and self.trim_end_ms <= self.trim_start_ms:
            raise ValueError("trimEndMs must be after trimStartMs")
        return self


class Word(Contract):
    """A spoken word, in milliseconds from its segment's start."""

    text: str = Field(min_length=1, max_length=400)
    start_ms: int = Field(ge=0)
    end_ms: int = Field(ge=0)


class Caption(Contract):
    """One caption, in milliseconds from its segment's start; a line break in the text is kept."""

    start_ms: int = Field(ge=0)
    end_ms: int = Field(ge=0)
    text: str = Field(max_length=2000)
    words: tuple[Word, ...] = ()

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.end_ms <= self.start_ms:
            raise ValueError("endMs must be after startMs")
        return self


class SoundCue(Contract):
    """A sound effect: a name of the own library (whoosh, click, ...) or a path."""

    sound: FileName = Field(min_length=1)
    at_ms: int = Field(default=0, ge=0, description="from the segment's start")
    gain_db: float = Field(default=0, ge=-40, le=12)


class Overlay(Contract):
    """Something drawn over the picture. On a segment it is timed from there, on the timeline from the film's start."""

    kind: OverlayKind
    text: str = Field(default="", max_length=400)
    detail: str = Field(default="", max_length=400, description="second line, unit or source")
    items: tuple[Annotated[str, Field(max_length=200)], ...] = Field(default=(), max_length=8)
    path: Path | None = Field(default=None, description="a logo's picture")
    start_ms: int = Field(default=0, ge=0)
    end_ms: int | None = Field(default=None, ge=1, description="by default the end of what it lies on")
    animate_in: Literal["none", "fade", "rise", "slide", "pop"] = "rise"
    animate_out: Literal["none", "fade", "rise", "slide", "pop"] = "fade"

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.end_ms is not None and self.end_ms <= self.start_ms:
            raise ValueError("endMs must be after startMs")
        if self.kind == "list" and not self.items:
            raise ValueError("a list needs items")
        return self


class Segment(Contract):
    """One section of the film: what is said and what is seen, from its start frame up to its end frame."""

    id: str = Field(min_length=1, max_length=200)
    start_frame: int = Field(ge=0)
    end_frame: int = Field(ge=1, le=MAX_FRAMES)
    narration_text: str = ""
    audio_path: Path | None = None
    captions: tuple[Caption, ...] = ()
    visuals: tuple[Visual, ...] = Field(min_length=1)
    title: str | None = Field(default=None, max_length=200, description="chapter title")
    voice_gain_db: float = Field(default=0, ge=-24, le=12)
    audio_offset_ms: int = Field(default=0, ge=0, description="silence before the narration begins")
    transition: Transition | None = Field(default=None, description="into the next segment")
    overlays: tuple[Overlay, ...] = ()
    sounds: tuple[SoundCue, ...] = ()

    @property
    def frames(self) -> int:
        return self.end_frame - self.start_frame


class Card(Contract):
    """A full-frame card before the first or after the last segment."""

    title: str = Field(min_length=1, max_length=200)
    subtitle: str = Field(default="", max_length=200)
    duration_ms: int = Field(default=2500, ge=500, le=15000)


class Theme(Contract):
    """Fonts and colours of everything that is drawn over the pictures. An empty font is the pack's own."""

    heading_font: str = Field(default="", max_length=100)
    body_font: str = Field(default="", max_length=100)
    accent: Colour = "#ffc857"
    text: Colour = "#ffffff"
    background: Colour = "#10131a"
    logo_path: Path | None = None


class Timeline(Contract):
    """The whole film."""

    version: Literal[1]
    title: str = Field(max_length=300)
    fps: Literal[24, 25, 30, 50, 60] = 30
    width: int = Field(default=1920, ge=128, le=4096, multiple_of=2)
    height: int = Field(default=1080, ge=128, le=4096, multiple_of=2)
    bgm_path: FileName | None = Field(default=None, description="a file, or music:<name> of the own library")
    bgm_volume: float = Field(default=0.08, ge=0, le=1)
    segments: tuple[Segment, ...] = Field(min_length=1, max_length=2000)
    language: str = Field(default="en", max_length=35)
    pack: str = Field(default="documentary-slideshow", min_length=1, max_length=4096)
    theme: Theme = Theme()
    caption_style: CaptionStyle | None = Field(default=None, description="by default the pack's own")
    transition: Transition | None = Field(
        default=None, description="between segments that name none; by default the pack's own"
    )
    overlays: tuple[Overlay, ...] = ()
    intro: Card | None = None
    outro: Card | None = None

    @model_validator(mode="after")
    def _segments_follow_each_other(self) -> Self:
        end = self.intro_frames
        seen: set[str] = set()
        for index, segment in enumerate(self.segments):
            place = f"segments[{index}] ({segment.id})"
            if segment.end_frame <= segment.start_frame:
                raise ValueError(f"{place} is empty: endFrame must be after startFrame")
            if segment.start_frame < end:
                before = f"segments[{index - 1}]" if index else "the intro"
                raise ValueError(f"{place} starts at frame {segment.start_frame}, before {before} ends at {end}")
            if segment.id in seen:
                raise ValueError(f"{place} has an id that an earlier segment has")
            seen.add(segment.id)
            end = segment.end_frame
        if self.segments[0].start_frame > self.intro_frames:
            raise ValueError(f"segments[0] must start at frame {self.intro_frames}: nothing is seen before it")
        return self

    @property
    def intro_frames(self) -> int:
        return self.frame_at(self.intro.duration_ms) if self.intro else 0

    @property
    def outro_frames(self) -> int:
        return self.frame_at(self.outro.duration_ms) if self.outro else 0

    @property
    def frames(self) -> int:
        """Length of the film."""
        return self.segments[-1].end_frame + self.outro_frames

    def frame_at(self, time_ms: float) -> int:
        return round(time_ms * self.fps / 1000)
