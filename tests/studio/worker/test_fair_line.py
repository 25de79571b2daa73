"""Films of several people are made fairly, and none is lost."""

from __future__ import annotations

from bench import app_queue


def test_nobody_waits_for_all_of_anothers_films(direct_store, database_url):
    report = app_queue.run(direct_store, database_url, users=5, films=4, slots=2)
    assert (report.ready, report.made_twice, report.wrong_accounts) == (20, 0, 0)
    assert report.overtaken <= 2
