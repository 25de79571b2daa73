"""The creator's own files: what they are, and where they go."""

from __future__ import annotations

import av
import numpy as np
import pytest
from PIL import Image

from pipeline.errors import PictureError
from pipeline.pictures import uploads
from tests.pipeline.pictures.conftest import shot


def picture(path, colour: str = "red"):
    Image.new("RGB", (32, 18), colour).save(path, "PNG")
    return path


def clip(path):
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for level in (0, 80, 160):
            frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), level, np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def shots(count: int = 4):
    topics = ("A castle on a hill", "A ship at sea", "A volcano erupts", "A cup of tea")
    return [
        shot(id=f"s{i:02}_beat-1", section_id=f"s{i:02}_beat", instruction=topics[i], narration=topics[i])
        for i in range(count)
    ]


def test_content_decides_what_a_file_is_not_its_name(tmp_path):
    named_wrong = picture(tmp_path / "holiday.mp4")

    assert uploads.read([named_wrong])[0].mime == "image/png"


def test_a_phones_picture_with_a_second_one_inside_is_a_picture(tmp_path):
    first, second = Image.new("RGB", (64, 48), "teal"), Image.new("RGB", (64, 48), "navy")
    first.save(tmp_path / "phone.jpg", "MPO", save_all=True, append_images=[second])
    (upload,) = uploads.read([tmp_path / "phone.jpg"])
    assert (upload.kind, upload.mime) == ("picture", "image/jpeg")


def test_a_clip_is_known_as_one(tmp_path):
    found = uploads.read([clip(tmp_path / "waves.bin")])[0]

    assert (found.kind, found.mime) == ("clip", "video/mp4")


@pytest.mark.parametrize("content", [b"", b"just words", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_cannot_be_shown_is_refused_with_its_name(tmp_path, content):
    bad = tmp_path / "bad.png"
    bad.write_bytes(content)

    with pytest.raises(PictureError) as caught:
        uploads.read([bad])

    assert caught.value.where == "bad.png"


def test_a_number_in_the_name_chooses_the_section(tmp_path):
    placed = uploads.place(uploads.read([picture(tmp_path / "03-anything.png")]), shots())

    assert list(placed) == ["s02_beat-1"]


def test_words_in_the_name_choose_the_shot(tmp_path):
    placed = uploads.place(uploads.read([picture(tmp_path / "old_ship.png")]), shots())

    assert list(placed) == ["s01_beat-1"]


def test_the_rest_goes_in_order_and_nothing_is_used_twice(tmp_path):
    files = [picture(tmp_path / f"img_{letter}.png") for letter in "xyz"]

    placed = uploads.place(uploads.read(files), shots())

    assert [placed[key].path.name for key in ("s00_beat-1", "s01_beat-1", "s02_beat-1")] == [f.name for f in files]


def test_illustrations_are_replaced_before_cards(tmp_path):
    card = shot(id="s00_beat-1", section_id="s00_beat", kind="quote", lines=("Words", "Who"))
    scene = shot(id="s00_beat-2", section_id="s00_beat")

    placed = uploads.place(uploads.read([picture(tmp_path / "1.png")]), [card, scene])

    assert list(placed) == ["s00_beat-2"]
