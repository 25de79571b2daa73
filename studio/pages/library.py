"""Library: a creator's films as cards, looked through, copied, thrown away and taken back."""

from __future__ import annotations

from html import escape

from studio.callers import Caller
from studio.desk import Desk
from studio.desk.shelf import DELETED, PAGE, Card
from studio.pages.asked import Answer, Given, asking, id_of, text_of
from studio.pages.markup import Tone, ago, chip, length, notice
from studio.pages.visitors import invitation

_FILTERS = (
    ("", "All"),
    ("draft", "Drafts"),
    ("waiting", "Waiting"),
    ("making", "Making"),
    ("ready", "Ready"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
    (DELETED, "Recently deleted"),
)
_CHIPS: dict[str, tuple[str, Tone]] = {
    "draft": ("Draft", "info"),
    "waiting": ("Waiting", "warn"),
    "making": ("Making", "info"),
    "ready": ("Ready", "good"),
    "failed": ("Failed", "bad"),
    "cancelled": ("Cancelled", "info"),
}
_NOTHING = {
    "draft": ("No drafts", "A film that you begin and do not finish waits here."),
    "waiting": ("Nothing waits", "Films that wait for their turn, or for a choice of yours, stand here."),
    "making": ("Nothing is being made", "While a film is made, you can watch it grow from here."),
    "ready": ("No finished films yet", "A film comes here by itself when it is done."),
    "failed": ("Nothing went wrong", "If a film cannot be made, it stands here with the reason and a way on."),
    "cancelled": ("Nothing was stopped", "Films that you stop before they are done stand here."),
    DELETED: ("Nothing was deleted", "What you delete stays here for 30 days, so that you can take it back."),
}
_ICONS = {
    "duplicate": '<path d="M6 6V3.5A1.5 1.5 0 0 1 7.5 2h5A1.5 1.5 0 0 1 14 3.5v5a1.5 1.5 0 0 1-1.5 1.5H10"/>'
    '<rect x="2" y="6" width="8" height="8" rx="1.5"/>',
    "delete": '<path d="M2.5 4.5h11M6 4.5V2.8h4v1.7M4 4.5l.7 9h6.6l.7-9"/>',
    "restore": '<path d="M3 8a5 5 0 1 0 1.6-3.7M4.5 1.8v2.8h2.8"/>',
}
_SKELETONS = '<li class="lb-card lb-skeleton" aria-hidden="true"><div class="lb-cover"></div><p></p><p></p></li>' * 3


def build(desk: Desk) -> None:
    answers = Answers(desk)
    asking(
        desk,
        "canvascastLibrary",
        _page(),
        cards=answers.cards,
        duplicate=answers.duplicate,
        delete=answers.delete,
        restore=answers.restore,
    )


class Answers:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def cards(self, caller: Caller, given: Given) -> Answer:
        """A page of cards. Where there is none, what to show instead."""
        if not caller.is_known:
            return {"instead": _visitor()}
        search, state = text_of(given, "search").strip(), text_of(given, "state")
        limit = given.get("limit")
        limit = min(max(limit, 1), 200) if isinstance(limit, int) else PAGE
        cards = self._desk.shelf.cards(caller, search, state, text_of(given, "before") or None, limit)
        return {
            "cards": [{"id": str(card.id), "html": card_of(card), "moves": is_moving(card)} for card in cards],
            "below": cards[-1].place if len(cards) == limit else "",
            "nothing": "" if cards else nothing(search, state),
        }

    def duplicate(self, caller: Caller, given: Given) -> Answer:
        return {"id": str(self._desk.shelf.duplicate(caller, id_of(given), id_of(given, "copy")))}

    def delete(self, caller: Caller, given: Given) -> Answer:
        self._desk.shelf.delete(caller, id_of(given))
        return {}

    def restore(self, caller: Caller, given: Given) -> Answer:
        self._desk.shelf.restore(caller, id_of(given))
        return {}


def is_moving(card: Card) -> bool:
    """Whether it will look different soon, so that it is worth asking again."""
    return card.deleted_at is None and (card.state == "making" or (card.state == "waiting" and not card.asks_you))


def card_of(card: Card) -> str:
    title, gone = escape(card.title), card.deleted_at is not None
    name = title if gone else f'<a href="/project?id={card.id}">{title}</a>'
    return (
        f'<li class="lb-card{" gone" if gone else ""}" data-id="{card.id}" data-title="{title}" '
        f'data-state="{card.state}"><div class="lb-cover {_shape(card)}">{_picture(card)}{_length(card)}</div>'
        f'<div class="lb-words"><h2 dir="auto">{name}</h2>'
        f'<p class="lb-facts">{escape(card.niche_title)} · {_when(card)}</p>'
        f"{_state(card)}</div>{_buttons(card)}</li>"
    )


def nothing(search: str, state: str) -> str:
    """Why there is nothing to see, and the way on."""
    if search:
        where = " among these" if state else ""
        return (
            f'<div class="cc-empty"><h2>No film matches “<bdi>{escape(search)}</bdi>”{where}</h2>'
            "<p>Titles, niches and the beginning of your notes are looked through.</p>"
            '<button type="button" class="cc-button quiet" data-act="clear">Show all films</button></div>'
        )
    if state:
        title, words = _NOTHING.get(state, ("Nothing here", ""))
        return (
            f'<div class="cc-empty"><h2>{title}</h2><p>{words}</p>'
            '<button type="button" class="cc-button quiet" data-act="clear">Show all films</button></div>'
        )
    return _FIRST


_FIRST = (
    '<div class="lb-first"><div><h2>Your films will stand here</h2>'
    "<p>It takes a page of notes and a few minutes to make the first one.</p><ol>"
    "<li><b>Drop in your notes.</b> Text, a document or a link: half a page carries about a minute.</li>"
    "<li><b>Pick a niche, a voice and a length.</b> Everything else has a sensible default.</li>"
    "<li><b>Press Generate.</b> You can close the tab: the film goes on, and stands here when it is done.</li>"
    '</ol><a class="cc-button" href="/">Make your first film</a></div>'
    '<div class="lb-stack" aria-hidden="true">'
    + "".join(
        f'<img src="/studio/pictures/niches/{niche}.webp" alt="">' for niche in ("history", "science", "explainer")
    )
    + "</div></div>"
)


def _visitor() -> str:
    return invitation(
        "Your library",
        "Every film that you make is kept here, with its script, its versions and everything to download.",
        (
            "Find a film again by its title or its notes",
            "Copy one and change a sentence: only what changed is made again",
            "Delete without fear: 30 days to take it back",
        ),
        back="/library",
    )


def _shape(card: Card) -> str:
    return {"9:16": "tall", "1:1": "square"}.get(card.aspect, "wide")


def _picture(card: Card) -> str:
    if card.thumbnail:
        return f'<img src="{escape(card.thumbnail)}" alt="" loading="lazy" decoding="async">'
    return f'<img class="stand-in" src="/studio/pictures/niches/{escape(card.niche)}.webp" alt="" loading="lazy">'


def _length(card: Card) -> str:
    if card.seconds is None:
        return ""
    shown = length(card.seconds)
    return f'<span class="lb-length"><span class="visually-hidden">Length </span>{shown}</span>'


def _when(card: Card) -> str:
    if card.deleted_at is not None:
        days = card.days_left
        return f"deleted {ago(card.deleted_at)}, gone for good in {days} day{'' if days == 1 else 's'}"
    planned = "" if card.seconds is not None else f"{card.minutes:g} min planned · "
    return planned + ago(card.updated_at)


def _state(card: Card) -> str:
    words, tone = _CHIPS[card.state]
    if card.state == "making":
        return (
            f'<div class="lb-making"><span class="cc-chip info">Making {card.progress} %</span><div class="lb-bar" '
            f'role="progressbar" aria-label="Making {escape(card.title)}" aria-valuemin="0" aria-valuemax="100" '
            f'aria-valuenow="{card.progress}"><i style="width: {card.progress}%"></i></div></div>'
        )
    if card.state == "waiting" and card.asks_you:
        words = "Waiting for you"
    why = f'<p class="lb-why">{escape(card.error)}</p>' if card.error else ""
    return f'<div class="lb-state">{chip(words, tone)}</div>{why}'


def _buttons(card: Card) -> str:
    acts = ("restore",) if card.deleted_at is not None else ("duplicate", "delete")
    return f'<div class="lb-acts">{"".join(_button(act, card.title) for act in acts)}</div>'


def _button(act: str, title: str) -> str:
    words = act.capitalize()
    return (
        f'<button type="button" data-act="{act}"><svg viewBox="0 0 16 16" aria-hidden="true">{_ICONS[act]}</svg>'
        f'{words}<span class="visually-hidden"> {escape(title)}</span></button>'
    )


def _page() -> str:
    return (
        '<section class="lb" data-library><header class="lb-head"><div><h1>Library</h1>'
        '<p class="cc-lead">Your films, the last changed one first.</p></div>'
        '<a class="cc-button" href="/">New film</a></header>'
        '<form class="lb-tools" role="search" data-tools><div class="lb-search"><label for="lb-search" '
        'class="visually-hidden">Search your films</label><svg viewBox="0 0 16 16" aria-hidden="true">'
        '<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/></svg>'
        '<input id="lb-search" type="search" placeholder="Search your films" autocomplete="off" maxlength="200"></div>'
        f'<fieldset class="lb-filters"><legend class="visually-hidden">Show</legend>{_filters()}</fieldset></form>'
        '<p class="visually-hidden" role="status" data-said></p>'
        f"<div data-problem hidden>{notice('bad', '')}</div>"
        f'<ul class="lb-grid" data-cards aria-label="Films">{_SKELETONS}</ul><div data-nothing></div>'
        '<div class="lb-more" data-more hidden><button type="button" class="cc-button quiet">Show more</button></div>'
        "</section><div data-instead></div>"
        '<div class="lb-undo" role="status" data-undo hidden><span></span>'
        '<button type="button" data-act="undo">Undo</button>'
        '<button type="button" data-act="dismiss" aria-label="Close this message">×</button></div>'
    )


def _filters() -> str:
    return "".join(
        f'<label><input type="radio" name="lb-state" value="{value}"{" checked" if not value else ""}>'
        f"<span>{words}</span></label>"
        for value, words in _FILTERS
    )
