"""From a project's brief to the pipeline's: which part lies where, and how a creator's files come along."""

from __future__ import annotations

from uuid import uuid4

import pytest

from studio.errors import InvalidValue
from studio.files import Files, FolderHome
from studio.films import FilmBrief, GivenFile, project_fields
from studio.projects import Projects

BRIEF = {
    "niche": "history",
    "minutes": 3,
    "voice": "default",
    "aspect": "9:16",
    "transcript": "manual",
    "notes": "Some.",
}


@pytest.fixture
def brought(direct_store, user, tmp_path):
    """The pipeline's brief of a project with these fields, and the folder that its files were brought to."""
    files = Files(FolderHome(tmp_path / "files"))
    folder = tmp_path / "attempt"

    def bring(**given):
        def keep(name: str, data: bytes = b"bytes") -> dict[str, str]:
            source = tmp_path / f"given{len(name)}.bin"
            source.write_bytes(data)
            return {"path": files.put(source, owner=user).path, "name": name}

        values = {key: [keep(name) for name in names] for key, names in given.items() if key != "own_music"}
        values |= {"own_music": keep(given["own_music"])} if "own_music" in given else {}
        project = Projects(direct_store).create(user, uuid4(), project_fields({**BRIEF, **values}))
        return FilmBrief.of(project).placed(files, user, folder), folder

    return bring


def test_a_brief_is_parted_into_the_projects_own_fields_and_the_rest(direct_store, user):
    project = Projects(direct_store).create(user, uuid4(), project_fields(BRIEF))
    assert (project.niche, project.target_minutes, project.aspect) == ("history", 3, "9:16")
    assert project.brief == {"notes": "Some."}
    assert {name: getattr(FilmBrief.of(project).brief, name) for name in BRIEF} == BRIEF


def test_a_field_that_no_project_takes_is_named():
    with pytest.raises(InvalidValue, match="target_minutes"):
        project_fields({"minutes": 99})


def test_files_come_along_under_the_names_that_their_creator_knows(brought):
    brief, folder = brought(
        documents=["Meine Notizen – für später.txt"], uploads=["03-castle.png", "03-castle.png"], own_music="Song.mp3"
    )
    assert brief.documents == (str(folder / "documents" / "Meine Notizen – für später.txt"),)
    assert brief.uploads == tuple(str(folder / "uploads" / name) for name in ("03-castle.png", "03-castle-2.png"))
    assert brief.music == str(folder / "music" / "Song.mp3")


@pytest.mark.parametrize(
    "name",
    ["../../etc/cron.d/x", "/etc/passwd", "..", "a/b.txt", "nul\x00.txt", ".hidden", "x" * 200, "ü" * 200, "\\..\\x"],
)
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    local = GivenFile(path="x/assets/y", name=name).local_name
    assert (tmp_path / local).resolve().parent == tmp_path.resolve()
    assert local not in ("", ".", "..")
    assert "\x00" not in local
    assert len(local.encode()) <= 200
