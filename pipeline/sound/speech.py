"""Where somebody speaks within a narration."""

from __future__ import annotations

import numpy as np

from pipeline.sound.loudness import FRAMES_PER_S, Powers, integrated

Span = tuple[float, float]
"""From and to, in seconds."""

_BELOW_SPEECH_DB = 22.0
_CLOSED_GAP_S = 0.25
_SHORTEST_S = 0.04


def speech_spans(powers: Powers) -> list[Span]:
    """The stretches that are loud against the whole. Gaps within a phrase belong to it; clicks do not count."""
    level_lufs = integrated(powers)
    if not np.isfinite(level_lufs):
        return []
    threshold = 10 ** ((level_lufs - _BELOW_SPEECH_DB) / 10)
    loud = np.pad(powers > threshold, 1)
    active = loud[:-2] | loud[1:-1] | loud[2:]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], active.view(np.int8), [0]))))
    spans: list[Span] = []
    for first, last in edges.reshape(-1, 2) / FRAMES_PER_S:
        if spans and first - spans[-1][1] < _CLOSED_GAP_S:
            spans[-1] = (spans[-1][0], float(last))
        else:
            spans.append((float(first), float(last)))
    return [span for span in spans if span[1] - span[0] >= _SHORTEST_S]
