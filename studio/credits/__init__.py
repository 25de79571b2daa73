"""Credits: what a user has, what is held for running films, and every movement. The rules over them are SQL."""

from studio.credits.records import Account, Hold, Movement, MovementKind, PriceList, Quote, QuoteLine, Usage
from studio.credits.service import Credits

__all__ = ["Account", "Credits", "Hold", "Movement", "MovementKind", "PriceList", "Quote", "QuoteLine", "Usage"]
