"""From the form's words to a brief, and back."""

from __future__ import annotations

import pytest

from studio.films import project_fields
from studio.pages.create.asked import Problem, brief_of, chooses_hook, form_of, problems_of

FORM = {
    "niche": "history",
    "notes": "Tea comes from one plant.",
    "links": " https://example.com/tea \n\nhttps://example.com/leaf",
    "minutes": "3",
    "voice": "espeak-walter",
    "look": "",
    "pack": "",
    "captions": "",
    "music": "",
    "aspect": "9:16",
    "pace": "fast",
    "resolution": "1080p",
    "transcript": "auto",
    "hook": "",
    "title": " Tea ",
    "pronunciations": "Xiamen = shah-men\n",
    "documents": [{"path": "someone/uploads/ab", "name": "tea.pdf"}],
    "uploads": [],
    "own_music": [],
}


def problems(**changes):
    return problems_of({**FORM, **changes}, topic_alone=False)


def test_what_is_chosen_becomes_a_brief():
    brief = brief_of(FORM)
    assert brief["links"] == ["https://example.com/tea", "https://example.com/leaf"]
    assert brief["pronunciations"] == {"Xiamen": "shah-men"}
    assert brief["documents"] == [{"path": "someone/uploads/ab", "name": "tea.pdf"}]
    assert (brief["minutes"], brief["title"], brief["aspect"]) == (3.0, "Tea", "9:16")


def test_what_is_left_to_the_niche_is_left_out():
    assert brief_of(FORM).keys().isdisjoint({"look", "pack", "captions", "music", "hook", "uploads", "own_music"})


def test_the_brief_is_one_that_a_project_takes():
    assert project_fields(brief_of(FORM)).voice == "espeak-walter"


def test_own_music_goes_with_its_file():
    own = {"path": "someone/uploads/cd", "name": "song.mp3"}
    brief = brief_of({**FORM, "music": "own", "own_music": [own]})
    assert brief["own_music"] == own
    assert "music" not in brief


def test_an_opening_is_a_number_or_a_choice_for_later():
    assert brief_of({**FORM, "hook": "3"})["hook"] == 3
    assert "hook" not in brief_of({**FORM, "hook": "choose"})
    assert chooses_hook({**FORM, "hook": "choose"})
    assert not chooses_hook(FORM)


@pytest.mark.parametrize(
    "changes",
    [{}, {"hook": "2"}, {"music": "calm"}, {"music": "own", "own_music": [{"path": "a/b", "name": "c.mp3"}]}],
    ids=["plain", "an opening", "music", "own music"],
)
def test_a_brief_fills_the_form_as_it_was(changes):
    brief = brief_of({**FORM, **changes})
    assert brief_of(form_of(brief)) == brief


@pytest.mark.parametrize("form", [{}, {"notes": 3, "minutes": [], "documents": "x", "links": None, "uploads": [1]}])
def test_whatever_a_browser_sends_is_read_without_a_fault(form):
    assert brief_of(form)["minutes"] == 2.0


def test_nothing_to_tell_is_said_at_the_notes():
    assert [one.place for one in problems(notes=" ", links="", documents=[])] == ["notes"]


def test_a_topic_is_enough_where_a_text_model_is_on():
    form = {**FORM, "notes": "", "links": "", "documents": [], "topic": "Tea"}
    assert problems_of(form, topic_alone=True) == []
    assert [one.place for one in problems_of(form, topic_alone=False)] == ["notes"]


@pytest.mark.parametrize("link", ["example.com", "ftp://example.com/a", "https://example.com/a page"])
def test_a_line_that_is_no_address_is_said_at_the_links(link):
    (found,) = problems(links=f"https://example.com\n{link}")
    assert found == Problem("links", f"“{link}” is not the address of a page. It begins with https://")


def test_a_pronunciation_without_its_second_half_is_said_at_its_place():
    assert [one.place for one in problems(pronunciations="Xiamen")] == ["pronunciations"]


def test_own_music_without_a_file_is_said_at_its_place():
    assert [one.place for one in problems(music="own")] == ["own_music"]


def test_files_that_wait_for_their_owner_to_sign_in_count_as_given():
    form = {**FORM, "notes": "", "links": "", "documents": [], "music": "own"}
    assert [one.place for one in problems_of(form, topic_alone=False)] == ["notes", "own_music"]
    assert problems_of(form, topic_alone=False, waiting=("documents", "own_music")) == []
