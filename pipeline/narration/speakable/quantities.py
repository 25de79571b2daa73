"""Money, measures, ranges, fractions, times of day and plain numbers."""

from __future__ import annotations

import re

from pipeline.narration.speakable.data import ENGLISH
from pipeline.narration.speakable.numbers import cardinal, digits, fraction, ordinal, spoken
from pipeline.narration.speakable.rules import Rule, rule

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
SIGNED = rf"(?:(?<![\w.,)])[-−+])?{NUMBER}"
ALONE = r"(?<![\w.,])"  # not the inside of another number or name
DASH = r"\s?[-–—]\s?|\s(?:to)\s"
BIG = r"hundred|thousand|million|billion|trillion|quadrillion"
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
GLYPH_FRACTIONS = dict(
    zip("½⅓⅔¼¾⅛⅜⅝⅞", ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 8), (3, 8), (5, 8), (7, 8)), strict=True)
)


def _either(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


SCALES = _either(ENGLISH.scales)
SYMBOLS_OF_MONEY = _either(name for name in ENGLISH.currencies if not name.isalpha())
CODES_OF_MONEY = _either(ENGLISH.currencies)
UNITS = _either(ENGLISH.units)


def money_before(match: re.Match[str]) -> str:
    """$3.5 million, £20–30, €1,200.50"""
    names = ENGLISH.currencies[match["currency"]]
    first, second, scale = match["first"], match["second"], _scale(match["scale"])
    sign = "minus " if match["minus"] else ""
    if not second and not scale and re.fullmatch(r"[\d,]+\.\d\d", first):
        return sign + _with_cents(first, names)
    amount = f"{spoken(first)} to {spoken(second)}" if second else spoken(first)
    name = names[0] if (first == "1" and not scale and not second) or _is_adjective(match) else names[1]
    return f"{sign}{amount} {scale} {name}".replace("  ", " ")


def money_after(match: re.Match[str]) -> str:
    """20 €, 5 million USD"""
    names = ENGLISH.currencies[match["currency"]]
    scale = _scale(match["scale"])
    one = match["first"] == "1" and not scale
    return f"{spoken(match['first'])} {scale} {names[0] if one else names[1]}".replace("  ", " ")


def _with_cents(amount: str, names: tuple[str, str, str, str]) -> str:
    whole, cents = amount.replace(",", "").split(".")
    words = []
    if int(whole) or not int(cents):
        words.append(f"{cardinal(int(whole))} {names[0] if int(whole) == 1 else names[1]}")
    if int(cents):
        words.append(f"{cardinal(int(cents))} {names[2] if int(cents) == 1 else names[3]}")
    return " and ".join(words)


def _scale(text: str | None) -> str:
    return {"m": "million", "b": "billion"}.get(text or "") or ENGLISH.scales.get(text or "", text or "")


def _is_adjective(match: re.Match[str]) -> bool:
    """a $5 million deal: what follows “a” and stands before a noun has no plural."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    return re.search(r"\b[Aa]n? $", before) is not None and re.match(r"[ -][a-z]", after) is not None


def measure(match: re.Match[str]) -> str:
    """5 km, 60–80 km/h, −5 °C, 40%"""
    first, second, scale = match["first"], match["second"], match["scale"]
    amount = f"{spoken(first)} to {spoken(second)}" if second else spoken(first)
    one = first.lstrip("+-−") in ("1", "1.0") and not second and not scale
    names = ENGLISH.units.get(match["unit"]) or ENGLISH.spaced_units[match["unit"]]
    singular = one or (_is_adjective(match) and match["unit"] not in "%°")
    words = [amount, scale or "", names[0] if singular else names[1]]
    if match.groupdict().get("per"):
        words.append(f"per {ENGLISH.units[match['per']][0]}")
    return " ".join(word for word in words if word)


def _height(match: re.Match[str]) -> str:
    return f"{spoken(match[1])} foot {spoken(match[2])}"


def _fraction(match: re.Match[str]) -> str | None:
    whole, numerator, denominator = match["whole"], int(match["top"]), int(match["bottom"])
    if not 0 < numerator < denominator or denominator > 100:
        return f"{cardinal(numerator)} over {cardinal(denominator)}" if denominator else None
    part = fraction(numerator, denominator)
    if not whole:
        return part
    return f"{spoken(whole)} and {'a ' + part[4:] if part.startswith('one ') else part}"


def _glyph_fraction(match: re.Match[str]) -> str:
    part = fraction(*GLYPH_FRACTIONS[match["glyph"]])
    if not match["whole"]:
        return part
    return f"{spoken(match['whole'])} and {'a ' + part[4:] if part.startswith('one ') else part}"


def _power(match: re.Match[str]) -> str:
    """10⁸ m/s, mc², x^3"""
    exponent = int((match["raised"] or match["caret"]).translate(SUPERSCRIPTS))
    base = spoken(match["base"]) if match["base"][0].isdigit() else " ".join(match["base"])
    power = {2: "squared", 3: "cubed"}.get(exponent, f"to the power of {cardinal(exponent)}")
    unit = f" {ENGLISH.units[match['unit']][1]}" if match["unit"] else ""
    per = f" per {ENGLISH.units[match['per']][0]}" if match["per"] else ""
    return f"{base} {power}{unit}{per}"


def _duration(match: re.Match[str]) -> str:
    parts = zip(match.groups(), ("hour", "minute", "second"), strict=True)
    words = [f"{cardinal(int(number))} {name}{'' if int(number) == 1 else 's'}" for number, name in parts]
    return f"{words[0]}, {words[1]} and {words[2]}"


def _scaled(match: re.Match[str]) -> str:
    return f"{spoken(match['first'])} {ENGLISH.scales[match['scale']]}"


def _clock(match: re.Match[str]) -> str | None:
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if hour > 24 or minute > 59:
        return None
    words = [cardinal(hour)]
    if minute:
        words.append(f"oh {cardinal(minute)}" if minute < 10 else cardinal(minute))
    elif not half:
        words.append("o'clock" if 0 < hour <= 12 else "hundred")
    if half:
        words.append("A M" if half[0] in "aA" else "P M")
    return " ".join(words) + _sentence_end(match)


def _sentence_end(match: re.Match[str]) -> str:
    """The full stop of “p.m.” is the sentence's too when a new one begins."""
    ends = match[0].endswith(".") and re.match(r"\s+[A-Z0-9“\"]|\s*$", match.string[match.end() :])
    return "." if ends else ""


RULES: tuple[Rule, ...] = (
    rule(
        rf"(?P<minus>[-−])?(?P<currency>{SYMBOLS_OF_MONEY})\s?(?P<first>{NUMBER})"
        rf"(?:(?:{DASH})(?:{SYMBOLS_OF_MONEY})?(?P<second>{NUMBER}))?(?:[\s-]?(?P<scale>{BIG}|{SCALES}|m|b)\b)?",
        money_before,
    ),
    rule(rf"{ALONE}(?P<first>{NUMBER})(?:\s(?P<scale>{BIG}))?\s?(?P<currency>{CODES_OF_MONEY})(?!\w)", money_after),
    rule(r"(?<!\d)(\d{1,3})¢", lambda match: f"{spoken(match[1])} cent{'' if match[1] == '1' else 's'}"),
    rule(rf"{ALONE}(\d)['’′]\s?(\d{{1,2}})(?:[\"”″]|['’′]{{2}})", _height),
    rule(rf"{ALONE}(?P<hour>\d{{1,2}})(?::(?P<minute>\d\d))?\s?(?P<half>[aA]\.?[mM]\b\.?|[pP]\.?[mM]\b\.?)", _clock),
    rule(rf"{ALONE}(\d{{1,2}}):(\d\d):(\d\d)(?![:\d])", _duration),
    rule(rf"{ALONE}(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?P<half>)(?![:\d])", _clock),
    rule(
        rf"{ALONE}(?P<first>{SIGNED})(?:(?:{DASH})(?P<second>{NUMBER}))?(?:\s(?P<scale>{BIG}))?[\s-]?"
        rf"(?P<unit>{UNITS})(?:/(?P<per>{UNITS}))?(?![\w²³/])",
        measure,
    ),
    rule(
        rf"{ALONE}(?P<first>{SIGNED})(?:(?:{DASH})(?P<second>{NUMBER}))?(?P<scale>)\s(?P<unit>[KNACF])(?![\w'’]|\s[a-z]+\s[a-z])",
        lambda match: measure(match) if match["unit"] in ENGLISH.spaced_units and match["unit"] in "KN" else None,
    ),
    rule(r"(?P<whole>\d+)?\s?(?P<glyph>[½⅓⅔¼¾⅛⅜⅝⅞])", _glyph_fraction),
    rule(
        rf"(?P<base>{NUMBER}|\b[A-Za-z]{{1,3}})(?:(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|\^(?P<caret>-?\d+))"
        rf"(?:\s(?P<unit>{UNITS})(?:/(?P<per>{UNITS}))?(?!\w))?",
        _power,
    ),
    rule(rf"{ALONE}(?:(?P<whole>\d+)[ -])?(?P<top>\d{{1,3}})/(?P<bottom>\d{{1,3}})(?![\d/])", _fraction),
    rule(r"(?<!\w)(?:\+\d{1,3}[ -])?(?:\(\d{3}\) |\d{3}-)\d{3}-\d{4}(?!\d)", lambda match: digits(match[0])),
    rule(r"(?<![\w-])\d{3}-\d{4}(?![\d-])", lambda match: digits(match[0])),
    rule(rf"{ALONE}(?P<first>{NUMBER})(?P<scale>{SCALES})(?!\w)", _scaled),
    rule(
        rf"{ALONE}(\d{{1,5}})\s?[x×]\s?(\d{{1,5}})(?![\w⁰¹²³⁴⁵⁶⁷⁸⁹])",
        lambda match: f"{spoken(match[1])} {'by' if 'x' in match[0] else 'times'} {spoken(match[2])}",
    ),
    rule(rf"{ALONE}({NUMBER})[x×](?![\w\d])", lambda match: f"{spoken(match[1])} times"),
    rule(rf"{ALONE}(\d{{1,3}}):(\d{{1,3}})(?![:\d])", lambda match: f"{spoken(match[1])} to {spoken(match[2])}"),
    rule(r"(?<![\w.])(\d{1,9}(?:,\d{3})*)(?:st|nd|rd|th)\b", lambda match: ordinal(int(match[1].replace(",", "")))),
    rule(r"(?<!\w)[#№]\s?(\d+)\b", lambda match: f"number {spoken(match[1])}"),
    rule(r"\bNos?\.\s?(\d+)\b", lambda match: f"number {spoken(match[1])}"),
    rule(rf"[~≈]\s?({NUMBER})", lambda match: f"about {spoken(match[1])}"),
    rule(rf"(?<!\w)<\s?({NUMBER})", lambda match: f"less than {spoken(match[1])}"),
    rule(rf"(?<!\w)>\s?({NUMBER})", lambda match: f"more than {spoken(match[1])}"),
    rule(
        rf"{ALONE}({NUMBER})\s?[–—-]\s?({NUMBER})(?![\w-]*[-\w])",
        lambda match: f"{spoken(match[1])} to {spoken(match[2])}",
    ),
    rule(rf"{ALONE}({NUMBER})[–-]({NUMBER})(?=-[a-z])", lambda match: f"{spoken(match[1])} to {spoken(match[2])}"),
)

PLAIN_NUMBERS: tuple[Rule, ...] = (
    rule(r"(?<![\d.])\d+(?:\.\d+){2,}(?!\d)", lambda match: " point ".join(map(spoken, match[0].split(".")))),
    rule(r"(?<![\w.])\.\d+", lambda match: f"point {digits(match[0])}"),
    rule(rf"{SIGNED}", lambda match: spoken(match[0])),
)
