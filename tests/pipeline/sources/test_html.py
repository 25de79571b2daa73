"""Web pages: the article, its title and its structure, and nothing of what stands around it."""

from contextlib import suppress

import pytest

from pipeline.sources.errors import SourceEmpty
from pipeline.sources.html import looks_like, parse

PAGE = """<!DOCTYPE html><html><head><title>Ice cores remember | The Daily Frost</title>
<script>var x = "not this";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport pages of the day</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies to make your visit better than ever.</p></div>
<main><article><h1>Ice cores remember</h1>
<p>Ice cores are drilled from glaciers, and the bubbles inside them hold air that is hundreds of thousands of years
old. In the laboratory, it can be set free and measured.</p>
<h2>Why ice can be counted</h2>
<p>Every year, new snow falls on the old. The layers can be counted like the rings of a tree, by anyone with patience.
The oldest ice so far is more than a million years old.</p>
<ul><li>Vostok was drilled to 3,623 metres.</li><li>The air in it is 420,000 years old.</li></ul>
<blockquote><p>The ice remembers what we have forgotten.</p></blockquote>
<table><tr><th>Core</th><th>Depth</th></tr><tr><td>Vostok</td><td>3623 m</td></tr></table>
<pre><code>print("no")</code></pre>
<p>Subscribe to our newsletter</p>
</article></main>
<aside><p>Related: ten ways to cook an egg that will surprise your friends at breakfast</p></aside>
<footer><p>Copyright 2024 The Daily Frost. All rights reserved.</p></footer></body></html>"""


def texts(page, **options):
    return [(block.kind, block.text) for block in parse(page.encode("utf-8"), **options).blocks]


def test_the_article_is_read_with_its_structure():
    found = texts(PAGE)
    assert ("heading", "Why ice can be counted") in found
    assert ("item", "Vostok was drilled to 3,623 metres.") in found
    assert ("quote", "The ice remembers what we have forgotten.") in found
    assert ("item", "Vostok: Depth 3623 m") in found


@pytest.mark.parametrize("noise", ["cookies", "Sport", "Copyright", "cook an egg", "not this", "newsletter", "print("])
def test_what_stands_around_it_is_left_out(noise):
    assert noise not in " ".join(text for _, text in texts(PAGE))


def test_the_title_comes_without_the_sites_name():
    assert parse(PAGE.encode()).title == "Ice cores remember"


def test_a_popups_heading_is_not_the_title():
    page = PAGE.replace("<main>", "<div id=help><h1>Keyboard shortcuts</h1><p>Press S to search.</p></div><main>")
    assert parse(page.encode()).title == "Ice cores remember"


def test_a_page_without_a_title_takes_its_heading():
    assert parse(b"<html><body><h2>Tea &amp; time</h2><p>It is hot.</p></body></html>").title == "Tea & time"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One line<br>and another<br/>third.</p>", "One line and another third."),
        ("<p>It weighs 10<sup>24</sup> kilograms.<sup>[3]</sup></p>", "It weighs 10²⁴ kilograms."),
        ("<dl><dt>Magma</dt><dd>Rock that has melted.</dd></dl>", "Magma: Rock that has melted."),
    ],
)
def test_small_marks_keep_their_meaning(markup, text):
    assert text in [block.text for block in parse(PAGE.replace("<ul>", f"{markup}<ul>", 2).encode()).blocks]


def test_the_pages_own_encoding_is_used():
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Zażółć gęślą jaźń i idź do domu.</p></body></html>'
    data = page.encode("iso-8859-2")
    assert parse(data).blocks[0].text == "Zażółć gęślą jaźń i idź do domu."


def test_a_small_page_is_read_as_well():
    assert texts("<html><body><h2>Tea</h2><p>It is hot.</p></body></html>") == [
        ("heading", "Tea"),
        ("paragraph", "It is hot."),
    ]


@pytest.mark.parametrize(
    "page", ["<html><body><script>draw()</script><div id=root></div></body></html>", "<html></html>"]
)
def test_a_page_that_a_script_draws_says_so(page):
    with pytest.raises(SourceEmpty, match="drawn by a script"):
        parse(page.encode())


def test_a_page_is_recognised_and_a_mention_of_markup_is_not():
    assert looks_like(PAGE)
    assert looks_like("<p>One</p><p>Two</p><ul><li>a</li></ul><p>Three</p>")
    assert not looks_like("In HTML, <p> begins a paragraph and <body> the page.")


def test_deep_nesting_does_no_harm():
    page = "<html><body>" + "<div>" * 20_000 + "<p>Deep down there is a sentence.</p>" + "</div>" * 20_000
    with suppress(SourceEmpty):
        assert parse(page.encode()).blocks
