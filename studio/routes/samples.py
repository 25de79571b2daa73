"""What can be heard and read before a film is made: each voice's line, each bed of music, each sample's notes."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from presets import music
from presets.errors import UnknownPreset
from studio.desk import Desk
from studio.samples import SpokenSamples, find_sample
from voices import UnknownVoice, VoicesError, VoiceUnavailable

_A_DAY = {"cache-control": "public, max-age=86400"}


def routes(desk: Desk) -> list[BaseRoute]:
    spoken = SpokenSamples(desk.installation.settings.data_folder / "samples")

    def voice(request: Request) -> Response:
        try:
            return FileResponse(spoken.of(request.path_params["name"]), media_type="audio/mpeg", headers=_A_DAY)
        except UnknownVoice:
            return _no("There is no such voice.", 404)
        except VoiceUnavailable:
            return _no("This voice is not set up in this studio.", 503)
        except VoicesError as error:
            return _no(str(error), 503)

    return [
        Route("/samples/voices/{name}", voice),
        Route("/samples/music/{name}", _music),
        Route("/samples/notes/{name}", _notes),
    ]


def _music(request: Request) -> Response:
    try:
        bed = music.find(request.path_params["name"])
    except UnknownPreset as error:
        return _no(str(error), 404)
    return FileResponse(bed, media_type="audio/ogg", headers=_A_DAY)


def _notes(request: Request) -> Response:
    sample = find_sample(request.path_params["name"])
    if sample is None:
        return _no("There is no such sample.", 404)
    return PlainTextResponse(sample.notes, headers=_A_DAY)


def _no(words: str, status: int) -> Response:
    return JSONResponse({"error": words}, status_code=status)
