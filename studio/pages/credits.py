"""Credits: what somebody has, what is held and for which film, what everything costs, and every movement in words."""

from __future__ import annotations

from html import escape

from studio.callers import Caller
from studio.credits import PriceList
from studio.desk import Desk
from studio.desk.account import LINES
from studio.desk.statement import Held, Line, Wallet
from studio.pages.asked import Answer, Given, asking
from studio.pages.markup import ago, credits, notice
from studio.pages.visitors import invitation

_SIGNS = {"reserve": "held", "release": "back", "spend": "spent"}
_LEARN = (
    '<section class="cc-card ac-learn"><h2>What a credit is</h2>'
    "<p>One credit is one minute of finished film, rounded up. You see the exact price before anything starts.</p>"
    "<ul><li><b>Pressing Generate holds</b> what the film may cost at most.</li>"
    "<li><b>A finished film spends</b> what it really took, and the rest comes back.</li>"
    "<li><b>A film that fails or is stopped</b> costs nothing: everything comes back.</li>"
    "<li><b>Changing a scene</b> costs only what is made again.</li></ul></section>"
)


def build(desk: Desk) -> None:
    answers = Answers(desk)
    asking(desk, "canvascastCredits", _page(), look=answers.look, lines=answers.lines)


class Answers:
    def __init__(self, desk: Desk) -> None:
        self._account = desk.account

    def look(self, caller: Caller, given: Given) -> Answer:
        prices = price_table(self._account.prices(caller))
        if not caller.is_known:
            return {"wallet": _visitor(), "prices": prices, "signed_in": False}
        wallet = self._account.balance(caller)
        return {
            "wallet": wallet_of(wallet, is_admin=caller.is_admin),
            "prices": prices,
            "signed_in": True,
            "moves": bool(wallet.holds),
        }

    def lines(self, caller: Caller, given: Given) -> Answer:
        below = given.get("before")
        lines = self._account.history(caller, before=below if isinstance(below, int) else None)
        return {
            "rows": "".join(map(row_of, lines)),
            "count": len(lines),
            "below": lines[-1].id if len(lines) == LINES else None,
        }


def wallet_of(wallet: Wallet, *, is_admin: bool) -> str:
    debt = ""
    if wallet.debt:
        words = f"You owe {credits(wallet.debt)}: a payment was returned after they were spent. What comes in pays it."
        debt = notice("warn", words)
    return (
        f'{debt}<div class="ac-wallet"><div class="ac-balance"><p class="ac-big">{wallet.balance}</p>'
        f"<p><b>{'credit' if wallet.balance == 1 else 'credits'} to spend</b><br>{_worth(wallet.balance)}</p></div>"
        f"{_holds(wallet)}</div>{_more(wallet, is_admin)}"
    )


def row_of(line: Line) -> str:
    words = escape(line.words)
    if line.project:
        words = f'<a href="/project?id={line.project}">{words}</a>'
    return (
        f'<tr><td class="ac-when"><time datetime="{line.at.isoformat()}" title="{line.at:%d %B %Y, %H:%M} UTC">'
        f'{ago(line.at)}</time></td><td class="ac-words" dir="auto">{words}</td>'
        f'<td class="number ac-change">{_change(line)}</td>'
        f'<td class="number ac-after"><span class="ac-label">Balance </span>{line.balance}</td></tr>'
    )


def price_table(prices: PriceList) -> str:
    # What can be chosen on Create, in this order.
    offered = {"minute": "A minute of finished film", "hd": "The same above 1080p, on top"}
    credits_of = {price.item: price.credits for price in prices.prices}
    rows = "".join(
        f'<tr><td>{words}</td><td class="number">{credits(credits_of[item])} <small>a minute</small></td></tr>'
        for item, words in offered.items()
        if item in credits_of
    )
    return (
        '<table class="cc-table ac-prices"><thead><tr><th scope="col">What</th>'
        f'<th scope="col" class="number">Price</th></tr></thead><tbody>{rows}</tbody></table>'
        '<p class="cc-quiet">A film of 2 minutes and 10 seconds counts as 3 minutes. Captions, music, every '
        "download and a script of your own are in the price.</p>"
    )


def _worth(balance: int) -> str:
    if balance < 1:
        return "Not enough for a film just now."
    return f"About {balance} minute{'' if balance == 1 else 's'} of film."


def _holds(wallet: Wallet) -> str:
    if not wallet.holds:
        return '<div class="ac-held"><h2>Nothing is held</h2><p class="cc-quiet">No film is being made.</p></div>'
    listed = "".join(map(_hold, wallet.holds))
    return f'<div class="ac-held"><h2>{credits(wallet.held)} held</h2><ul>{listed}</ul></div>'


def _hold(hold: Held) -> str:
    words = escape(hold.words)
    name = f'<a href="/project?id={hold.project_id}" dir="auto">{words}</a>' if hold.project_id else words
    state = {"QUEUED": "in the line", "PENDING": "waits for you"}.get(hold.job_state or "", "being made")
    return f"<li><span>{name}<small>{state}, since {ago(hold.created_at)}</small></span><b>{hold.amount}</b></li>"


def _more(wallet: Wallet, is_admin: bool) -> str:
    """Where no cashier is set up, that is said plainly."""
    words = "Credits are counted on this installation, not sold: nobody is asked for money."
    ask = ' You can give out more on the <a href="/admin">Admin page</a>.' if is_admin else ""
    ask = ask or (" Ask whoever runs it if you need more." if wallet.balance < 3 else "")
    return f'<p class="cc-notice info">{words}{ask}</p>'


def _change(line: Line) -> str:
    if line.kind == "spend":
        return f'<span class="cc-quiet">{-line.held} spent</span>'
    sign = "+" if line.change > 0 else "−" if line.change < 0 else ""
    small = f' <small class="cc-quiet">{_SIGNS[line.kind]}</small>' if line.kind in _SIGNS else ""
    return f'<b class="{"up" if line.change > 0 else ""}">{sign}{abs(line.change)}</b>{small}'


def _visitor() -> str:
    return invitation(
        "Credits",
        "Films are paid in credits: one for each minute of finished film. New accounts begin with some.",
        ("See what you have, and what is held for films in the making", "Every movement in plain words"),
        back="/credits",
    )


def _page() -> str:
    return (
        '<section class="ac" data-credits><h1 data-title>Credits</h1><div data-problem role="alert"></div>'
        '<div data-wallet aria-live="polite"><div class="ac-wallet ac-waits"></div></div>'
        '<div class="ac-books"><section data-ledger hidden><h2>Every movement</h2>'
        '<table class="cc-table ac-ledger"><thead><tr>'
        '<th scope="col">When</th><th scope="col">What happened</th><th scope="col" class="number">Credits</th>'
        '<th scope="col" class="number">Balance</th></tr></thead><tbody data-rows></tbody></table>'
        '<div class="lb-more" data-more hidden><button type="button" class="cc-button quiet">Show more</button></div>'
        f'</section><div class="ac-aside">{_LEARN}<section class="cc-card"><h2>What costs what</h2>'
        "<div data-prices></div></section></div></div></section>"
    )
