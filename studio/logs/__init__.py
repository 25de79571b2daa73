"""Logs: one set-up for every process of the studio, readable on a terminal and JSON elsewhere, without secrets."""

from studio.logs.context import about, facts, here
from studio.logs.requests import RequestIds
from studio.logs.secrets import Secrets
from studio.logs.setup import set_up

__all__ = ["RequestIds", "Secrets", "about", "facts", "here", "set_up"]
