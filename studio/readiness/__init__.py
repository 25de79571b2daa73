"""What is on and off on this installation, and why: for the About page and for `python app.py --check`."""

from studio.readiness.features import Feature, Group, State
from studio.readiness.readiness import Readiness
from studio.readiness.table import checked, table

__all__ = ["Feature", "Group", "Readiness", "State", "checked", "table"]
