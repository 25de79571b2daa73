"""How one picture gives way to another: two frames and a share of the way, to one frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.render import kernels
from pipeline.render.kernels import Plane
from pipeline.render.motion import Window
from pipeline.render.planes import Planes
from pipeline.render.sources import sample
from pipeline.timeline.models import TransitionKind

Draw = Callable[[Planes, Planes, float, Planes], None]
"""(outgoing, incoming, along in 0..1, target). Neither picture is changed."""

ZOOM = 0.6
WIPE_SOFTNESS = 0.12
"""Width of a wipe's soft edge, as a share of the frame."""


def along(frame: int, frames: int) -> float:
    """How far a transition has gone at a frame of it: never 0 and never 1, those are the frames beside it."""
    return (frame + 1) / (frames + 1)


def crossfade(outgoing: Planes, incoming: Planes, share: float, target: Planes) -> None:
    weight = round(_smooth(share) * 256)
    kernels.mix(outgoing.y, incoming.y, weight, target.y)
    kernels.mix(outgoing.u, incoming.u, weight, target.u)
    kernels.mix(outgoing.v, incoming.v, weight, target.v)


def dip(colour: str) -> Draw:
    """Through a colour: out in the first half, in again in the second."""

    def draw(outgoing: Planes, incoming: Planes, share: float, target: Planes) -> None:
        flat = _flat(outgoing.width, outgoing.height, colour)
        if share < 0.5:
            crossfade(outgoing, flat, share * 2, target)
        else:
            crossfade(flat, incoming, share * 2 - 1, target)

    return draw


def slide_left(outgoing: Planes, incoming: Planes, share: float, target: Planes) -> None:
    """The incoming picture pushes the outgoing one out to the left."""
    shift = _even(outgoing.width * _settle(share))
    for a, b, out, width, at in _each_plane(outgoing, incoming, target, shift):
        out[:, : width - at] = a[:, at:width]
        out[:, width - at : width] = b[:, :at]


def slide_up(outgoing: Planes, incoming: Planes, share: float, target: Planes) -> None:
    """The incoming picture pushes the outgoing one out at the top."""
    shift = _even(outgoing.height * _settle(share))
    for a, b, out, width, at in _each_plane(outgoing, incoming, target, shift):
        height = a.shape[0]
        out[: height - at, :width] = a[at:height, :width]
        out[height - at : height, :width] = b[:at, :width]


def wipe_right(outgoing: Planes, incoming: Planes, share: float, target: Planes) -> None:
    """A soft edge runs from left to right."""
    edge = _edge(outgoing.width, share)
    _wipe(outgoing, incoming, np.broadcast_to(edge, (outgoing.height, outgoing.width)), target)


def wipe_down(outgoing: Planes, incoming: Planes, share: float, target: Planes) -> None:
    """A soft edge runs from top to bottom."""
    edge = _edge(outgoing.height, share)
    _wipe(outgoing, incoming, np.broadcast_to(edge[:, None], (outgoing.height, outgoing.width)), target)


def zoom(outgoing: Planes, incoming: Planes, share: float, target: Planes) -> None:
    """Into the outgoing picture, and out of an enlarged incoming one, while one fades into the other."""
    near = Planes.empty(outgoing.width, outgoing.height)
    far = Planes.empty(outgoing.width, outgoing.height)
    sample(outgoing, _centred(outgoing, 1 + ZOOM * share**2), near)
    sample(incoming, _centred(incoming, 1 + ZOOM * (1 - share) ** 2), far)
    crossfade(near, far, share, target)


def _cut_to(outgoing: Planes, incoming: Planes, share: float, target: Planes) -> None:
    (incoming if share >= 0.5 else outgoing).copy_to(target)


TRANSITIONS: dict[TransitionKind, Draw] = {
    "cut": _cut_to,
    "crossfade": crossfade,
    "dip_black": dip("#000000"),
    "dip_white": dip("#ffffff"),
    "slide_left": slide_left,
    "slide_up": slide_up,
    "wipe_right": wipe_right,
    "wipe_down": wipe_down,
    "zoom": zoom,
}


_flat = lru_cache(maxsize=4)(Planes.of_colour)


def _wipe(outgoing: Planes, incoming: Planes, edge: NDArray[np.uint8], target: Planes) -> None:
    mask = np.ascontiguousarray(edge)
    half = np.ascontiguousarray(edge[::2, ::2])
    kernels.mix_masked(outgoing.y, incoming.y, mask, target.y)
    kernels.mix_masked(outgoing.u, incoming.u, half, target.u)
    kernels.mix_masked(outgoing.v, incoming.v, half, target.v)


def _edge(length: int, share: float) -> NDArray[np.uint8]:
    """255 where the incoming picture is, 0 where the outgoing one is."""
    places = (np.arange(length) + 0.5) / length
    front = _smooth(share) * (1 + WIPE_SOFTNESS)
    return (np.clip((front - places) / WIPE_SOFTNESS, 0, 1) * 255).astype(np.uint8)


def _each_plane(
    outgoing: Planes, incoming: Planes, target: Planes, shift: int
) -> tuple[tuple[Plane, Plane, Plane, int, int], ...]:
    """Both pictures, the target, the width and the shift, plane by plane."""
    width, half = outgoing.width, outgoing.width // 2
    return (
        (outgoing.y, incoming.y, target.y, width, shift),
        (outgoing.u, incoming.u, target.u, half, shift // 2),
        (outgoing.v, incoming.v, target.v, half, shift // 2),
    )


def _centred(picture: Planes, factor: float) -> Window:
    width, height = picture.width / factor, picture.height / factor
    return Window((picture.width - width) / 2, (picture.height - height) / 2, width, height)


def _even(length: float) -> int:
    return 2 * round(length / 2)


def _smooth(share: float) -> float:
    return share * share * (3 - 2 * share)


def _settle(share: float) -> float:
    """Quick away, gently in place."""
    return 1 - (1 - share) ** 3
