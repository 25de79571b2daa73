"""`python -m studio worker` as a process: on the embedded home, under signals, killed, and wrongly started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.__main__ import main
from studio.jobs import Jobs
from studio.settings import Settings
from tests.studio.arrange import job_of

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.usefixtures("own_logging")


@pytest.fixture
def launch(database_url, tmp_path):
    """Starts worker processes over the test's database and sees that none is left behind."""
    started = []

    def begin(*arguments, runner="quick", **settings):
        command = [sys.executable, "-m", "studio", "worker", f"--runner=tests.studio.worker.runners:{runner}"]
        here = {"DATABASE_URL": database_url, "CANVASCAST_DATA_FOLDER": str(tmp_path / "data")}
        environment = {**os.environ, **(settings or here)}
        process = subprocess.Popen([*command, *arguments], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()


def wait_for(look, wanted, seconds=20.0):
    end = time.monotonic() + seconds
    while (seen := look()) != wanted and time.monotonic() < end:
        time.sleep(0.02)
    assert seen == wanted


def test_once_makes_the_waiting_film_and_leaves(direct_store, user, launch):
    job = job_of(direct_store, user)
    assert launch("--once", "--lanes", "cpu").wait(30) == 0
    assert Jobs(direct_store).get(user, job.id).state == "READY"


def test_on_supabase_it_needs_https_alone(https_store, supabase_server, user, launch, tmp_path):
    """The data folder is one that no database could be made in, and no address of one is told."""
    job, told = job_of(https_store, user), tmp_path / "a file"
    told.touch()
    settings = {
        "SUPABASE_URL": supabase_server.url,
        "SUPABASE_SECRET_KEY": supabase_server.keys.secret,
        "CANVASCAST_DATA_FOLDER": str(told),
        "DATABASE_URL": "",
    }
    assert launch("--once", **settings).wait(30) == 0
    assert Jobs(https_store).get(user, job.id).state == "READY"


def test_sigterm_hands_the_film_back_within_the_grace_time(direct_store, user, launch):
    jobs, job = Jobs(direct_store), job_of(direct_store, user)
    process = launch("--grace", "0.2", runner="endless")
    wait_for(lambda: jobs.get(user, job.id).state, "RENDERING")
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0
    left = jobs.get(user, job.id)
    assert (left.state, left.attempts) == ("QUEUED", 0)


def test_a_killed_workers_film_is_finished_by_the_next_one(direct_store, user, launch):
    jobs, job = Jobs(direct_store), job_of(direct_store, user)
    process = launch("--lease", "1", runner="endless")
    wait_for(lambda: jobs.get(user, job.id).state, "RENDERING")
    process.kill()
    launch("--lease", "1")
    wait_for(lambda: jobs.get(user, job.id).state, "READY")
    assert jobs.get(user, job.id).attempts == 2


def test_a_wrong_lane_or_runner_is_one_sentence_and_no_traceback(capsys):
    assert main(["worker", "--lanes", "tpu", "--runner", "tests.studio.worker.runners:quick"]) == 2
    assert "gpu,cpu" in capsys.readouterr().err
    assert main(["worker", "--runner", "nowhere:make"]) == 2
    assert "nowhere:make" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["--slots=0", "--slots=65", "--lease=0", "--lease=3601", "--grace=-1", "--grace=nan"])
def test_a_figure_that_cannot_work_is_refused_at_once(capsys, wrong):
    assert main(["worker", wrong, "--runner", "tests.studio.worker.runners:quick"]) == 2
    assert wrong.partition("=")[0] in capsys.readouterr().err


def test_without_a_command_it_says_what_there_is(capsys):
    assert main([]) == 0
    assert "worker" in capsys.readouterr().out


def test_the_help_names_the_settings_of_the_store(capsys):
    with pytest.raises(SystemExit) as leave:
        main(["worker", "--help"])
    told = capsys.readouterr().out
    assert leave.value.code == 0
    names = {alias for field in Settings.model_fields.values() for alias in _aliases(field)} | {
        "CANVASCAST_DATA_FOLDER"
    }
    assert {word.strip(",") for word in told.split() if word.strip(",").isupper() and "_" in word} - names == set()
    assert all(name in told for name in ("SUPABASE_URL", "SUPABASE_SECRET_KEY", "DATABASE_URL"))


def _aliases(field):
    return field.validation_alias.choices if field.validation_alias else []
