"""Asks an endpoint which models it has and which of them will be switched off."""

from __future__ import annotations

from datetime import date

from pipeline.scripts.chat.calls import client_of, failures
from pipeline.scripts.chat.catalogue import Endpoint

_SOON_DAYS = 60


def warnings(endpoint: Endpoint, today: date) -> tuple[str, ...]:
    """Sentences for whoever runs this; none when all is well."""
    title, model = endpoint.entry.title, endpoint.model.name
    with failures(endpoint):
        listed = {one.id: one for one in client_of(endpoint).models.list()}
    if model not in listed:
        return (f'{title} does not list the model "{model}". Choose another text model in the settings.',)
    ends = getattr(listed[model], "shutdown_date", None)
    if not ends:
        return ()
    left = (date.fromisoformat(str(ends)[:10]) - today).days
    if left < 0:
        return (f'{title} switched "{model}" off on {ends}. Choose another text model in the settings.',)
    if left <= _SOON_DAYS:
        return (
            f'{title} switches "{model}" off on {ends}, in {left} days. Choose another text model in the settings.',
        )
    return ()
