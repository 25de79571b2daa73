"""Sign in: one page for every way in. What is typed goes to the session's routes and never through Gradio."""

from __future__ import annotations

from html import escape
from typing import Literal

import gradio as gr

from studio.desk import Desk
from studio.identity.passwords import LONGEST_BYTES, SHORTEST
from studio.pages.markup import runs

_GOOGLE_MARK = '<img src="/studio/google.svg" alt="" width="18" height="18">'
_SCENES = (
    '<div class="sd-scenes" aria-hidden="true"><i></i><i></i><i></i><i></i></div>'
    "<p class='sd-say'>Notes in, film out.</p><ul>"
    "<li>Script, voice, pictures, captions and music, made for you</li>"
    "<li>Change one sentence, and only its scene is made again</li>"
    "<li>Close the tab: your film goes on, and waits for you</li></ul>"
)

Secret = Literal["current-password", "new-password"]


def build(desk: Desk) -> None:
    google = desk.installation.settings.google_client_id is not None
    gr.HTML(_page(with_google=google), padding=False, js_on_load=runs("canvascastDoor", "element"))


def _page(*, with_google: bool) -> str:
    return (
        '<div class="sd-door" id="sd-door"><h1 class="visually-hidden">Sign in</h1>'
        f'<aside class="sd-side">{_SCENES}</aside><section class="sd-card">'
        f"{ways(with_google=with_google)}</section></div>"
    )


def ways(*, with_google: bool) -> str:
    """Every way in, one shown at a time; the script beside the page knows which."""
    views = (
        _sign_in(with_google),
        _sign_up(with_google),
        _link(),
        _forgotten(),
        _choose(),
        _inside(),
        _LETTER,
        _DONE,
    )
    return "".join(views) + '<p class="visually-hidden" role="status" data-said></p>'


def _sign_in(with_google: bool) -> str:
    return _form(
        "in",
        "/session/sign-in",
        "Welcome back",
        "",
        _owner() + _google(with_google),
        _email("in") + _password("in", "Password", "current-password"),
        "Sign in",
        _turn("link", "Send me a link instead")
        + _turn("forgot", "I forgot my password")
        + f'<p class="sd-other">New here? {_turn("up", "Make an account")}</p>',
    )


def _sign_up(with_google: bool) -> str:
    name = (
        '<label for="sd-up-name">Your name <span class="cc-quiet">(if you like)</span></label>'
        '<input id="sd-up-name" name="name" autocomplete="name" maxlength="80">'
    )
    return _form(
        "up",
        "/session/sign-up",
        "Make an account",
        "What you wrote so far is kept.",
        _google(with_google),
        name + _email("up") + _password("up", "Choose a password", "new-password"),
        "Make my account",
        f'<p class="sd-other">You have one already? {_turn("in", "Sign in")}</p>',
    )


def _link() -> str:
    lead = "We send you a letter. Its link signs you in, and makes your account if you have none yet."
    return _form(
        "link", "/session/magic-link", "Sign in by e-mail", lead, "", _email("link"), "Send me a link", _back()
    )


def _forgotten() -> str:
    lead = "We send you a link to choose a new one, if this address has an account."
    return _form(
        "forgot", "/session/reset", "Forgotten your password?", lead, "", _email("forgot"), "Send the letter", _back()
    )


def _choose() -> str:
    hidden = '<input name="email" type="email" autocomplete="username" hidden>'
    fields = hidden + _password("password", "New password", "new-password")
    lead = "You are signed in. Everywhere else you are signed out once it is changed."
    return _form("password", "/session/password", "Choose a new password", lead, "", fields, "Keep this password", "")


def _inside() -> str:
    return (
        '<div data-view="inside" hidden><h2>You are signed in</h2><p class="cc-lead" data-who></p>'
        '<a class="cc-button sd-wide" href="/" data-next>Go on</a>'
        '<button type="button" class="cc-button quiet sd-wide" data-out>Sign out</button>'
        '<button type="button" class="sd-turn" data-out="everywhere">Sign out on all my devices</button></div>'
    )


_LETTER = (
    '<div data-view="letter" hidden><h2>Look into your mail</h2><p class="cc-lead">If all is well, a letter to '
    "<strong data-address></strong> arrives within a minute. Its link works once, for an hour. Nothing there? Look "
    'into the spam folder.</p><button type="button" class="sd-turn" data-turn="in">Back</button></div>'
)
_DONE = (
    '<div data-view="done" hidden><h2>You are signed in</h2><p class="cc-lead">Go back to the page that you came from. '
    "This window can be closed.</p></div>"
)


def _form(view: str, address: str, title: str, lead: str, before: str, fields: str, button: str, after: str) -> str:
    below = f'<p class="cc-lead">{escape(lead)}</p>' if lead else ""
    return (
        f'<form data-view="{view}" method="post" action="{address}" novalidate hidden><h2>{escape(title)}</h2>{below}'
        f'{before}<div class="cc-notice bad" role="alert" data-problem hidden></div>{fields}'
        f'<button class="cc-button sd-wide">{escape(button)}</button><div class="sd-after">{after}</div></form>'
    )


def _email(view: str) -> str:
    name = f"sd-{view}-email"
    return (
        f'<label for="{name}">E-mail</label><input id="{name}" name="email" type="email" autocomplete="username" '
        f'inputmode="email" spellcheck="false" autocapitalize="none" required maxlength="254" '
        f'aria-describedby="{name}-error"><p class="sd-error" id="{name}-error" data-error="email"></p>'
    )


def _password(view: str, label: str, kind: Secret) -> str:
    name = f"sd-{view}-password"
    hint = f'<p class="cc-quiet" id="{name}-hint">At least {SHORTEST} characters.</p>' if kind == "new-password" else ""
    shortest = f' minlength="{SHORTEST}"' if kind == "new-password" else ""
    return (
        f'<label for="{name}">{escape(label)}</label><div class="sd-secret"><input id="{name}" name="password" '
        f'type="password" autocomplete="{kind}" required maxlength="{LONGEST_BYTES}"{shortest} '
        f'aria-describedby="{name}-error{f" {name}-hint" if hint else ""}">'
        f'<button type="button" data-show aria-pressed="false" aria-label="Show the password">Show</button></div>{hint}'
        f'<p class="sd-error" id="{name}-error" data-error="password"></p>'
    )


def _google(is_on: bool) -> str:
    if not is_on:
        return ""
    return (
        f'<a class="cc-button quiet sd-wide" href="/auth/google" data-google>{_GOOGLE_MARK} Go on with Google</a>'
        '<p class="sd-or"><span>or</span></p>'
    )


def _owner() -> str:
    return (
        '<div data-owner hidden><button type="button" class="cc-button sd-wide" data-owner-go>'
        'Go on as the owner of this machine</button><p class="sd-or"><span>or with an account</span></p></div>'
    )


def _turn(view: str, words: str) -> str:
    return f'<button type="button" class="sd-turn" data-turn="{view}">{escape(words)}</button>'


def _back() -> str:
    return _turn("in", "Back to sign in")
