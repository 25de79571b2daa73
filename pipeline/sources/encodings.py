"""Bytes to text, whatever encoding they are in."""

from __future__ import annotations

import codecs
import re

from pipeline.sources.errors import SourceDamaged
from pipeline.sources.languages import detect

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FAMILIES = (
    ("cp932", {"ja"}),
    ("euc_jp", {"ja"}),
    ("cp1252", {"en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "id"}),
    ("cp1250", {"pl", "cs", "hu", "ro"}),
    ("cp1254", {"tr"}),
)
_SAMPLE_BYTES = 256 * 1024
_BROKEN_TWICE = re.compile("[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[œ™˜\u009d“”¦¢]")


def decode(data: bytes, declared: str = "") -> str:
    """The text of `data`; `declared` is what the sender says it is in, believed where it works."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if looks_binary(data) and not (even := _wide(data)):
        raise SourceDamaged("This is not text. Save it as .txt, .md, .docx or .pdf and give it again.")
    if looks_binary(data):
        return _strictly(data, even)
    for encoding in ("utf-8", declared):
        text = _try(data, encoding) if encoding else None
        if text is not None:
            return mended(text)
    return mended(_guess(data))


def looks_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE_BYTES]
    controls = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)
    return b"\0" in sample or controls > 0.05 * max(len(sample), 20)


def mended(text: str) -> str:
    """Text that was decoded wrongly once before (cafÃ© for café), put right where that is certain."""
    if len(_BROKEN_TWICE.findall(text)) < 1:
        return text
    fixed = _try_encode(text)
    return fixed if fixed is not None else text


def _wide(data: bytes) -> str:
    """utf-16 without its mark shows as a zero in every other byte."""
    sample = data[:2000]
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) > 0.6 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceDamaged("The text breaks off in the middle of a character. Save it again as UTF-8.") from error


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _try_encode(text: str) -> str | None:
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return None


def _guess(data: bytes) -> str:
    """First the encodings whose own languages show in the text, then what statistics say."""
    from charset_normalizer import from_bytes

    for encoding, languages in _FAMILIES:
        text = _try(data, encoding)
        if text is not None and detect(text) in languages:
            return text
    if _mostly_latin(data) and (text := _try(data, "cp1252")) is not None:
        return text
    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    return data.decode(best.encoding if best else "cp1252", errors="replace")


def _mostly_latin(data: bytes) -> bool:
    """Western letters with an accent here and there: too short to tell the language, yet hardly anything else."""
    letters = [byte for byte in data[:_SAMPLE_BYTES] if byte > 32]
    return sum(byte > 127 for byte in letters) < 0.2 * len(letters)
