"""What somebody who has not signed in finds on a page that is its owner's."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote


def invitation(title: str, words: str, points: Iterable[str], *, back: str) -> str:
    """What would be here, and the way in that comes back to this page."""
    listed = "".join(f"<li>{escape(point)}</li>" for point in points)
    return (
        f'<div class="ac-visitor"><h1>{escape(title)}</h1><p class="cc-lead">{escape(words)}</p><ul>{listed}</ul>'
        f'<p class="ac-go"><a class="cc-button" href="/sign-in?next={quote(back)}">Sign in</a>'
        '<span class="cc-quiet">New here? The same page makes your account.</span></p></div>'
    )
