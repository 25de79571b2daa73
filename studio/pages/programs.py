"""The page for people who write programs. The endpoints live on it, so that no other page carries them along."""

from __future__ import annotations

from html import escape

import gradio as gr

from studio.desk import Desk
from studio.pages.shell import heading
from studio.programs import ENDPOINTS, Endpoint, offer

_EXAMPLE = """from gradio_client import Client

studio = Client("{site}", headers={{"X-CanvasCast-Key": "cck_..."}})
project = studio.predict(notes=open("notes.md").read(), minutes=2, api_name="/create_project")
job = studio.predict(project=project["id"], api_name="/generate")
print(studio.predict(job=job["id"], api_name="/job")["message"])"""
_OWN_ADDRESS = "element.querySelectorAll('[data-site]').forEach((part) => { part.textContent = location.origin; });"
"""The studio as this browser reaches it, which the settings need not know."""
_TOOLS = """{{"mcpServers": {{"canvascast": {{
  "url": "{site}/gradio_api/mcp/",
  "headers": {{"X-CanvasCast-Key": "cck_..."}}
}}}}}}"""


def build(desk: Desk) -> None:
    heading("For programs", "Everything that these pages do, a script or an assistant can do with a key of yours.")
    site = desk.installation.settings.site_url.rstrip("/")
    gr.HTML(_page(site), padding=False, apply_default_css=False, js_on_load=_OWN_ADDRESS)
    with gr.Column(visible=False):
        offer(desk)


def _page(site: str) -> str:
    return (
        '<div class="cc-programs"><p>Make a key on the <a href="/settings">Settings</a> page. A key that only reads '
        "sees your projects, films and credits; one that may also make spends your credits. No key makes further "
        "keys.</p>"
        f"<h2>From Python</h2>{_code(_EXAMPLE, site)}"
        "<p><code>pip install gradio_client</code> is all it takes. Every answer is JSON. What goes wrong is a code "
        "and a sentence: <code>not_found: There is no such project.</code></p>"
        f"<h2>From an assistant, over MCP</h2>{_code(_TOOLS, site)}"
        f"<h2>What can be asked</h2>{''.join(map(_entry, ENDPOINTS))}</div>"
    )


def _code(text: str, site: str) -> str:
    inside = escape(text.format(site="\0")).replace("\0", f"<span data-site>{escape(site)}</span>")
    return f'<pre tabindex="0"><code>{inside}</code></pre>'


def _entry(endpoint: Endpoint) -> str:
    fields = endpoint.asked.model_fields
    rows = "".join(_row(name, field.description or "", needed=field.is_required()) for name, field in fields.items())
    table = f'<table class="cc-table">{rows}</table>' if rows else '<p class="cc-quiet">Takes nothing.</p>'
    return (
        f"<details><summary><code>/{escape(endpoint.name)}</code> <span>{escape(endpoint.about)}</span></summary>"
        f'<div class="cc-scroll">{table}</div></details>'
    )


def _row(name: str, about: str, *, needed: bool) -> str:
    mark = ' <span class="cc-chip">needed</span>' if needed else ""
    return f'<tr><th scope="row"><code>{escape(name)}</code>{mark}</th><td>{escape(about)}</td></tr>'
