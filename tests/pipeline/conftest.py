"""What tests of the pipeline share."""

import os
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def small_disk(tmp_path):
    """A disk of half a megabyte, really full when it is full."""
    if os.geteuid():
        pytest.skip("only root may mount a disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)], check=True)
    yield Path(disk)
    subprocess.run(["umount", str(disk)], check=True)
