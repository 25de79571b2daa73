"""Who asks: a person with a page, a program with a key, the owner at this machine, or somebody unknown."""

from studio.callers.brought import Brought
from studio.callers.caller import ANYONE, Caller
from studio.callers.callers import Callers

__all__ = ["ANYONE", "Brought", "Caller", "Callers"]
