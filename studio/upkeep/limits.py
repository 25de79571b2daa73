"""What is kept, for how long, and how much room it may take: the one place for these numbers.

| what                                      | cleared away                                                         |
|-------------------------------------------|----------------------------------------------------------------------|
| a project that its creator deleted        | 30 days later, with its files; until then it can be restored          |
| a file that a creator brought             | 14 days later, if it is in none of their projects, versions or drafts |
| rendered scenes, mixes, films in a build  | 14 days after their last use, or, the oldest first, when builds take  |
|                                           | more than a quarter of the disk; making them again costs time alone   |
| scripts, voices and pictures in a build   | never while their creator has a project: they were paid for           |
| the build of a creator without a project  | 14 days after its last use                                            |
| half-written files of killed processes    | after a day                                                          |
| previews of jobs                          | two days after the last one was written, should a kill have left them |
| uploads and downloads in Gradio's folder  | after two days                                                       |
| letters in the outbox                     | after 30 days: their links work for an hour                          |
| drafts, verdicts, counted acts            | when their own time is over (the store's `sweep`)                    |
"""

from __future__ import annotations

from dataclasses import dataclass

DAY_S = 86_400.0


@dataclass(frozen=True)
class Limits:
    restore_days: int = 30
    upload_days: int = 14
    build_unused_s: float = 14 * DAY_S
    build_share: float = 0.25
    """Of the disk; `Settings.builds_gib` says it in figures instead."""
    in_use_s: float = 3600.0
    """What was made or used within it is never cleared away, however full the disk is."""
    partial_s: float = DAY_S
    preview_s: float = 2 * DAY_S
    gradio_s: float = 2 * DAY_S
    letter_s: float = 30 * DAY_S
    disk_every_s: float = 6 * 3600.0
    """How often the disk is gone through; projects are looked at each time."""
    projects_at_once: int = 50
    uploads_at_once: int = 200
