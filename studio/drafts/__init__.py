"""Drafts: a brief written before signing in, which the account that signs up then claims."""

from studio.drafts.service import Draft, Drafts, new_token

__all__ = ["Draft", "Drafts", "new_token"]
