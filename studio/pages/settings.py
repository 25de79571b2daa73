"""Settings: one's account, letters, light, keys for programs, data to take along, and the way out."""

from __future__ import annotations

from html import escape

from studio.callers import Caller
from studio.desk import Desk
from studio.desk.account import DELETE_WORDS, Me, is_live
from studio.errors import InvalidValue
from studio.identity import ApiKey
from studio.identity.passwords import SHORTEST
from studio.pages.asked import Answer, Given, asking, id_of, text_of
from studio.pages.markup import ago, chip
from studio.pages.visitors import invitation
from studio.profiles import Preferences

_LETTERS = (
    ("film_ready", "A film is ready", "With a link to watch and download it."),
    ("film_failed", "A film could not be made", "With the reason, and what to do."),
    ("low_credits", "Credits run low", "Before you find out while pressing Generate."),
    ("product_news", "News about CanvasCast", "Now and then, never more than once a month."),
)
_OWNER = "You are the owner of this machine: being at it is all it takes to sign in."
_ENDS = (("30", "in 30 days"), ("90", "in 90 days"), ("365", "in a year"), ("", "never"))
_PLACES = (
    ("account", "Account"),
    ("appearance", "Appearance"),
    ("letters", "Notifications"),
    ("keys", "API keys"),
    ("data", "Your data"),
    ("end", "Delete account"),
)
_JUMP = (
    '<nav class="ac-side" aria-label="Settings">'
    + "".join(f'<a href="/settings#{name}">{title}</a>' for name, title in _PLACES)
    + "</nav>"
)
_SCOPES = (
    ("read", "Read", "See projects, films, credits and files."),
    ("make", "Make", "Write projects and start films. It spends credits."),
)


def build(desk: Desk) -> None:
    answers = Answers(desk)
    asking(
        desk,
        "canvascastSettings",
        '<div data-settings><h1>Settings</h1><div class="ac-waits ac-wallet"></div></div>',
        look=answers.look,
        rename=answers.rename,
        letters=answers.letters,
        create_key=answers.create_key,
        revoke_key=answers.revoke_key,
        close=answers.close,
    )


class Answers:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._account = desk.account

    def look(self, caller: Caller, given: Given) -> Answer:
        if not caller.is_known:
            return {"page": _visitor()}
        me = self._account.profile(caller)
        mail = next(one for one in self._desk.readiness.features() if one.name == "E-mail")
        return {
            "page": "<h1>Settings</h1>"
            + '<p class="visually-hidden" role="status" data-said></p><div class="ac-sides">'
            + _JUMP
            + '<div class="ac-settings">'
            + _account(me)
            + _appearance()
            + _letters(self._account.preferences(caller), is_sent=mail.on)
            + _keys(self._account.keys(caller))
            + _data()
            + _end(me)
            + "</div></div>"
        }

    def rename(self, caller: Caller, given: Given) -> Answer:
        return {"name": self._account.rename(caller, text_of(given, "name")).name, "said": "Your name was saved."}

    def letters(self, caller: Caller, given: Given) -> Answer:
        wanted = {name: given[name] for name, *_ in _LETTERS if isinstance(given.get(name), bool)}
        self._account.save_preferences(caller, **wanted)
        return {"said": "Saved."}

    def create_key(self, caller: Caller, given: Given) -> Answer:
        scopes, days = given.get("scopes"), text_of(given, "days")
        if days and not days.isdecimal():
            raise InvalidValue("Choose when the key ends.")
        made = self._account.create_key(
            caller,
            text_of(given, "name"),
            [str(one) for one in scopes] if isinstance(scopes, list) else [],
            days=int(days) if days else None,
        )
        return {"made": _shown_once(made.key), "keys": key_list(self._account.keys(caller))}

    def revoke_key(self, caller: Caller, given: Given) -> Answer:
        key = self._account.revoke_key(caller, id_of(given))
        return {"said": f"The key {key.name} works no more.", "keys": key_list(self._account.keys(caller))}

    def close(self, caller: Caller, given: Given) -> Answer:
        self._account.close(caller, text_of(given, "typed"))
        return {"closed": True}


