"""Dates, years, decades and eras."""

from __future__ import annotations

import re

from pipeline.narration.speakable.data import ENGLISH
from pipeline.narration.speakable.numbers import cardinal, decade, ordinal, year
from pipeline.narration.speakable.quantities import UNITS
from pipeline.narration.speakable.rules import Rule, rule

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SHORT = {name[:3]: name for name in MONTHS} | {"Sept": "September"}
MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:{'|'.join(sorted(SHORT, key=len, reverse=True))})(?:\.|\b))"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})"
ERA = r"(?P<era>A\.?D\.?|B\.?C\.?E\.?|B\.?C\.?|C\.?E\.?)(?![A-Za-z])"
YEAR_WORDS = ENGLISH.list_of("year_words")


def _month(text: str) -> str:
    return SHORT.get(text.rstrip("."), text)


def _month_day(match: re.Match[str]) -> str:
    """August 24, 1979 or Aug. 24–26"""
    words = f"{_month(match['month'])} {ordinal(int(match['day']))}"
    if match["until"]:
        words += f" to {ordinal(int(match['until']))}"
    return f"{words}, {year(int(match['year']))}" if match["year"] else words


def _day_month(match: re.Match[str]) -> str:
    """24 August 1979"""
    the = "" if re.search(r"\b[Tt]he $", match.string[: match.start()]) else "the "
    words = f"{the}{ordinal(int(match['day']))}"
    if match["until"]:
        words += f" to the {ordinal(int(match['until']))}"
    words += f" of {_month(match['month'])}"
    return f"{words}, {year(int(match['year']))}" if match["year"] else words


def _numeric(match: re.Match[str]) -> str | None:
    """2024-08-24, 24/08/2024 and 8/24/2024; where both readings are possible, the American one"""
    if match["iso"]:
        number, month, day = (int(part) for part in match["iso"].split("-"))
    else:
        month, day, number = (int(part) for part in re.split(r"[/.]", match["other"]))
        if month > 12:
            month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{MONTHS[month - 1]} {ordinal(day)}, {year(number)}"


def _era_after(match: re.Match[str]) -> str:
    first = year(int(match["first"].replace(",", "")))
    until = f" to {year(int(match['until'].replace(',', '')))}" if match["until"] else ""
    return f"{first}{until} {_letters(match['era'])}{_kept_stop(match)}"


def _era_before(match: re.Match[str]) -> str:
    return f"{_letters(match['era'])} {year(int(match['first']))}"


def _letters(era: str) -> str:
    return " ".join(era.replace(".", ""))


def _kept_stop(match: re.Match[str]) -> str:
    ends = match[0].endswith(".") and re.match(r"\s+[A-Z“\"]|\s*$", match.string[match.end() :])
    return "." if ends else ""


def _years(match: re.Match[str]) -> str | None:
    """1939–1945, 1939–45, 2019/20"""
    first, until = match["first"], match["until"]
    if not _is_year(int(first)):
        return None
    if len(until) == 2:
        if int(until) <= int(first[2:]):
            return None
        return f"{year(int(first))} to {cardinal(int(until)) if until[0] != '0' else 'oh ' + cardinal(int(until))}"
    return f"{year(int(first))} to {year(int(until))}" if int(until) > int(first) else None


def _decade(match: re.Match[str]) -> str:
    return decade(int(match["decade"]), short=len(match["decade"]) == 2)


def _lone_year(match: re.Match[str]) -> str | None:
    """Four digits without a separator, where they look like a year."""
    number = int(match[0])
    before = re.search(r"([A-Za-z]+)[ -]$", match.string[: match.start()])
    introduced = before is not None and before[1].lower() in YEAR_WORDS
    return year(number) if _is_year(number) or (introduced and number >= 1000) else None


def _is_year(number: int) -> bool:
    return 1100 <= number <= 2099


RULES: tuple[Rule, ...] = (
    rule(
        r"(?<![\d/.])(?:(?P<iso>\d{4}-\d\d-\d\d)|(?P<other>\d{1,2}(?P<mark>[/.])\d{1,2}(?P=mark)\d{4}))(?![\d/])",
        _numeric,
    ),
    rule(
        rf"\b{MONTH}\s{DAY}(?:\s?[–-]\s?(?P<until>\d{{1,2}}))?(?![\d:]|\s?(?:BC|AD|CE|%))(?:,?\s{YEAR}\b)?", _month_day
    ),
    rule(rf"(?<![\w.,-]){DAY}(?:\s?[–-]\s?(?P<until>\d{{1,2}}))?\s{MONTH}(?:,?\s{YEAR}\b)?", _day_month),
    rule(rf"\b{MONTH},?\s{YEAR}\b", lambda match: f"{_month(match['month'])} {year(int(match['year']))}"),
    rule(rf"(?<![\w.,])(?P<first>\d{{1,2}},\d{{3}}|\d{{1,5}})(?:\s?[–-]\s?(?P<until>\d{{1,5}}))?\s?{ERA}", _era_after),
    rule(r"\b(?P<era>A\.?D\.?)\s(?P<first>\d{1,4})\b", _era_before),
    rule(r"(?<![\w.,])(?P<first>\d{4})\s?[–—/-]\s?(?P<until>\d{4}|\d{2})(?![\d-])", _years),
    rule(r"(?<![\w.,])['’]?(?P<decade>\d{3}0|[2-9]0)['’]?s\b", _decade),
    rule(r"(?<![\w.,$€£-])\d{4}(?![\d%]|,\d|\.\d|\s?[x×]\s?\d" rf"|\s?(?:{UNITS})(?!\w))", _lone_year),
    rule(
        rf"\b(?:{'|'.join(sorted((s for s in SHORT if s != 'May'), key=len, reverse=True))})\.",
        lambda match: _month(match[0]),
    ),
)
