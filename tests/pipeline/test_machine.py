"""A container's share of its host, in both generations of control groups."""

from __future__ import annotations

import os

import pytest

from pipeline.machine import cores, memory_gib

GIB = 2**30


@pytest.fixture
def cgroup(tmp_path):
    def write(files):
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(f"{text}\n")
        return tmp_path

    return write


@pytest.fixture(autouse=True)
def host(monkeypatch):
    """Sixteen cores and 64 GiB."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: set(range(16)), raising=False)
    monkeypatch.setattr(os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 64 * GIB // 4096}.__getitem__)


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, 16),
        ({"cpu.max": "200000 100000"}, 2),
        ({"cpu.max": "150000 100000"}, 2),
        ({"cpu.max": "10000 100000"}, 1),
        ({"cpu.max": "max 100000"}, 16),
        ({"cpu.max": "6400000 100000"}, 16),
        ({"cpu/cpu.cfs_quota_us": "400000", "cpu/cpu.cfs_period_us": "100000"}, 4),
        ({"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, 16),
        ({"cpu.max": ""}, 16),
    ],
)
def test_cores_are_those_that_a_container_may_use(cgroup, files, found):
    assert cores(cgroup(files)) == found


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, 64),
        ({"memory.max": str(16 * GIB)}, 16),
        ({"memory.max": "max"}, 64),
        ({"memory/memory.limit_in_bytes": str(8 * GIB)}, 8),
        ({"memory/memory.limit_in_bytes": "9223372036854771712"}, 64),
    ],
)
def test_memory_is_what_a_container_may_use(cgroup, files, found):
    assert memory_gib(cgroup(files)) == found
