"""Lines that stand around a text and not in it: cookie banners, menus, invitations to share and subscribe."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.sources.blocks import Block

_PATTERNS = (
    r"(?:we|this (?:site|website|page)) (?:uses?|values?) (?:cookies|your privacy).*",
    r"(?:accept|manage|reject) (?:all )?cookies.*",
    r"cookie (?:policy|settings|preferences|notice).*",
    r"(?:all|some) rights reserved.*",
    r"(?:copyright|\(c\)|©) .{0,80}",
    r"privacy policy.{0,40}",
    r"terms (?:of|and) (?:use|service|conditions).{0,40}",
    r"skip to (?:main )?content",
    r"(?:share|tweet|follow|like) (?:this|us|on)\b.{0,40}",
    r"share (?:article|story|post)?",
    r"(?:sign|log) (?:up|in)\b.{0,60}",
    r"subscribe (?:to|now|for)\b.{0,60}",
    r"(?:our )?newsletter",
    r"advertisements?",
    r"sponsored(?: content)?",
    r"read more.{0,60}",
    r"related (?:articles|posts|stories|topics).{0,20}",
    r"you may also like.{0,20}",
    r"click here.{0,60}",
    r"(?:table of )?contents",
    r"back to top",
    r"jump to.{0,40}",
    r"(?:print|edit) this page",
    r"leave a (?:comment|reply)",
    r"\d+ comments?",
    r"(?:last )?(?:updated|modified|edited)(?: on)?:? .{0,40}",
    r"(?:\d+|[a-z]+) min(?:ute)?s? read",
    r"page \d+(?: (?:of|/) \d+)?",
    r"home(?: [>»/|] .{0,80})?",
    r"\S+@\S+\.\w+",
    r"loading\.*|menu|search",
)
_BOILERPLATE = re.compile(rf"(?:{'|'.join(_PATTERNS)})\.?", re.IGNORECASE)


def is_boilerplate(text: str) -> bool:
    return bool(_BOILERPLATE.fullmatch(text))


def without_boilerplate(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if not is_boilerplate(block.text))
