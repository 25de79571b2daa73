"""Addresses, abbreviations, Roman numerals and capital letters."""

from __future__ import annotations

import re

from pipeline.narration.speakable.data import ENGLISH
from pipeline.narration.speakable.numbers import cardinal, digits, ordinal, roman
from pipeline.narration.speakable.rules import Rule, rule

SAID, SHOUTED = ENGLISH.list_of("said"), ENGLISH.list_of("shouted")
RULERS, COUNTED = ENGLISH.list_of("rulers"), ENGLISH.list_of("counted")
DOMAINS = "com|org|net|edu|gov|io|ai|dev|app|co|uk|de|fr|eu|us|ca|au|info|tv|me|be|ly|gg|xyz"
SPELLED_DOMAINS = ("uk", "de", "fr", "eu", "us", "ca", "au", "tv", "io", "ai", "be", "ly", "gg", "xyz")
VOWELS = set("AEIOUY")


def _address(match: re.Match[str]) -> str:
    """https://www.example.org/a-page?x=1 -> example dot org slash a page: what follows a question mark is not said"""
    rest = re.sub(r"^(?:https?://)?(?:www\.)?", "", match[0], flags=re.IGNORECASE)
    rest = re.split(r"[?#]", rest)[0].rstrip("/")
    host, *folders = rest.split("/")
    words = [_host(host)]
    words += [f"slash {re.sub(r'[-_.+%=&~]+', ' ', folder)}" for folder in folders if folder]
    return " ".join(words)


def _mail(match: re.Match[str]) -> str:
    name = (
        match["name"].replace(".", " dot ").replace("-", " dash ").replace("_", " underscore ").replace("+", " plus ")
    )
    return f"{name} at {_host(match['host'])}"


def _host(host: str) -> str:
    parts = [part.replace("-", " dash ") for part in host.split(".")]
    return " dot ".join(" ".join(part.upper()) if part in SPELLED_DOMAINS else part for part in parts)


def _abbreviation(match: re.Match[str]) -> str:
    """Its full stop ends the sentence as well where a new one begins, or none follows."""
    words = ENGLISH.abbreviations[match[0]]
    rest = match.string[match.end() :]
    ends = match[0].endswith(".") and (not rest.strip() or (_may_end(match[0]) and re.match(r"\s+[A-Z“\"]", rest)))
    return f"{words}." if ends else words


def _may_end(abbreviation: str) -> bool:
    return abbreviation in ("etc.", "Inc.", "Corp.", "Ltd.", "Co.", "Jr.", "Sr.", "a.m.", "p.m.", "Bros.", "Ph.D.")


def _saint_or_street(match: re.Match[str]) -> str:
    """St. Peter, but Main St."""
    return "Saint" if re.match(r"\s[A-Z]", match.string[match.end() :]) and not _after_name(match) else "Street"


def _after_name(match: re.Match[str]) -> bool:
    before = re.search(r"(\S+)\s$", match.string[: match.start()])
    return before is not None and before[1][:1].isupper() and len(before[1]) > 3 and before[1] not in ("Mount", "Saint")


def _ruler(match: re.Match[str]) -> str | None:
    number = roman(match["numeral"])
    if number is None or match["name"] not in RULERS or (match["numeral"] == "I" and _is_pronoun(match)):
        return None
    return f"{match['name']} the {ordinal(number).capitalize()}{match['owner'] or ''}"


def _is_pronoun(match: re.Match[str]) -> bool:
    """“Elizabeth I reigned”, but “Peter I think”."""
    return (
        re.match(r"['’]|\s(am|was|think|have|had|will|would|can|could|know|saw|do|did)\b", match.string[match.end() :])
        is not None
    )


def _counted(match: re.Match[str]) -> str | None:
    number = roman(match["numeral"])
    if number is None or match["name"] not in COUNTED:
        return None
    return f"{match['name']} {cardinal(number).capitalize()}"


def _century(match: re.Match[str]) -> str | None:
    number = roman(match["numeral"])
    return None if number is None else f"{ordinal(number)} {match['what']}"


def _dotted(match: re.Match[str]) -> str:
    letters = " ".join(match[0].replace(".", ""))
    return letters if match.string[match.end() :].strip() else f"{letters}."


def _capitals(match: re.Match[str]) -> str | None:
    """NASA is a word, FBI is three letters, NEVER is only loud."""
    word, plural, owner = match["word"], match["plural"] or "", match["owner"] or ""
    if word in SAID:
        return f"{word.capitalize()}{plural}{owner}"
    if word in SHOUTED or _shouting(match) or (len(word) > 4 and VOWELS & set(word)):
        return f"{word.lower()}{plural}{owner}"
    ending = "'s" if plural or owner else ""
    return " ".join(word) + ending


def _shouting(match: re.Match[str]) -> bool:
    """Among words in capitals, one of them an ordinary word: a shouted line, not a row of acronyms."""
    before = re.split(r"[.!?]", match.string[: match.start()])[-1].split()[-2:]
    after = re.split(r"[.!?]", match.string[match.end() :])[0].split()[:2]
    near = [word.strip(",;:\"'") for word in (*before, *after)]
    loud = all(word.isupper() for word in near if word.isalpha())
    return len(near) >= 2 and loud and any(word in SHOUTED or len(word) > 4 for word in near)


def _mixed(match: re.Match[str]) -> str:
    """CO2 -> C O two, 4K -> four K, COVID19 -> Covid nineteen"""
    words = []
    for run in re.findall(r"[A-Z]+|\d+", match[0]):
        if run.isdigit():
            words.append(digits(run) if run.startswith("0") else cardinal(int(run)))
        else:
            words.append(run.capitalize() if run in SAID or len(run) > 4 else " ".join(run))
    return " ".join(words)


ABBREVIATIONS = "|".join(sorted(map(re.escape, ENGLISH.abbreviations), key=len, reverse=True))

ADDRESSES: tuple[Rule, ...] = (
    rule(r"\b(?P<name>[\w.+-]+)@(?P<host>[\w-]+(?:\.[\w-]+)+)", _mail),
    rule(r"\bhttps?://[^\s<>\"”)\]]*[\w/]", _address, re.IGNORECASE),
    rule(
        rf"(?<![\w@.])(?:www\.)?[a-zA-Z][\w-]*(?:\.[a-zA-Z][\w-]*)*\.(?:{DOMAINS})(?:/[^\s<>\"”)\]]*[\w/])?(?![\w-])",
        _address,
    ),
)

RULES: tuple[Rule, ...] = (
    rule(r"\bSt\.", _saint_or_street),
    rule(rf"(?<![\w.])(?:{ABBREVIATIONS})(?!\w)", _abbreviation),
    rule(r"\b(?P<name>[A-Z][a-z]+) (?P<numeral>[IVXL]+)(?P<owner>['’]s)?(?![\w.]\w)\b", _ruler),
    rule(r"\b(?P<name>[A-Z][a-z]+) (?P<numeral>[IVXL]+)\b", _counted),
    rule(r"\b(?P<numeral>[IVX]+)(?:th)? (?P<what>century|centuries|dynasty|legion)\b", _century),
    rule(r"(?<![\w.])(?:[A-Z]\.){2,}", _dotted),
    rule(r"(?<![\w-])(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*\d)[A-Z0-9]{2,7}(?![\w])", _mixed),
    rule(r"(?<![\w.&])(?P<word>[A-Z]{2,7})(?P<plural>s)?(?P<owner>['’]s)?(?![\w&])", _capitals),
    rule(r"(?<!\w)[vV](?=\d)", lambda match: "version"),
)
