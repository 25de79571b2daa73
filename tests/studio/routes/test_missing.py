"""An address that leads nowhere."""

from __future__ import annotations


def test_people_are_told_so_on_a_page_and_led_back(studio_app):
    answer = studio_app.client().get("/libary", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "There is no such page" in answer.text
    assert 'href="/"' in answer.text


def test_programs_are_told_so_in_json(studio_app):
    answer = studio_app.client().get("/libary")
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})
