"""Which workers are dead for certain: those of this machine whose process is gone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from studio.worker.names import is_dead, name_of


def test_a_living_worker_of_this_process_is_not_dead():
    assert not is_dead(name_of(object()))


def test_a_worker_whose_process_is_gone_is_dead():
    code = "from studio.worker.names import name_of; print(name_of(object()))"
    name = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert is_dead(name)


def test_a_predecessor_with_our_own_number_is_dead():
    assert is_dead(f"{socket.gethostname()}:{os.getpid()}:00000000-7f00")


def test_another_living_process_is_not_dead():
    assert not is_dead(f"{socket.gethostname()}:{os.getppid()}:00000000-7f00")


def test_of_another_machine_nothing_is_known():
    assert not is_dead("elsewhere:1:00000000-7f00")
    assert not is_dead("a name of another kind")
