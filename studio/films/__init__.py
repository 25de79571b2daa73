"""What the studio's worker runs: a project's brief goes in, its finished film lies in the file store."""

from studio.films.briefs import FilmBrief, brief_of, project_fields, usage_of
from studio.films.changes import ChangedScene, Changes, changes_of, redo_of
from studio.films.films import Films, make
from studio.films.given import GivenFile, GivenFiles
from studio.films.orders import Order, place
from studio.films.progress import seconds_left
from studio.films.versions import return_to

__all__ = [
    "ChangedScene",
    "Changes",
    "FilmBrief",
    "Films",
    "GivenFile",
    "GivenFiles",
    "Order",
    "brief_of",
    "changes_of",
    "make",
    "place",
    "project_fields",
    "redo_of",
    "return_to",
    "seconds_left",
    "usage_of",
]
