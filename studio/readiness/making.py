"""Who writes, paints, speaks and encodes here. Nothing is asked over the network and no model is loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from pipeline.brief import Brief
from pipeline.errors import PipelineError
from pipeline.machine import cores
from pipeline.making.services import painter_for, writer_for
from pipeline.narration.align import is_installed
from pipeline.pictures.catalogue import entry
from pipeline.render.encode import encoding
from pipeline.scripts.chat import ChatWriter
from studio.readiness.features import Feature, State
from studio.settings import Settings
from voices import Cast, VoicesError, VoiceSettings

_MAKING: Final = "Making films"
_DRIVER = Path("/dev/nvidiactl")


def making(settings: Settings, environment: Mapping[str, str]) -> Iterator[Feature]:
    yield _writer(environment)
    yield _painter(environment)
    yield _voices(environment)
    yield _aligner()
    yield _encoder()
    yield _gpu(environment)
    yield _side_by_side(settings)


def _writer(environment: Mapping[str, str]) -> Feature:
    how = "Set OPENAI_API_KEY, HF_TOKEN, or CANVASCAST_TEXT_URL for a server of your own."
    try:
        writer = writer_for(Brief(topic="anything"), environment)
    except PipelineError as error:
        return Feature(_MAKING, "Script writer", "broken", str(error), how)
    if isinstance(writer, ChatWriter):
        return Feature(_MAKING, "Script writer", "on", f"A language model writes scripts: {writer.name}.")
    why = "Scripts are put together from your notes by rules, without a language model: good notes make a good film."
    return Feature(_MAKING, "Script writer", "on", why, f"For scripts written by a model: {how[0].lower()}{how[1:]}")


def _painter(environment: Mapping[str, str]) -> Feature:
    how = "Set OPENAI_API_KEY or HF_TOKEN for pictures by a model."
    try:
        painter = painter_for(environment)
    except PipelineError as error:
        return Feature(_MAKING, "Pictures", "broken", str(error), how)
    if painter.name == "canvas":
        why = "Pictures are drawn on this machine in ten looks, without a model and at no cost."
        return Feature(_MAKING, "Pictures", "on", why, how)
    return Feature(_MAKING, "Pictures", "on", f"A model paints the pictures: {entry(painter.name).title}.")


def _voices(environment: Mapping[str, str]) -> Feature:
    try:
        cast = Cast(VoiceSettings.from_environment(environment))
        listed = cast.catalogue.of()
        missing = {voice: lack for voice in listed if (lack := cast.missing(voice))}
    except VoicesError as error:
        return Feature(_MAKING, "Voices", "broken", str(error))
    ready = len(listed) - len(missing)
    absent = Counter(voice.engine for voice in missing)
    hints = [f"{_ENGINES[engine]} ({count})" for engine, count in absent.items() if engine in _ENGINES]
    how = f"More voices: {'; '.join(hints)}." if hints else ""
    if not ready:
        return Feature(_MAKING, "Voices", "broken", f"None of the {len(listed)} voices can speak here.", how)
    return Feature(_MAKING, "Voices", "on", f"{ready} of {len(listed)} voices can speak here.", how)


_ENGINES = {
    "espeak": "install the package espeakng-loader for the offline voices",
    "kokoro": "run “python -m voices fetch” once for Kokoro, the best ones without a key",
    "flite": "install libflite1 for Flite",
    "openai": "set OPENAI_API_KEY for OpenAI’s",
    "elevenlabs": "set ELEVENLABS_API_KEY for ElevenLabs’",
}


def _aligner() -> Feature:
    if is_installed():
        return Feature(_MAKING, "Word timing", "on", "WhisperX listens to the narration and times every word.")
    why = "Captions follow the voice by its own word times, or by a second reading of the same text."
    how = "For timing by listening, install torch, transformers and whisperx (requirements.txt)."
    return Feature(_MAKING, "Word timing", "on", why, how)


def _encoder() -> Feature:
    try:
        encoder = encoding().encoder
    except PipelineError as error:
        return Feature(_MAKING, "Video encoder", "broken", str(error))
    chip = "on the graphics card" if encoder == "h264_nvenc" else "on the processor"
    return Feature(_MAKING, "Video encoder", "on", f"Films are encoded {chip} ({encoder}).")


def _gpu(environment: Mapping[str, str]) -> Feature:
    if environment.get("SPACES_ZERO_GPU"):
        return Feature(_MAKING, "Graphics card", "on", "Models borrow one from the Space for as long as they need it.")
    has_card, has_torch = _DRIVER.exists(), find_spec("torch") is not None
    if has_card and has_torch:
        return Feature(_MAKING, "Graphics card", "on", "Models run on this machine’s NVIDIA card.")
    if has_card:
        why = "This machine has an NVIDIA card; the models that could use it are not installed."
        return Feature(_MAKING, "Graphics card", "off", why, "Install requirements.txt.")
    why = "Everything runs on the processor. Films need no graphics card; models are quicker with one."
    return Feature(_MAKING, "Graphics card", "off", why, "Use a machine or a Space with an NVIDIA card.")


def _side_by_side(settings: Settings) -> Feature:
    name, at_once = "Films at the same time", settings.films_at_once
    if at_once is None:
        why = f"As many as this machine carries: it has {cores()} processor cores."
        return Feature(_MAKING, name, "on", why, "CANVASCAST_FILMS_AT_ONCE sets another number.")
    state: State = "on" if at_once > 0 else "broken"
    why = f"Up to {at_once}, as this installation was told." if at_once > 0 else "No film could ever be made."
    return Feature(_MAKING, name, state, why, "" if at_once > 0 else "Set CANVASCAST_FILMS_AT_ONCE to 1 or more.")
