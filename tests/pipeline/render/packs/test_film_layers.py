import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.errors import AssetError, TimelineError
from pipeline.render.film_layers import card_key, layers_key, missing_glyphs
from tests.pipeline.render.text.screen import caption, film, segment, spoken, sprites


def two(first=None, second=None, **parts):
    """A film of two segments."""
    return film(segment("a", 0, 150, **(first or {})), segment("b", 150, 300, **(second or {})), **parts)


PROGRESS = [{"kind": "progress_bar"}]
CHANGES = {
    "a caption": {"first": {"captions": [spoken("Something else")]}},
    "an overlay": {"first": {"overlays": [{"kind": "quote", "text": "Words"}]}},
    "a headline": {"first": {"visuals": [{"path": "a.png", "overlayText": "New"}]}},
    "the title": {"first": {"title": "A title"}},
    "the accent": {"theme": {"accent": "#123456"}},
    "the font": {"theme": {"bodyFont": "Roboto"}},
    "the style": {"caption_style": "boxed"},
    "the pack": {"pack": "faceless-facts"},
    "the size": {"size": "tall"},
    "the pace": {"fps": 60},
    "an overlay of the film": {"overlays": [{"kind": "chapter_marker", "text": "One"}]},
    "the language": {"language": "ja"},
}


def test_a_key_is_json_and_the_same_for_the_same_film():
    one, other = (layers_key(two({"captions": [spoken("Hello")]}), 0) for _ in range(2))
    assert json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_key_changes_with(change):
    assert layers_key(two(**CHANGES[change]), 0) != layers_key(two(), 0)


@pytest.mark.parametrize("change", ["a caption", "an overlay", "a headline"])
def test_an_edit_in_one_segment_leaves_the_others_key_alone(change):
    assert layers_key(two(**CHANGES[change]), 1) == layers_key(two(), 1)


def test_a_longer_segment_before_it_matters_only_where_a_progress_bar_shows():
    def key(end, **parts):
        return layers_key(film(segment("a", 0, end), segment("b", end, end + 150), **parts), 1)

    assert key(150) == key(200)
    assert key(150, overlays=PROGRESS) != key(200, overlays=PROGRESS)


def test_what_a_picture_shows_matters_to_no_layer():
    assert layers_key(two({"visuals": [{"path": "b.png"}]}), 0) == layers_key(two(), 0)


def test_a_logo_counts_by_its_bytes_wherever_it_lies(tmp_path):
    keys = []
    for folder, colour in (("a", "red"), ("b", "red"), ("c", "blue")):
        (tmp_path / folder).mkdir()
        Image.new("RGB", (20, 20), colour).save(tmp_path / folder / "logo.png")
        timeline = two(overlays=[{"kind": "logo"}], theme={"logoPath": "logo.png"})
        keys.append(layers_key(timeline, 0, tmp_path / folder))
    assert keys[0] == keys[1] != keys[2]


def test_a_missing_logo_is_found_before_anything_is_drawn(tmp_path):
    with pytest.raises(AssetError) as caught:
        layers_key(two(theme={"logoPath": "gone.png"}), 0, tmp_path)
    assert caught.value.where == "theme.logoPath"


def test_an_unknown_font_is_found_before_anything_is_drawn():
    with pytest.raises(TimelineError) as caught:
        layers_key(two(theme={"headingFont": "No Such Font"}), 0)
    assert caught.value.where == "theme.headingFont"


def test_a_card_has_a_key_of_its_own():
    with_intro = film(segment(start=75, end=300), intro={"title": "Hello"})
    other = film(segment(start=75, end=300), intro={"title": "Goodbye"})
    assert card_key(with_intro, "outro") is None
    assert card_key(with_intro, "intro") != card_key(other, "intro")
    assert layers_key(with_intro, 0) == layers_key(other, 0)


def test_missing_glyphs_are_named_once_with_their_first_place():
    timeline = film(
        segment(captions=[caption("fine"), caption("a \ue000 b", 4000, 5000), caption("\ue000", 5000, 6000)]),
        intro=None,
        title="x",
    )
    (glyph,) = missing_glyphs(timeline)
    assert (glyph.character, glyph.where) == ("\ue000", "segments[0].captions[1].text")
    assert "U+E000" in str(glyph)


def test_captions_that_are_off_miss_no_glyph():
    assert missing_glyphs(film(segment(captions=[caption("\ue000")]), caption_style="off")) == []


def test_overlays_cards_and_headlines_are_looked_through_too():
    timeline = film(
        segment(
            start=75,
            end=375,
            visuals=[{"path": "a", "overlayText": "\ue001"}],
            overlays=[{"kind": "list", "items": ["\ue002"], "startMs": 8000}],
        ),
        intro={"title": "\ue003"},
    )
    assert {glyph.character for glyph in missing_glyphs(timeline)} == {"\ue001", "\ue002", "\ue003"}


TEXT = st.text(min_size=1, max_size=30).filter(str.strip)


@settings(max_examples=40, deadline=None)
@given(
    text=TEXT,
    style=st.sampled_from(["clean", "boxed", "karaoke", "pop"]),
    pack=st.sampled_from(["documentary-slideshow", "faceless-facts"]),
    kind=st.sampled_from(["title_card", "lower_third", "quote", "big_number", "chapter_marker"]),
    frame=st.integers(0, 149),
)
def test_any_text_at_all_is_drawn_without_a_fault(text, style, pack, kind, frame):
    overlays = [{"kind": kind, "text": text, "detail": text}]
    visuals = [{"path": "a.png", "overlayText": text}]
    timeline = film(
        segment("a", 0, 150, captions=[caption(text)], overlays=overlays, visuals=visuals, title=text),
        caption_style=style,
        pack=pack,
    )
    for sprite in sprites(timeline, frame):
        assert sprite.picture.pixels.shape[2] == 4
        assert 0 <= sprite.opacity <= 1
