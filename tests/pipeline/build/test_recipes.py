from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import hash_of_sources


@pytest.mark.parametrize("name", ["code.py", "data.toml", "inner/more.json"])
def test_a_package_is_another_when_its_code_or_its_data_changes(name: str, tmp_path: Path) -> None:
    before = _package(tmp_path / "before")
    after = _package(tmp_path / "after")
    assert hash_of_sources(before) == hash_of_sources(after)

    changed = _package(tmp_path / "changed")
    (changed / name).write_text("other")
    assert hash_of_sources(changed) != hash_of_sources(before)


def test_what_python_compiled_is_no_source(tmp_path: Path) -> None:
    before, after = _package(tmp_path / "before"), _package(tmp_path / "after")
    (after / "__pycache__").mkdir()
    (after / "__pycache__" / "code.pyc").write_bytes(b"compiled")

    assert hash_of_sources(before) == hash_of_sources(after)


def _package(folder: Path) -> Path:
    (folder / "inner").mkdir(parents=True)
    for name in ("code.py", "data.toml", "inner/more.json"):
        (folder / name).write_text("one")
    return folder
