"""What the stages of making are called on a page."""

from __future__ import annotations

from studio.jobs import Stage

TITLES: dict[Stage, str] = {
    "SCRIPTING": "Script",
    "VOICE_GEN": "Voice",
    "ALIGNMENT": "Word timing",
    "VISUAL_PLAN": "Picture plan",
    "IMAGE_GEN": "Pictures",
    "TIMELINE": "Timeline",
    "RENDERING": "Film",
    "PACKAGING": "Packing up",
}
