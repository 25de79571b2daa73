import pytest

from pipeline.render.captions.pages import Token
from pipeline.render.captions.styles import token_box
from pipeline.render.layout import format_of
from pipeline.render.text.paragraphs import Type
from tests.pipeline.render.text.screen import (
    SIZES,
    WORDS,
    box_of,
    caption,
    film,
    ink_box,
    inside,
    readable_share,
    segment,
    spoken,
    sprites,
    touch,
)

STYLES = ("clean", "boxed", "karaoke", "pop")
LOWER_THIRD = {"kind": "lower_third", "text": "Ada", "startMs": 0, "endMs": 2000}
LONG = {
    "english": WORDS * 3,
    "emoji": "Emoji 😀🎉 with 👩\u200d👩\u200d👧 families and 🇩🇪 flags ❤️ everywhere",
    "chinese": "你好世界,这是一个很长的句子,用来测试字幕的换行和分页,看看它是否正确。",
    "arabic": "مرحبا بالعالم، هذا اختبار للنص العربي مع English وأرقام 123.",
    "hindi": "नमस्ते दुनिया, यह हिन्दी में एक परीक्षण वाक्य है जो ठीक से आकार लेना चाहिए।",
    "one word": "Donaudampfschifffahrt" * 10,
}


def captioned(text=WORDS, style="clean", size="wide", **parts):
    return film(segment(captions=[spoken(text)], **parts), size=size, caption_style=style)


def test_captions_can_be_off():
    assert sprites(captioned(style="off"), 20) == []


@pytest.mark.parametrize("style", STYLES)
def test_nothing_is_shown_before_and_after_a_caption(style):
    timeline = film(segment(captions=[caption("Hello", 1000, 2000)]), caption_style=style)
    assert sprites(timeline, 29) == []
    assert sprites(timeline, 30)
    assert sprites(timeline, 59)
    assert sprites(timeline, 60) == []


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("style", STYLES)
def test_letters_read_on_white_and_on_black(style, size):
    timeline = captioned(style=style, size=size)
    assert readable_share(sprites(timeline, 40), SIZES[size], "#ffffff") >= 0.99


@pytest.mark.parametrize("style", ["clean", "boxed"])
def test_dark_letters_of_a_light_theme_read_too(style):
    theme = {"text": "#202020", "background": "#f4f0e8"}
    timeline = film(segment(captions=[spoken(WORDS)]), caption_style=style, theme=theme)
    assert readable_share(sprites(timeline, 40), SIZES["wide"], "#202020") >= 0.99


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("text", sorted(LONG))
def test_everything_stays_inside_the_title_safe_area(text, style, size):
    timeline, safe = captioned(LONG[text], style, size), format_of(*SIZES[size]).safe
    for frame in range(5, 280, 25):
        for sprite in sprites(timeline, frame):
            assert inside(ink_box(sprite), safe), (frame, ink_box(sprite), safe)


def test_tall_films_have_larger_captions_higher_up():
    wide, tall = format_of(1920, 1080), format_of(1080, 1920)
    assert tall.scale.caption > wide.scale.caption
    assert tall.captions.bottom / tall.height < 0.75 < wide.captions.bottom / wide.height


def test_karaoke_marks_the_spoken_word_and_draws_the_letters_once():
    timeline = captioned("one two three", "karaoke")
    frames = [sprites(timeline, frame) for frame in (5, 14, 23)]
    letters, marks = zip(*frames, strict=True)
    assert len({sprite.picture.key for sprite in letters}) == 1
    assert marks[0].x < marks[1].x < marks[2].x
    assert all(inside(box_of(mark), box_of(letters[0])) for mark in marks)


def test_karaoke_marks_arabic_from_right_to_left():
    timeline = captioned("مرحبا بالعالم هذا", "karaoke")
    marks = [sprites(timeline, frame)[1].x for frame in (5, 14, 23)]
    assert marks[0] > marks[1] > marks[2]


def test_karaoke_without_word_times_moves_evenly_through_the_caption():
    timeline = film(segment(captions=[caption("aaaa bbbb cccc dddd", 0, 4000)]), caption_style="karaoke")
    marks = [sprites(timeline, frame)[1].x for frame in (15, 45, 75, 105)]
    assert marks == sorted(set(marks))


def test_the_mark_goes_in_a_long_pause_and_stays_in_a_short_one():
    words = [("one", 0, 300), ("two", 500, 800), ("three", 3000, 3300)]
    timeline = film(segment(captions=[caption("one two three", 0, 4000, words)]), caption_style="karaoke")
    assert len(sprites(timeline, 12)) == 2
    assert len(sprites(timeline, 60)) == 1


def test_pop_shows_few_words_that_jump_in():
    timeline = captioned("Never wait until you feel ready", "pop")
    first, later = sprites(timeline, 0)[0], sprites(timeline, 8)[0]
    assert box_of(first).width < box_of(later).width
    assert sprites(timeline, 8)[0].picture.key == sprites(timeline, 9)[0].picture.key


def test_a_page_rises_above_a_lower_third_for_all_of_its_time():
    plain, raised = captioned(), captioned(overlays=[LOWER_THIRD])
    for frame in (3, 30, 70):
        alone = next(s for s in sprites(raised, frame) if s.picture.key == sprites(plain, frame)[0].picture.key)
        assert alone.y < sprites(plain, frame)[0].y


def test_a_raised_caption_does_not_touch_the_lower_third():
    for size in SIZES:
        for style in STYLES:
            timeline = captioned(size=size, style=style, overlays=[LOWER_THIRD])
            only = captioned(size=size, style="off", overlays=[LOWER_THIRD])
            third = [ink_box(sprite) for sprite in sprites(only, 40)]
            keys = {sprite.picture.key for sprite in sprites(only, 40)}
            for sprite in sprites(timeline, 40):
                if sprite.picture.key not in keys:
                    assert not any(touch(ink_box(sprite), box) for box in third)


def test_captions_that_overlap_in_time_show_the_later_one():
    both = [caption("First one here", 0, 3000), caption("Second", 1000, 2000)]
    timeline = film(segment(captions=both), caption_style="clean")
    assert len(sprites(timeline, 45)) == 1
    assert sprites(timeline, 20)[0].picture.key != sprites(timeline, 45)[0].picture.key


def test_a_word_in_a_line_of_both_directions_stands_where_it_is_drawn():
    line = tuple(Token(text, bool(i), 0, 1) for i, text in enumerate(("مع", "English", "words", "هنا")))
    type_ = Type("Hanken Grotesk", 40, direction="rtl")
    english, words, last = (token_box(line, place, type_)[0] for place in (1, 2, 3))
    assert last < english < words
