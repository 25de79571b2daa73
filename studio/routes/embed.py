"""What <gradio-app src=".../showcase"> asks first on another site: this one page's description, and no other's.

Gradio's element shows an app's first page, whatever address it is given; here the Showcase is described as the first.
"""

from __future__ import annotations

from typing import Any

from fastapi.responses import ORJSONResponse
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from studio.desk import Desk
from studio.routes.visits import Visits

_PAGE = "showcase"


def routes(desk: Desk) -> list[BaseRoute]:
    visits = Visits(desk.installation.settings)

    async def config(request: Request) -> ORJSONResponse:
        return ORJSONResponse(_alone(request.app.get_blocks().config, visits.origin(request)))

    return [Route(f"/{_PAGE}/config", config)]


def _alone(config: dict[str, Any], origin: str) -> dict[str, Any]:
    page = config["page"][_PAGE]
    own, acts = set(page["components"]), set(page["dependencies"])
    return {
        **config,
        "root": origin,
        "username": "anyone",
        "current_page": "",
        "page": {"": page},
        "pages": [("", "Showcase", False)],
        "layout": page["layout"],
        "components": [one for one in config["components"] if one["id"] in own],
        "dependencies": [one for one in config["dependencies"] if one["id"] in acts],
        # The studio's own scripts speak to the site that they came from: here that would be another one.
        "head": None,
        "js": None,
    }
