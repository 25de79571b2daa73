"""What every answer tells the browser to refuse."""

from __future__ import annotations

import pytest

from studio.errors import SettingsError
from studio.routes.headers import frame_ancestors
from studio.settings import Settings


def settings(embedders: str) -> Settings:
    return Settings(_env_file=None, embedders=embedders)


@pytest.mark.parametrize(
    "path", ["/", "/session", "/gradio_api/info", "/studio/studio.css", "/nothing", "/files/a/b/c"]
)
def test_every_answer_carries_the_headers(studio_app, path):
    with studio_app.client() as client:
        headers = client.get(path).headers
    rules = headers["content-security-policy"]
    assert "frame-ancestors 'self'" in rules
    assert "hf.space" not in rules
    assert "object-src 'none'" in rules
    assert "base-uri 'self'" in rules
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["permissions-policy"]
    assert headers["referrer-policy"]


@pytest.mark.parametrize("path", ["/", "/session", "/config", "/gradio_api/user", "/drafts"])
def test_nothing_that_depends_on_who_asks_is_kept_by_anybody(studio_app, path):
    with studio_app.client(studio_app.person()) as client:
        kept = client.get(path).headers["cache-control"]
    assert "no-store" in kept or kept == "private, no-cache"


def test_without_tls_nobody_is_bound_to_it(studio_app):
    with studio_app.client() as client:
        assert "strict-transport-security" not in client.get("/session").headers
        assert "strict-transport-security" not in client.get("/session", headers={"host": "studio.example"}).headers


def test_a_space_is_shown_in_the_hubs_own_page_and_nothing_else_is(monkeypatch):
    monkeypatch.setenv("SPACE_ID", "somebody/canvascast")
    assert frame_ancestors(settings("")) == "'self' https://huggingface.co https://*.hf.space"
    monkeypatch.delenv("SPACE_ID")
    assert frame_ancestors(settings("")) == "'self'"


def test_named_sites_may_show_the_studio_in_a_frame():
    assert frame_ancestors(settings("https://shop.example, https://blog.example:8443/")).endswith(
        " https://shop.example https://blog.example:8443"
    )


@pytest.mark.parametrize("site", ["shop.example", "https://shop.example/page", "https://a.example; script-src *", "*"])
def test_a_site_that_is_named_wrongly_stops_the_start_and_not_the_guard(site):
    with pytest.raises(SettingsError):
        frame_ancestors(settings(site))
