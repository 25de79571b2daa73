"""Styles, scripts, fonts and pictures of the pages. They change with a release only, so browsers may keep them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

STATIC = Path(__file__).parents[1] / "pages" / "static"
_FONTS = {f"HankenGrotesk-{weight}.otf" for weight in ("Regular", "Medium", "SemiBold", "Bold")}
_A_DAY = {"cache-control": "public, max-age=86400"}


def routes() -> list[BaseRoute]:
    return [
        Route("/studio/fonts/{name}", _font),
        Mount("/studio", _Kept(directory=STATIC)),
    ]


class _Kept(StaticFiles):
    def file_response(self, *args: object, **kwargs: object) -> Response:
        answer: Response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        # Asked for again with each page, and answered in a line while nothing changed.
        answer.headers["cache-control"] = "no-cache"
        return answer


def _font(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _FONTS:
        return Response(status_code=404)
    return FileResponse(str(files("font_hanken_grotesk") / "files" / name), media_type="font/otf", headers=_A_DAY)
