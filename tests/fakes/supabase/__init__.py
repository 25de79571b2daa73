"""A small, stateful Supabase for tests: the real protocols on loopback, answered from the real Postgres."""

from .auth.letters import Letter
from .faults import Faults
from .project import PLATFORM_FILE, Project

__all__ = ["PLATFORM_FILE", "Faults", "Letter", "Project"]
