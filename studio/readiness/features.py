"""One thing that an installation may have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["on", "off", "broken"]
Group = Literal["Making films", "Keeping things", "People and letters", "Safety"]
GROUPS: tuple[Group, ...] = ("Making films", "Keeping things", "People and letters", "Safety")


@dataclass(frozen=True)
class Feature:
    """`broken` is what was asked for and cannot work; what nobody asked for is merely off."""

    group: Group
    name: str
    state: State
    why: str
    """How it is at the moment, in a sentence or two, without a secret and without a path of this machine."""
    how: str = ""
    """What to do to switch it on, make it better or mend it."""

    @property
    def on(self) -> bool:
        return self.state == "on"
