import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import TimelineError
from pipeline.render.text import fonts

WITHOUT_FONTS = """
from pipeline.render.film_layers import missing_glyphs, segment_layers
from tests.pipeline.render.text.screen import caption, film, segment
timeline = film(segment(captions=[caption("Hello 你好 😀")]))
print([glyph.character for glyph in missing_glyphs(timeline)])
print(sum(int(s.picture.pixels[..., 3].sum()) for layer in segment_layers(timeline, 0) for s in layer(10)) > 0)
"""


@pytest.mark.parametrize("family", sorted(fonts.BUNDLED))
def test_a_bundled_family_comes_in_several_upright_weights(family):
    weights = {face.typeface.fontStyle().weight() for face in fonts.faces(family)}
    assert {400, 700} <= weights
    assert all(face.typeface.fontStyle().slant().name == "kUpright_Slant" for face in fonts.faces(family))


@pytest.mark.parametrize("character", ["م", "न", "你", "あ", "한", "😀", "ก", "→"])
def test_a_character_that_the_family_lacks_is_drawn_by_a_font_that_has_it(character):
    family = fonts.family_of(character, "Manrope")
    assert family is not None
    assert any(face.covers(character) for face in fonts.faces(family))


def test_chinese_characters_take_the_shapes_of_the_films_language():
    assert fonts.family_of("直", "Manrope", "ja") == "Noto Sans CJK JP"
    assert fonts.family_of("直", "Manrope", "zh-Hant") == "Noto Sans CJK TC"
    assert fonts.family_of("直", "Manrope", "zh") == "Noto Sans CJK SC"


def test_a_private_character_has_no_font_and_is_left_out():
    assert fonts.family_of("\ue123", "Manrope") is None
    assert fonts.drawable("a\ue123b", "Manrope") == "ab"


def test_controls_become_spaces_and_joiners_stay():
    assert fonts.drawable("a\tb", "Manrope") == "a b"
    assert fonts.drawable("👩\u200d👧", "Manrope") == "👩\u200d👧"


def test_a_theme_may_name_a_font_file(tmp_path):
    source = next(Path(folder) for folder in _package_folders("font_roboto")) / "files" / "Roboto-Black.ttf"
    (tmp_path / "own.ttf").write_bytes(source.read_bytes())
    family = fonts.resolve("own.ttf", "Manrope", tmp_path, where="theme.headingFont")
    assert fonts.family_of("A", family) == family


def test_an_unknown_font_is_an_error_that_names_its_place_and_the_choice():
    with pytest.raises(TimelineError, match="Manrope") as caught:
        fonts.resolve("No Such Font", "Manrope", Path(), where="theme.bodyFont")
    assert caught.value.where == "theme.bodyFont"


def test_a_fingerprint_tells_families_apart():
    assert len({fonts.fingerprint(family) for family in fonts.BUNDLED}) == len(fonts.BUNDLED)


def test_a_machine_without_any_font_reports_what_it_cannot_draw_and_draws_the_rest(tmp_path):
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>")
    environment = {**os.environ, "FONTCONFIG_FILE": str(config)}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_FONTS], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.splitlines() == ["['你', '好', '😀']", "True"], done.stderr


def _package_folders(name):
    import importlib.util

    return importlib.util.find_spec(name).submodule_search_locations
