"""Which font draws which character. Bundled fonts come from packages, the rest from the machine; nothing is fetched.

Every character is looked up in the fonts' own character maps before anything is drawn, so that a missing glyph is
known beforehand and the choice of fonts does not depend on what was drawn earlier.
"""

from __future__ import annotations

import hashlib
import importlib.util
import threading
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import regex

from pipeline.errors import TimelineError

BUNDLED = {
    "Hanken Grotesk": "font_hanken_grotesk",
    "Manrope": "font_manrope",
    "Roboto": "font_roboto",
    "Source Serif Pro": "font_source_serif_pro",
}
FONT_FILES = (".ttf", ".otf", ".ttc")
WEIGHTS = (300, 400, 500, 600, 700, 800, 900)
CJK_SCRIPTS = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "FULLWIDTH", "HALFWIDTH", "IDEOGRAPHIC"})
CJK_FAMILIES = {"ja": "JP", "ko": "KR", "zh-tw": "TC", "zh-hant": "TC", "zh-hk": "HK"}
EMOJI = "Noto Color Emoji"
LAST_RESORTS = ("Noto Sans", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math", "DejaVu Sans", *BUNDLED)
NOBODYS = frozenset({"Co", "Cn", "Cs"})
"""Private, unassigned and half characters: what a font that was not asked for shows there means nothing."""
_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Regional_Indicator}")
_INVISIBLE = regex.compile(r"[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]")

lock = threading.RLock()
"""Held while Skia lays out or paints text: its font collection is not made for several threads at once."""


@dataclass(frozen=True)
class Face:
    """A typeface that the collection knows, under the name of its family."""

    family: str
    typeface: Any

    def covers(self, character: str) -> bool:
        return bool(self.typeface.unicharToGlyph(ord(character)))


@dataclass(frozen=True)
class Tools:
    """Skia's side of the fonts: those known, the collection that lays out with them, and Unicode's rules."""

    provider: Any
    collection: Any
    unicode: Any


def tools() -> Tools:
    with lock:
        return _tools()


@cache
def _tools() -> Tools:
    import skia

    provider, collection = skia.textlayout.TypefaceFontProvider(), skia.textlayout.FontCollection()
    collection.setDefaultFontManager(provider)
    return Tools(provider, collection, skia.Unicodes.ICU.Make())


def faces(family: str) -> tuple[Face, ...]:
    """All weights of a family, known to the collection from now on; empty if this machine lacks it."""
    with lock:
        return _faces(family)


@cache
def _faces(family: str) -> tuple[Face, ...]:
    import skia

    found = _from_files(family) or _from_machine(family)
    for face in found:
        tools().provider.registerTypeface(face.typeface, skia.String(family))
    return found


def resolve(name: str, default: str, base: Path, *, where: str) -> str:
    """The family to draw with: the default if none is named; a name or a font file (relative to `base`) otherwise."""
    if not name:
        return default
    family = str(base / name) if name.lower().endswith(FONT_FILES) else name
    if not faces(family):
        known = ", ".join(sorted(BUNDLED))
        raise TimelineError(
            f'There is no font "{name}" here. Name an installed one, a font file or: {known}.', where=where
        )
    return family


@lru_cache(maxsize=4096)
def families_for(text: str, family: str, language: str = "en") -> tuple[str, ...]:
    """The family, then those that draw what it lacks, in the order of need."""
    chosen = [family]
    for character in dict.fromkeys(text):
        found = family_of(character, family, language)
        if found and found not in chosen:
            chosen.append(found)
    return tuple(chosen)


@lru_cache(maxsize=65536)
def family_of(character: str, family: str, language: str = "en") -> str | None:
    """Who draws this character: the family itself if it can; None if nobody can."""
    if is_invisible(character):
        return family
    if unicodedata.category(character) in NOBODYS:
        return family if any(face.covers(character) for face in faces(family)) else None
    for candidate in _candidates(character, family, language):
        if any(face.covers(character) for face in faces(candidate)):
            return candidate
    return _from_anywhere(character, language)


