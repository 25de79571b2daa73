"""What an endpoint is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from pydantic import BaseModel

from studio.callers import Caller
from studio.desk import Desk
from studio.programs.asked import Asked


class Endpoint(NamedTuple):
    """A name, what answers it, what it takes, and what callers are told of it."""

    name: str
    run: Callable[[Desk, Caller, Any], BaseModel]
    asked: type[Asked]
    about: str
