"""What an image model is asked for: the film's style, then what is shown, from where, and what must not be in it."""

from __future__ import annotations

import re

from pipeline.pictures.models import Composition, Scale, Shot, Style

_SCALES: dict[Scale, str] = {
    "wide": "wide establishing view, the subject small in its surroundings",
    "medium": "medium view, the subject fills about half of the picture",
    "close": "close view, the subject fills most of the picture",
}
_COMPOSITIONS: dict[Composition, str] = {
    "centre": "subject in the centre",
    "left_third": "subject on the left third, open space on the right",
    "right_third": "subject on the right third, open space on the left",
    "symmetry": "symmetrical composition",
    "diagonal": "composition along a diagonal",
}
_HARSH = {
    r"\b(?:blood|bloody|bleeding|gore|gory)\b": "red light",
    r"\b(?:corpses?|dead bod(?:y|ies)|cadavers?)\b": "silhouettes",
    r"\b(?:kill(?:s|ed|ing)?|murder(?:s|ed|ing)?|slaughter(?:s|ed|ing)?|assassinat\w+)\b": "confront",
    r"\b(?:murderers?|killers?)\b": "shadowy figure",
    r"\b(?:death|dying|dies?|dead)\b": "loss",
    r"\b(?:guns?|rifles?|pistols?|weapons?|bombs?|explosives?)\b": "danger",
    r"\b(?:tortur\w+|execut\w+|stab\w*|behead\w*|hang(?:ed|ing))\b": "ordeal",
    r"\b(?:suicid\w+|self-harm)\b": "despair",
    r"\b(?:naked|nude|sexual\w*|sexy)\b": "human",
    r"\b(?:terroris\w+|massacres?|genocides?)\b": "tragedy",
    r"\b(?:drugs?|cocaine|heroin)\b": "substances",
}


def prompt_for(shot: Shot, style: Style) -> str:
    shown = (shot.instruction or shot.narration).strip().rstrip(".")
    return (
        f"{style.prompt.rstrip('.')}. Palette: {', '.join(style.palette)}.\n"
        f"Shows: {shown}. {_SCALES[shot.scale].capitalize()}; {_COMPOSITIONS[shot.composition]}. "
        "The lowest sixth stays calm and dark enough for captions. No words, letters, numbers, logos or watermarks."
    )


def reference_note() -> str:
    return "Keep characters, line, colours and light exactly as in the reference picture; show a new scene."


def softened(prompt: str) -> str:
    """The same picture without what providers refuse: harsh words replaced, and told by mood rather than by deed."""
    mild = prompt
    for pattern, word in _HARSH.items():
        mild = re.sub(pattern, word, mild, flags=re.IGNORECASE)
    return mild + "\nSuitable for all ages: symbolic, no violence, no injury, no real people."
