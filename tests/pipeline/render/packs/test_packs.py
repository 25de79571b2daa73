import json

import pytest

from pipeline.errors import TimelineError
from pipeline.render.film_layers import layers_key, pack_of, segment_layers, transition_of
from pipeline.render.packs import canvas_of
from tests.pipeline.render.text.screen import box_of, film, segment, spoken, sprites

NEON = {
    "id": "neon",
    "name": "Neon",
    "description": "A third party's pack",
    "fonts": {"heading": "Roboto", "headingWeight": 900, "body": "Roboto"},
    "colours": {"accent": "#00ffcc", "text": "#ffffff", "background": "#0b0014"},
    "captions": "boxed",
    "transition": {"kind": "dip_black", "durationMs": 400},
    "layers": ["neon_pack:frame_lines", "pipeline.render.captions:layers"],
    "intro": "neon_pack:intro",
}
MODULE = """
from pipeline.render.sprites import Sprite
from pipeline.render.text.drawing import panel

def frame_lines(timeline, index, canvas):
    line = panel(canvas.format.width, canvas.format.px(8), canvas.look.accent)
    return (lambda frame: (Sprite(line.picture(), 0, 0),),)

def intro(timeline, canvas):
    ground = panel(canvas.format.width, canvas.format.height, canvas.look.accent)
    return (lambda frame: (Sprite(ground.picture(), 0, 0),),)
"""


@pytest.fixture
def neon(tmp_path, monkeypatch):
    """A pack in a folder of its own, its module importable: nothing of it is known here."""
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "neon_pack.py").write_text(MODULE)
    (tmp_path / "neon.json").write_text(json.dumps(NEON))
    yield tmp_path
    import sys

    sys.modules.pop("neon_pack", None)


def test_a_third_party_adds_a_pack_by_giving_its_path(neon):
    timeline = film(segment(captions=[spoken("Hello there")]), pack="neon.json")
    line, caption = sprites(timeline, 10, base=neon)
    assert box_of(line).width == timeline.width
    assert tuple(line.picture.pixels[0, 0]) == (0, 255, 204, 255)
    assert box_of(caption).top > 200


def test_the_path_may_be_absolute(neon):
    assert pack_of(film(pack=str(neon / "neon.json"))).id == "neon"


def test_a_packs_own_card_replaces_the_shipped_one(neon):
    from pipeline.render.film_layers import card_layers

    timeline = film(segment(start=75, end=300), pack="neon.json", intro={"title": "Hi"})
    (layer,) = card_layers(timeline, "intro", neon)
    assert tuple(layer(0)[0].picture.pixels[5, 5]) == (0, 255, 204, 255)


def test_changing_a_third_partys_source_changes_the_key(neon):
    timeline = film(pack="neon.json")
    before = layers_key(timeline, 0, neon)
    (neon / "neon_pack.py").write_text(MODULE + "\n# louder\n")
    assert layers_key(timeline, 0, neon) != before


def test_a_function_that_does_not_say_what_it_depends_on_depends_on_the_whole_timeline(neon):
    one, two = (film(segment("a"), segment("b", 300, 600, title=title), pack="neon.json") for title in ("x", "y"))
    assert layers_key(one, 0, neon) != layers_key(two, 0, neon)


def test_the_pack_gives_the_transition_unless_the_timeline_does(neon):
    assert transition_of(film(pack="neon.json"), neon).kind == "dip_black"
    assert transition_of(film(pack="neon.json", transition={"kind": "cut"}), neon).kind == "cut"


def test_a_theme_overrides_the_packs_fonts_and_colours(neon):
    plain = canvas_of(film(pack="neon.json"), neon).look
    own = canvas_of(film(pack="neon.json", theme={"accent": "#FF0000", "headingFont": "Manrope"}), neon).look
    assert (plain.heading, plain.accent) == ("Roboto", "#00ffcc")
    assert (own.heading, own.body, own.accent, own.background) == ("Manrope", "Roboto", "#ff0000", "#0b0014")


def test_the_timelines_caption_style_overrides_the_packs(neon):
    assert canvas_of(film(pack="neon.json"), neon).captions == "boxed"
    assert canvas_of(film(pack="neon.json", caption_style="pop"), neon).captions == "pop"


@pytest.mark.parametrize(
    ("pack", "message"),
    [("no-such-pack", "documentary-slideshow"), ("gone.json", "cannot be read"), ("broken.json", "not valid JSON")],
)
def test_a_pack_that_cannot_be_opened_is_an_error_of_the_timeline(tmp_path, pack, message):
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(TimelineError, match=message) as caught:
        segment_layers(film(pack=pack), 0, tmp_path)
    assert caught.value.where == "pack"


@pytest.mark.parametrize("function", ["no_such_module_here:draw", "neon_pack:no_such_function"])
def test_a_function_that_cannot_be_found_is_an_error_of_the_timeline(neon, function):
    (neon / "neon.json").write_text(json.dumps({**NEON, "layers": [function]}))
    with pytest.raises(TimelineError, match=function.split(":")[0]) as caught:
        segment_layers(film(pack="neon.json"), 0, neon)
    assert caught.value.where == "pack"
