"""What a writer marks up rather than says: headings, lists, emphasis, links, footnotes, emoji and pauses."""

from __future__ import annotations

import re
from dataclasses import dataclass

PARAGRAPH_MS, HEADING_MS, ITEM_MS = 650, 700, 350
MARKED_MS = {"short": 350, "": 700, "long": 1200}
LONGEST_PAUSE_MS = 10_000

HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*$")
ITEM = re.compile(r"^\s*(?:[-*+•‣◦–]|\(?\d{1,2}[.)]|[a-z]\))\s+(?=\S)(.*)$")
QUOTED = re.compile(r"^\s*(?:>\s?)+")
RULER = re.compile(r"^\s*(?:[-*_=]\s*){3,}$|^\s*\|?[\s:|-]+\|[\s:|-]*$")
PAUSE = re.compile(
    r"[\[(]\s*(?P<kind>short|long)?\s*pause\s*:?\s*(?P<value>\d+(?:\.\d+)?)?\s*(?P<unit>ms|s|seconds?)?\s*[\])]"
    r"|<break\s+time=[\"'](?P<time>\d+(?:\.\d+)?)(?P<scale>ms|s)[\"']\s*/?>",
    re.IGNORECASE,
)
INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[\^[^\]]*\]|\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]"), ""),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), ""),
    (re.compile(r"(\*{1,3}|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w])(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"`+([^`]*)`+"), r"\1"),
    (re.compile(r"^\s*\|\s*|\s*\|\s*$"), ""),
    (re.compile(r"\s*\|\s*"), ", "),
)
# Pictures for the eye, and characters that nobody sees.
EMOJI = re.compile(
    "[\U0001f000-\U0001faff\U0001f1e6-\U0001f1ff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\ufe0e\ufe0f\u20e3\u200d\U000e0020-\U000e007f]"
)
INVISIBLE = re.compile("[\u00ad\u200b\u200c\u2060\ufeff\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Stretch:
    """Text without markup, spoken in one go; `closed` when it is a line of its own that wants a full stop."""

    text: str
    pause_after_ms: int
    closed: bool = False


def stretches(text: str) -> tuple[Stretch, ...]:
    """In order; the pause after the last one is kept only where the writer marked it."""
    found: list[Stretch] = []
    for line in _lines(text):
        found += _parted(line)
    found = [stretch for stretch in found if stretch.text or stretch.pause_after_ms]
    return _merged(found)


def _lines(text: str) -> list[Stretch]:
    """Paragraphs, headings and items, each on one line."""
    lines: list[Stretch] = []
    paragraph: list[str] = []

    def end_paragraph() -> None:
        if paragraph:
            lines.append(Stretch(" ".join(paragraph), PARAGRAPH_MS))
            paragraph.clear()

    for raw in text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").split("\n"):
        line = QUOTED.sub("", INVISIBLE.sub("", raw)).strip()
        if not line or RULER.match(line):
            end_paragraph()
        elif heading := HEADING.match(line):
            end_paragraph()
            lines.append(Stretch(heading[1], HEADING_MS, closed=True))
        elif item := ITEM.match(line):
            end_paragraph()
            lines.append(Stretch(item[1], ITEM_MS, closed=True))
        else:
            paragraph.append(line)
    end_paragraph()
    return lines


def _parted(line: Stretch) -> list[Stretch]:
    """At the pauses that the writer marked."""
    parts: list[Stretch] = []
    position = 0
    for mark in PAUSE.finditer(line.text):
        parts.append(Stretch(_plain(line.text[position : mark.start()]), _marked_ms(mark)))
        position = mark.end()
    rest = _plain(line.text[position:])
    if rest or not parts:
        parts.append(Stretch(rest, line.pause_after_ms if rest else 0, line.closed))
    return parts


def _marked_ms(mark: re.Match[str]) -> int:
    if mark["time"]:
        length_ms = float(mark["time"]) * (1 if mark["scale"].lower() == "ms" else 1000)
    elif mark["value"]:
        length_ms = float(mark["value"]) * (1 if (mark["unit"] or "").lower() == "ms" else 1000)
    else:
        length_ms = MARKED_MS[(mark["kind"] or "").lower()]
    return min(LONGEST_PAUSE_MS, round(length_ms))


def _plain(text: str) -> str:
    for pattern, instead in INLINE:
        text = pattern.sub(instead, text)
    text = EMOJI.sub(" ", text)
    text = re.sub(r"\s+([,.;:!?…])(?=\s|$)", r"\1", text)
    return re.sub(r"\s+", " ", text).strip()


def _merged(found: list[Stretch]) -> tuple[Stretch, ...]:
    """A pause without text before it lengthens the one before; an automatic pause at the very end goes."""
    merged: list[Stretch] = []
    for stretch in found:
        if stretch.text:
            merged.append(stretch)
        elif merged:
            last = merged[-1]
            merged[-1] = Stretch(last.text, max(last.pause_after_ms, stretch.pause_after_ms), last.closed)
    if merged and merged[-1].pause_after_ms in (PARAGRAPH_MS, HEADING_MS, ITEM_MS):
        merged[-1] = Stretch(merged[-1].text, 0, merged[-1].closed)
    return tuple(merged)
