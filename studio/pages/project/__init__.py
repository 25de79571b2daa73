"""Project: a film while it is made, the film when it is there, and its scenes to change."""

from studio.pages.project.page import build

__all__ = ["build"]