def is_invisible(character: str) -> bool:
    """Spaces, controls, joiners and selectors: they need no glyph."""
    return bool(_INVISIBLE.match(character))


def drawable(text: str, family: str, language: str = "en") -> str:
    """The text without what no font can draw and with controls as spaces."""
    kept = (" " if unicodedata.category(c) == "Cc" else c for c in text if family_of(c, family, language))
    return "".join(kept)


@cache
def fingerprint(family: str) -> str:
    """Names the exact font files of a family: their head tables carry revision, date and checksum of the file."""
    digest = hashlib.sha256()
    for face in faces(family):
        digest.update(bytes(face.typeface.getTableData(int.from_bytes(b"head", "big"))))
    return digest.hexdigest()[:16]


def _candidates(character: str, family: str, language: str) -> tuple[str, ...]:
    emoji = (EMOJI,) if _EMOJI.match(character) else ()
    return (family, *emoji, *_script_families(character, language), *LAST_RESORTS)


def _script_families(character: str, language: str) -> tuple[str, ...]:
    script = unicodedata.name(character, "").partition(" ")[0].partition("-")[0]
    if script in CJK_SCRIPTS:
        return (f"Noto Sans CJK {_cjk_region(script, language)}", "Noto Sans CJK SC", "Noto Sans CJK JP")
    return (f"Noto Sans {script.title()}", f"Noto Serif {script.title()}") if script else ()


def _cjk_region(script: str, language: str) -> str:
    if script in ("HIRAGANA", "KATAKANA"):
        return "JP"
    if script == "HANGUL":
        return "KR"
    tag = language.lower()
    return next((region for prefix, region in CJK_FAMILIES.items() if tag.startswith(prefix)), "SC")


@lru_cache(maxsize=4096)
def _from_anywhere(character: str, language: str) -> str | None:
    import skia

    with lock:
        style = skia.FontStyle(700, 5, skia.FontStyle.kUpright_Slant)
        match = skia.FontMgr.RefDefault().matchFamilyStyleCharacter("", style, [language], ord(character))
        if match is None or not match.unicharToGlyph(ord(character)):
            return None
        family = match.getFamilyName()
        return family if any(face.covers(character) for face in faces(family)) else None


def _from_files(family: str) -> tuple[Face, ...]:
    import skia

    paths = [Path(family)] if family.lower().endswith(FONT_FILES) else _bundled_files(family)
    found = (skia.Typeface.MakeFromFile(str(path)) for path in paths if path.is_file())
    return tuple(Face(family, typeface) for typeface in found if typeface is not None)


def _bundled_files(family: str) -> list[Path]:
    spec = importlib.util.find_spec(BUNDLED[family]) if family in BUNDLED else None
    if spec is None or not spec.submodule_search_locations:
        return []
    folder = Path(spec.submodule_search_locations[0]) / "files"
    upright = [path for path in sorted(folder.iterdir()) if path.suffix in FONT_FILES and _is_static_upright(path.stem)]
    kinds = {path.suffix for path in upright}
    return [path for path in upright if path.suffix == min(kinds)]


def _is_static_upright(stem: str) -> bool:
    return not stem.endswith(("It", "Italic")) and "Variable" not in stem


def _from_machine(family: str) -> tuple[Face, ...]:
    import skia

    manager = skia.FontMgr.RefDefault()
    if family not in _machine_families():
        return ()
    found: dict[str, Face] = {}
    for weight in WEIGHTS:
        typeface = manager.matchFamilyStyle(family, skia.FontStyle(weight, 5, skia.FontStyle.kUpright_Slant))
        if typeface is not None:
            found.setdefault(typeface.getPostScriptName(), Face(family, typeface))
    return tuple(found.values())


@cache
def _machine_families() -> frozenset[str]:
    import skia

    manager = skia.FontMgr.RefDefault()
    return frozenset(manager.getFamilyName(index) for index in range(manager.countFamilies()))
