"""Between the form's values, which are words, and a brief. What cannot be understood is said at its own place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from studio.pages.create.more import OWN_MUSIC

Brief = dict[str, object]
Form = Mapping[str, object]

CHOOSE = "choose"
_CHOICES = ("niche", "voice", "aspect", "pace", "resolution", "transcript")
_OPTIONAL = ("topic", "title", "look", "pack", "captions")
_FILES = ("documents", "uploads")
_NOTHING = "Write or drop in some notes first. A few sentences are enough to begin."
_NOTHING_OR_TOPIC = "Write or drop in some notes first, or give a topic. A few sentences are enough to begin."


class Problem(NamedTuple):
    """What keeps a film from being made, and where on the page that is."""

    place: str
    words: str


def brief_of(form: Form) -> Brief:
    """What is left out is the niche's to decide."""
    brief: Brief = {"notes": _text(form, "notes")}
    brief |= {name: _text(form, name) for name in _CHOICES if _text(form, name)}
    brief |= {name: _text(form, name).strip() for name in _OPTIONAL if _text(form, name).strip()}
    brief |= {name: given for name in _FILES if (given := _given(form.get(name)))}
    brief["minutes"] = _minutes(form)
    if links := _lines(form, "links"):
        brief["links"] = links
    if said := dict(_pronounced(_lines(form, "pronunciations"))):
        brief["pronunciations"] = said
    if (hook := _text(form, "hook")).isdigit():
        brief["hook"] = int(hook)
    return brief | _music(form)


def chooses_hook(form: Form) -> bool:
    return _text(form, "hook") == CHOOSE


def form_of(brief: Mapping[str, object]) -> dict[str, object]:
    """The values that a brief fills in, for one that was written earlier."""
    own = brief.get("own_music")
    form: dict[str, object] = {name: str(brief.get(name) or "") for name in ("notes", *_CHOICES, *_OPTIONAL)}
    form |= {name: _given(brief.get(name)) for name in _FILES}
    form |= {
        "minutes": str(brief.get("minutes") or 2),
        "links": "\n".join(map(str, _listed(brief.get("links")))),
        "pronunciations": "\n".join(f"{word} = {say}" for word, say in _pairs(brief.get("pronunciations"))),
        "hook": "" if brief.get("hook") in (None, 1) else str(brief.get("hook")),
        "music": OWN_MUSIC if own else str(brief.get("music") or ""),
        "own_music": _given([own]) if own else [],
    }
    return form


def problems_of(form: Form, *, topic_alone: bool, waiting: Collection[str] = ()) -> list[Problem]:
    """What can be told without reading anything. `waiting` are places with files that their browser still keeps."""
    found: list[Problem] = []
    has_files = bool(_given(form.get("documents"))) or "documents" in waiting
    has_notes = bool(_text(form, "notes").strip() or has_files or _lines(form, "links"))
    if not has_notes and not (topic_alone and _text(form, "topic").strip()):
        found.append(Problem("notes", _NOTHING_OR_TOPIC if topic_alone else _NOTHING))
    for link in _lines(form, "links"):
        if not link.lower().startswith(("http://", "https://")) or " " in link:
            found.append(Problem("links", f"“{link}” is not the address of a page. It begins with https://"))
    for line in _lines(form, "pronunciations"):
        if not dict(_pronounced([line])):
            found.append(Problem("pronunciations", f"“{line}” needs the word, an equals sign and how to say it."))
    if _text(form, "music") == OWN_MUSIC and not _given(form.get("own_music")) and "own_music" not in waiting:
        found.append(Problem("own_music", "Choose the file with your music, or choose other music."))
    return found


def _music(form: Form) -> Brief:
    music, own = _text(form, "music"), _given(form.get("own_music"))
    if music != OWN_MUSIC:
        return {"music": music} if music else {}
    return {"own_music": own[0]} if own else {}


def _text(form: Form, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _minutes(form: Form) -> float:
    try:
        return min(12.0, max(1.0, float(_text(form, "minutes") or 2)))
    except ValueError:
        return 2.0


def _lines(form: Form, name: str) -> list[str]:
    return [line.strip() for line in _text(form, name).splitlines() if line.strip()]


def _given(value: object) -> list[dict[str, str]]:
    """Files as a brief names them; whether they are the creator's own is for the desk to say."""
    return [
        {"path": str(one["path"]), "name": str(one["name"])}
        for one in _listed(value)
        if isinstance(one, Mapping) and "path" in one and "name" in one
    ]


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _pairs(value: object) -> Iterable[tuple[object, object]]:
    return value.items() if isinstance(value, Mapping) else ()


def _pronounced(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        word, sign, said = (part.strip() for part in line.partition("="))
        if word and sign and said:
            yield word, said
