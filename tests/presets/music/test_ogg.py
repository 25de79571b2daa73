import av
import numpy as np
import pytest
import soundfile

from presets.music.ogg import write_opus
from presets.music.synth.loop import RATE


def loop(seconds, extra=0):
    """Periodic: whole turns of several tones."""
    at = np.arange(round(seconds * RATE) + extra)
    turns = at / len(at)
    sound = sum(0.15 * np.sin(2 * np.pi * round(hertz * len(at) / RATE) * turns) for hertz in (220, 331, 497))
    return np.stack((sound, 0.7 * np.asarray(sound)))


@pytest.fixture
def written(tmp_path):
    def write(sound, **given):
        path = tmp_path / "sound.opus"
        write_opus(path, sound, **{"bit_rate": 96_000, "title": "Test", "loop": True, "licence": "CC0", **given})
        return path

    return write


def decoded(path):
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


@pytest.mark.parametrize("extra", [0, 1, 479, 959, 961])
def test_every_decoder_gives_back_exactly_as_many_samples(written, extra):
    sound = loop(1.3, extra)
    path = written(sound)
    assert decoded(path).shape == sound.shape
    assert soundfile.read(path)[0].T.shape == sound.shape


def test_the_sound_lies_where_it_lay(written):
    sound = loop(1.5)
    got = decoded(written(sound))
    assert np.corrcoef(got[0], sound[0])[0, 1] > 0.999


def test_the_seam_of_a_loop_is_as_good_as_its_middle(written):
    sound = loop(2)
    error = decoded(written(sound)) - sound
    seam = np.abs(np.concatenate((error[:, -480:], error[:, :480]), axis=1)).max()
    assert seam < 2 * np.abs(error[:, RATE // 2 : RATE]).max()


def test_title_and_licence_are_in_the_file(written):
    with av.open(str(written(loop(1)))) as container:
        told = {
            name.upper(): text for name, text in {**container.metadata, **container.streams.audio[0].metadata}.items()
        }
    assert (told["TITLE"], told["LICENSE"]) == ("Test", "CC0")


def test_the_same_sound_gives_the_same_bytes(written):
    assert written(loop(1)).read_bytes() == written(loop(1)).read_bytes()
