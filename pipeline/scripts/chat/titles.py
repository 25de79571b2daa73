"""Hears the titles of an answer while it still streams."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from pipeline.scripts.writers import Progress

_TITLE = re.compile(r'"title"\s*:\s*("(?:[^"\\]|\\.)*")')


@dataclass
class TitleListener:
    progress: Progress
    text: str = ""
    _heard: int = field(default=0)

    def hear(self, piece: str) -> None:
        self.text += piece
        for match in _TITLE.finditer(self.text, self._heard):
            self._heard = match.end()
            if title := json.loads(match.group(1), strict=False).strip():
                self.progress(title)
