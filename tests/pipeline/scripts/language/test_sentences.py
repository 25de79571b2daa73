from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scripts.language.sentences import split


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He met Dr. Smith at 3 p.m. on Jan. 5. They talked.", 2),
        ("The film cost $3.5 million. It earned 4.25 times that.", 2),
        ("J. R. R. Tolkien wrote it. Nobody expected much.", 2),
        ("Fruit, e.g. oranges, holds vitamins, i.e. small molecules. It keeps.", 2),
        ("He came from the U.S. in 1920. The U.S. Army knew him.", 2),
        ("They moved to Washington D.C. The war had begun.", 2),
        ("It was No. 5 on the list. See Fig. 3 for more.", 2),
        ('"Run! Now!" she said. Everybody ran.', 2),
        ("“We are going home. All of us,” he said. They did.", 2),
        ("Why? Nobody knows... or nobody says. Strange!", 3),
        ("Prices rose (by 3.5 percent. Or so.) in May. Then they fell.", 2),
        ("水是生命之源。没有水就没有生命！为什么？", 3),
        ("Она пришла. Он ушёл. Конец!", 3),
        ("यह पहला वाक्य है। यह दूसरा है।", 2),
    ],
)
def test_full_stops_that_end_nothing_are_passed_over(text: str, count: int) -> None:
    assert len(split(text)) == count, split(text)


@given(st.text(max_size=400))
def test_the_sentences_joined_are_the_text_again(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@given(
    st.lists(
        st.sampled_from(["The river rose.", "Nobody slept!", "Was it over?", "It was 3.5 metres deep."]), max_size=8
    )
)
def test_plain_sentences_come_apart_where_they_were_joined(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences
