"""Bytes in any encoding come out as the words that were written."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.encodings import decode
from pipeline.sources.errors import SourceDamaged

FRENCH = "Le café était fermé. Où aller à présent ? L’été, la forêt brûle et les élèves s’ennuient déjà à l’école."
RUSSIAN = "Чай растёт в горах. Его собирают весной, когда листья ещё молодые, и сушат на солнце до самого вечера."
JAPANESE = "お茶は山で育ちます。春に若い葉を摘んで、日の光で乾かします。味は土地によって違います。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "utf-32"),
        (FRENCH, "cp1252"),
        ("Wasser ist naß und kühl.", "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
    ],
)
def test_an_undeclared_encoding_is_found(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_a_declared_encoding_is_believed_where_it_works():
    assert decode("naïve".encode("cp1252"), "cp1252") == "naïve"


def test_a_wrongly_declared_encoding_does_no_harm():
    assert decode("naïve".encode(), "latin-1") == "naïve"
    assert decode(b"plain", "no-such-encoding") == "plain"


def test_text_that_was_decoded_wrongly_before_is_mended():
    assert decode("Le cafÃ© de lâ€™Ã©tÃ©".encode()) == "Le café de l’été"


def test_letters_that_only_look_broken_are_left_alone():
    assert decode("SÃO PAULO, Â".encode()) == "SÃO PAULO, Â"


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_utf_8_is_read_as_it_is(text):
    if "Ã" not in text and "Â" not in text and "â" not in text:
        assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_sentence(data):
    with suppress(SourceDamaged):
        assert isinstance(decode(data), str)


def test_a_program_is_not_text():
    with pytest.raises(SourceDamaged, match="not text"):
        decode(b"\x7fELF\x02\x01\x01\0\0\0\x03\0\x3e\0" * 40)
