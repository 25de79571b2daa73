"""Accounts, letters, money and safety: what of them is switched on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from studio.readiness.features import Feature
from studio.readiness.keeping import home
from studio.settings import Settings
from studio.store import StoreHome

_PEOPLE: Final = "People and letters"
_SAFETY: Final = "Safety"


def people(settings: Settings) -> Iterator[Feature]:
    yield _accounts(settings)
    yield _google(settings)
    yield _letters(settings)
    yield _owner(settings)
    yield Feature(
        _PEOPLE,
        "Payments",
        "off",
        "Credits are counted here and not sold: everybody begins with welcome credits.",
        "The owner gives out more on the Admin page.",
    )
    yield _frames(settings)
    yield _showcase(settings)


def safety(settings: Settings) -> Iterator[Feature]:
    rules = "Notes, prompts and scripts are checked by local rules, and what was refused is logged."
    if settings.openai_api_key is not None and settings.openai_api_key.get_secret_value():
        yield Feature(_SAFETY, "Moderation", "on", f"{rules} OpenAI’s moderation model judges them as well.")
    else:
        how = "Set OPENAI_API_KEY for a second judgement by a moderation model."
        yield Feature(_SAFETY, "Moderation", "on", rules, how)
    if settings.safe_mode:
        real = "No film imitates a real person: their voice, their face, or words that they never said."
        yield Feature(_SAFETY, "Safe mode", "on", real)
    else:
        real = "Films may imitate real people: whoever makes them answers for it."
        yield Feature(
            _SAFETY, "Safe mode", "off", real, "Set CANVASCAST_SAFE_MODE, or take it away: it is on by default."
        )
    days = settings.audit_days
    kept = f"Prompts, scripts and verdicts are kept for {days} day{'' if days == 1 else 's'}, then forgotten."
    yield Feature(_SAFETY, "Kept for audit", "on", kept, "CANVASCAST_AUDIT_DAYS sets another time.")
    limits = "Signing in, films, uploads and links are limited for each account and each address."
    yield Feature(_SAFETY, "Limits", "on", limits)


def _accounts(settings: Settings) -> Feature:
    name, at_supabase = "Accounts", home(settings) is StoreHome.SUPABASE
    if at_supabase and settings.supabase_publishable_key is None:
        why = "Nobody can sign in with Supabase without its publishable key."
        return Feature(_PEOPLE, name, "broken", why, "Set SUPABASE_PUBLISHABLE_KEY.")
    if at_supabase:
        return Feature(_PEOPLE, name, "on", "Supabase keeps accounts and signs people in.")
    why = "Accounts are kept in the database of this installation. Its owner, at this machine, needs no password."
    if settings.verify_emails:
        return Feature(_PEOPLE, name, "on", f"{why} New addresses are confirmed by letter.")
    how = "For a public installation set CANVASCAST_VERIFY_EMAILS, so that new addresses are confirmed by letter."
    return Feature(_PEOPLE, name, "on", why, how)


def _google(settings: Settings) -> Feature:
    name, has_id, has_secret = (
        "Sign in with Google",
        bool(settings.google_client_id),
        bool(settings.google_client_secret),
    )
    if home(settings) is StoreHome.SUPABASE:
        why = "Supabase decides: it works once Google is switched on among the sign-in providers there."
        return Feature(_PEOPLE, name, "on", why)
    if has_id and has_secret:
        return Feature(_PEOPLE, name, "on", "People can sign in with their Google account.")
    if has_id or has_secret:
        missing = "GOOGLE_CLIENT_SECRET" if has_id else "GOOGLE_CLIENT_ID"
        return Feature(
            _PEOPLE, name, "broken", f"Google needs {missing} too.", f"Set {missing}, or neither of the two."
        )
    how = "Set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET."
    return Feature(_PEOPLE, name, "off", "People sign in with their address and a password, or by a letter.", how)


def _letters(settings: Settings) -> Feature:
    if home(settings) is StoreHome.SUPABASE:
        return Feature(_PEOPLE, "E-mail", "on", "Supabase sends the letters about accounts.")
    why = "Letters are not sent: they lie in the outbox folder of this installation, for its owner to pass on."
    return Feature(_PEOPLE, "E-mail", "off", why, "With accounts at Supabase, letters are sent from there.")


def _owner(settings: Settings) -> Feature:
    name = "Admin page"
    if settings.admins.strip() and home(settings) is not StoreHome.SUPABASE and not settings.verify_emails:
        why = "CANVASCAST_ADMINS names people by addresses that nobody proved."
        return Feature(_PEOPLE, name, "broken", why, "Set CANVASCAST_VERIFY_EMAILS, or take CANVASCAST_ADMINS away.")
    if settings.admins.strip():
        return Feature(_PEOPLE, name, "on", "Open to the people whom this installation names, once they sign in.")
    how = "Set CANVASCAST_ADMINS to the addresses of those who look after it from elsewhere."
    if home(settings) is StoreHome.SUPABASE:
        return Feature(_PEOPLE, name, "off", "Nobody is named who looks after this installation.", how)
    return Feature(_PEOPLE, name, "on", "Open to the owner at this machine.", how)


def _frames(settings: Settings) -> Feature:
    sites = [site.strip() for site in settings.embedders.split(",") if site.strip()]
    if wrong := [site for site in sites if not site.startswith(("https://", "http://"))]:
        why = f"CANVASCAST_EMBEDDERS names {wrong[0][:80]}, which is not a site."
        return Feature(_PEOPLE, "Inside other sites", "broken", why, "Write it as https://example.org.")
    if sites:
        return Feature(_PEOPLE, "Inside other sites", "on", f"It may be shown in a frame by {', '.join(sites)}.")
    how = "Set CANVASCAST_EMBEDDERS to the sites that may, such as https://example.org."
    return Feature(_PEOPLE, "Inside other sites", "off", "Other sites may not show it in a frame.", how)


def _showcase(settings: Settings) -> Feature:
    shown = [one for one in settings.showcase.split(",") if one.strip()]
    if not shown:
        how = "Set CANVASCAST_SHOWCASE to the ids of the projects whose films everybody may watch."
        return Feature(_PEOPLE, "Showcase", "off", "No film is shown to everybody.", how)
    count = f"{len(shown)} film{' is' if len(shown) == 1 else 's are'}"
    return Feature(_PEOPLE, "Showcase", "on", f"{count} chosen for everybody to watch, without signing in.")
