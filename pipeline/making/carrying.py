"""How long a film notes are enough for, said while they are being written."""

from __future__ import annotations

from pipeline.brief import Brief
from pipeline.errors import ScriptError
from pipeline.making.setup import choose
from pipeline.scripts.manual import ManualWriter
from pipeline.scripts.outline import OutlineWriter
from pipeline.scripts.writers import Assignment
from pipeline.sources import Source
from voices import Cast

LONGEST_MINUTES = 12.0
_WORDS_OF_THE_LONGEST = 3000


def carried_minutes(brief: Brief, source: Source, cast: Cast) -> float:
    """Minutes of film, at most the longest there is. 0 where there is nothing to tell."""
    setup = choose(brief, cast, language=source.language)
    assignment = Assignment(_enough(source), brief, setup.niche, setup.budget)
    writer = ManualWriter() if brief.transcript == "manual" else OutlineWriter()
    try:
        return min(LONGEST_MINUTES, writer.carries(assignment))
    except ScriptError:
        return 0.0


def _enough(source: Source) -> Source:
    """As much of a long source as tells that it is long: more would only take time."""
    left = _WORDS_OF_THE_LONGEST
    kept = []
    for passage in source.passages:
        kept.append(passage)
        left -= len(passage.text.split())
        if left < 0:
            break
    return source.model_copy(update={"passages": tuple(kept)})
