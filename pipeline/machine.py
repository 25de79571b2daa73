"""How much of this machine is ours: a container shows its whole host, and is held to less."""

from __future__ import annotations

import math
import os
from pathlib import Path

_CGROUP = Path("/sys/fs/cgroup")


def cores(cgroup: Path = _CGROUP) -> int:
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    match _figures(cgroup, "cpu.max") or _figures(cgroup, "cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us"):
        case [quota, period] if quota > 0 and period > 0:
            return max(1, min(found, math.ceil(quota / period)))
    return found


def memory_gib(cgroup: Path = _CGROUP) -> float:
    found = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limits = _figures(cgroup, "memory.max") or _figures(cgroup, "memory/memory.limit_in_bytes")
    return min([found, *limits[:1]]) / 2**30


def _figures(cgroup: Path, *names: str) -> list[int]:
    """Of both generations of control groups; empty where nothing is limited or said."""
    try:
        return [int(word) for name in names for word in (cgroup / name).read_text(encoding="ascii").split()]
    except (OSError, ValueError):
        return []
