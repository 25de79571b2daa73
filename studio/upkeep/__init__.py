"""Upkeep: what has had its time is cleared away, and nothing that anybody may still want.

Workers call it now and then. What it does, and when, is all in studio/upkeep/limits.py.
"""

from studio.upkeep.limits import Limits
from studio.upkeep.upkeep import Upkeep

__all__ = ["Limits", "Upkeep"]
