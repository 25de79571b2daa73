"""What the notes carry and what a film takes, as the page says it before anything starts."""

from __future__ import annotations

from html import escape

from studio.desk.views import Carry, Quotation
from studio.pages import markup

_ENOUGH = 0.9
"""Of the length asked; the desk refuses less."""


def carry(found: Carry, asked_minutes: float) -> str:
    """A meter of how much of the length asked the notes fill, and the way out when that is too little."""
    if not found.words and not found.links:
        return f'<p class="cr-hint">{escape(found.sentence)}</p>'
    share = min(1.0, found.minutes / asked_minutes)
    tone = "good" if share >= _ENOUGH or found.links else "warn"
    meter = f'<div class="cr-meter {tone}" aria-hidden="true"><span style="width:{share:.0%}"></span></div>'
    words = f"<small>{found.words:,} words</small>" if found.words else ""
    return f"{meter if found.words else ''}<p><span>{escape(found.sentence)}{_shorter(found, tone)}</span>{words}</p>"


def estimate(found: Quotation, carried: Carry, asked_minutes: float, *, signed_in: bool) -> str:
    lines = "".join(
        f"<tr><td>{escape(line.title)}{_units(line.units)}</td><td>{line.credits}</td></tr>" for line in found.lines
    )
    return (
        f'<h2>What it takes</h2><p class="cr-total"><b>{escape(markup.credits(found.credits))}</b>'
        f"<span>{escape(markup.span(found.seconds))} to make</span></p>"
        f'<table class="cr-lines"><caption class="visually-hidden">Credits</caption><tbody>{lines}'
        f"{_charged(found)}{_after(found)}</tbody></table>{_time(found)}"
        f"{_said(found, signed_in=signed_in, is_short=_is_short(carried, asked_minutes))}"
    )


def _time(found: Quotation) -> str:
    """Where the time goes, for whoever wants to know."""
    stages = "".join(
        f"<tr><td>{escape(one.title)}</td><td>{_seconds(one.seconds)}</td></tr>" for one in found.stages if one.seconds
    )
    return (
        '<details class="cr-time"><summary>Where the time goes</summary><table class="cr-lines">'
        f'<caption class="visually-hidden">Time</caption><tbody>{stages}</tbody></table></details>'
    )


def _seconds(seconds: float) -> str:
    return f"{max(1, seconds):.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def _is_short(carried: Carry, asked_minutes: float) -> bool:
    """The notes say so themselves, at their place."""
    return not carried.links and carried.minutes < asked_minutes * _ENOUGH


def _shorter(found: Carry, tone: str) -> str:
    minutes = int(found.minutes)
    if tone == "good" or minutes < 1:
        return ""
    words = f"Make it {minutes} minute{'' if minutes == 1 else 's'}"
    return f' <button type="button" class="cr-link" data-shorten="{minutes}">{words}</button>'


def _units(units: int) -> str:
    return f" <small>× {units}</small>" if units > 1 else ""


def _charged(found: Quotation) -> str:
    if found.provider_cents is None:
        return "<tr><td>Providers charge beside</td><td>not known</td></tr>"
    if not found.provider_cents:
        return ""
    return f"<tr><td>Providers charge beside, about</td><td>${found.provider_cents / 100:.2f}</td></tr>"


def _after(found: Quotation) -> str:
    if found.balance is None:
        return ""
    left = found.balance - found.credits
    return f'<tr class="after"><td>Left afterwards</td><td>{left if left >= 0 else "too few"}</td></tr>'


def _said(found: Quotation, *, signed_in: bool, is_short: bool) -> str:
    if not found.enough:
        words = f"This film takes {markup.credits(found.credits)} and you have {found.balance}."
        return (
            f"{markup.notice('warn', f'{words} Make it shorter, or get more credits.')}"
            '<a class="cc-button quiet" href="/credits">Go to your credits</a>'
        )
    if found.problem and not is_short:
        return markup.notice("warn", found.problem)
    return "" if signed_in else '<p class="cr-hint">Try all of it now, and sign in when you generate.</p>'
