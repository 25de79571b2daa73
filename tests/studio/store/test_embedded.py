"""The embedded server: started, joined, left, killed, and what survives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from studio.store import EmbeddedPostgres


@pytest.fixture
def folder(server_folder: Path) -> Path:
    return server_folder


def ask(server: EmbeddedPostgres, query: str) -> object:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    return row and row[0]


def test_it_keeps_its_data_over_a_stop(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        with psycopg.connect(server.url()) as connection:
            connection.execute("create table kept as select 42 as answer")
        pid = server.server_pid()
    assert pid is not None
    assert server.server_pid() is None
    with EmbeddedPostgres(folder) as again:
        assert ask(again, "select answer from kept") == 42


def test_a_second_user_joins_and_the_last_one_out_stops_it(folder: Path) -> None:
    first, second = EmbeddedPostgres(folder).start(), EmbeddedPostgres(folder).start()
    assert first.server_pid() == second.server_pid()
    first.stop()
    assert ask(second, "select 1") == 1
    second.stop()
    assert second.server_pid() is None


def test_an_app_killed_outright_leaves_a_server_that_the_next_start_joins_and_stops(folder: Path) -> None:
    code = (
        "import os, signal, sys, pathlib, psycopg; from studio.store import EmbeddedPostgres as E\n"
        "s = E(pathlib.Path(sys.argv[1])).start()\n"
        "psycopg.connect(s.url(), autocommit=True).execute('create table kept as select 7 as answer')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(folder)], check=False, cwd=Path(__file__).parents[3])
    assert killed.returncode == -signal.SIGKILL
    with EmbeddedPostgres(folder) as server:
        assert ask(server, "select answer from kept") == 7
    assert server.server_pid() is None


def test_a_killed_server_is_started_again_with_everything_committed(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        with psycopg.connect(server.url()) as connection:
            connection.execute("create table kept as select 11 as answer")
        os.kill(server.server_pid() or 0, signal.SIGKILL)
        server.start()
        assert ask(server, "select answer from kept") == 11


def test_a_kill_during_creation_leaves_nothing_half_made(folder: Path) -> None:
    (folder / "cluster.new").mkdir()
    (folder / "cluster.new" / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(folder) as server:
        assert ask(server, "select 1") == 1


def test_a_stale_process_number_of_another_program_does_not_hinder_the_start(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        pass
    bystander = subprocess.Popen(["sleep", "60"])
    (server.cluster / "postmaster.pid").write_text(f"{bystander.pid}\n{server.cluster}\n1\n1\n\n\n\n")
    with EmbeddedPostgres(folder) as again:
        assert ask(again, "select 1") == 1
    bystander.kill()
    bystander.wait()


def test_nobody_gets_in_without_the_password(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        port = server.url().rsplit(":", 1)[1]
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"postgresql://postgres:guess@127.0.0.1:{port}")
        assert (folder / "connection.json").stat().st_mode & 0o077 == 0


def test_it_runs_where_only_root_may_enter(folder: Path) -> None:
    folder.chmod(0o700)
    with EmbeddedPostgres(folder) as server:
        assert ask(server, "select 1") == 1
