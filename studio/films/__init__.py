"""What the studio's worker runs: a project's brief goes in, its finished film lies in the file store."""

from studio.films.briefs import FilmBrief, GivenFile, GivenFiles, project_fields, usage_of
from studio.films.films import Films, make
from studio.films.orders import Order, place
from studio.films.versions import return_to

__all__ = [
    "FilmBrief",
    "Films",
    "GivenFile",
    "GivenFiles",
    "Order",
    "make",
    "place",
    "project_fields",
    "return_to",
    "usage_of",
]