def key_list(keys: tuple[ApiKey, ...]) -> str:
    if not keys:
        return '<p class="cc-quiet">You have no keys yet. A program needs one to make films in your name.</p>'
    live = [key for key in keys if is_live(key)]
    over = [key for key in keys if not is_live(key)]
    listed = f'<ul class="ac-keys">{"".join(map(_key, live))}</ul>' if live else ""
    if not over:
        return listed
    return (
        f'{listed}<details class="ac-over"><summary>{len(over)} that work no more</summary>'
        f'<ul class="ac-keys">{"".join(map(_key, over))}</ul></details>'
    )


def _key(key: ApiKey) -> str:
    used = f"last used {ago(key.last_used_at)}" if key.last_used_at else "not used yet"
    ends = f"ends on {key.expires_at:%d %B %Y}" if key.expires_at else "has no end"
    scopes = "".join(chip(scope.value) for scope in sorted(key.scopes))
    if is_live(key):
        state = f"made {ago(key.created_at)}, {used}, {ends}"
        button = (
            f'<button type="button" class="cc-button quiet" data-revoke="{key.id}">Revoke'
            f'<span class="visually-hidden"> {escape(key.name)}</span></button>'
        )
    else:
        state = "revoked" if key.revoked_at else "its time is over"
        button = ""
    return (
        f'<li><span><b dir="auto">{escape(key.name)}</b> <code>{escape(key.prefix)}…</code> {scopes}'
        f"<small>{state}</small></span>{button}</li>"
    )


def _account(me: Me) -> str:
    email = escape(me.email) if me.email and not me.is_owner_here else ""
    address = f"<p>Signed in as <b><bdi>{email}</bdi></b>.</p>" if email else ""
    owner = f"<p>{_OWNER}</p>" if me.is_owner_here else ""
    return _section(
        "account",
        "Account",
        f'{address}{owner}<p class="cc-quiet">Plan {escape(me.plan)}, since {me.since:%d %B %Y}.</p>'
        '<form data-form="rename"><label for="st-name">Your name</label><div class="ac-line">'
        f'<input id="st-name" name="name" maxlength="80" autocomplete="name" value="{escape(me.name)}" dir="auto">'
        '<button class="cc-button quiet">Save</button></div></form>'
        f"{'' if me.is_owner_here else _password()}"
        '<div class="ac-line ac-outs"><button type="button" class="cc-button quiet" data-out="">Sign out</button>'
        f"{'' if me.is_owner_here else _everywhere()}</div>",
    )


def _everywhere() -> str:
    return '<button type="button" class="cc-button quiet" data-out="everywhere">Sign out everywhere</button>'


def _password() -> str:
    return (
        '<form data-form="password"><label for="st-password">New password</label><div class="ac-line">'
        '<input id="st-password" name="password" type="password" autocomplete="new-password" '
        f'minlength="{SHORTEST}" maxlength="200" aria-describedby="st-password-hint" required>'
        '<button class="cc-button quiet">Change password</button></div>'
        f'<p class="ac-hint" id="st-password-hint">At least {SHORTEST} characters. '
        "Your other devices are signed out.</p></form>"
    )


def _appearance() -> str:
    choices = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))
    radios = "".join(
        f'<label class="ac-theme is-{value}"><input type="radio" name="theme" value="{value}">'
        f'<i aria-hidden="true"></i><span>{words}</span></label>'
        for value, words in choices
    )
    return _section(
        "appearance",
        "Appearance",
        f'<fieldset class="ac-themes"><legend class="visually-hidden">How pages are lit</legend>{radios}</fieldset>'
        '<p class="ac-hint">Kept in this browser.</p>',
    )


