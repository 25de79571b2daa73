"""script.txt: a script as its creator reads and edits it, and back again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import get_args

from pydantic import ValidationError

from pipeline.brief import Pace
from pipeline.errors import ScriptError
from pipeline.scripts.language.sentences import split
from pipeline.scripts.models import Hook, Script, Section, SectionKind, section_id

_NAMES: dict[SectionKind, str] = {
    "setup": "Setup",
    "beat": "Beat",
    "recap": "Recap",
    "call_to_action": "Call to action",
}
_KINDS = {name.lower(): kind for kind, name in _NAMES.items()}
_HEADER = re.compile(r"^\[(?:(hook)\s+(\d)|(setup|beat|recap|call to action))\s*(?::\s*(.*))?\]$", re.IGNORECASE)
_FIELD = re.compile(r"^(on screen|picture|sound|pace|pause|sources)\s*:\s*(.*)$", re.IGNORECASE)
_ABOUT = re.compile(r"^(title|other title|language|writer|opens with hook|summary|note)\s*:\s*(.*)$", re.IGNORECASE)


@dataclass
class _Block:
    line: int
    kind: SectionKind
    number: int
    title: str
    fields: dict[str, str] = field(default_factory=dict)
    text: str = ""


def write(script: Script) -> str:
    """Text that `read` turns into the same script again."""
    parts = ["\n".join(_about(script))]
    for number, hook in enumerate(script.hooks, 1):
        spoken = script.sections[0] if number == script.chosen_hook and script.sections[0].kind == "hook" else None
        parts.append(_hook(number, hook, spoken))
    parts += [_section(section) for section in script.sections if not (section.kind == "hook" and script.hooks)]
    return "\n\n".join(parts) + "\n"


def _about(script: Script) -> Iterator[str]:
    yield f"Title: {script.title}"
    yield from (f"Other title: {title}" for title in script.other_titles)
    yield f"Language: {script.language}"
    yield f"Writer: {script.writer}"
    yield f"Opens with hook: {script.chosen_hook}"
    if script.summary:
        yield f"Summary: {' '.join(script.summary.split())}"
    yield from (f"Note: {note}" for note in script.notes)


def _hook(number: int, hook: Hook, spoken: Section | None) -> str:
    lines = [f"[Hook {number}: {hook.pattern}]"]
    if hook.on_screen:
        lines.append(f"On screen: {hook.on_screen}")
    if spoken:
        lines += _look(spoken)
    if hook.sources:
        lines.append(f"Sources: {', '.join(hook.sources)}")
    return "\n".join([*lines, "", hook.narration])


def _section(section: Section) -> str:
    name = _NAMES.get(section.kind, "Beat")
    lines = [f"[{name}: {section.title}]" if section.title else f"[{name}]"]
    if section.on_screen:
        lines.append(f"On screen: {section.on_screen}")
    lines += _look(section)
    if section.sources:
        lines.append(f"Sources: {', '.join(section.sources)}")
    return "\n".join([*lines, "", section.narration])


def _look(section: Section) -> list[str]:
    lines = [f"Picture: {' '.join(section.visual.split())}"] if section.visual else []
    if section.sound:
        lines.append(f"Sound: {section.sound}")
    return [*lines, f"Pace: {section.pace}", f"Pause: {section.pause_after_ms} ms"]


def read(text: str, previous: Script | None = None) -> Script:
    """The edited script. Sections that `previous` had too keep their ids, so that only what changed is made again."""
    about, blocks = _parsed(text)
    hooks = [block for block in blocks if block.number]
    rest = [block for block in blocks if not block.number]
    if not hooks:
        raise ScriptError(
            "There is no hook: keep one part that begins with a line like [Hook 1: question].", where="script.txt"
        )
    chosen = _chosen(about.get("opens with hook", ["1"])[-1], hooks)
    sections = [_spoken_hook(hooks, chosen), *(_read_section(block, place) for place, block in enumerate(rest, 2))]
    try:
        script = Script(
            title=about.get("title", [""])[-1],
            other_titles=tuple(about.get("other title", [])),
            language=about.get("language", ["en"])[-1],
            writer=about.get("writer", ["manual"])[-1],
            summary=about.get("summary", [""])[-1],
            notes=tuple(about.get("note", [])),
            hooks=tuple(_read_hook(block) for block in hooks),
            chosen_hook=chosen,
            sections=tuple(sections),
        )
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise ScriptError(f"{fault['loc'][0]}: {fault['msg']}", where="script.txt") from error
    return _with_old_ids(script, previous) if previous else script


def _parsed(text: str) -> tuple[dict[str, list[str]], list[_Block]]:
    about: dict[str, list[str]] = {}
    blocks: list[_Block] = []
    body: list[str] = []
    in_fields = False
    for number, line in enumerate(text.replace("\r\n", "\n").lstrip("\ufeff").split("\n"), 1):
        header = _HEADER.match(line.strip())
        if header:
            _close(blocks, body)
            blocks.append(_opened(header, number))
            body, in_fields = [], True
        elif not blocks:
            _take_about(line, number, about)
        elif in_fields and (found := _FIELD.match(line.strip())):
            blocks[-1].fields[found.group(1).lower()] = found.group(2).strip()
        else:
            in_fields = False
            body.append(line)
    _close(blocks, body)
    return about, blocks


def _take_about(line: str, number: int, about: dict[str, list[str]]) -> None:
    found = _ABOUT.match(line.strip())
    if found:
        about.setdefault(found.group(1).lower(), []).append(found.group(2).strip())
    elif line.strip():
        raise ScriptError(
            "These words stand before the first part. Put them under a line such as [Setup] or [Beat: its title].",
            where=f"script.txt line {number}",
        )


def _opened(header: re.Match[str], line: int) -> _Block:
    hook, number, name, title = header.groups()
    if hook:
        return _Block(line, "hook", int(number), (title or "own").strip())
    return _Block(line, _KINDS[name.lower()], 0, (title or "").strip())


def _close(blocks: list[_Block], body: list[str]) -> None:
    if not blocks:
        return
    block = blocks[-1]
    paragraphs = re.split(r"\n\s*\n", "\n".join(body).strip())
    block.text = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip())
    if not block.text:
        raise ScriptError(
            "This part has no words to speak. Write some, or delete the part.", where=f"script.txt line {block.line}"
        )


def _chosen(text: str, hooks: list[_Block]) -> int:
    known = [block.number for block in hooks]
    if known != list(range(1, len(hooks) + 1)) or len(hooks) > 3:
        raise ScriptError("Number the hooks 1, 2, 3, each once.", where=f"script.txt line {hooks[0].line}")
    if not text.isdigit() or int(text) not in known:
        raise ScriptError(
            f'"Opens with hook" must be one of {", ".join(map(str, known))}, not "{text}".', where="script.txt"
        )
    return int(text)


def _spoken_hook(hooks: list[_Block], chosen: int) -> Section:
    """A hook that was not the spoken one before takes over how the spoken one looked."""
    block = hooks[chosen - 1]
    look = next((one.fields for one in hooks if "pace" in one.fields), {})
    return _section_of(
        _Block(block.line, "hook", 0, "", {**look, **_without_look(look), **block.fields}, block.text), 1
    )


def _without_look(look: dict[str, str]) -> dict[str, str]:
    return {name: "" for name in ("on screen", "sources") if name in look}


def _read_section(block: _Block, place: int) -> Section:
    return _section_of(block, place)


def _section_of(block: _Block, place: int) -> Section:
    where = f"script.txt line {block.line}"
    fields = block.fields
    pace = (fields.get("pace") or "normal").lower()
    if pace not in get_args(Pace):
        raise ScriptError(f'Pace must be slow, normal or fast, not "{pace}".', where=where)
    try:
        return Section(
            id=section_id(place, block.kind),
            kind=block.kind,
            title=block.title,
            narration=block.text,
            visual=fields.get("picture", ""),
            on_screen=fields.get("on screen", ""),
            sound=fields.get("sound") or None,
            pace=pace,
            pause_after_ms=_pause(fields.get("pause", "450 ms"), where),
            sources=_ids(fields),
        )
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise ScriptError(f"{str(fault['loc'][0]).replace('_', ' ')}: {fault['msg']}", where=where) from error


def _pause(text: str, where: str) -> int:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(ms|s|seconds?)?", text.strip(), re.IGNORECASE)
    if not found:
        raise ScriptError(f'Pause must be a time such as 600 ms or 1.5 s, not "{text}".', where=where)
    seconds = (found.group(2) or "ms").lower() != "ms"
    return round(float(found.group(1)) * (1000 if seconds else 1))


def _ids(fields: dict[str, str]) -> tuple[str, ...]:
    return tuple(part.strip() for part in fields.get("sources", "").split(",") if part.strip())


def _read_hook(block: _Block) -> Hook:
    try:
        return Hook(
            pattern=block.title,
            narration=block.text,
            on_screen=block.fields.get("on screen", ""),
            sources=_ids(block.fields),
        )
    except ValidationError as error:
        raise ScriptError(
            str(error.errors(include_url=False)[0]["msg"]), where=f"script.txt line {block.line}"
        ) from error


def _with_old_ids(script: Script, previous: Script) -> Script:
    """By words, then by title, then by place among its kind; a part that is new gets a number that nothing had."""
    free = list(previous.sections)
    ids: list[str | None] = [None] * len(script.sections)
    for same in (_same_words, _same_title, _same_kind):
        for place, section in enumerate(script.sections):
            match = next((old for old in free if ids[place] is None and same(old, section)), None)
            if match:
                ids[place] = match.id
                free.remove(match)
    unused = max(int(section.id[1:3]) for section in previous.sections)
    named = []
    for section, known in zip(script.sections, ids, strict=True):
        if known is None:
            unused += 1
        named.append(section.model_copy(update={"id": known or section_id(unused, section.kind)}))
    return script.model_copy(update={"sections": tuple(named)})


def with_ids(script: Script, ids: Sequence[str]) -> Script:
    """The same script, its sections called so, in order."""
    named = (section.model_copy(update={"id": name}) for section, name in zip(script.sections, ids, strict=True))
    return script.model_copy(update={"sections": tuple(named)})


def _same_words(old: Section, new: Section) -> bool:
    return old.kind == new.kind and old.narration == new.narration


def _same_title(old: Section, new: Section) -> bool:
    return old.kind == new.kind and bool(new.title) and old.title == new.title


def _same_kind(old: Section, new: Section) -> bool:
    return old.kind == new.kind and old.kind != "beat"


def with_hook(script: Script, number: int) -> Script:
    """The film opened another way. A sentence that the new hook tells is not told again."""
    if not 1 <= number <= len(script.hooks):
        raise ScriptError(f"There is no hook {number}; this script has {len(script.hooks)}.")
    hook = script.hooks[number - 1]
    opening = script.sections[0].model_copy(
        update={"narration": hook.narration, "on_screen": hook.on_screen, "sources": hook.sources}
    )
    rest = tuple(_without_repeat(section, hook.narration) for section in script.sections[1:])
    return script.model_copy(update={"chosen_hook": number, "sections": (opening, *rest)})


def _without_repeat(section: Section, hook: str) -> Section:
    told = {sentence for sentence in split(hook) if len(sentence.split()) > 3}
    paragraphs = [
        " ".join(sentence for sentence in split(paragraph) if sentence not in told)
        for paragraph in section.narration.split("\n\n")
    ]
    left = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return section.model_copy(update={"narration": left}) if left else section
