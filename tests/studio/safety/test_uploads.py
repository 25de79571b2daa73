"""Files are what their bytes say: each kind opens for real; what only claims to be one is refused with a sentence."""

from __future__ import annotations

import io
import os
import wave
import zipfile

import docx
import numpy as np
import pytest
from PIL import Image

from studio.errors import FileRefused
from studio.safety.uploads import MOST_BYTES, check
from tests.pipeline.sources.documents import paragraph_page, pdf, saved

PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif", "AVIF": "image/avif"}
CLIPS = {"mp4": "video/mp4", "mov": "video/quicktime", "webm": "video/webm", "matroska": "video/x-matroska"}
SOUNDS = {"mp3": "audio/mpeg", "wav": "audio/wav", "mp4": "audio/mp4", "ogg": "audio/ogg", "flac": "audio/flac"}
SUFFIXES = {"JPEG": "jpg", "matroska": "mkv"}


def picture(kind="PNG", size=(64, 48)):
    data = io.BytesIO()
    Image.new("RGB", size, "teal").save(data, kind)
    return data.getvalue()


def clip(container):
    import av

    data = io.BytesIO()
    codec = "libvpx" if container == "webm" else "mpeg4"
    with av.open(data, "w", format=container) as media:
        stream = media.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(5):
            frame = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
            media.mux(stream.encode(frame))
        media.mux(stream.encode(None))
    return data.getvalue()


def sound(container):
    import av

    data = io.BytesIO()
    if container == "wav":
        with wave.open(data, "wb") as tone:
            tone.setparams((1, 2, 16000, 0, "NONE", ""))
            tone.writeframes(bytes(8000))
        return data.getvalue()
    codec = {"mp3": "libmp3lame", "mp4": "aac", "ogg": "libopus", "flac": "flac"}[container]
    with av.open(data, "w", format="ipod" if container == "mp4" else container) as media:
        stream = media.add_stream(codec, rate=48000)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 48000), np.int16), format="s16", layout="mono")
        frame.sample_rate = 48000
        resampler = av.AudioResampler(format=stream.codec_context.format, layout="mono", rate=48000, frame_size=960)
        for part in [*resampler.resample(frame), *resampler.resample(None)] if container != "mp4" else [frame]:
            media.mux(stream.encode(part))
        media.mux(stream.encode(None))
    return data.getvalue()


def word(*, with_macros=False):
    document = docx.Document()
    document.add_paragraph("The harbour lay quiet in the morning, and the boats were still asleep.")
    data = saved(document)
    if not with_macros:
        return data
    whole = io.BytesIO(data)
    with zipfile.ZipFile(whole, "a") as package:
        package.writestr("word/vbaProject.bin", b"macro")
    return whole.getvalue()


@pytest.fixture
def given(tmp_path):
    def put(data, name="file"):
        path = tmp_path / "brought"
        path.write_bytes(data)
        return path, name

    return put


@pytest.mark.parametrize(("kind", "mime"), PICTURES.items())
def test_a_picture_is_told_by_its_bytes(given, kind, mime):
    assert check(*given(picture(kind), f"a.{SUFFIXES.get(kind, kind.lower())}"), {"picture"}) == mime


@pytest.mark.parametrize(("container", "mime"), CLIPS.items())
def test_a_clip_is_told_by_its_bytes(given, container, mime):
    assert check(*given(clip(container), f"a.{SUFFIXES.get(container, container)}"), {"picture", "clip"}) == mime


@pytest.mark.parametrize(("container", "mime"), SOUNDS.items())
def test_a_recording_is_told_by_its_bytes(given, container, mime):
    name = "a.m4a" if container == "mp4" else f"a.{container}"
    assert check(*given(sound(container), name), {"sound"}) == mime


@pytest.mark.parametrize(
    ("data", "name", "mime"),
    [
        (b"Notes about tea, and about water.", "notes.txt", "text/plain"),
        (b"# Tea\n\nIt is **warm** and comes in cups.\n\n- green\n- black\n", "notes.md", "text/markdown"),
        (b"1\n00:00:01,000 --> 00:00:03,000\nThe tea is warm.\n", "tea.srt", "application/x-subrip"),
        (
            b"<!doctype html><html><body><p>Tea is warm and comes in cups, says everybody.</p></body></html>",
            "tea.html",
            "text/html",
        ),
        (pdf([paragraph_page("Tea is warm and comes in cups, and people drink it.")]), "tea.pdf", "application/pdf"),
        (word(), "tea.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
    ids=["txt", "md", "srt", "html", "pdf", "docx"],
)
def test_a_document_is_told_by_its_bytes(given, data, name, mime):
    assert check(*given(data, name), {"document"}) == mime


def test_a_phones_picture_with_a_second_one_inside_is_a_picture(given):
    data = io.BytesIO()
    Image.new("RGB", (64, 48)).save(data, "MPO", save_all=True, append_images=[Image.new("RGB", (64, 48), "navy")])
    assert check(*given(data.getvalue(), "phone.jpg"), {"picture"}) == "image/jpeg"


def refusal(given, data, name, kinds):
    with pytest.raises(FileRefused) as refused:
        check(*given(data, name), kinds)
    assert refused.value.message.endswith(".")
    return refused.value.message


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'<?xml version="1.0"?>\n<!-- a --><svg onload="alert(1)"></svg>',
        b"<!doctype html><html><script>alert(1)</script></html>",
        b"GIF89a/*<script>alert(1)</script>*/=1",
        b"\x89PNG\r\n\x1a\n<?php system($_GET[0]); ?>",
        picture() + b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00" + bytes(500),
        b"\x7fELF" + bytes(500),
        b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\nfile:///etc/passwd\n",
        b"%PDF-1.7\n1 0 obj",
        bytes(4000),
        os.urandom(4000),
    ],
    ids=["svg", "svg-xml", "html", "gif-js", "png-php", "png-html", "exe", "elf", "playlist", "pdf", "zeros", "noise"],
)
def test_what_is_no_picture_is_refused_whatever_its_name_says(given, data):
    refusal(given, data, "holiday.png", {"picture", "clip"})


