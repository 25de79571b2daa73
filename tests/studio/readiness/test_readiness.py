"""What an installation says of itself under several settings, and what the command makes of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import app
from studio.readiness import Readiness, table
from studio.settings import Settings

SECRETS = {
    "DATABASE_URL": "postgresql://someone:hidden-1@127.0.0.1:1/films",
    "SUPABASE_SECRET_KEY": "hidden-2",
    "OPENAI_API_KEY": "hidden-3",
    "HF_TOKEN": "hidden-4",
    "ELEVENLABS_API_KEY": "hidden-5",
    "GOOGLE_CLIENT_SECRET": "hidden-6",
}


def features(tmp_path, environment=None, **values):
    settings = Settings(_env_file=None, **{"data_folder": tmp_path / "data", **values})
    return {one.name: one for one in Readiness(settings, environment=environment or {}).features()}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch):
    """Whatever this machine's own environment says."""
    for name in [*SECRETS, "SUPABASE_URL", "SUPABASE_PUBLISHABLE_KEY", "GOOGLE_CLIENT_ID", "CANVASCAST_TEXT_URL"]:
        monkeypatch.delenv(name, raising=False)


def test_a_bare_machine_works_and_says_how_each_thing_gets_better(tmp_path):
    found = features(tmp_path)
    assert [one.name for one in found.values() if one.state == "broken"] == []
    for name in ("Script writer", "Pictures", "Voices", "Video encoder", "Database", "Files", "Accounts", "Moderation"):
        assert found[name].on, name
    for name in ("Sign in with Google", "E-mail", "Payments"):
        assert not found[name].on, name
        assert found[name].how, name


def test_a_key_switches_on_writer_painter_and_voices(tmp_path):
    bare, found = features(tmp_path), features(tmp_path, {"OPENAI_API_KEY": "hidden"})
    assert "openai" in found["Script writer"].why
    assert "model paints" in found["Pictures"].why
    assert found["Voices"].why != bare["Voices"].why


def test_safety_says_who_judges_and_how_long_it_is_remembered(tmp_path):
    found = features(tmp_path, openai_api_key="hidden", safe_mode=False, audit_days=1)
    assert "moderation model" in found["Moderation"].why
    assert "1 day," in found["Kept for audit"].why
    assert not found["Safe mode"].on
    assert features(tmp_path)["Safe mode"].on


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"supabase_url": "https://x.supabase.co"}, {"Database"}),
        ({"supabase_secret_key": "hidden"}, {"Database"}),
        ({"google_client_id": "1"}, {"Sign in with Google"}),
        ({"google_client_secret": "hidden"}, {"Sign in with Google"}),
        ({"admins": "me@example.com"}, {"Admin page"}),
        ({"database_url": SECRETS["DATABASE_URL"]}, {"Database"}),
        ({"site_url": "films.example.org"}, {"Address"}),
        ({"embedders": "example.org"}, {"Inside other sites"}),
        ({"showcase": "1,2"}, set()),
        ({"films_at_once": 0}, {"Films at the same time"}),
        ({"data_folder": Path(__file__) / "data"}, {"Files"}),
        ({"google_client_id": "1", "google_client_secret": "2"}, set()),
        ({"admins": "me@example.com", "verify_emails": True}, set()),
    ],
)
def test_what_was_asked_for_and_cannot_work_is_named_with_the_way_to_mend_it(tmp_path, values, broken):
    found = features(tmp_path, **values)
    assert {one.name for one in found.values() if one.state == "broken"} == broken
    assert all(found[name].why for name in broken)


def test_supabase_without_its_publishable_key_signs_nobody_in(tmp_path):
    found = features(tmp_path, supabase_url="http://127.0.0.1:9", supabase_secret_key="hidden")
    assert found["Accounts"].state == "broken"
    assert "SUPABASE_PUBLISHABLE_KEY" in found["Accounts"].how


def test_no_secret_and_no_place_of_this_machine_is_said(tmp_path):
    values = {
        "database_url": SECRETS["DATABASE_URL"],
        "supabase_secret_key": "hidden-2",
        "google_client_id": "1",
        "google_client_secret": "hidden-6",
    }
    said = table(features(tmp_path, SECRETS, **values).values())
    assert "hidden" not in said
    assert str(tmp_path) not in said


def test_the_machine_is_not_asked_again_within_a_minute(tmp_path):
    environment: dict[str, str] = {}
    readiness = Readiness(Settings(_env_file=None, data_folder=tmp_path), environment=environment)
    before = readiness.features()
    environment["OPENAI_API_KEY"] = "hidden"
    assert readiness.features() is before


def test_an_open_store_answers_for_itself(tmp_path, direct_store):
    readiness = Readiness(Settings(_env_file=None, data_folder=tmp_path), direct_store, environment={})
    assert {one.name: one.state for one in readiness.features()}["Database"] == "on"


@pytest.mark.parametrize(
    ("more", "status", "says"),
    [
        ({}, 0, "voices can speak here"),
        ({"SUPABASE_URL": "https://x.supabase.co"}, 1, "needs both SUPABASE_URL and SUPABASE_SECRET_KEY"),
        ({"CANVASCAST_PROXIES": "two"}, 1, "PROXIES"),
    ],
)
def test_the_command_prints_a_table_and_fails_if_something_cannot_work(
    tmp_path, monkeypatch, capsys, more, status, says
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CANVASCAST_DATA_FOLDER", str(tmp_path / "data"))
    for name, value in more.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["app.py", "--check"])
    assert app.main() == status
    assert says in " ".join(capsys.readouterr().out.split())
    assert not (tmp_path / "data").exists()
