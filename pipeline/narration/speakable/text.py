"""From a section's text to what a voice says, with every written word kept beside the words that are heard for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.narration.speakable.english import RULES as ENGLISH_RULES
from pipeline.narration.speakable.english import without_symbols
from pipeline.narration.speakable.markup import Stretch, stretches
from pipeline.narration.speakable.models import Breath, Phrase, Speakable
from pipeline.narration.speakable.rules import Edit, Rule, edits, rule
from pipeline.narration.writing import UNSPACED

# A word with what clings to it; where no spaces are written, each character with the marks around it.
OPENING = r"[(\[{「『（《〈【“‘]"
CLOSING = r"[、。，．！？：；）」』】》〉…ー～”’)\]}]"
TOKEN = re.compile(rf"{OPENING}*[{UNSPACED}]{CLOSING}*|[^\s{UNSPACED}]+{CLOSING}*")
DROPPED = re.compile(r"[*_^~|\\{}\[\]<>#@©®™•·]")
HEARD_SIGNS = "&+=%€$£§"  # voices of other languages have their own words for these
SENTENCE_ENDS = re.compile(r"[.!?…。！？:;,][\"'”’)\]]*$")


@dataclass(frozen=True)
class _Token:
    start: int
    end: int


def make_speakable(text: str, *, language: str = "en", pronunciations: Mapping[str, str] | None = None) -> Speakable:
    """English is spelled out in full; of other languages only what all of them share is touched.

    `pronunciations` say how words are to be spoken; one in small letters matches any case.
    """
    english = language.split("-")[0].lower() == "en"
    rules = (*pronounced(pronunciations or {}), *(ENGLISH_RULES if english else ()))
    breaths = [breath for stretch in stretches(text) if (breath := _breath(stretch, rules, english)).phrases]
    return Speakable(tuple(breaths))


def pronounced(pronunciations: Mapping[str, str]) -> tuple[Rule, ...]:
    """The longest first, so that “New York Times” is not taken for “New York”."""
    by_length = sorted(pronunciations.items(), key=lambda entry: len(entry[0]), reverse=True)
    return tuple(_pronunciation(written, spoken) for written, spoken in by_length if written.strip())


def _pronunciation(written: str, spoken: str) -> Rule:
    written = written.strip()
    before = r"(?<!\w)" if written[0].isalnum() else ""
    after = r"(?!\w)" if written[-1].isalnum() else ""
    flags = re.IGNORECASE if written == written.lower() else re.NOFLAG
    return rule(before + re.escape(written) + after, lambda _: spoken, flags)


def _breath(stretch: Stretch, rules: Sequence[Rule], english: bool) -> Breath:
    found = edits(stretch.text, rules)
    phrases: list[Phrase] = []
    waiting: tuple[str, ...] = ()
    for group in _groups(stretch.text, found):
        phrase = _phrase(stretch.text, group, found, english)
        if _is_heard(phrase.spoken):
            if phrases and phrase.written[0].startswith("("):
                phrases[-1] = _halted(phrases[-1])
            phrases.append(replace(phrase, written=_clung(waiting, phrase.written)))
            waiting = ()
        elif phrases:
            phrases[-1] = _with_marks(phrases[-1], phrase)
        else:
            waiting += phrase.written
    return Breath(_ended(phrases, stretch.closed), stretch.pause_after_ms)


def _ended(phrases: Sequence[Phrase], closed: bool) -> tuple[Phrase, ...]:
    """A heading or an item ends like a sentence; a comma that nothing follows is no use."""
    if not phrases:
        return ()
    last = phrases[-1].spoken.rstrip(",")
    if closed and not SENTENCE_ENDS.search(last):
        last += "."
    return (*phrases[:-1], replace(phrases[-1], spoken=last))


def _is_heard(spoken: str) -> bool:
    return any(character.isalnum() or character in HEARD_SIGNS for character in spoken)


def _clung(marks: tuple[str, ...], written: tuple[str, ...]) -> tuple[str, ...]:
    """Marks that are not heard stand with the word after them."""
    return (" ".join((*marks, written[0])), *written[1:]) if marks else written


def _with_marks(phrase: Phrase, marks: Phrase) -> Phrase:
    """A dash on its own stays with the word before it, and is heard as a short halt."""
    last = " ".join((phrase.written[-1], *marks.written))
    phrase = _halted(phrase) if re.search(r"[–—-]", last) else phrase
    return replace(phrase, written=(*phrase.written[:-1], last))


def _halted(phrase: Phrase) -> Phrase:
    return phrase if SENTENCE_ENDS.search(phrase.spoken) else replace(phrase, spoken=f"{phrase.spoken},")


def _groups(text: str, found: Sequence[Edit]) -> Iterator[tuple[_Token, ...]]:
    """Written words; those that are said together stand together."""
    tokens = [_Token(*match.span()) for match in TOKEN.finditer(text)]
    group: list[_Token] = []
    for token in tokens:
        if group and not any(edit.start < group[-1].end and edit.end > token.start for edit in found):
            yield tuple(group)
            group = []
        group.append(token)
    if group:
        yield tuple(group)


def _phrase(text: str, group: Sequence[_Token], found: Iterable[Edit], english: bool) -> Phrase:
    start, end = group[0].start, group[-1].end
    spoken, position = "", start
    for edit in found:
        if edit.end <= start or edit.start >= end:
            continue
        spoken = _beside(spoken, _heard(text[position : edit.start], english))
        spoken = _beside(spoken, edit.spoken)
        position = edit.end
    spoken = _beside(spoken, _heard(text[position:end], english))
    return Phrase(spoken.strip(), tuple(text[token.start : token.end] for token in group))


def _beside(left: str, right: str) -> str:
    """Two spoken pieces of one word; letters and digits of different pieces do not run together."""
    if left and right and left[-1].isalnum() and right[0].isalnum():
        return f"{left} {right}"
    return left + right


def _heard(text: str, english: bool) -> str:
    """What is left of a word after the rules: its letters, and the marks that shape how it is said."""
    if english:
        text = without_symbols(text)
    text = re.sub(r"(?<=\w)–(?=\w)", "-", text)
    text = re.sub(r"[–—]+|(?<=\w)--+(?=\w)", ", ", text)
    text = re.sub(r"\)(?=[.,;:!?…])", "", text)
    return DROPPED.sub("", re.sub(r"\)$", ",", text)).replace("(", "").strip()
