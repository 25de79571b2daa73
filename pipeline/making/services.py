"""Who does the work: the writer, the voices, the painters, the aligner. Chosen once, from what this machine has."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.brief import Brief
from pipeline.errors import PictureError, ScriptError
from pipeline.narration import Aligner
from pipeline.narration.aligners import best_aligner
from pipeline.pictures.canvas.painter import CanvasPainter
from pipeline.pictures.catalogue import entry
from pipeline.pictures.hub import HubPainter
from pipeline.pictures.models import Painter
from pipeline.pictures.openai_images import OpenAIPainter
from pipeline.scripts.chat import ChatWriter, endpoint, endpoints
from pipeline.scripts.manual import ManualWriter
from pipeline.scripts.outline import OutlineWriter
from pipeline.scripts.writers import Writer
from pipeline.sources import Web
from voices import Cast, Fetching

NETWORK_LANES = 4


@dataclass(frozen=True)
class Services:
    """Everything outside the pipeline's own code that a film is made with."""

    writer: Writer
    cast: Cast
    painter: Painter
    aligner: Aligner | None = None
    web: Web | None = None
    network_lanes: int = NETWORK_LANES
    commercial: bool = False


def from_environment(
    brief: Brief,
    environment: Mapping[str, str] = os.environ,
    *,
    writer: str = "",
    painter: str = "",
    fetching: Fetching | None = None,
) -> Services:
    """What keys and installed packages switch on. `fetching` hears how a voice's files come, where they have to."""
    cast = Cast(fetching=fetching)
    return Services(
        writer=writer_for(brief, environment, name=writer),
        cast=cast,
        painter=painter_for(environment, name=painter),
        aligner=best_aligner(cast, offline=bool(environment.get("HF_HUB_OFFLINE"))),
        web=Web(),
    )


def writer_for(brief: Brief, environment: Mapping[str, str], *, name: str = "") -> Writer:
    """The named writer, or the best one that there is a key for."""
    if brief.transcript == "manual":
        return ManualWriter()
    name = name or _best(environment)
    if name == OutlineWriter.name:
        return OutlineWriter()
    known = [OutlineWriter.name, *(entry.name for entry in endpoints())]
    if name not in known:
        raise ScriptError(f'There is no writer "{name}". Choose one of: {", ".join(known)}.')
    keys = {"openai": "OPENAI_API_KEY", "hub": "HF_TOKEN", "local": "CANVASCAST_TEXT_KEY"}
    addresses = {"openai": "OPENAI_BASE_URL", "hub": "HF_ROUTER_URL", "local": "CANVASCAST_TEXT_URL"}
    return ChatWriter(
        endpoint(
            name,
            api_key=environment.get(keys.get(name, ""), ""),
            model=environment.get("CANVASCAST_TEXT_MODEL", ""),
            base_url=environment.get(addresses.get(name, ""), ""),
        )
    )


def painter_for(environment: Mapping[str, str], *, name: str = "") -> Painter:
    """The named painter, or the best one that there is a key for."""
    choices = (("OPENAI_API_KEY", "gpt-image-2.5-flare"), ("HF_TOKEN", "flux-schnell"))
    name = name or next((painter for key, painter in choices if environment.get(key)), "canvas")
    chosen = entry(name)
    missing = [setting for setting in chosen.needs if not environment.get(setting)]
    if missing:
        raise PictureError(f"{chosen.title} needs a key: set {missing[0]}.")
    if chosen.engine == "openai":
        address = environment.get("OPENAI_BASE_URL") or None
        return OpenAIPainter(chosen, api_key=environment["OPENAI_API_KEY"], base_url=address)
    if chosen.engine == "hub":
        return HubPainter(chosen, token=environment["HF_TOKEN"], endpoint=environment.get("HF_IMAGE_URL") or None)
    return CanvasPainter()


def _best(environment: Mapping[str, str]) -> str:
    choices = (("CANVASCAST_TEXT_URL", "local"), ("OPENAI_API_KEY", "openai"), ("HF_TOKEN", "hub"))
    return next((name for setting, name in choices if environment.get(setting)), OutlineWriter.name)