def test_an_archive_behind_a_picture_is_refused(given):
    behind = io.BytesIO()
    with zipfile.ZipFile(behind, "w") as package:
        package.writestr("evil.txt", "x")
    assert "something else" in refusal(given, picture() + behind.getvalue(), "a.png", {"picture"})


@pytest.mark.parametrize("part", [0.3, 0.6])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_broken_off_picture_is_refused(given, kind, part):
    noise = Image.frombytes("RGB", (200, 200), os.urandom(120_000))
    data = io.BytesIO()
    noise.save(data, kind)
    assert "damaged" in refusal(given, data.getvalue()[: int(len(data.getvalue()) * part)], "a", {"picture"})


def test_a_picture_bomb_is_refused_before_it_is_unpacked(given):
    data = io.BytesIO()
    Image.new("1", (13_000, 10_000)).save(data, "PNG")
    assert "pixels" in refusal(given, data.getvalue(), "a.png", {"picture"})


def test_a_clip_that_only_begins_as_one_is_refused(given):
    assert "damaged" in refusal(given, b"\0\0\0\x18ftypisom" + os.urandom(5000), "a.mp4", {"clip"})


def test_a_clip_is_no_recording_and_a_recording_no_clip(given):
    assert "Give a recording" in refusal(given, clip("mp4"), "a.mp4", {"sound"})
    assert "Give" in refusal(given, sound("mp3"), "a.mp3", {"picture", "clip"})


def test_a_document_with_macros_is_refused(given):
    assert "macros" in refusal(given, word(with_macros=True), "a.docx", {"document"})


def test_a_document_that_unpacks_to_far_more_is_refused(given):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", bytes(45 << 20))
    assert len(data.getvalue()) < 1 << 20
    refusal(given, data.getvalue(), "a.docx", {"document"})


def test_a_pdf_behind_something_else_is_refused(given):
    assert "begins as something else" in refusal(
        given, b"GIF8 junk\n" + pdf([paragraph_page("Tea is warm.")]), "a.pdf", {"document"}
    )


def test_a_wrong_ending_of_the_same_kind_is_no_matter(given):
    assert check(*given(picture("JPEG"), "a.png"), {"picture"}) == "image/jpeg"
    assert check(*given(picture("JPEG"), "no ending"), {"picture"}) == "image/jpeg"


@pytest.mark.parametrize("name", ["a.pdf", "a.exe", "holiday.png.js", "a.svg", "a.mp3"])
def test_an_ending_of_another_kind_is_refused_with_the_right_one(given, name):
    assert "Rename it to .png" in refusal(given, picture(), name, {"picture", "document"})


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00b.png", "C:\\x\\y.png", "\u202egnp.exe"])
def test_a_sentence_never_repeats_folders_or_unseen_letters(given, name):
    message = refusal(given, b"", name, {"picture"})
    assert "/" not in message
    assert "\\" not in message
    assert "\x00" not in message
    assert "\u202e" not in message


def test_too_large_says_how_large_it_may_be(tmp_path):
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.write(picture())
        file.truncate(MOST_BYTES["picture"] + 1)
    with pytest.raises(FileRefused, match="larger than 40 MB"):
        check(path, "a.png", {"picture"})


def test_a_link_to_another_file_is_not_followed(tmp_path):
    link = tmp_path / "link"
    link.symlink_to("/etc/hostname")
    with pytest.raises(FileRefused):
        check(link, "a.txt", {"document"})


def test_the_process_that_opens_files_knows_no_keys(given, monkeypatch, tmp_path):
    seen = tmp_path / "seen"
    probe = tmp_path / "probe.py"
    probe.write_text(f"import os, pathlib; pathlib.Path({str(seen)!r}).write_text(repr(dict(os.environ)))")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    monkeypatch.setattr("studio.safety.uploads._PROBE", probe)
    with pytest.raises(FileRefused):
        check(*given(picture()), {"picture"})
    assert "PATH" in seen.read_text()
    assert "sk-very-secret" not in seen.read_text()
