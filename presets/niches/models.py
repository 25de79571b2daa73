"""A niche: how films of one kind are told, sound and look. The words are spoken, so they are written for the ear.

A connecting line is either a sentence of its own (it ends in . ? or !) or a lead-in to the sentence that follows it
(it ends in a comma or a colon). Slots stand for the creator's own words:

    {topic}     what the film is about, as it stands inside a sentence: volcanoes, the history of tea
    {fact}      a whole sentence of the source with its full stop; {second} is another one
    {number}    a figure with its unit: 1,500 active volcanoes
    {beat}      a beat's title as it stands inside a sentence
    {points}    the beats' titles, joined: how they form, why they erupt and how to read the signs
    {count}     how many beats there are, as a word
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from presets.colours import Palette
from presets.records import Record

HookPattern = Literal["number", "question", "contrast", "story", "claim"]
Transition = Literal["addition", "contrast", "cause", "time", "example", "turn"]
Moment = Literal["hook", "section", "number", "quote", "item", "reveal", "call_to_action"]
Sound = Literal["whoosh", "click", "chime", "pop", "riser", "impact", "typing", "page-turn"]
Mood = Literal["calm", "uplifting", "tense", "curious", "epic", "lofi", "corporate", "dark"]
Captions = Literal["off", "clean", "boxed", "karaoke", "pop"]
Font = Literal["Manrope", "Hanken Grotesk", "Roboto", "Source Serif Pro"]

Text = Annotated[str, Field(min_length=1, max_length=600)]
Line = Annotated[str, Field(min_length=2, max_length=160)]
Ms = Annotated[int, Field(ge=0, le=4000)]

_SLOT = re.compile(r"\{([^{}]*)\}")
_HOOK_SLOTS: dict[HookPattern, set[str]] = {
    "number": {"topic", "number", "fact"},
    "question": {"topic", "fact"},
    "contrast": {"topic", "fact", "second"},
    "story": {"topic", "fact"},
    "claim": {"topic", "fact"},
}
_WITHOUT_SLOTS = 5


class Structure(Record):
    """How a film of this niche unfolds."""

    summary: Text
    beats: tuple[Text, ...] = Field(min_length=3, max_length=8, description="what each beat is for, in order")
    numbered: bool = Field(default=False, description="beats are counted on the screen")
    order: Literal["given", "time", "build"] = Field(
        default="given", description="as the source has it, by date, or towards the strongest"
    )


class Pacing(Record):
    """Speaking rate and silences at normal pace."""

    rate_factor: float = Field(ge=0.85, le=1.15, description="on the voice's words a minute")
    after_hook_ms: Ms
    after_setup_ms: Ms
    after_beat_ms: Ms
    after_recap_ms: Ms
    at_end_ms: Ms


class Lines(Record):
    """What joins the creator's sentences, a kind each. No film repeats one."""

    openers: tuple[Line, ...] = Field(min_length=10, description="before the first beat")
    setup: tuple[Line, ...] = Field(min_length=10, description="promise what comes")
    recap: tuple[Line, ...] = Field(min_length=10, description="look back")
    transitions: dict[Transition, tuple[Line, ...]]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for kind in get_args(Transition):
            count = len(self.transitions.get(kind, ()))
            if count < 10:
                raise ValueError(f"transitions.{kind}: {count} lines, at least 10 are needed")
        _check_each("openers", self.openers, {"topic", "beat"})
        _check_each("setup", self.setup, {"topic", "points", "count"})
        _check_each("recap", self.recap, {"topic", "points"})
        for kind, lines in self.transitions.items():
            _check_each(f"transitions.{kind}", lines, {"topic", "beat"})
        _check_different([line for _, line in self.all()])
        return self

    def all(self) -> Iterator[tuple[str, str]]:
        for kind, lines in (("openers", self.openers), ("setup", self.setup), ("recap", self.recap)):
            yield from ((kind, line) for line in lines)
        for transition, lines in self.transitions.items():
            yield from ((f"transitions.{transition}", line) for line in lines)


