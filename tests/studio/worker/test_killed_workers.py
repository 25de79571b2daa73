"""Workers that are killed outright while films are being made: every job ends once, every credit is right."""

from __future__ import annotations

from bench import workers


def test_every_job_ends_once_and_every_credit_is_right(database_url):
    report = workers.run(database_url, 16, processes=2, every_s=0.5, lease_s=1)
    assert report.wrong == []
    assert report.kills >= 2
    assert sum(report.states.values()) == 16
    assert report.states["READY"] >= 14
