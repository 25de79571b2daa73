"""Splits a paragraph into its sentences. Joined by spaces they are the paragraph again."""

from __future__ import annotations

import re

from pipeline.scripts.language.lexicon import english

CLOSERS = "\"'”’»)]」』"
_END = re.compile(rf"[.!?…؟।]+[{re.escape(CLOSERS)}]*(?=\s)|[。！？]+[{re.escape(CLOSERS)}]*")
_LAST_WORD = re.compile(r"(\S+)$")
_INITIAL = re.compile(r"^[(\[\"“]*[A-Z]$")
_OPENS = re.compile(r"^[\"'“‘«(\[¿¡]*[^\W_]")
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("「", "」"))
_LONGEST_QUOTE = 400


def split(text: str) -> list[str]:
    text = " ".join(text.split())
    parts, start = [], 0
    for match in _END.finditer(text):
        if _ends_here(text[start : match.end()], text[match.end() :].lstrip(), match.group()):
            parts.append(text[start : match.end()].strip())
            start = match.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def _ends_here(before: str, after: str, mark: str) -> bool:
    if not after:
        return True
    if _inside_pair(before):
        return False
    if mark[0] in "。！？؟।":
        return True
    return _may_open(after) and not (mark.startswith(".") and _is_abbreviation(before, after, mark))


def _may_open(after: str) -> bool:
    """A lower-case letter goes on with the sentence; anything else may open one."""
    letter = after.lstrip("\"'“‘«([¿¡—–- ")[:1]
    return bool(_OPENS.match(after) or not letter) and not letter.islower()


def _is_abbreviation(before: str, after: str, mark: str) -> bool:
    if mark.startswith(".."):
        return False
    found = _LAST_WORD.search(before[: len(before) - len(mark)])
    word = found.group(1).lstrip("\"'“‘([") if found else ""
    opens = after.split()[0].strip("\"'“”‘’(),.;:").lower() in english().openers
    if _INITIAL.match(word):
        return word != "I" and not opens
    known = word.lower()
    if known in english().may_end:
        return not opens
    return known in english().abbreviations


def _inside_pair(before: str) -> bool:
    if len(before) > _LONGEST_QUOTE:
        return False
    straight = re.sub(r"\d\"", "", before).count('"') % 2 == 1
    return straight or any(before.count(opening) > before.count(closing) for opening, closing in _PAIRS)
