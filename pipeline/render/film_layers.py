"""Everything drawn over the pictures of a film: its layers, what they depend on, and the glyphs that no font has."""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import inspect
import unicodedata
from dataclasses import asdict, dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from pipeline.render.overlays.edges import file_key
from pipeline.render.overlays.schedule import headlines, shown
from pipeline.render.packs import (
    HERE,
    Canvas,
    canvas_of,
    card_function,
    layer_functions,
    pack_of,
    transition_of,
)
from pipeline.render.sprites import Layer
from pipeline.render.text import fonts
from pipeline.timeline.models import Timeline

__all__ = [
    "MissingGlyph",
    "card_key",
    "card_layers",
    "layers_key",
    "missing_glyphs",
    "pack_of",
    "segment_layers",
    "transition_of",
]

OWN_SOURCES = ("text", "captions", "overlays", "cards.py", "layout.py", "packs.py", "sprites.py")


@dataclass(frozen=True)
class MissingGlyph:
    """A character that no font on this machine draws, and the first place that uses it. It is left out."""

    character: str
    name: str
    where: str

    def __str__(self) -> str:
        return f"{self.where}: no font has {self.name} (U+{ord(self.character):04X}); it is left out"


def segment_layers(timeline: Timeline, index: int, base: Path = HERE) -> tuple[Layer, ...]:
    """All layers over a segment, lowest first. Frames count from the segment's start."""
    canvas = canvas_of(timeline, base)
    functions = layer_functions(canvas.pack)
    return tuple(chain.from_iterable(function(timeline, index, canvas) for function in functions))


def card_layers(timeline: Timeline, which: Literal["intro", "outro"], base: Path = HERE) -> tuple[Layer, ...]:
    """All layers of the card, lowest first, its full-frame ground among them; none if there is no such card."""
    if (timeline.intro if which == "intro" else timeline.outro) is None:
        return ()
    canvas = canvas_of(timeline, base)
    return card_function(getattr(canvas.pack, which))(timeline, canvas)


def layers_key(timeline: Timeline, index: int, base: Path = HERE) -> dict[str, Any]:
    """Names all that the layers over a segment depend on, as JSON values. Other segments' words are not among it."""
    canvas = canvas_of(timeline, base)
    return {
        "canvas": _canvas_key(canvas),
        "frames": timeline.segments[index].frames,
        "layers": {
            name: _function_key(name, function, timeline, index, canvas)
            for name, function in zip(canvas.pack.layers, layer_functions(canvas.pack), strict=True)
        },
        "fonts": _font_key(_segment_texts(timeline, index, canvas), canvas),
    }


def card_key(timeline: Timeline, which: Literal["intro", "outro"], base: Path = HERE) -> dict[str, Any] | None:
    """The same for a card; None if there is no such card."""
    card = timeline.intro if which == "intro" else timeline.outro
    if card is None:
        return None
    canvas = canvas_of(timeline, base)
    name = getattr(canvas.pack, which)
    texts = {f"{which}.title": card.title, f"{which}.subtitle": card.subtitle}
    return {
        "canvas": _canvas_key(canvas),
        "card": card.model_dump(mode="json"),
        "function": name,
        "source": _source_key(name.partition(":")[0]),
        "fonts": _font_key(texts, canvas),
    }


def missing_glyphs(timeline: Timeline, base: Path = HERE) -> list[MissingGlyph]:
    """Found in the fonts' character maps, before anything is drawn; each character once."""
    canvas = canvas_of(timeline, base)
    found: dict[str, MissingGlyph] = {}
    for where, text in _all_texts(timeline, canvas).items():
        for character in dict.fromkeys(text):
            if character not in found and _is_missing(character, canvas):
                name = unicodedata.name(character, "a character without a name")
                found[character] = MissingGlyph(character, name, where)
    return list(found.values())


def _is_missing(character: str, canvas: Canvas) -> bool:
    families = (canvas.look.heading, canvas.look.body)
    return any(fonts.family_of(character, family, canvas.language) is None for family in families)


def _all_texts(timeline: Timeline, canvas: Canvas) -> dict[str, str]:
    texts: dict[str, str] = {}
    for which, card in (("intro", timeline.intro), ("outro", timeline.outro)):
        if card is not None:
            texts |= {f"{which}.title": card.title, f"{which}.subtitle": card.subtitle}
    for index in range(len(timeline.segments)):
        texts |= _segment_texts(timeline, index, canvas)
    return texts


def _segment_texts(timeline: Timeline, index: int, canvas: Canvas) -> dict[str, str]:
    segment = timeline.segments[index]
    texts = {f"segments[{index}].title": segment.title or ""}
    if canvas.captions != "off":
        texts |= {f"segments[{index}].captions[{i}].text": caption.text for i, caption in enumerate(segment.captions)}
    texts |= {line.where: line.text for line in headlines(timeline, index, canvas)}
    for item in shown(timeline, index, canvas):
        overlay = item.overlay
        texts[item.where] = "\n".join((overlay.text, overlay.detail, *overlay.items))
    return texts


def _canvas_key(canvas: Canvas) -> dict[str, Any]:
    return {
        "width": canvas.format.width,
        "height": canvas.format.height,
        "fps": canvas.fps,
        "language": canvas.language,
        "captions": canvas.captions,
        "look": _look_key(canvas),
        "pack": canvas.pack.model_dump(mode="json"),
        "drawing": [_own_source_key(), importlib.metadata.version("skia-python")],
    }


def _look_key(canvas: Canvas) -> dict[str, Any]:
    """Files by their bytes, wherever they lie: a project may move."""
    look = canvas.look
    logo = file_key(look.logo, "theme.logoPath") if look.logo else None
    return {**asdict(look), "heading": Path(look.heading).name, "body": Path(look.body).name, "logo": logo}


def _function_key(name: str, function: Any, timeline: Timeline, index: int, canvas: Canvas) -> dict[str, Any]:
    """A function that does not say what it depends on may depend on the whole timeline."""
    says = getattr(function, "key", None)
    depends = says(timeline, index, canvas) if says else timeline.model_dump(mode="json", exclude_defaults=True)
    return {"source": _source_key(name.partition(":")[0]), "depends": depends}


def _source_key(module_name: str) -> str:
    """A hash of the module's source; own modules are all named at once elsewhere."""
    if module_name.startswith("pipeline.render."):
        return module_name
    file = inspect.getsourcefile(importlib.import_module(module_name))
    return hashlib.sha256(Path(file).read_bytes()).hexdigest() if file else module_name


@cache
def _own_source_key() -> str:
    here, digest = Path(__file__).parent, hashlib.sha256()
    for name in OWN_SOURCES:
        for path in sorted((here / name).rglob("*.py")) or [here / name]:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _font_key(texts: dict[str, str], canvas: Canvas) -> dict[str, str]:
    """The files of every font that these texts are drawn with."""
    text = "".join(sorted(set("".join(texts.values()))))
    both = f"{text}{text.upper()}"
    families: set[str] = set()
    for family in (canvas.look.heading, canvas.look.body):
        families.update(fonts.families_for(both, family, canvas.language))
    return {Path(family).name: fonts.fingerprint(family) for family in sorted(families)}
