"""Who works with the graphics card: on a Space that lends one by the call, the aligner asks for it; elsewhere directly.

Imported before the site is launched: such a Space wants to know by then what will ask for its card.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from pipeline.brief import Brief
from pipeline.making import Services, from_environment
from pipeline.narration import Aligner, WhisperXAligner
from pipeline.narration.align import is_installed
from pipeline.narration.aligners import FirstThatCan, best_aligner
from pipeline.narration.reading import ReadingAligner
from studio.gpu.lent import on_lent_card

__all__ = ["services"]

_OFFLINE = bool(os.environ.get("HF_HUB_OFFLINE"))
_LENT: Aligner | None = (
    on_lent_card(WhisperXAligner(device="cuda", offline=_OFFLINE)) if os.environ.get("SPACES_ZERO_GPU") else None
)


def services(brief: Brief) -> Services:
    """What keys and installed packages switch on, with the aligner where it works best."""
    found = from_environment(brief)
    if _LENT is not None:
        return replace(found, aligner=FirstThatCan((_LENT, ReadingAligner(found.cast))))
    if is_installed() and _has_card():
        return replace(found, aligner=best_aligner(found.cast, device="cuda", offline=_OFFLINE))
    return found


def _has_card() -> bool:
    """Most machines have none, and are spared the weight of finding that out."""
    if not Path("/dev/nvidiactl").exists():
        return False
    import torch

    return bool(torch.cuda.is_available())
