"""What the studio's worker runs: a project's brief goes in, its finished film lies in the file store."""

from studio.films.briefs import FilmBrief, brief_of, project_fields, usage_of
from studio.films.changes import ChangedScene, Changes, changes_of, expected_s, redo_of, stale_of
from studio.films.films import Films, make
from studio.films.given import GivenFile, GivenFiles
from studio.films.orders import Order, place
from studio.films.versions import FilmState, return_to
from studio.films.wishes import MOST_SCENES, Take, Wish, kind_of, on_screen_of, sections_of

__all__ = [
    "MOST_SCENES",
    "ChangedScene",
    "Changes",
    "FilmBrief",
    "FilmState",
    "Films",
    "GivenFile",
    "GivenFiles",
    "Order",
    "Take",
    "Wish",
    "brief_of",
    "changes_of",
    "expected_s",
    "kind_of",
    "make",
    "on_screen_of",
    "place",
    "project_fields",
    "redo_of",
    "return_to",
    "sections_of",
    "stale_of",
    "usage_of",
]