class Sample(Record):
    """One section of a worked example."""

    kind: Literal["hook", "setup", "beat", "recap", "call_to_action"]
    title: str = ""
    narration: Annotated[str, Field(min_length=1, max_length=1200)]
    on_screen: Annotated[str, Field(max_length=80)] = ""
    visual: Annotated[str, Field(max_length=300)] = ""


class Example(Record):
    """A short script that shows how the niche is told."""

    title: Text
    sections: tuple[Sample, ...] = Field(min_length=5)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        kinds = [section.kind for section in self.sections]
        if kinds[0] != "hook" or kinds[-1] != "call_to_action" or kinds.count("beat") < 2:
            raise ValueError("begins with a hook, has two beats or more and ends with a call_to_action")
        return self


class Niche(Record):
    """Everything that makes a film of this kind recognisable."""

    name: str
    title: str = Field(min_length=1, max_length=40)
    description: Text
    tone: Text
    look: str = Field(description="of presets/looks, where the creator names none")
    pack: str = Field(description="of presets/packs")
    captions: Captions
    music: Mood
    heading_font: Font
    body_font: Font
    disclaimer: Annotated[str, Field(max_length=300)] = Field(default="", description="spoken or written, where owed")
    visual_prompt: Text = Field(description="fixed for every picture, put before what it shows")
    motifs: tuple[str, ...] = Field(min_length=4, description="drawn where the words suggest nothing, best first")
    avoid: tuple[str, ...] = Field(min_length=4, description="words and phrases that never occur")
    palette: Palette
    structure: Structure
    pacing: Pacing
    sounds: dict[Moment, Sound]
    hooks: dict[HookPattern, tuple[Line, ...]]
    lines: Lines
    calls_to_action: tuple[Line, ...] = Field(min_length=6)
    example: Example

    @model_validator(mode="after")
    def _hooks_work(self) -> Self:
        for pattern, slots in _HOOK_SLOTS.items():
            templates = self.hooks.get(pattern, ())
            if len(templates) < 6:
                raise ValueError(f"hooks.{pattern}: {len(templates)} templates, at least 6 are needed")
            for template in templates:
                _check_line(f"hooks.{pattern}", template, slots)
                if "{fact}" not in template:
                    raise ValueError(f'hooks.{pattern}: "{template}" has no {{fact}}')
        _check_different([template for templates in self.hooks.values() for template in templates])
        return self

    @model_validator(mode="after")
    def _keeps_its_own_rules(self) -> Self:
        for line in self.calls_to_action:
            _check_line("calls_to_action", line, {"topic"})
        spoken = [(place, line) for place, line in self.lines.all()]
        spoken += [(f"hooks.{pattern}", line) for pattern, lines in self.hooks.items() for line in lines]
        spoken += [("calls_to_action", line) for line in self.calls_to_action]
        spoken += [("example", section.narration) for section in self.example.sections]
        for place, line in spoken:
            for word in self.avoid:
                if re.search(rf"\b{re.escape(word)}\b", line, re.IGNORECASE):
                    raise ValueError(f'{place}: "{line}" uses "{word}", which the niche avoids')
        return self


def _check_each(place: str, lines: Iterable[str], slots: set[str]) -> None:
    plain = 0
    for line in lines:
        _check_line(place, line, slots)
        plain += "{" not in line
    if plain < _WITHOUT_SLOTS:
        raise ValueError(f"{place}: {plain} lines without a slot, at least {_WITHOUT_SLOTS} are needed")


def _check_line(place: str, line: str, slots: set[str]) -> None:
    for slot in _SLOT.findall(line):
        if slot not in slots:
            raise ValueError(f'{place}: "{line}" has the unknown slot {{{slot}}}; known: {", ".join(sorted(slots))}')
    if re.sub(_SLOT, "", line).count("{") or re.sub(_SLOT, "", line).count("}"):
        raise ValueError(f'{place}: "{line}" has a brace that is no slot')
    if not line.endswith((".", "?", "!", ",", ":", "{fact}", "{second}")):
        raise ValueError(f'{place}: "{line}" ends neither as a sentence nor as a lead-in (comma or colon)')


def _check_different(lines: Iterable[str]) -> None:
    seen: set[str] = set()
    for line in lines:
        if line.casefold() in seen:
            raise ValueError(f'"{line}" stands there twice')
        seen.add(line.casefold())
