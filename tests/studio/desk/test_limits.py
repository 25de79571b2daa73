"""Somebody who did something too often is stopped where it is done, whatever way they come."""

from __future__ import annotations

from contextlib import suppress

import pytest

from studio.errors import RateLimited
from tests.studio.films.town import TEA


@pytest.fixture
def ordered(studio_app, creator):
    def order(**brief):
        project = studio_app.desk.orders.create_project(creator, {"notes": TEA, "minutes": 1, **brief})
        return studio_app.desk.films.generate(creator, project.id)

    return order


@pytest.fixture
def used_up(studio_app, creator):
    """Nothing more of that kind for now."""

    def use(action):
        with suppress(RateLimited):
            for _ in range(1000):
                studio_app.installation.gate.limit(creator, action)

    return use


def test_films_are_ordered_so_often_and_nothing_is_held_for_one_more(studio_app, creator, ordered, used_up):
    used_up("generate")
    with pytest.raises(RateLimited, match="Wait"):
        ordered()
    assert studio_app.desk.account.balance(creator).held == 0


def test_files_are_brought_so_often(studio_app, creator, used_up, tmp_path):
    used_up("upload")
    (tmp_path / "a.txt").write_text("Tea is made of leaves.", encoding="utf-8")
    with pytest.raises(RateLimited, match="Wait"):
        studio_app.desk.orders.upload(creator, tmp_path / "a.txt", "a.txt", "document")


def test_links_are_fetched_so_often_and_films_without_them_go_on(studio_app, creator, ordered, used_up):
    used_up("link")
    with pytest.raises(RateLimited, match="many links"):
        ordered(links=["https://example.com/tea"])
    job = ordered()
    assert job.reserved == 1
    studio_app.desk.films.cancel(creator, job.id)
