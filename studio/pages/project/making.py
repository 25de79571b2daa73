"""A film while it is made: how far it is, what comes next, and its scenes as they appear."""

from __future__ import annotations

import time
from html import escape

from studio.desk.views import HookView, JobView, SceneProgress, StepView
from studio.pages.markup import credits
from studio.pages.project.feed import act, asking, file
from studio.pages.project.words import ICONS, clock, kind_of_section

_TURN_S = 6
_CLOSE_IT = "You can close this page. Your film goes on, and you find it here again."


def live(job: JobView) -> str:
    """The whole of it; empty where there is nothing to tell, as when the film is there."""
    if job.hooks:
        return _hooks(job)
    if job.state == "FAILED":
        return _failed(job)
    if job.state == "CANCELLED":
        return _cancelled(job)
    if job.state == "READY":
        return ""
    return (
        f'<section class="pj-live" data-key="live" aria-label="Your film in the making">'
        f"{_theatre(job)}{_board(job)}</section>{_made(job.scenes)}"
    )


def said(job: JobView) -> str:
    """For screen readers: it changes with the stage and at each quarter, not with every percent."""
    if job.hooks:
        return "Choose how your film begins."
    if job.state in ("READY", "FAILED", "CANCELLED"):
        return {"READY": "Your film is ready.", "FAILED": "Your film could not be made."}.get(job.state, "Stopped.")
    if _waits(job):
        return _place(job)
    quarter = job.progress // 25 * 25
    return f"{_doing(job)}.{f' {quarter} percent done.' if quarter else ''}"


def _waits(job: JobView) -> bool:
    return job.state in ("PENDING", "QUEUED") and not job.hooks


def _place(job: JobView) -> str:
    if job.place is None:
        return "Waiting until your other film is done"
    if job.place <= 1:
        return "Next in the line"
    return f"Number {job.place} in the line"


def _doing(job: JobView) -> str:
    return job.message if job.message and not _waits(job) else "Getting ready"


def _left(job: JobView) -> str:
    if _waits(job):
        return "It starts by itself."
    if job.seconds_left is None:
        return "Working out how long it takes"
    if job.seconds_left < 10:
        return "A few seconds left"
    return f"About {clock(job.seconds_left)} left"


# What is on: the newest picture, large.


def _theatre(job: JobView) -> str:
    """Takes turns between the scenes, those that move already first."""
    shown = [scene for scene in job.scenes if scene.moving] or [scene for scene in job.scenes if scene.pictures]
    if not shown:
        return f'<div class="pj-theatre" data-key="theatre">{_curtain(job)}</div>'
    scene = shown[int(time.time() // _TURN_S) % len(shown)]
    place = job.scenes.index(scene) + 1
    return (
        f'<div class="pj-theatre" data-key="theatre">{_glow(scene)}{_picture(scene)}'
        f'<p class="pj-caption" data-key="caption">Scene {place} of {len(job.scenes)}</p></div>'
    )


def _glow(scene: SceneProgress) -> str:
    """The picture's own light around it, where the frame has another shape."""
    if not scene.pictures:
        return ""
    return f'<img {file(scene.pictures[-1])} data-key="glow-{escape(scene.section)}" class="pj-glow" alt="">'


def _curtain(job: JobView) -> str:
    words = next((scene.text for scene in job.scenes if scene.text), "")
    lines = f"<q>{escape(_cut(words, 170))}</q>" if words else f"<b>{escape(_headline(job))}</b>"
    return f'<div class="pj-curtain" data-key="curtain" aria-hidden="true"><i></i><i></i><i></i>{lines}</div>'


def _headline(job: JobView) -> str:
    return _place(job) if _waits(job) else _doing(job)


def _picture(scene: SceneProgress) -> str:
    if scene.moving:
        return (
            f'<video {file(scene.moving)} data-key="m-{escape(scene.section)}" muted loop autoplay playsinline '
            'preload="auto" tabindex="-1" aria-hidden="true"></video>'
        )
    if scene.pictures:
        return f'<img {file(scene.pictures[-1])} data-key="p-{escape(scene.section)}-{len(scene.pictures)}" alt="">'
    return ""


# How far it is.


def _board(job: JobView) -> str:
    return (
        f'<div class="pj-board" data-key="board"><p class="pj-now">{escape(_headline(job))}</p>'
        f'<div class="pj-far"><strong>{job.progress}<small>%</small></strong><span>{escape(_left(job))}</span></div>'
        f'<div class="pj-bar" role="progressbar" aria-label="Whole film" aria-valuemin="0" aria-valuemax="100" '
        f'aria-valuenow="{job.progress}"><span style="width:{max(job.progress, 1)}%"></span></div>'
        f'<ol class="pj-steps">{"".join(_step(step) for step in job.steps)}</ol>'
        f'<p class="pj-close-it">{_CLOSE_IT}</p>{_stop(job)}</div>'
    )


def _step(step: StepView) -> str:
    state = step.state.lower()
    told = {"done": "done", "running": "under way", "failed": "failed"}.get(state, "to come")
    right = (
        f"{step.progress}%" if state == "running" else clock(step.seconds) if state == "done" and step.seconds else ""
    )
    inner = f'<span class="pj-thread" style="width:{step.progress}%"></span>' if state == "running" else ""
    return (
        f'<li class="{state}" data-key="{step.stage}">{ICONS.get(state, ICONS["waiting"])}<span>{escape(step.title)}'
        f'<span class="visually-hidden">, {told}</span>{inner}</span><em>{right}</em></li>'
    )


def _stop(job: JobView) -> str:
    return asking(
        "cancel",
        act("ask", "Cancel this film"),
        "Stop making it? Nothing will be charged.",
        act("cancel", "Yes, stop", kind="danger", job=str(job.id)),
        act("no", "Go on"),
    )


# The scenes as they come: words, then sound, then a picture, then a picture that moves.


def _made(scenes: tuple[SceneProgress, ...]) -> str:
    if not scenes:
        return ""
    still = (
        '<button type="button" class="pj-still" data-act="still" data-own="aria-pressed">Hold pictures still</button>'
    )
    cards = "".join(_scene(scene, place) for place, scene in enumerate(scenes, 1))
    return (
        f'<section class="pj-made" data-key="made" aria-label="Scenes so far"><div class="pj-row"><h2>Your scenes</h2>'
        f"{still if any(scene.moving for scene in scenes) else ''}</div><ol>{cards}</ol></section>"
    )


def _scene(scene: SceneProgress, place: int) -> str:
    kind = kind_of_section(scene.section)
    title = f"{kind}: {scene.title}" if scene.title and scene.title.lower() != kind.lower() else kind
    sound = (
        f'<audio {file(scene.sound)} data-key="sound" controls preload="none" '
        f'aria-label="Narration of scene {place}"></audio>'
        if scene.sound
        else '<div class="pj-awaited" data-key="no-sound"><span></span>Its voice is on the way</div>'
        if scene.text
        else ""
    )
    lit = "lit" if scene.pictures or scene.moving else ""
    return (
        f'<li class="pj-card" data-key="{escape(scene.section)}"><div class="pj-frame {lit}">{_picture(scene)}'
        f"<b>{place}</b></div><h3>{escape(title)}</h3><p>{escape(scene.text)}</p>{sound}</li>"
    )


# Choices and ends.


def _hooks(job: JobView) -> str:
    cards = "".join(_hook(job, hook) for hook in job.hooks)
    return (
        '<section class="pj-hooks" data-key="hooks" aria-label="How your film begins"><h2>How should it begin?</h2>'
        '<p class="cc-lead">The first seconds decide whether somebody stays. Choose one; the film goes on from there.'
        f"</p><ol>{cards}</ol>{_stop(job)}</section>"
    )


def _hook(job: JobView, hook: HookView) -> str:
    button = act(
        "hook",
        "Begin with this",
        kind="",
        label=f"Begin with this: {_cut(hook.text, 60)}",
        job=str(job.id),
        number=str(hook.number),
    )
    return (
        f'<li data-key="hook-{hook.number}"><b>{escape(hook.title.capitalize())}</b>'
        f"<blockquote>{escape(hook.text)}</blockquote>{button}</li>"
    )


def _failed(job: JobView) -> str:
    why = job.error or "Something went wrong on our side."
    return _ended(
        "bad",
        "This film could not be finished",
        why,
        f"{'' if 'othing was charged' in why else 'Nothing was charged. '}{_given_back(job)} "
        "What was made already is kept, so another try goes on from there.",
        act("retry", "Try again", kind="", job=str(job.id)),
    )


def _cancelled(job: JobView) -> str:
    return _ended(
        "info",
        "You stopped this film",
        "",
        f"Nothing was charged. {_given_back(job)} What was made already is kept.",
        act("retry", "Make it after all", kind="", job=str(job.id)),
    )


def _given_back(job: JobView) -> str:
    return f"The {credits(job.reserved)} set aside for it {'is' if job.reserved == 1 else 'are'} yours again."


def _ended(tone: str, title: str, why: str, charged: str, button: str) -> str:
    sentence = f'<p class="pj-why">{escape(why)}</p>' if why else ""
    return (
        f'<section class="pj-ended {tone}" data-key="ended" role="{"alert" if tone == "bad" else "status"}">'
        f"{ICONS['failed' if tone == 'bad' else 'stopped']}<div><h2>{escape(title)}</h2>{sentence}"
        f"<p>{escape(charged)}</p>{button}</div></section>"
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "\u2026"
