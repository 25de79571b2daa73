from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.brief import Pace
from pipeline.errors import ScriptError
from pipeline.scripts import text
from pipeline.scripts.models import Hook, Script, Section, SectionKind, section_id
from tests.pipeline.scripts.assignments import outlined

SCRIPT = outlined("volcanoes", 2)
LINE = st.from_regex(
    r"[A-Za-z0-9,;'\"%€°äé(){}#\-][A-Za-z0-9 ,;:'\"%€°äé(){}#\-]{0,40}[A-Za-z0-9.!?]", fullmatch=True
).map(lambda words: " ".join(words.split()))
NARRATION = st.lists(LINE.map(lambda line: "Then " + line), min_size=1, max_size=3).map("\n\n".join)
TITLES = LINE.filter(lambda line: "]" not in line and line == line.strip())


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    hooks = draw(st.lists(NARRATION, min_size=1, max_size=3))
    chosen = draw(st.integers(1, len(hooks)))
    kinds: list[SectionKind] = [
        "hook",
        *draw(st.lists(st.sampled_from(["setup", "beat", "recap", "call_to_action"]), min_size=1, max_size=9)),
    ]
    made = tuple(Hook(pattern="claim", narration=hook, on_screen=draw(st.one_of(st.just(""), LINE))) for hook in hooks)
    sections = [
        Section(
            id=section_id(place, kind),
            kind=kind,
            title="" if kind == "hook" else draw(st.one_of(st.just(""), TITLES)),
            narration=made[chosen - 1].narration if kind == "hook" else draw(NARRATION),
            visual=draw(st.one_of(st.just(""), LINE)),
            on_screen=made[chosen - 1].on_screen if kind == "hook" else draw(st.one_of(st.just(""), LINE)),
            sound=draw(st.sampled_from([None, "whoosh"])),
            pace=draw(st.sampled_from(get_args(Pace))),
            pause_after_ms=draw(st.integers(0, 4000)),
            sources=() if kind == "hook" else tuple(draw(st.lists(st.sampled_from(["p1", "p22"]), max_size=2))),
        )
        for place, kind in enumerate(kinds, 1)
    ]
    return Script(
        title=draw(TITLES),
        language=draw(st.sampled_from(["en", "de-AT"])),
        writer="openai:some-model",
        hooks=made,
        chosen_hook=chosen,
        sections=tuple(sections),
        other_titles=tuple(draw(st.lists(TITLES, max_size=2))),
        summary=draw(st.one_of(st.just(""), LINE)),
        notes=tuple(draw(st.lists(LINE, max_size=2))),
    )


@settings(max_examples=60, deadline=None)
@given(scripts())
def test_what_is_written_reads_back_the_same(script: Script) -> None:
    assert text.read(text.write(script)) == script


def test_a_real_script_reads_back_the_same() -> None:
    assert text.read(text.write(SCRIPT)) == SCRIPT


def test_windows_line_ends_and_a_mark_at_the_start_do_no_harm() -> None:
    assert text.read("\ufeff" + text.write(SCRIPT).replace("\n", "\r\n")) == SCRIPT


def edited(old: str, new: str) -> Script:
    written = text.write(SCRIPT)
    assert old in written
    return text.read(written.replace(old, new, 1), SCRIPT)


def test_only_the_edited_section_changes() -> None:
    last = SCRIPT.sections[3]
    changed = edited(last.narration, "A sentence of my own.")
    different = [old.id for old, new in zip(SCRIPT.sections, changed.sections, strict=True) if old != new]
    assert different == [last.id]


def test_a_new_beat_leaves_the_names_of_all_others_alone() -> None:
    changed = edited("[Recap]", "[Beat: Brand new]\n\nSomething that was not there before.\n\n[Recap]")
    old = {section.id: section for section in SCRIPT.sections}
    new = [section for section in changed.sections if section.id not in old]
    assert [section.narration for section in new] == ["Something that was not there before."]
    assert [section for section in changed.sections if section.id in old] == list(SCRIPT.sections)


def test_a_removed_beat_takes_only_itself_away() -> None:
    gone = SCRIPT.sections[3]
    written = text.write(SCRIPT)
    start, end = written.index(f"[Beat: {gone.title}]"), written.index(f"[Beat: {SCRIPT.sections[4].title}]")
    changed = text.read(written[:start] + written[end:], SCRIPT)
    assert changed.sections == tuple(section for section in SCRIPT.sections if section != gone)


def test_another_hook_is_spoken_when_its_number_is_written() -> None:
    changed = edited("Opens with hook: 1", "Opens with hook: 2")
    assert changed.sections[0].narration == SCRIPT.hooks[1].narration
    assert changed.sections[0].on_screen == SCRIPT.hooks[1].on_screen
    assert changed.sections[0].id == SCRIPT.sections[0].id
    assert changed.sections[0].sound == SCRIPT.sections[0].sound


def test_a_hook_that_is_chosen_later_tells_its_fact_alone() -> None:
    for number in (2, 3):
        changed = text.with_hook(SCRIPT, number)
        fact = SCRIPT.hooks[number - 1].narration.split(". ")[-1]
        assert sum(fact in section.narration for section in changed.sections) == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Pace: normal", "Pace: hectic", r"script\.txt line \d+: Pace must be slow, normal or fast"),
        ("Pause: 650 ms", "Pause: a while", r"script\.txt line \d+: Pause must be a time such as 600 ms"),
        ("Opens with hook: 1", "Opens with hook: 7", "must be one of 1, 2, 3"),
        ("[Hook 2", "[Hook 5", "Number the hooks"),
        ("Language: en", "Some words of mine", r"script\.txt line \d+: These words stand before the first part"),
        ("[Recap]", "[Beat: Empty]\n\n[Recap]", r"script\.txt line \d+: This part has no words to speak"),
        ("Title: How volcanoes work", "Title:", "script.txt: title"),
    ],
)
def test_what_cannot_be_read_names_the_line_and_the_way_out(old: str, new: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        edited(old, new)


def test_a_file_of_other_words_is_refused() -> None:
    with pytest.raises(ScriptError, match="no hook"):
        text.read("")


def test_seconds_are_a_pause_too() -> None:
    assert edited("Pause: 650 ms", "Pause: 1.5 s").sections[0].pause_after_ms == 1500