def _letters(preferences: Preferences, *, is_sent: bool) -> str:
    boxes = "".join(_box(name, "", title, words, checked=getattr(preferences, name)) for name, title, words in _LETTERS)
    hint = "" if is_sent else '<p class="ac-hint">This installation sends no letters yet. What you choose is kept.</p>'
    legend = "Write me when"
    return _section(
        "letters",
        "Notifications",
        f'<form data-form="letters"><fieldset><legend>{legend}</legend>{boxes}</fieldset>{hint}</form>',
    )


def _keys(keys: tuple[ApiKey, ...]) -> str:
    scopes = "".join(_box("scopes", value, title, words, checked=True) for value, title, words in _SCOPES)
    ends = "".join(
        f'<option value="{days}"{" selected" if days == "90" else ""}>{words}</option>' for days, words in _ENDS
    )
    return _section(
        "keys",
        "API keys",
        "<p>With a key, a program of yours does what you can do here. "
        '<a href="/programs">What programs can ask</a></p>'
        f'<div data-made role="status"></div><div data-keys>{key_list(keys)}</div>'
        '<details class="ac-new"><summary class="cc-button quiet">New key</summary><form data-form="create_key">'
        '<label for="st-key">What is it for?</label>'
        '<input id="st-key" name="name" maxlength="80" placeholder="Upload script" autocomplete="off" required>'
        f"<fieldset><legend>It may</legend>{scopes}</fieldset>"
        f'<label for="st-ends">It ends</label><select id="st-ends" name="days">{ends}</select>'
        '<p><button class="cc-button">Create key</button></p></form></details>',
    )


def _box(name: str, value: str, title: str, words: str, *, checked: bool) -> str:
    given = f' value="{value}"' if value else ""
    return (
        f'<label class="ac-check"><input type="checkbox" name="{name}"{given}{" checked" if checked else ""}>'
        f"<span><b>{title}</b><small>{words}</small></span></label>"
    )


def _shown_once(key: str) -> str:
    return (
        '<div class="ac-once"><p><b>Copy this key now.</b> It is not shown again.</p><div class="ac-line">'
        f'<input id="st-made" readonly value="{escape(key)}" aria-label="Your new key" spellcheck="false">'
        '<button type="button" class="cc-button" data-copy>Copy</button></div></div>'
    )


def _data() -> str:
    return _section(
        "data",
        "Your data",
        "<p>Everything that is kept about you, in one JSON file: account, credits, projects with their words, "
        "and links to your films that work for a day.</p>"
        '<p><a class="cc-button quiet" href="/account/export" download="canvascast.json">Download my data</a></p>',
    )


def _end(me: Me) -> str:
    after = (
        "<p>An empty account of the owner takes its place, with new welcome credits.</p>" if me.is_owner_here else ""
    )
    return _section(
        "end",
        "Delete account",
        "<p>Your films, files, projects, keys and remaining credits are deleted at once, for good. "
        "Nobody can bring them back.</p>"
        f'{after}<details class="ac-new"><summary class="cc-button quiet ac-bad">Delete my account</summary>'
        f'<form data-form="close"><label for="st-typed">Type “{DELETE_WORDS}” to go on</label>'
        '<input id="st-typed" name="typed" autocomplete="off" autocapitalize="none" spellcheck="false" required>'
        '<p><button class="cc-button ac-worst">Delete everything</button></p></form></details>',
    )


def _section(name: str, title: str, inside: str) -> str:
    return (
        f'<section class="cc-card" id="{name}" aria-labelledby="{name}-title"><h2 id="{name}-title">{title}</h2>'
        f'<div class="ac-inside">{inside}<div class="ac-said" data-answer role="alert"></div></div></section>'
    )


def _visitor() -> str:
    return invitation(
        "Settings",
        "Your name, your password, what we may write to you, and keys for your programs.",
        (
            "Choose which letters you get",
            "Make and revoke API keys",
            "Take all your data along, or delete your account with everything in it",
        ),
        back="/settings",
    )
