from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.pipeline.making.films import Studio, brief


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """A film on embedded defaults. Tests only look at it."""
    studio = Studio(tmp_path_factory.mktemp("film"))
    studio.make(brief(), progress=studio.events.append)
    return studio


@pytest.fixture
def copied(finished: Studio, tmp_path: Path) -> Studio:
    """The same film, to be changed."""
    shutil.copytree(finished.folder, tmp_path / "film")
    return Studio(tmp_path / "film")
