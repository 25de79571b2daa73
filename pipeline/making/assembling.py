"""The timeline: what was said and painted, laid out frame by frame."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

from pipeline.brief import Brief, SceneWish
from pipeline.captions import caption_narration
from pipeline.making.job import Job
from pipeline.making.picturing import Pictures
from pipeline.making.setup import OPENING_MS
from pipeline.making.speaking import Spoken
from pipeline.narration import Narration
from pipeline.pictures.models import Shot
from pipeline.pictures.plan import place_of
from pipeline.scripts.models import Section
from pipeline.timeline import Segment, SoundCue, Theme, Timeline, Visual
from pipeline.timeline.models import Motion
from presets.niches import Niche

NARRATIONS, MUSIC, PACK = "assets/narration", "assets/music", "assets/pack.json"
MOTIONS: tuple[Motion, ...] = ("kenburns_in", "pan_right", "kenburns_out", "kenburns_in", "pan_left")
SOUND_GAIN_DB = -6.0


def timeline_of(job: Job, spoken: Spoken, pictures: Pictures) -> Timeline:
    """One segment a section. Its pictures may still be on their way; where they will lie is known."""
    setup, script = job.setup, spoken.script
    # Whole frames section by section: rounded over the film, an edit would move all later scenes by a frame or none.
    lengths = [_frames(job, section, spoken, first=i == 0) for i, section in enumerate(script.sections)]
    edges = list(accumulate(lengths, initial=0))
    segments = tuple(
        _segment(job, i, section, spoken.narrations[section.id], pictures, (edges[i], edges[i + 1]))
        for i, section in enumerate(script.sections)
    )
    return Timeline(
        version=1,
        title=script.title,
        fps=setup.brief.fps,
        width=setup.width,
        height=setup.height,
        bgm_path=_music(job),
        segments=segments,
        language=script.language,
        pack=_pack(job),
        theme=_theme(job),
        caption_style=job.setup.brief.captions or job.setup.niche.captions,
    )


def narration_path(section_id: str) -> str:
    return f"{NARRATIONS}/{section_id}.wav"


def _music(job: Job) -> str | None:
    """A bed of the own library, a file that is brought beside the film, or nothing."""
    wanted = job.setup.music
    if isinstance(wanted, Path):
        return _brought(job, wanted, f"{MUSIC}{wanted.suffix.lower()}")
    return f"music:{wanted}" if wanted else None


def _pack(job: Job) -> str:
    wanted = job.setup.pack
    return _brought(job, wanted, PACK) if isinstance(wanted, Path) else wanted


def _brought(job: Job, file: Path, name: str) -> str:
    job.bring(file, name)
    return name


def _theme(job: Job) -> Theme:
    background, _, text, accent, *_ = job.setup.style.palette
    niche = job.setup.niche
    return Theme(
        heading_font=niche.heading_font, body_font=niche.body_font, accent=accent, text=text, background=background
    )


def _frames(job: Job, section: Section, spoken: Spoken, *, first: bool) -> int:
    length_ms = (OPENING_MS if first else 0) + spoken.narrations[section.id].duration_ms + section.pause_after_ms
    return round(length_ms * job.setup.brief.fps / 1000)


def _segment(
    job: Job,
    position: int,
    section: Section,
    narration: Narration,
    pictures: Pictures,
    frames: tuple[int, int],
) -> Segment:
    fps, language = job.setup.brief.fps, job.setup.language
    offset_ms = OPENING_MS if position == 0 else 0
    length_ms = int((frames[1] - frames[0]) * 1000 / fps)
    shots = pictures.of(section.id)
    return Segment(
        id=section.id,
        start_frame=frames[0],
        end_frame=frames[1],
        narration_text=section.narration,
        audio_path=narration_path(section.id),
        audio_offset_ms=offset_ms,
        captions=caption_narration(narration, offset_ms=offset_ms, segment_ms=length_ms, fps=fps, language=language),
        visuals=tuple(_visual(job.setup.brief, i, shot, pictures, section, length_ms) for i, shot in enumerate(shots)),
        title=section.title or None,
        sounds=_sounds(job.setup.niche, section, shots, length_ms),
    )


def _visual(brief: Brief, number: int, shot: Shot, pictures: Pictures, section: Section, length_ms: int) -> Visual:
    plain = shot.kind == "illustration"
    return Visual(
        path=pictures.paths[shot.id],
        kind="video" if shot.id in pictures.clips else "image",
        when_short="loop",
        motion=_motion(brief, number, section, plain=plain),
        start_ms=round(shot.start_fraction * length_ms) if number else None,
        overlay_text=section.on_screen if plain and number == 0 and section.on_screen else None,
    )


def _motion(brief: Brief, number: int, section: Section, *, plain: bool) -> Motion:
    """Cards carry their own words: they move inwards or not at all, so that none are cut off."""
    wish = brief.scenes.get(section.id, SceneWish())
    if not plain:
        return "none" if wish.motion == "none" else "kenburns_in"
    place = place_of(wish.like or section.id)
    return wish.motion or MOTIONS[(place * 2 + number) % len(MOTIONS)]


def _sounds(niche: Niche, section: Section, shots: tuple[Shot, ...], length_ms: int) -> tuple[SoundCue, ...]:
    """The script's own cue, else the niche's for the moment; and one for each card as it comes up."""
    opening = section.sound or niche.sounds.get("hook" if section.kind == "hook" else "section")
    cues = [SoundCue(sound=opening, gain_db=SOUND_GAIN_DB)] if opening else []
    for shot in shots[1:]:
        sound = niche.sounds.get("number") if shot.kind == "big_number" else None
        if sound:
            cues.append(SoundCue(sound=sound, at_ms=round(shot.start_fraction * length_ms), gain_db=SOUND_GAIN_DB))
    return tuple(cues)
