"""The same film as others make it: MoviePy 2 as popular generators use it, and ffmpeg's zoompan with libass.

Both show the same stills for the same times with the same zoom and the same caption words, over the same music, at the
same preset and quality. Where they do less than our film (MoviePy's captions do not follow the words, neither ducks its
music or holds a loudness), that is in their favour.
"""

from __future__ import annotations

import subprocess
from importlib.resources import files
from pathlib import Path

import imageio_ffmpeg

from pipeline.render.motion import STRENGTH
from pipeline.sound.library import find_music
from pipeline.timeline import Caption, Segment, Timeline

PRESET, QUALITY = "veryfast", "20"
PRESCALE = 4


def moviepy(timeline: Timeline, base: Path, out: Path, *, captions: bool = True) -> None:
    """ImageClip, resized(lambda), TextClip, CompositeVideoClip, write_videofile."""
    from moviepy import AudioFileClip, CompositeAudioClip, CompositeVideoClip, ImageClip, TextClip
    from moviepy.audio.fx import AudioLoop

    size, clips, sounds = (timeline.width, timeline.height), [], []
    for segment in timeline.segments:
        start_s, length_s = segment.start_frame / timeline.fps, segment.frames / timeline.fps
        still = ImageClip(str(base / segment.visuals[0].path)).with_duration(length_s).with_start(start_s)
        covering = max(size[0] / still.w, size[1] / still.h)
        zooming = still.resized(lambda t, scale=covering, d=length_s: scale * (1 + STRENGTH * t / d))
        clips.append(zooming.with_position("center"))
        sounds.append(AudioFileClip(str(base / segment.audio_path)).with_start(start_s))
        for caption in segment.captions if captions else ():
            text = TextClip(
                font=str(_font()),
                text=caption.text,
                font_size=round(timeline.height * 0.052),
                color="white",
                stroke_color="black",
                stroke_width=2,
                margin=(10, 10),
            )
            text = text.with_start(start_s + caption.start_ms / 1000).with_end(start_s + caption.end_ms / 1000)
            clips.append(text.with_position(("center", 0.84), relative=True))
    whole_s = timeline.frames / timeline.fps
    music = AudioFileClip(str(_music(timeline, base))).with_effects([AudioLoop(duration=whole_s)])
    sounds.append(music.with_volume_scaled(timeline.bgm_volume))
    film = CompositeVideoClip(clips, size=size).with_duration(whole_s).with_audio(CompositeAudioClip(sounds))
    film.write_videofile(
        str(out),
        fps=timeline.fps,
        codec="libx264",
        audio_codec="aac",
        preset=PRESET,
        ffmpeg_params=["-crf", QUALITY],
        temp_audiofile_path=str(out.parent),
        logger=None,
    )
    film.close()


def zoompan(
    timeline: Timeline, base: Path, out: Path, *, prescale: int = PRESCALE, captions: bool = True, motion: str = "in"
) -> None:
    """One call of ffmpeg: every still enlarged once, zoompan over it, the captions burnt in by libass."""
    inputs, graph = [], []
    for number, segment in enumerate(timeline.segments):
        inputs += ["-i", str(base / segment.visuals[0].path)]
        wide, high = timeline.width * prescale, timeline.height * prescale
        graph.append(
            f"[{number}:v]scale={wide}:{high}:force_original_aspect_ratio=increase,crop={wide}:{high},"
            f"zoompan={_path(motion, segment.frames)}:d={segment.frames}"
            f":s={timeline.width}x{timeline.height}:fps={timeline.fps},setsar=1[v{number}]"
        )
    joined = "".join(f"[v{number}]" for number in range(len(timeline.segments)))
    graph.append(f"{joined}concat=n={len(timeline.segments)}:v=1:a=0[joined]")
    subtitles = out.with_suffix(".ass")
    subtitles.write_text(_ass(timeline), encoding="utf-8")
    graph.append(f"[joined]{f'ass={subtitles}:fontsdir={_font().parent},' if captions else ''}format=yuv420p[picture]")
    inputs += _sound(timeline, base, graph)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *inputs, "-filter_complex", ";".join(graph)]
    encoding = ["-c:v", "libx264", "-preset", PRESET, "-crf", QUALITY, "-c:a", "aac", "-b:a", "192k"]
    maps = ["-map", "[picture]", "-map", "[sound]", "-t", f"{timeline.frames / timeline.fps}"]
    subprocess.run([*command, *maps, *encoding, str(out)], check=True)


def _path(motion: str, frames: int) -> str:
    """zoompan's expressions for our motions."""
    centre = "x='iw/2-(iw/zoom/2)':y='ih/2-(ih/zoom/2)'"
    across = f"z={1 + STRENGTH}:x='(iw-iw/zoom)*on/{frames}':y='ih/2-(ih/zoom/2)'"
    return across if motion == "pan" else f"z='1+{STRENGTH}*on/{frames}':{centre}"


def _sound(timeline: Timeline, base: Path, graph: list[str]) -> list[str]:
    """Voices where they belong, and the music under them."""
    inputs, heard, first = [], [], len(timeline.segments)
    for number, segment in enumerate(timeline.segments):
        inputs += ["-i", str(base / segment.audio_path)]
        delay_ms = round(segment.start_frame * 1000 / timeline.fps)
        graph.append(f"[{first + number}:a]adelay={delay_ms}:all=1[a{number}]")
        heard.append(f"[a{number}]")
    inputs += ["-stream_loop", "-1", "-i", str(_music(timeline, base))]
    graph.append(f"[{first + len(heard)}:a]volume={timeline.bgm_volume}[music]")
    graph.append(f"{''.join(heard)}[music]amix=inputs={len(heard) + 1}:normalize=0:duration=longest[sound]")
    return inputs


def _music(timeline: Timeline, base: Path) -> Path:
    return find_music(timeline.bgm_path or "", base, where="bgmPath").path


def _ass(timeline: Timeline) -> str:
    style = f"Style: c,Manrope,{round(timeline.height * 0.052)},&H0000FFFF,&H00FFFFFF,&H00000000,&H80000000"
    head = (
        f"[Script Info]\nPlayResX: {timeline.width}\nPlayResY: {timeline.height}\n\n[V4+ Styles]\n"
        "Format: Name,Fontname,Fontsize,PrimaryColour,SecondaryColour,OutlineColour,BackColour,"
        f"Outline,Alignment,MarginV\n{style},2,2,{round(timeline.height * 0.07)}\n\n"
        "[Events]\nFormat: Layer,Start,End,Style,Text\n"
    )
    lines = [_ass_line(timeline, s, caption) for s in timeline.segments for caption in s.captions]
    return head + "\n".join(lines) + "\n"


def _ass_line(timeline: Timeline, segment: Segment, caption: Caption) -> str:
    start_s = segment.start_frame / timeline.fps
    times = ",".join(_clock(start_s + ms / 1000) for ms in (caption.start_ms, caption.end_ms))
    words = " ".join(f"{{\\k{(word.end_ms - word.start_ms) // 10}}}{word.text}" for word in caption.words)
    return f"Dialogue: 0,{times},c,{words or caption.text}"


def _clock(seconds: float) -> str:
    return f"{int(seconds // 3600)}:{int(seconds // 60 % 60):02}:{seconds % 60:05.2f}"


def _font() -> Path:
    return Path(str(files("font_manrope"))) / "files/Manrope-Bold.ttf"
