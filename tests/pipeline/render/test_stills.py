"""Pictures as creators upload them."""

import numpy as np
import pytest
from PIL import Image, ImageCms

from pipeline.errors import AssetError
from pipeline.render import stills
from pipeline.timeline import Point


def plate(path, width=64, height=36, **changes):
    options = {"focus": Point(), "fit": "cover", "background": "#102030", "where": "segments[0].visuals[0].path"}
    return stills.plate(path, width, height, **{**options, **changes})


def left_red_right_blue(width=200, height=100):
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    return image


def is_red(pixel):
    return pixel[0] > 200 and pixel[2] < 60


def is_blue(pixel):
    return pixel[2] > 200 and pixel[0] < 60


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.bmp", "a.tiff", "picture.without-its-own-suffix"])
def test_every_usual_format_is_read_by_its_content(tmp_path, name):
    left_red_right_blue().save(tmp_path / name, format="PNG" if "suffix" in name else None, quality=95)
    pixels = plate(tmp_path / name)
    assert pixels.shape == (36, 64, 3)
    assert is_red(pixels[18, 4])
    assert is_blue(pixels[18, 60])


def test_a_photo_taken_sideways_is_turned_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    left_red_right_blue().save(tmp_path / "a.jpg", exif=exif, quality=95)
    pixels = plate(tmp_path / "a.jpg", 50, 100)
    assert is_red(pixels[4, 25])
    assert is_blue(pixels[95, 25])


def test_cmyk_keeps_its_colours(tmp_path):
    left_red_right_blue().convert("CMYK").save(tmp_path / "a.jpg", quality=95)
    pixels = plate(tmp_path / "a.jpg")
    assert pixels[18, 4][0] > 200
    assert pixels[18, 60][2] > 200


@pytest.mark.parametrize("top", [65535, 255])
def test_sixteen_bits_are_brought_to_eight(tmp_path, top):
    ramp = np.tile(np.linspace(0, top, 128).astype(np.uint16), (72, 1))
    Image.fromarray(ramp).save(tmp_path / "a.png")
    pixels = plate(tmp_path / "a.png")
    assert pixels[18, 0, 0] < 10
    assert pixels[18, 63, 0] > 245


def test_what_is_transparent_shows_the_theme_s_background(tmp_path):
    Image.new("RGBA", (100, 100), (255, 255, 255, 0)).save(tmp_path / "a.png")
    assert tuple(plate(tmp_path / "a.png")[5, 5]) == (0x10, 0x20, 0x30)


def test_a_palette_with_a_transparent_colour_too(tmp_path):
    image = Image.new("P", (100, 100), 0)
    image.putpalette([0, 255, 0, 255, 255, 255])
    image.save(tmp_path / "a.png", transparency=0)
    assert tuple(plate(tmp_path / "a.png")[5, 5]) == (0x10, 0x20, 0x30)


def test_a_colour_profile_is_applied(tmp_path):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    Image.new("RGB", (100, 100), (200, 30, 40)).save(tmp_path / "a.png", icc_profile=srgb.tobytes())
    assert np.abs(plate(tmp_path / "a.png")[5, 5].astype(int) - (200, 30, 40)).max() <= 2


def test_a_broken_colour_profile_is_passed_over(tmp_path):
    Image.new("RGB", (100, 100), (200, 30, 40)).save(tmp_path / "a.png", icc_profile=b"no profile at all")
    assert tuple(plate(tmp_path / "a.png")[5, 5]) == (200, 30, 40)


def test_one_pixel_fills_the_frame(tmp_path):
    Image.new("RGB", (1, 1), (9, 99, 199)).save(tmp_path / "a.png")
    assert (plate(tmp_path / "a.png") == (9, 99, 199)).all()


def test_a_hundred_megapixels_are_no_obstacle(tmp_path):
    Image.new("L", (12_500, 8_000), 77).save(tmp_path / "a.png", compress_level=1)
    assert (plate(tmp_path / "a.png") == 77).all()


def test_more_than_that_is_refused_with_advice(tmp_path):
    Image.new("1", (16_000, 16_000)).save(tmp_path / "a.png")
    with pytest.raises(AssetError, match="Save it smaller"):
        plate(tmp_path / "a.png")


def test_the_focus_decides_what_is_cut_away(tmp_path):
    left_red_right_blue().save(tmp_path / "a.png")
    assert is_red(plate(tmp_path / "a.png", 40, 40, focus=Point(x=0, y=0.5))[20, 20])
    assert is_blue(plate(tmp_path / "a.png", 40, 40, focus=Point(x=1, y=0.5))[20, 20])


def test_a_contained_picture_is_whole_and_lies_on_itself_darkened(tmp_path):
    Image.new("RGB", (50, 100), (0, 200, 0)).save(tmp_path / "a.png")
    pixels = plate(tmp_path / "a.png", 160, 90, fit="contain")
    assert pixels[45, 80, 1] == 200
    assert 20 < pixels[45, 5, 1] < 120


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "is empty"), (b"hello, I am a letter", "not a picture"), (None, "There is no file")],
)
def test_what_is_no_picture_is_named_with_its_place(tmp_path, content, sentence):
    path = tmp_path / "a.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(AssetError, match=sentence) as caught:
        plate(path)
    assert caught.value.where == "segments[0].visuals[0].path"


def test_a_picture_that_was_cut_off_is_damaged(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (200, 200, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")
    whole = (tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(AssetError, match="damaged or cut off"):
        plate(tmp_path / "a.png")
